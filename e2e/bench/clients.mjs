// The table of clients with 100,000 rows beside the same rows in AG Grid Community, in one browser, one after the other.
//
// The portal is the real one, signed in to the real server; only the list of clients is answered by a proxy. Both tables
// stand in the same window with rows of the same height, are driven by the same keys, clicks and scrolling, and read by
// the same clock: from the browser's time of the input to the frame that shows the last change it made.

import { readFile } from "node:fs/promises";
import path from "node:path";

import { eventually, launch } from "../harness.mjs";
import { signIn } from "../harness/people.mjs";
import { serveList } from "./clients/list.mjs";
import { PASSES, measure } from "./clients/measure.mjs";
import { memory, openCore, watchHeap } from "./clients/memory.mjs";
import { watcher } from "./clients/watcher.mjs";
import { alone, beside, report, say, stage } from "./stage.mjs";

const ROWS = 100_000;
const HERE = path.join(import.meta.dirname, "clients");
const OTHER = path.join(import.meta.dirname, "../node_modules/ag-grid-community");
const { version } = JSON.parse(await readFile(path.join(OTHER, "package.json"), "utf8"));
const AGAINST = `AG Grid Community ${version.split(".")[0]}`;

const scene = await stage();
const proxy = await serveList(scene.server.url, ROWS, {
  "/bench/other.html": { type: "text/html", path: path.join(HERE, "other.html") },
  "/bench/other.js": { type: "text/javascript", path: path.join(HERE, "other.js") },
  "/bench/grid.js": { type: "text/javascript", path: path.join(OTHER, "dist/ag-grid-community.min.js") },
});
const browser = await launch();
const figures = {};
try {
  const portal = await openPortal();
  const loaded = await memory(portal.core.ask);
  const ours = await measure("the portal", portal, async () => {
    const { heap, wasm } = await memory(portal.core.ask);
    return heap + wasm;
  });
  await portal.close();
  const other = await openOther(portal.geometry);
  const theirs = await measure(AGAINST, other);
  await other.close();

  figures["clients.search"] = beside(ours.search, theirs.search, "ms", AGAINST);
  figures["clients.sort"] = beside(ours.sort, theirs.sort, "ms", AGAINST);
  figures["clients.sort.first"] = beside(ours.firstSort, theirs.firstSort, "ms, an order not asked for before", AGAINST);
  figures["clients.scroll"] = beside(ours.scroll, theirs.scroll, "ms of the page's thread", AGAINST);
  figures["clients.scroll.shown"] = beside(ours.shown, theirs.shown, "ms until a step's rows are painted", AGAINST);
  figures["clients.rows"] = alone(ours.rows, "rows in the document");
  figures["clients.heap"] = alone(ours.growth, `KB grown over ${PASSES - 1} scroll passes, page and core`);
  figures["clients.longest-task"] = alone(ours.task, "ms, 0 where none is over 50");
  figures["clients.longest-task.start"] = alone(ours.start, "ms, 0 where none is over 50");
  figures["core.memory"] = alone(loaded.heap + loaded.wasm, `MB with ${ROWS} clients`);
  figures["core.memory.peak"] = alone(portal.mostHeap + loaded.wasm, `MB at most while ${ROWS} clients are read`);
} finally {
  await browser.close();
  proxy.close();
  await scene.close();
}
report(figures);

async function openPortal() {
  say(`the portal: signing in and loading ${ROWS} clients`);
  const person = await browser.person({ baseURL: proxy.url });
  const { page } = person;
  await page.addInitScript(watcher);
  await page.goto("/");
  const { email, password } = scene.administrator;
  await page.getByRole("textbox", { name: "E-mail address" }).waitFor();
  const core = await openCore(browser.playwright);
  const heapWatched = watchHeap(core.ask);
  await signIn(page, email, password);
  const grid = page.locator("[role=grid]");
  await eventually("all rows are there", async () => Number(await grid.getAttribute("aria-rowcount")) > ROWS, {
    within: 120_000,
  });
  const mostHeap = await heapWatched();
  const head = (name) => grid.getByRole("columnheader").getByRole("button", { name, exact: true });
  return {
    page,
    core,
    mostHeap,
    grid,
    geometry: {
      ...(await grid.evaluate((grid) => ({
        width: grid.clientWidth,
        height: grid.clientHeight,
        rowHeight: grid.querySelector("[aria-rowindex='2']").offsetHeight,
      }))),
      head: await grid.evaluate(headHeight),
      name: ".name bdi",
    },
    search: page.getByRole("searchbox"),
    heads: [head("Client"), head("Used"), head("Remaining"), head("Added")],
    scroller: grid,
    rows: page.locator("[role=grid] [role=row]"),
    close: () => person.close(),
  };
}

async function openOther(geometry) {
  say(`${AGAINST}: loading ${ROWS} rows`);
  const person = await browser.person({ baseURL: proxy.url });
  const { page } = person;
  await page.addInitScript(watcher);
  await page.goto(`/bench/other.html?${new URLSearchParams(geometry)}`);
  await page.locator(".ag-row").first().waitFor();
  const scroller = page.locator(".ag-grid-viewport");
  const head = (name) => page.getByRole("columnheader", { name });
  return {
    page,
    grid: page.locator("#grid"),
    geometry: { ...geometry, head: await scroller.evaluate(headHeight), name: "[col-id=name]" },
    search: page.getByRole("searchbox"),
    heads: [head("Client"), head("Used"), head("Remaining"), head("Added")],
    scroller,
    rows: page.locator("#grid [role=row]"),
    close: () => person.close(),
  };
}

/** How much of what scrolls stands above the first row, while nothing is scrolled. */
function headHeight(scroller) {
  const top = (element) => element.getBoundingClientRect().top;
  return top(scroller.querySelector("[aria-rowindex='2']")) - top(scroller);
}
