// The portal's timeline over a year with a million events of a thousand clients: how long the page's thread is held up while they
// are read and while they are looked at, how soon a frame follows each key and click, and how soon that frame shows the answer.
//
// Everything is real: the server, its database, the core, the page. A frame follows an input within so many milliseconds as the
// browser itself tells (Event Timing, in steps of 8 ms); an answer is the last change of the list after it.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";

import { eventually, launch, startServer } from "../harness.mjs";
import { found, rangeButton } from "../harness/events.mjs";
import { go, heading, signIn } from "../harness/people.mjs";
import { watcher } from "./clients/watcher.mjs";
import { alone, median, report, say } from "./stage.mjs";
import { paints } from "./timeline/paints.mjs";

const ROUNDS = 3;
/** Words of the logs, typed letter by letter. */
const WORDS = ["signed", "ben", "removed"];
const ARRANGEMENTS = ["Sessions", "People", "Clients", "Days"];
const READING = 900_000;

const folder = await mkdtemp(path.join(os.tmpdir(), "portal-bench-"));
const data = process.env.PORTAL_TIMELINE_DATA ?? path.join(folder, "data");
if (!process.env.PORTAL_TIMELINE_DATA) {
  say("playing a thousand clients with a million events in");
  await promisify(execFile)(process.env.PORTAL_DEMO, ["--data", data, "--size", "timeline"], { maxBuffer: 1 << 26 });
}
const server = await startServer({ data });
const browser = await launch();
const figures = {};
try {
  const signIns = await readFile(path.join(data, "demo-sign-ins.txt"), "utf8");
  const [, email, password] = /^sign-in: (\S+) (\S+) \(Provider Admin\)/m.exec(signIns);
  const { page } = await browser.person({ baseURL: server.url });
  await page.addInitScript(watcher);
  await page.addInitScript(paints);
  await page.goto("/");
  await signIn(page, email, password);
  await heading(page, "Clients").waitFor();
  await go(page, "Timeline");
  const grid = page.getByRole("grid");
  await grid.locator("[aria-rowindex='2']").first().waitFor();
  await taken(page);

  say("reading every log of a year");
  const began = performance.now();
  await rangeButton(page).click();
  await page.getByRole("menuitemradio", { name: "Last 365 days" }).click();
  await eventually("every log is read", () => everyLog(page), { within: READING });
  figures["app.timeline.read"] = alone((performance.now() - began) / 1_000, "s until every log of a year is read");
  const reading = await taken(page);
  const events = await found(page);
  figures["app.timeline.events"] = alone(events, "events in the list");
  figures["app.timeline.task.reading"] = alone(reading.task, "ms, 0 where none is over 50");

  const shown = { search: [], arrange: [], zoom: [] };
  const settled = async (input, act) => {
    // The rows in sight may be the same as before; the count beside them is not.
    await page.locator("main").evaluate((main, input) => globalThis.bench.expect(input, main), input);
    await act();
    return page.evaluate(() => globalThis.bench.settled());
  };
  const search = page.getByRole("searchbox");
  for (let round = 0; round < ROUNDS; round++) {
    say(`searching, arranging, zooming: ${round + 1} of ${ROUNDS}`);
    for (const word of WORDS) {
      await search.click();
      for (const letter of word) {
        shown.search.push(await settled("keydown", () => page.keyboard.press(letter)));
      }
      await settled("keydown", async () => {
        await page.keyboard.press("Control+A");
        await page.keyboard.press("Delete");
      });
    }
    for (const name of ARRANGEMENTS) {
      const choice = page.getByRole("radio", { name, exact: true });
      shown.arrange.push(await settled("click", () => choice.click({ force: true })));
    }
    const plot = page.locator(".plot");
    await plot.focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    shown.zoom.push(await settled("keydown", () => page.keyboard.press("Enter")));
    shown.zoom.push(await settled("keydown", () => page.keyboard.press("Backspace")));
    await look(page);
  }
  const using = await taken(page);
  figures["app.timeline.task"] = alone(using.task, "ms, 0 where none is over 50");
  figures["app.timeline.paint"] = alone(using.paint, `ms from an input to the next frame at most, of ${using.inputs} inputs`);
  figures["app.timeline.paint.median"] = alone(using.median, "ms, 0 where it is under 16");
  for (const [what, times] of Object.entries(shown)) {
    figures[`app.timeline.${what}`] = alone(median(times), `ms until the answer is painted (most ${Math.round(Math.max(...times))})`);
  }
} finally {
  await browser.close();
  await server.dispose();
  await rm(folder, { recursive: true, force: true });
}
report(figures);

/** Keys and clicks within the list: along it, to its end, into an event and back. */
async function look(page) {
  await page.locator(".rows .cell.what:visible").nth(3).click();
  await page.getByRole("complementary").waitFor();
  for (const key of ["Escape", "ArrowDown", "ArrowDown", "End", "PageUp", "Home"]) {
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
}

async function everyLog(page) {
  const state = await page.locator(".loaded").innerText();
  const [, read, total] = /(\d[\d,]*) of (\d[\d,]*) logs read/.exec(state) ?? [];
  return read !== undefined && read === total && Number(total.replaceAll(",", "")) > 1_000;
}

/** What the page's thread had to bear since this was asked last. */
async function taken(page) {
  const task = await page.evaluate(() => globalThis.bench.longestTask());
  const { slow, inputs } = await page.evaluate(() => globalThis.paints.taken());
  // Only inputs of 16 ms and more are told of; the others count as nothing.
  const all = [...slow, ...Array(Math.max(0, inputs - slow.length)).fill(0)];
  return { task, paint: Math.max(0, ...slow), median: median(all) ?? 0, inputs };
}
