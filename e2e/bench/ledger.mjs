// The ledger of ten thousand clients over two years: opened from the wire format, summed up again by tag and plan, and a window of its
// rows, beside the straightforward JavaScript and AG Grid Community on the same data, in one page of one browser.
//
// What all count must be the same, or there is no figure.

import path from "node:path";

import { launch } from "../harness.mjs";
import { serveFiles } from "./serve-files.mjs";
import { alone, beside, median, report, say } from "./stage.mjs";

const CLIENTS = Number(process.env.PORTAL_LEDGER_CLIENTS ?? 10_000);
const DAYS = 730;
const ROUNDS = 5;
const PLAIN = "JSON.parse, objects and arrays in JavaScript";
const GRID = "AG Grid Community: a filter for each group, and forEachNodeAfterFilter";
const HERE = path.join(import.meta.dirname, "ledger");
const BUILT = process.env.PORTAL_PART;
if (!BUILT) {
  throw new Error("PORTAL_PART is not set: `cargo xtask bench` sets it to the folder of the built ledger");
}

const FILES = {
  "/": ["text/html", path.join(HERE, "page.html")],
  "/page.js": ["text/javascript", path.join(HERE, "page.js")],
  "/plain.js": ["text/javascript", path.join(HERE, "plain.js")],
  "/grid.js": ["text/javascript", path.join(import.meta.dirname, "../node_modules/ag-grid-community/dist/ag-grid-community.min.js")],
  "/core/ledger_bench.js": ["text/javascript", path.join(BUILT, "ledger_bench.js")],
  "/core/ledger_bench_bg.wasm": ["application/wasm", path.join(BUILT, "ledger_bench_bg.wasm")],
};

const server = await serveFiles(FILES);
const browser = await launch();
const figures = {};
try {
  const { page } = await browser.person({ baseURL: `http://127.0.0.1:${server.address().port}` });
  await page.goto("/");
  await page.waitForFunction(() => globalThis.ready, undefined, { timeout: 60_000 });
  const ask = (what, ...given) => page.evaluate(([what, given]) => globalThis.bench[what](...given), [what, given]);

  say("warming up");
  await ask("make", 500, DAYS);
  for (let round = 0; round < 3; round++) {
    await steps(ask);
  }
  const bytes = await ask("make", CLIENTS, DAYS);
  say(`${CLIENTS} clients over ${DAYS} days in ${bytes} bytes`);
  const rounds = [];
  for (let round = 1; round <= ROUNDS; round++) {
    say(`${round} of ${ROUNDS}`);
    rounds.push(await steps(ask));
  }
  for (const [name, part, against] of [
    ["open", "open", PLAIN],
    ["sum", "sum", PLAIN],
    ["sum.grid", "grid", GRID],
    ["window", "window", "AG Grid Community filtering and sorting, without drawing"],
  ]) {
    const of = (side) => median(rounds.map((round) => round[part][side]));
    figures[`ledger.${name}`] = beside(of("ours"), of("theirs"), "ms", against);
  }
  const [opening, slice, whole] = [({ open }) => open.longest, ({ work }) => work.longest, ({ work }) => work.ours].map((of) => median(rounds.map(of)));
  figures["ledger.blocked"] = alone(
    Math.max(opening, slice),
    `ms at most at a time, of: a piece of the answer ${opening.toFixed(1)}, a slice of what is worked out ${slice.toFixed(1)} (in all ${whole.toFixed(0)})`,
  );
  const complaints = browser.complaints().filter((complaint) => !complaint.includes("AG Grid"));
  if (complaints.length > 0) {
    throw new Error(complaints.join("\n"));
  }
} finally {
  await browser.close();
  server.close();
  server.closeAllConnections();
}
report(figures);

/** Everything once. */
async function steps(ask) {
  const round = { open: await ask("open") };
  // What is short is measured three times.
  const thrice = async (what) => {
    const each = [await ask(what), await ask(what), await ask(what)];
    return { counts: each[0].counts, ours: median(each.map(({ ours }) => ours)), theirs: median(each.map(({ theirs }) => theirs)) };
  };
  round.sum = await thrice("sum");
  await ask("rows");
  round.grid = await ask("grid");
  const work = await ask("work");
  round.window = await thrice("window");
  for (const [name, { counts }] of Object.entries(round)) {
    if (counts[0] !== counts[1] || counts[0] === 0) {
      throw new Error(`${name}: the core counts ${counts[0]}, the other side ${counts[1]}`);
    }
  }
  return { ...round, work };
}
