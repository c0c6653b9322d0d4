// Ten thousand drafts of invoices for a month, worked out of a ledger of eleven months and a price list, in slices as the core does,
// beside the bare sums in JavaScript. What both come to must be the same, or there is no figure.

import path from "node:path";

import { launch } from "../harness.mjs";
import { serveFiles } from "./serve-files.mjs";
import { alone, beside, median, report, say } from "./stage.mjs";

const CLIENTS = Number(process.env.PORTAL_INVOICES_CLIENTS ?? 10_000);
const ROUNDS = 7;
const HERE = path.join(import.meta.dirname, "invoices");
const BUILT = process.env.PORTAL_PART;
if (!BUILT) {
  throw new Error("PORTAL_PART is not set: `cargo xtask bench` sets it to the folder of the built drafts");
}

const FILES = {
  "/": ["text/html", path.join(HERE, "page.html")],
  "/page.js": ["text/javascript", path.join(HERE, "page.js")],
  "/plain.js": ["text/javascript", path.join(HERE, "plain.js")],
  "/core/invoices_bench.js": ["text/javascript", path.join(BUILT, "invoices_bench.js")],
  "/core/invoices_bench_bg.wasm": ["application/wasm", path.join(BUILT, "invoices_bench_bg.wasm")],
};

const server = await serveFiles(FILES);
const browser = await launch();
const figures = {};
try {
  const { page } = await browser.person({ baseURL: `http://127.0.0.1:${server.address().port}` });
  await page.goto("/");
  await page.waitForFunction(() => globalThis.ready, undefined, { timeout: 60_000 });
  const ask = (what, ...given) => page.evaluate(([what, given]) => globalThis.bench[what](...given), [what, given]);
  await ask("make", CLIENTS);
  const rounds = [];
  // The first two warm up.
  for (let round = -1; round <= ROUNDS; round++) {
    say(`${Math.max(round, 0)} of ${ROUNDS}`);
    const [ours, theirs] = [await ask("ours"), await ask("theirs")];
    if (ours.gross !== theirs.gross || ours.gross === 0) {
      throw new Error(`the core's drafts come to ${ours.gross}, the other side's to ${theirs.gross}`);
    }
    if (round > 0) {
      rounds.push({ ours, theirs });
    }
  }
  const of = (read) => median(rounds.map(read));
  const each = (ms) => (ms * 1_000) / CLIENTS;
  figures["invoices.draft"] = beside(
    each(of(({ ours }) => ours.ms)),
    each(of(({ theirs }) => theirs.ms)),
    `µs a draft, of ${CLIENTS}`,
    "the bare sums in JavaScript, without ledger, price lists, margins and search",
  );
  const [slice, last] = [of(({ ours }) => ours.longest), of(({ ours }) => ours.last)];
  figures["invoices.blocked"] = alone(
    Math.max(slice, last),
    `ms at most at a time, of: a slice ${slice.toFixed(1)}, putting the run together ${last.toFixed(1)}`,
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
