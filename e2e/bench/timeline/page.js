// Both timelines in one page: the core's in WebAssembly, and the one in JavaScript. Each call is timed by itself.

import init, { Bench } from "/core/timeline_bench.js";
import { timeline } from "/plain.js";

const WINDOW = 60;
/** Pages that are decoded at once, outside of the time. */
const BATCH = 1_000;

await init();
let core;
let facts;
let plain;
let pages = [];
let merged;

function timed(act) {
  const begun = performance.now();
  const result = act();
  return [performance.now() - begun, result];
}

/** Gives the core so many pages more; how long it took to take them. */
function feed(count) {
  let total = 0;
  for (let left = Math.min(count, core.pages_left()); left > 0; left -= BATCH) {
    core.decode(Math.min(BATCH, left));
    total += timed(() => core.take())[0];
  }
  return total;
}

globalThis.bench = {
  make(events) {
    core?.free();
    core = new Bench(events);
    facts = JSON.parse(core.facts());
    plain = timeline(facts);
    pages = [];
    merged = undefined;
  },

  /** The events as the API gives them, decoded, with their dates as numbers, and their log where they say what they are. */
  load() {
    for (let place = pages.length; ; place++) {
      const text = core.json(place);
      if (text === undefined) {
        break;
      }
      const log = text.slice(0, text.indexOf(",")).split(":")[1];
      const page = JSON.parse(text.replaceAll('"object":"event"', `"log":${log}`));
      for (const event of page.events) {
        event.date = Date.parse(event.date);
      }
      pages.push(page);
    }
    return pages.length;
  },

  /** From the first page of every log to the first window, in words. */
  first(logs) {
    core.restart();
    core.decode(logs);
    const [take] = timed(() => core.take());
    const [name] = timed(() => core.name());
    const [ours, rows] = timed(() => {
      core.settle();
      return core.window("all", WINDOW);
    });
    const some = pages.slice(0, logs);
    const [theirs, others] = timed(() => {
      const { entries, copies } = plain.merge(some);
      return plain.window(entries, copies, WINDOW).length;
    });
    return { take, name, ours, theirs, counts: [rows, others] };
  },

  /** Takes everything, and brings it in order at once. */
  merge() {
    core.restart();
    const take = feed(Infinity);
    const [name] = timed(() => core.name());
    const [ours] = timed(() => core.settle());
    merged = undefined;
    const [theirs, result] = timed(() => plain.merge(pages));
    merged = result;
    return { take, name, ours, theirs, counts: [core.find("all"), merged.entries.length], events: core.len() };
  },

  memory: () => core.memory() / core.len(),
  release() {
    merged = undefined;
  },

  filter(by) {
    core.forget();
    const [ours, found] = timed(() => core.find(by));
    const [theirs, others] = timed(() => plain.filter(merged.entries, by, facts));
    return { ours, theirs, counts: [found, others.length] };
  },

  sessions() {
    core.forget();
    core.find_only("sessions");
    const [ours] = timed(() => core.find("sessions"));
    const [theirs, others] = timed(() => plain.sessions(merged.entries));
    return { ours, theirs, counts: [core.sessions(), others.length] };
  },

  zoom() {
    core.forget();
    const [ours] = timed(() => core.window("zoomed", WINDOW));
    const [theirs, other] = timed(() => {
      const { found, bars } = plain.zoom(merged.entries, facts.month);
      return { found, bars, rows: plain.window(found, merged.copies, WINDOW) };
    });
    return { ours, theirs, counts: [core.find("zoomed"), other.found.length] };
  },

  highlights() {
    const [ours] = timed(() => core.highlights(() => undefined));
    return { ours };
  },

  /** What a question of the tab waits for at worst, when the last pages come. */
  blocked(last) {
    core.restart();
    feed(core.pages_left() - last);
    core.settle();
    core.window("all", WINDOW);
    let page = 0;
    for (let left = core.pages_left(); left > 0; left--) {
      core.decode(1);
      page = Math.max(page, timed(() => core.take())[0]);
    }
    const [settle] = timed(() => core.settle());
    const [show] = timed(() => core.window("all", WINDOW));
    let highlights = 0;
    let begun = performance.now();
    core.highlights(() => {
      const now = performance.now();
      highlights = Math.max(highlights, now - begun);
      begun = now;
    });
    return { page, settle, show, highlights };
  },
};
globalThis.ready = true;
