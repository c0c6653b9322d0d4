// The first and the ten thousandth page of logs with ten million events, asked for in turns.

import { execFile } from "node:child_process";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";

import { startServer } from "../../harness.mjs";
import { asker } from "../../harness/account.mjs";
import { beside, median, say } from "../stage.mjs";

const EVENTS = 10_000_000;
const PAGES = 10_000;
const ROUNDS = 200;
const YEAR_MS = 365 * 86_400_000;

/** Figures of a provider's log and of a client's, each with ten million events more than the folder had. */
export async function deepPages(data, provider, options, signIn) {
  let server = await startServer({ data, arguments: options });
  const clients = await (await signedIn(server, signIn))("GET", `/api/providers/${provider}/organizations`);
  const client = clients.data[0].organizationId;
  await server.stop();
  say(`adding ${EVENTS} events to the logs of a client and of its provider`);
  const deepen = ["--data", data, "--deepen", `${provider}/${client}`, "--events", String(EVENTS)];
  await promisify(execFile)(process.env.PORTAL_DEMO, deepen);
  server = await startServer({ data, arguments: options });
  try {
    const ask = await signedIn(server, signIn);
    return {
      "server.events_deep.organization": await compare(ask, `/api/organizations/${client}/events`),
      "server.events_deep.provider": await compare(ask, `/api/providers/${provider}/events`),
    };
  } finally {
    await server.stop();
  }
}

async function signedIn(server, signIn) {
  return asker(server.url, await signIn(server.url));
}

async function compare(ask, log) {
  const now = Date.now();
  const range = `start=${new Date(now - YEAR_MS).toISOString()}&end=${new Date(now).toISOString()}`;
  const page = (token) => ask("GET", `${log}?${range}${token ? `&continuationToken=${token}` : ""}`);
  say(`walking to page ${PAGES} of ${log}`);
  let token;
  for (let pages = 1; pages < PAGES; pages++) {
    const { data, continuationToken } = await page(token);
    if (!continuationToken || data.length !== 50) {
      throw new Error(`${log} ends at page ${pages}`);
    }
    token = continuationToken;
  }
  const times = { first: [], deep: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [which, from] of [["first", undefined], ["deep", token]]) {
      const asked = performance.now();
      await page(from);
      times[which].push(performance.now() - asked);
    }
  }
  return beside(median(times.deep), median(times.first), "ms", "the first page");
}
