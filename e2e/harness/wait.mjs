// Waiting for the thing itself.

import { setTimeout as pause } from "node:timers/promises";

/** Asks again until the answer is truthy, which it returns; fails by name when that takes too long. */
export async function eventually(what, ask, { within = 20_000 } = {}) {
  const end = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`not within ${within / 1000} s: ${what}`);
    }
    await pause(20);
  }
}
