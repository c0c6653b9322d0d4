// The core's drafts in WebAssembly, and the same sums in JavaScript, in one page. Each is timed by itself.

import init, { Bench } from "/core/invoices_bench.js";
import { drafts } from "/plain.js";

/** So long the core works before it lets others work. */
const SLICE_MS = 8;

await init();
let core;
let seats;

globalThis.bench = {
  make(clients) {
    core?.free();
    core = new Bench(clients);
    seats = core.seats();
  },

  /** A run from the first client to the sums; with how long the core was busy at a time. */
  ours() {
    core.begin();
    const begun = performance.now();
    let slice = begun;
    let longest = 0;
    const pause = () => {
      const now = performance.now();
      longest = Math.max(longest, now - slice);
      slice = now;
    };
    while (core.go_on()) {
      if (performance.now() - slice >= SLICE_MS) {
        pause();
      }
    }
    pause();
    const gross = core.end();
    const last = performance.now() - slice;
    return { gross, ms: performance.now() - begun, longest, last };
  },

  theirs() {
    const begun = performance.now();
    const gross = drafts(seats);
    return { gross, ms: performance.now() - begun };
  },
};
globalThis.ready = true;
