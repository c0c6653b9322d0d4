// What every spec starts from: a house of its own, with a fresh server and people who open browsers in it.
//
//   journey("a person signs in", async ({ server, open }) => {
//     const ana = await open("/sign-in");
//     await ana.page.getByLabel("E-mail").fill("ana@north.example");
//   });
//
// What is worked in a client is the same for the staff of its provider and, where there are no providers, for its Owner: such a
// journey is run `inBothModes`.
//
// A journey fails when its steps do, and also when any page or worker complained meanwhile: a console error, an
// uncaught exception, a request that failed, a violation of the Content-Security-Policy.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";

import { looker } from "./harness/axe.mjs";
import { launch } from "./harness/browser.mjs";
import { MODES } from "./harness/modes.mjs";
import { startServer } from "./harness/server.mjs";

export { focused, hasFocus, names, outline, tabTo } from "./harness/aria.mjs";
export { axe, looker } from "./harness/axe.mjs";
export { launch } from "./harness/browser.mjs";
export { savedFile, savedRows } from "./harness/csv.mjs";
export { DROPPED, json, startProxy } from "./harness/proxy.mjs";
export { startServer } from "./harness/server.mjs";
export { eventually } from "./harness/wait.mjs";

const PICTURES = path.join(import.meta.dirname, "pictures");

/** A server on a fresh data folder, and a browser. Close it; `assertQuiet` before that. */
export async function openHouse(options = {}) {
  const server = await startServer(options);
  let browser;
  try {
    browser = await launch({ arguments: options.browser });
  } catch (problem) {
    await server.dispose();
    throw problem;
  }
  return {
    server,
    browser,
    /** A person with a browser profile of their own, at an address of the portal. */
    async open(address = "/", person = {}) {
      const profile = await browser.person({ baseURL: server.url, ...person });
      await profile.page.goto(address);
      return profile;
    },
    assertQuiet() {
      assert.deepEqual(browser.complaints(), [], "pages and workers have nothing to complain of");
    },
    async close() {
      await browser.close();
      await server.dispose();
    },
  };
}

/** A test with a house of its own. On failure, pictures of all open pages and the server's words are kept. */
export function journey(name, steps, options = {}) {
  test(name, async () => {
    const house = await openHouse(options);
    try {
      await inTime(steps(house), options.timeout ?? 120_000);
      house.assertQuiet();
    } catch (problem) {
      await keepPictures(house, name);
      console.error(house.server.words());
      throw problem;
    } finally {
      await house.close();
    }
  });
}

/**
 * The same journey in both modes of working: by the staff of a provider, and by an Owner of each client on a server without
 * providers. The steps are given the mode with the house (`harness/modes.mjs`), and have a `looker` that looks in one of the two.
 */
export function inBothModes(name, steps, { demo, arguments: extra = [], ...options } = {}) {
  for (const mode of MODES) {
    const setting = { ...options, arguments: [...mode.arguments, ...extra], demo: demo && mode.demo };
    journey(`${name}, ${mode.words}`, (house) => steps({ ...house, mode, looker: mode.looks ? looker : nobodyLooks }), setting);
  }
}

function nobodyLooks() {
  return { look: async () => {}, end() {} };
}

/** Gives up in a way that still takes the pictures and closes the house, which the runner's own limit does not. */
async function inTime(steps, limit) {
  let clock;
  const over = new Promise((_, reject) => {
    clock = setTimeout(() => reject(new Error(`the journey did not end within ${limit / 1000} s`)), limit);
  });
  try {
    await Promise.race([steps, over]);
  } finally {
    clearTimeout(clock);
  }
}

async function keepPictures(house, name) {
  await mkdir(PICTURES, { recursive: true });
  const title = name.replaceAll(/[^a-z0-9]+/gi, "-").slice(0, 80);
  for (const [index, page] of house.browser.pages().entries()) {
    // A page that cannot be drawn any more must not hide why the journey failed.
    await page.screenshot({ path: path.join(PICTURES, `${title}-${index + 1}.png`) }).catch(() => {});
  }
}
