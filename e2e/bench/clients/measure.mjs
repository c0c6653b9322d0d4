// One table, whichever it is: the same keys, clicks and scrolling, read by the same clock.

import { median, say } from "../stage.mjs";
import { memory } from "./memory.mjs";

/** Beginnings of words in the demo's names, typed letter by letter; each letter leaves fewer rows than the one before. */
const WORDS = ["orc", "pin", "ter", "leg", "str"];
const ROUNDS = 3;
export const PASSES = 10;
const STEPS = 120;

/** Measures a table; `beside` is asked for the memory of what works beside the page, such as the core. */
export async function measure(name, table, beside = async () => 0) {
  const { page } = table;
  const protocol = await page.context().newCDPSession(page);
  const ask = (method, params) => protocol.send(method, params);
  await ask("Performance.enable");
  const longest = async () => page.evaluate(() => globalThis.bench.longestTask());
  const start = await longest();

  say(`${name}: searching`);
  const search = await searching(table);
  say(`${name}: sorting`);
  const sort = await sorting(table);
  let task = await longest();

  say(`${name}: scrolling`);
  const [scrolls, shown, kilobytes] = [[], [], []];
  for (let pass = 0; pass < PASSES; pass++) {
    const before = await busy(ask);
    const steps = await table.scroller.evaluate((scroller, how) => globalThis.bench.scroll(scroller, how), {
      steps: STEPS,
      ...table.geometry,
    });
    scrolls.push((await busy(ask)) - before);
    shown.push(median(steps));
    // Collecting garbage on demand is a long task, and the bench's own.
    task = Math.max(task, await longest());
    const { heap, wasm } = await memory(ask);
    kilobytes.push((heap + wasm + (await beside())) * 1_024);
    await longest();
  }
  return {
    start,
    task,
    search: median(search),
    sort: median(sort.again),
    firstSort: median(sort.first),
    scroll: median(scrolls.slice(1)),
    shown: median(shown.slice(1)),
    growth: kilobytes.at(-1) - kilobytes[0],
    rows: await table.rows.count(),
  };
}

/** From the key press of each letter to its result. */
async function searching(table) {
  const { page, search } = table;
  const times = [];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const word of WORDS) {
      await search.click();
      for (const letter of word) {
        const took = await settled(table, "keydown", () => page.keyboard.press(letter));
        // The first round warms up.
        if (round > 0) {
          times.push(took);
        }
      }
      await settled(table, "keydown", async () => {
        await page.keyboard.press("Control+A");
        await page.keyboard.press("Delete");
      });
    }
  }
  return times;
}

/**
 * From the click on a head to the rows in the new order, up and down, by text, number and date. Of the first round, which
 * warms up, the orders nobody has asked for before are kept apart.
 */
async function sorting(table) {
  const [first, again] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const head of table.heads) {
      for (let click = 0; click < 2; click++) {
        (round > 0 ? again : first).push(await settled(table, "click", () => head.click()));
      }
    }
  }
  return { first, again };
}

async function settled({ page, grid }, input, act) {
  await grid.evaluate((grid, input) => globalThis.bench.expect(input, grid), input);
  await act();
  return page.evaluate(() => globalThis.bench.settled());
}

/** Milliseconds the page's thread has worked so far. */
async function busy(ask) {
  const { metrics } = await ask("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1_000;
}
