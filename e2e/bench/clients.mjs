// The table of clients with 100,000 rows beside the same rows in AG Grid Community, in one browser, one after the other.
//
// The portal is the real one, signed in to the real server; a proxy between them answers the list of clients with as many
// rows as are wanted, made from the server's own answer. Both tables are driven by the same keys, clicks and scrolling,
// and read by the same clock: from the browser's time of the input to the frame that shows the last change it made.

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";
import { createRequire } from "node:module";

import { eventually, launch } from "../harness.mjs";
import { alone, beside, median, report, say, stage } from "./stage.mjs";

const ROWS = 100_000;
const WORDS = ["nor", "har", "lig", "cli", "sou"];
const ROUNDS = 3;
const PASSES = 10;
const STEPS = 120;
const VERSION = createRequire(import.meta.url)("ag-grid-community/package.json").version.split(".")[0];
const AGAINST = `AG Grid Community ${VERSION}`;

const scene = await stage();
const proxy = await startProxy(scene.server.url);
const browser = await launch();
const figures = {};
try {
  const ours = await openPortal();
  const core = await coreMegabytes();
  const mine = await measure("the portal", ours);
  const rows = await ours.page.locator("[role=grid] [role=row]").count();
  const longest = await ours.page.evaluate(() => Math.max(0, ...globalThis.longTasks));
  await ours.person.close();
  const theirs = await openOther();
  const other = await measure(AGAINST, theirs);

  figures["clients.search"] = beside(mine.search, other.search, "ms", AGAINST);
  figures["clients.sort"] = beside(mine.sort, other.sort, "ms", AGAINST);
  figures["clients.scroll"] = beside(mine.scroll, other.scroll, "ms of the page's thread", AGAINST);
  figures["clients.rows"] = alone(rows, "rows in the document");
  figures["clients.heap"] = beside(mine.growth, other.growth, `KB grown over ${PASSES - 1} scroll passes`, AGAINST);
  figures["clients.longest-task"] = alone(longest, "ms, 0 where none is over 50");
  figures["core.memory"] = alone(core, `MB with ${ROWS} clients`);
} finally {
  await browser.close();
  proxy.close();
  proxy.closeAllConnections();
  await scene.close();
}
report(figures);

async function measure(name, { page, search, header, scroller }) {
  say(`${name}: searching`);
  const searches = [];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const word of WORDS) {
      await search.click();
      for (const letter of word) {
        const took = await settled(page, "keydown", () => page.keyboard.press(letter));
        // The first round warms up.
        if (round > 0) {
          searches.push(took);
        }
      }
      await settled(page, "keydown", async () => {
        await page.keyboard.press("Control+A");
        await page.keyboard.press("Delete");
      });
    }
  }
  say(`${name}: sorting`);
  const sorts = [];
  for (let round = 0; round <= ROUNDS * 2; round++) {
    const took = await settled(page, "click", () => header.click());
    if (round > 0) {
      sorts.push(took);
    }
  }
  say(`${name}: scrolling`);
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Performance.enable");
  const scrolls = [];
  const heaps = [];
  for (let pass = 0; pass < PASSES; pass++) {
    const before = await busy(protocol);
    await scroller.evaluate(scrollToTheEnd, STEPS);
    scrolls.push((await busy(protocol)) - before);
    await protocol.send("HeapProfiler.collectGarbage");
    heaps.push((await protocol.send("Runtime.getHeapUsage")).usedSize / 1_024);
  }
  return {
    search: median(searches),
    sort: median(sorts),
    scroll: median(scrolls.slice(1)),
    growth: Math.max(0, heaps.at(-1) - heaps[0]),
  };
}

/** Milliseconds the page's thread has worked so far. */
async function busy(protocol) {
  const { metrics } = await protocol.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1_000;
}

async function scrollToTheEnd(scroller, steps) {
  const frame = () => new Promise(requestAnimationFrame);
  scroller.scrollTop = 0;
  await frame();
  const end = scroller.scrollHeight - scroller.clientHeight;
  for (let step = 1; step <= steps; step++) {
    scroller.scrollTop = (end * step) / steps;
    await frame();
  }
  await frame();
}

/** Acts, and gives the time from the input to the frame that shows the last change in the table. */
async function settled(page, input, act) {
  await page.evaluate((input) => globalThis.watchTable(input), input);
  await act();
  return page.evaluate(() => globalThis.tableSettled());
}

/** Runs in each page before its own scripts. */
function watcher() {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => {
    globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: "longtask", buffered: true });

  globalThis.watchTable = (input) => {
    const watch = { began: undefined, changed: undefined, frames: [], on: true };
    globalThis.tableWatch = watch;
    addEventListener(input, (event) => (watch.began ??= event.timeStamp), { capture: true, once: true });
    watch.observer = new MutationObserver(() => {
      if (watch.began !== undefined) {
        watch.changed = performance.now();
      }
    });
    watch.observer.observe(document.querySelector("[role=grid], [role=treegrid]"), {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    // A message that a frame's callback sends arrives when that frame has been painted.
    const painted = new MessageChannel();
    painted.port1.onmessage = () => watch.frames.push(performance.now());
    const frame = () => {
      if (watch.on) {
        painted.port2.postMessage(undefined);
        requestAnimationFrame(frame);
      }
    };
    requestAnimationFrame(frame);
  };

  globalThis.tableSettled = async () => {
    const watch = globalThis.tableWatch;
    const quiet = () => watch.changed !== undefined && performance.now() - watch.changed > 250;
    const given = performance.now() + 10_000;
    while (!quiet()) {
      if (performance.now() > given) {
        throw new Error("the table did not change");
      }
      await new Promise(requestAnimationFrame);
    }
    watch.on = false;
    watch.observer.disconnect();
    return watch.frames.find((frame) => frame > watch.changed) - watch.began;
  };
}

async function openPortal() {
  say(`the portal: signing in and loading ${ROWS} clients`);
  const person = await browser.person({ baseURL: proxy.url });
  const { page } = person;
  await page.addInitScript(watcher);
  await page.goto("/");
  await page.getByRole("textbox", { name: "E-mail" }).fill(scene.administrator.email);
  await page.getByRole("textbox", { name: "Master password" }).fill(scene.administrator.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  const grid = page.getByRole("grid");
  await grid.waitFor();
  await eventually("all rows are there", async () => Number(await grid.getAttribute("aria-rowcount")) > ROWS, {
    within: 120_000,
  });
  return {
    person,
    page,
    search: page.getByRole("searchbox"),
    header: grid.getByRole("columnheader", { name: "Name" }).getByRole("button").first(),
    scroller: grid,
  };
}

async function openOther() {
  say(`${AGAINST}: loading ${ROWS} rows`);
  const person = await browser.person({ baseURL: proxy.url });
  const { page } = person;
  await page.addInitScript(watcher);
  await page.goto("/bench/other.html");
  await page.locator(".ag-row").first().waitFor();
  return {
    person,
    page,
    search: page.getByRole("searchbox"),
    header: page.getByRole("columnheader", { name: "Name" }),
    scroller: page.locator(".ag-body-viewport"),
  };
}

/** The core's memory: its WebAssembly memories and its JavaScript heap, asked of the shared worker itself. */
async function coreMegabytes() {
  const protocol = await browser.playwright.newBrowserCDPSession();
  const { targetInfos } = await protocol.send("Target.getTargets");
  const worker = targetInfos.find(({ type }) => type === "shared_worker");
  const { sessionId } = await protocol.send("Target.attachToTarget", { targetId: worker.targetId, flatten: false });
  let last = 0;
  const ask = (method, params = {}) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const hear = ({ message }) => {
        const answer = JSON.parse(message);
        if (answer.id === id) {
          protocol.off("Target.receivedMessageFromTarget", hear);
          answer.error ? reject(new Error(answer.error.message)) : resolve(answer.result);
        }
      };
      protocol.on("Target.receivedMessageFromTarget", hear);
      protocol.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method, params }) });
    });
  await ask("HeapProfiler.collectGarbage");
  const { result: kind } = await ask("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await ask("Runtime.queryObjects", { prototypeObjectId: kind.objectId });
  const { result: bytes } = await ask("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration: "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }",
    returnByValue: true,
  });
  const { usedSize } = await ask("Runtime.getHeapUsage");
  await protocol.detach();
  return (bytes.value + usedSize) / 1_048_576;
}

/** Passes everything on to the server, but for the list of clients and the other table's page. */
async function startProxy(target) {
  const grid = await readFile(createRequire(import.meta.url).resolve("ag-grid-community/dist/ag-grid-community.min.js"));
  let list;
  const server = http.createServer(async (request, response) => {
    if (request.url === "/bench/other.html") {
      return response.writeHead(200, { "content-type": "text/html" }).end(OTHER);
    }
    if (request.url === "/bench/grid.js") {
      return response.writeHead(200, { "content-type": "text/javascript" }).end(grid);
    }
    if (request.url === "/bench/rows.json") {
      return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(list.data.map(shown)));
    }
    const headers = { ...request.headers, "accept-encoding": "identity" };
    const onward = http.request(target + request.url, { method: request.method, headers }, async (answer) => {
      if (answer.statusCode === 200 && /^\/api\/providers\/[^/]+\/organizations$/.test(request.url)) {
        list ??= grown(JSON.parse(Buffer.concat(await answer.toArray()).toString()));
        const { "content-length": _, ...kept } = answer.headers;
        return response.writeHead(200, kept).end(JSON.stringify(list));
      }
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.url = `http://127.0.0.1:${server.address().port}`;
  return server;
}

/** The server's list, its rows repeated under new ids and numbered names until there are enough. */
function grown(list) {
  const id = (number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
  const data = Array.from({ length: ROWS }, (_, number) => {
    const row = list.data[(number * 7) % list.data.length];
    return {
      ...row,
      id: id(number * 2),
      organizationId: id(number * 2 + 1),
      organizationName: `${row.organizationName} ${(number * 7_919) % ROWS}`,
    };
  });
  return { ...list, data };
}

/** What a row shows, as the other table gets it. */
function shown({ organizationName, plan, seats, occupiedSeats, userCount, status, creationDate }) {
  return { name: organizationName, plan, seats, used: occupiedSeats ?? userCount, status, since: creationDate };
}

const OTHER = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Other</title><style>body{margin:0}#grid{height:820px}</style></head>
<body><input type="search" aria-label="Search"><div id="grid"></div>
<script src="/bench/grid.js"></script>
<script type="module">
const rowData = await (await fetch("/bench/rows.json")).json();
const { createGrid, ModuleRegistry, AllCommunityModule } = agGrid;
ModuleRegistry?.registerModules([AllCommunityModule]);
const grid = createGrid(document.getElementById("grid"), {
  rowData,
  rowHeight: 36,
  animateRows: false,
  cacheQuickFilter: true,
  defaultColDef: { sortable: true },
  columnDefs: [
    { field: "name", headerName: "Name", width: 360 },
    { field: "plan", headerName: "Plan" },
    { field: "seats", headerName: "Seats" },
    { field: "used", headerName: "Used" },
    { field: "status", headerName: "Status" },
    { field: "since", headerName: "Since" },
  ],
});
document.querySelector("input").addEventListener("input", ({ target }) => grid.setGridOption("quickFilterText", target.value));
</script></body></html>`;
