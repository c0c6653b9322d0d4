// The core's ledger in WebAssembly, the one in JavaScript, and AG Grid Community with the latter's clients as rows, in one page. Each
// call is timed by itself.
//
// AG Grid Community groups and aggregates nothing by itself (that is Enterprise). What it offers for the same question is measured: an
// external filter for each group, and its `forEachNodeAfterFilter`, in which the rows it leaves are added up.

import init, { Bench } from "/core/ledger_bench.js";
import * as plain from "/plain.js";

/** As large as pieces of an answer are in a browser. */
const PIECE = 65_536;
const WINDOW = 60;

await init();
let core;
let facts;
let text;
let bytes;
let ledger;
let grid;
let wanted;

function timed(act) {
  const begun = performance.now();
  const result = act();
  return [performance.now() - begun, result];
}

globalThis.bench = {
  make(clients, days) {
    core?.free();
    core = new Bench(clients, days);
    text = core.answer();
    bytes = new TextEncoder().encode(text);
    facts = JSON.parse(core.facts());
    return bytes.length;
  },

  /** From the bytes of the answer to a ledger. */
  open() {
    let longest = 0;
    const [ours, counted] = timed(() => {
      core.begin();
      for (let at = 0; at < bytes.length; at += PIECE) {
        const piece = bytes.subarray(at, at + PIECE);
        longest = Math.max(longest, timed(() => core.take(piece))[0]);
      }
      const [last, clients] = timed(() => core.end());
      longest = Math.max(longest, last);
      return clients;
    });
    const [theirs, other] = timed(() => plain.open(new TextDecoder().decode(bytes)));
    ledger = other;
    return { ours, theirs, longest, counts: [counted, other.clients.length] };
  },

  /** By tag and by plan, day by day. */
  sum() {
    const [ours, all] = timed(() => core.sum());
    const [theirs, sums] = timed(() => plain.sum(ledger, facts));
    return { ours, theirs, counts: [all, plain.total(sums)] };
  },

  /** The clients become the grid's rows. */
  rows() {
    const rows = plain.worked(ledger);
    grid?.destroy();
    grid = globalThis.agGrid.createGrid(document.getElementById("grid"), {
      rowData: rows,
      getRowId: ({ data }) => String(data.id),
      animateRows: false,
      rowBuffer: 8,
      isExternalFilterPresent: () => wanted !== undefined,
      doesExternalFilterPass: ({ data }) => wanted(data.id),
      defaultColDef: { flex: 1 },
      columnDefs: ["name", "plan", "assigned", "used", "idle", "always"].map((field) => ({ field, filter: field === "idle" })),
    });
    return rows.length;
  },

  /** The same sums by the grid: for each group its filter, and what it leaves added up. */
  grid() {
    const [theirs, sums] = timed(() => {
      const sums = plain.groups(facts.tags + facts.plans, ledger.length);
      sums.forEach((sum, group) => {
        const { tags } = facts;
        wanted = (id) => (group < tags ? facts.clients[id].tags.includes(group) : facts.clients[id].plan === group - tags);
        grid.onFilterChanged();
        grid.forEachNodeAfterFilter(({ data }) => plain.add(sum, data.days));
      });
      return sums;
    });
    wanted = undefined;
    grid.onFilterChanged();
    const [ours, all] = timed(() => core.sum());
    return { ours, theirs, counts: [all, plain.total(sums)] };
  },

  /** The page's rows with idle seats, those with most first: a window of them beside the grid sorting and filtering. */
  window() {
    const [ours, idle] = timed(() => core.window(WINDOW));
    const [theirs, other] = timed(() => {
      wanted = (id) => grid.getRowNode(String(id)).data.idle > 0;
      grid.onFilterChanged();
      grid.applyColumnState({ state: [{ colId: "idle", sort: "desc" }] });
      return Array.from({ length: WINDOW }, (_, at) => grid.getDisplayedRowAtIndex(at).data)[0].idle;
    });
    wanted = undefined;
    grid.onFilterChanged();
    grid.applyColumnState({ state: [{ colId: "idle", sort: null }] });
    return { ours, theirs, counts: [idle, other] };
  },

  /** What the page is worked out from, and the longest that somebody else waits meanwhile. */
  work() {
    core.read_clients();
    let longest = 0;
    let begun = performance.now();
    const [ours] = timed(() => {
      core.work_out(() => {
        const now = performance.now();
        longest = Math.max(longest, now - begun);
        begun = now;
      });
    });
    return { ours, longest };
  },
};
globalThis.ready = true;
