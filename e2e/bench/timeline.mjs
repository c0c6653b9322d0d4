// A million events of a provider and its thousand clients: the core's timeline beside the straightforward JavaScript, on the
// same events, in one page of one browser.
//
// Both sides begin with decoded events: the core has taken them into its columns and named them, page by page as they came
// (`timeline.take` and `timeline.name` say what that costs), and the other has them as objects with a Map of names beside.
// What both count must be the same, or there is no figure.

import path from "node:path";

import { launch } from "../harness.mjs";
import { memory } from "./clients/memory.mjs";
import { serveFiles } from "./serve-files.mjs";
import { alone, beside, median, report, say } from "./stage.mjs";

const EVENTS = Number(process.env.PORTAL_TIMELINE_EVENTS ?? 1_000_000);
const ROUNDS = 5;
const LOGS = 1_001;
/** Pages that come last, when all others are in order: what four logs read at once bring in a quarter of a second. */
const LAST = 40;
const AGAINST = "objects, sort and filter in JavaScript";
const HERE = path.join(import.meta.dirname, "timeline");
const BUILT = process.env.PORTAL_PART;
if (!BUILT) {
  throw new Error("PORTAL_PART is not set: `cargo xtask bench` sets it to the folder of the built timeline");
}

const FILES = {
  "/": ["text/html", path.join(HERE, "page.html")],
  "/page.js": ["text/javascript", path.join(HERE, "page.js")],
  "/plain.js": ["text/javascript", path.join(HERE, "plain.js")],
  "/core/timeline_bench.js": ["text/javascript", path.join(BUILT, "timeline_bench.js")],
  "/core/timeline_bench_bg.wasm": ["application/wasm", path.join(BUILT, "timeline_bench_bg.wasm")],
};

const server = await serveFiles(FILES);
const browser = await launch();
const figures = {};
try {
  const { page } = await browser.person({ baseURL: `http://127.0.0.1:${server.address().port}` });
  await page.goto("/");
  await page.waitForFunction(() => globalThis.ready, undefined, { timeout: 60_000 });
  const protocol = await page.context().newCDPSession(page);
  const heap = async () => (await memory((method, params) => protocol.send(method, params))).heap * 1_048_576;
  const ask = (what, ...given) => page.evaluate(([what, given]) => globalThis.bench[what](...given), [what, given]);

  say("warming up");
  await ask("make", 60_000);
  await ask("load");
  for (let round = 0; round < 3; round++) {
    await steps(ask);
  }

  say(`making ${EVENTS} events`);
  await ask("make", EVENTS);
  const empty = await heap();
  say("handing them over");
  await ask("load");
  const { events } = await ask("merge");
  const theirs = ((await heap()) - empty) / events;
  const rounds = [];
  for (let round = 1; round <= ROUNDS; round++) {
    say(`${round} of ${ROUNDS}`);
    rounds.push(await steps(ask));
  }
  for (const name of ["first", "merge", "filter.person", "filter.type", "filter.text", "sessions", "zoom"]) {
    const of = (side) => median(rounds.map((round) => round[name][side]));
    figures[`timeline.${name}`] = beside(of("ours"), of("theirs"), "ms", AGAINST);
  }
  figures["timeline.memory"] = beside(await ask("memory"), theirs, "bytes an event", AGAINST);
  for (const part of ["take", "name"]) {
    const of = (figure) => median(rounds.map((round) => round[figure][part]));
    figures[`timeline.${part}`] = alone(of("merge"), `ms in all for ${events} events, page by page; ${of("first").toFixed(1)} for the first pages`);
  }
  figures["timeline.highlights"] = alone(median(rounds.map(({ highlights }) => highlights.ours)), "ms");
  const of = (part) => median(rounds.map(({ blocked }) => blocked[part]));
  const parts = Object.fromEntries(["page", "settle", "show", "highlights"].map((part) => [part, of(part)]));
  figures["timeline.blocked"] = alone(
    Math.max(parts.page, parts.settle + parts.show, parts.highlights),
    `ms at most at a time, of: taking a page ${parts.page.toFixed(1)}, order ${parts.settle.toFixed(1)} with showing ${parts.show.toFixed(1)}, a slice of the highlights ${parts.highlights.toFixed(1)}`,
  );
  const complaints = browser.complaints();
  if (complaints.length > 0) {
    throw new Error(complaints.join("\n"));
  }
} finally {
  await browser.close();
  server.close();
  server.closeAllConnections();
}
report(figures);

/** Everything once, on what is loaded. */
async function steps(ask) {
  // What is short is measured three times.
  const thrice = async (...what) => {
    const each = [await ask(...what), await ask(...what), await ask(...what)];
    const part = (name) => (name === "counts" ? each[0].counts : median(each.map((one) => one[name])));
    return Object.fromEntries(Object.keys(each[0]).map((name) => [name, part(name)]));
  };
  const round = { first: await thrice("first", LOGS), merge: await ask("merge") };
  // What was pointed out is marked in everything that is found from now on.
  const highlights = await ask("highlights");
  round["filter.person"] = await thrice("filter", "person");
  round["filter.type"] = await thrice("filter", "kind");
  round["filter.text"] = await ask("filter", "text");
  round.sessions = await thrice("sessions");
  round.zoom = await thrice("zoom");
  for (const [name, { counts }] of Object.entries(round)) {
    if (counts[0] !== counts[1] || counts[0] === 0) {
      throw new Error(`${name}: the core counts ${counts[0]}, the other side ${counts[1]}`);
    }
  }
  await ask("release");
  round.highlights = highlights;
  round.blocked = await ask("blocked", LAST);
  return round;
}
