// The lists inside a client, of 20,000 members and 20,000 items, beside the same rows in AG Grid Community, in one browser; and
// the preview of a directory of 10,000 people.
//
// Both sides fetch their rows when they are opened; ours from the real server, encrypted where they are. A time runs from the
// browser's time of the click or the key to the frame that shows the result.

import { eventually, launch, startServer } from "../harness.mjs";
import { signIn } from "../harness/people.mjs";
import { ownClient } from "../harness/vault.mjs";
import { watcher } from "./clients/watcher.mjs";
import { directory, fillItems, fillMembers } from "./inside/fill.mjs";
import { against, serveOther } from "./inside/serve.mjs";
import { alone, beside, median, report, say } from "./stage.mjs";

const ROWS = 20_000;
const ROUNDS = 4;
const PEOPLE = 10_000;

const server = await startServer();
const other = await serveOther();
const browser = await launch();
const figures = {};
try {
  const client = await ownClient(server, { seats: ROWS + 10 });
  // Each letter of a word leaves fewer rows than the one before, so that the table changes.
  const lists = {
    members: { tab: "Members", words: ["gri", "iv", "hu", "no", "tra"], rows: await fillMembers(server, client, ROWS) },
    items: { tab: "Items", words: ["rou", "ph", "we", "mai", "ku"], rows: await fillItems(client, ROWS) },
  };
  for (const [name, list] of Object.entries(lists)) {
    const { ours, geometry } = await portal(client, list);
    other.show(list.rows);
    const theirs = await theOther(list, geometry);
    for (const what of ["open", "search"]) {
      figures[`${name}.${what}`] = beside(median(ours[what]), median(theirs[what]), "ms", await against());
    }
  }
  figures["directory.preview"] = alone(median(await previews(client)), `ms, ${PEOPLE} people beside ${ROWS} members`);
} finally {
  await browser.close();
  other.close();
  await server.dispose();
}
report(figures);

/** The portal: signed in anew each time, so that nothing is left of the opening before. */
async function portal({ email, password, provider, organization }, { tab, words }) {
  const ours = { open: [], search: [] };
  let geometry;
  for (let round = 0; round < ROUNDS; round++) {
    say(`the portal, ${tab}: ${round + 1} of ${ROUNDS}`);
    const person = await browser.person({ baseURL: server.url });
    const { page } = person;
    await page.addInitScript(watcher);
    await page.goto(`/providers/${provider}/clients/${organization}`);
    await signIn(page, email, password);
    const link = page.getByRole("navigation", { name: "In this client" }).getByRole("link", { name: new RegExp(`^${tab}`) });
    await link.waitFor();
    ours.open.push(await opened(page, "[role=grid] [aria-rowindex='2'] .name", () => link.click()));
    const grid = page.locator("[role=grid]");
    await eventually("all rows are there", async () => Number(await grid.getAttribute("aria-rowcount")) > ROWS, { within: 60_000 });
    geometry = await grid.evaluate((grid) => ({
      width: grid.clientWidth,
      height: grid.clientHeight,
      rowHeight: grid.querySelector("[aria-rowindex='2']").offsetHeight,
    }));
    ours.search.push(...(await searching(page, grid, words, round)));
    await person.close();
  }
  return { ours, geometry };
}

/** From the press of the button to the frame in which the first change of the directory stands there. */
async function previews({ email, password, provider, organization }) {
  const file = { name: "people.ldif", mimeType: "text/plain", buffer: Buffer.from(directory(PEOPLE)) };
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    say(`the portal, a directory: ${round + 1} of ${ROUNDS}`);
    const person = await browser.person({ baseURL: server.url });
    const { page } = person;
    await page.addInitScript(watcher);
    await page.goto(`/providers/${provider}/clients/${organization}/directory`);
    await signIn(page, email, password);
    await page.locator("input[type=file]").setInputFiles(file);
    const show = page.getByRole("button", { name: "Show what would change" });
    times.push(await opened(page, "[role=grid] [aria-rowindex='2'] [role=gridcell]", () => show.click()));
    await person.close();
  }
  return times;
}

async function theOther({ tab, words }, geometry) {
  const theirs = { open: [], search: [] };
  for (let round = 0; round < ROUNDS; round++) {
    say(`${await against()}, ${tab}: ${round + 1} of ${ROUNDS}`);
    const person = await browser.person({ baseURL: other.url });
    const { page } = person;
    await page.addInitScript(watcher);
    await page.goto(`/bench/other.html?${new URLSearchParams(geometry)}`);
    theirs.open.push(await opened(page, "#grid .ag-row [role=gridcell]", () => page.getByRole("button", { name: "Open" }).click()));
    theirs.search.push(...(await searching(page, page.locator("#grid"), words, round)));
    await person.close();
  }
  return theirs;
}

/** From the browser's time of the click to the frame in which the first row stands there with its text. */
async function opened(page, cell, click) {
  await page.evaluate((cell) => globalThis.bench.expectFirst("click", cell), cell);
  await click();
  return page.evaluate(() => globalThis.bench.first());
}

/** From the key press of each letter to its result; the first round warms up. */
async function searching(page, grid, words, round) {
  const search = page.getByRole("searchbox");
  const settled = async (act) => {
    await grid.evaluate((grid) => globalThis.bench.expect("keydown", grid));
    await act();
    return page.evaluate(() => globalThis.bench.settled());
  };
  const times = [];
  for (const word of words) {
    await search.click();
    for (const letter of word) {
      times.push(await settled(() => page.keyboard.press(letter)));
    }
    await settled(async () => {
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Delete");
    });
  }
  return round > 0 ? times : [];
}
