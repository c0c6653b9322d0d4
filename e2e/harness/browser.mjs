// Headless Chromium, and what its pages and workers complain of.

import { existsSync } from "node:fs";

import { chromium } from "playwright-core";

const PROGRAMS = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"];

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a browser; `arguments` are added to its command line. */
export async function launch({ arguments: extra = [] } = {}) {
  const executablePath = process.env.CHROME ?? PROGRAMS.find((program) => existsSync(program));
  const browser = await chromium.launch({ executablePath, args: [...ARGUMENTS, ...extra] });
  const complaints = [];
  const requests = [];
  try {
    await listenToSharedWorkers(browser, complaints, requests);
  } catch (problem) {
    await browser.close();
    throw problem;
  }

  return {
    /** What pages and workers have complained of, each as one line. */
    complaints: () => [...complaints],
    /** Forgets complaints that a journey has provoked on purpose; gives them. */
    takeComplaints: () => complaints.splice(0),
    /** Every request of pages and shared workers so far: who made it, and the address. */
    requests: () => [...requests],
    pages: () => browser.contexts().flatMap((context) => context.pages()),
    /** A person: a browser profile that shares nothing with another's. Same words and times on every machine. */
    async person(options = {}) {
      const context = await browser.newContext({
        locale: "en-GB",
        timezoneId: "Europe/London",
        viewport: { width: 1440, height: 900 },
        reducedMotion: "reduce",
        ...options,
      });
      context.on("page", (page) => listenToPage(page, complaints));
      context.on("request", (request) => requests.push({ by: "page", url: request.url() }));
      const page = await context.newPage();
      return { context, page, close: () => context.close() };
    },
    playwright: browser,
    close: () => browser.close(),
  };
}

function listenToPage(page, complaints) {
  const complain = (what) => complaints.push(`${new URL(page.url(), "about:").pathname}: ${what}`);
  page.on("console", (message) => {
    if (message.type() === "error") {
      complain(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on("pageerror", (error) => complain(`uncaught: ${error.message}`));
  page.on("crash", () => complain("the page crashed"));
  page.on("requestfailed", (request) => {
    // Leaving a page ends what it was still loading.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") {
      complain(`request: ${request.url()} ${request.failure()?.errorText}`);
    }
  });
}

/**
 * Shared workers belong to no page, so Playwright does not tell of them: the protocol does.
 *
 * An answer of 400 or above is the core's to deal with and no complaint; the browser logs it as one of the network.
 */
async function listenToSharedWorkers(browser, complaints, requests) {
  const protocol = await browser.newBrowserCDPSession();
  const tell = (sessionId, id, method) =>
    protocol.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method, params: {} }) });
  protocol.on("Target.targetCreated", async ({ targetInfo: { type, targetId } }) => {
    if (type !== "shared_worker") {
      return;
    }
    try {
      const { sessionId } = await protocol.send("Target.attachToTarget", { targetId, flatten: false });
      await Promise.all(
        ["Network.enable", "Runtime.enable", "Log.enable"].map((method, id) => tell(sessionId, id + 1, method)),
      );
    } catch {
      // A worker that has ended meanwhile has nothing more to say.
    }
  });
  protocol.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { method, params } = JSON.parse(message);
    if (method === "Network.requestWillBeSent") {
      requests.push({ by: "worker", url: params.request.url });
    }
    const complaint = workerComplaint({ method, params });
    if (complaint) {
      complaints.push(`worker: ${complaint}`);
    }
  });
  await protocol.send("Target.setDiscoverTargets", { discover: true });
}

function workerComplaint({ method, params }) {
  switch (method) {
    case "Runtime.exceptionThrown":
      return params.exceptionDetails.exception?.description ?? params.exceptionDetails.text;
    case "Runtime.consoleAPICalled":
      return params.type === "error" && params.args.map((value) => value.value ?? value.description).join(" ");
    case "Log.entryAdded":
      return params.entry.level === "error" && params.entry.source !== "network" && params.entry.text;
    default:
      return undefined;
  }
}
