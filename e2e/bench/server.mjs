// The server under load: what one administrator's portal asks for, over and over, from connections that stay open.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";

import { startServer } from "../harness.mjs";
import { deepPages } from "./server/deep-pages.mjs";
import { fill, request, setUp, signIn } from "./server/provider.mjs";
import { alone, median, percentile, report, say } from "./stage.mjs";

const CLIENTS = 1_000;
const CONNECTIONS = 16;
const REQUESTS = 2_000;

const figures = {};
const folder = await mkdtemp(path.join(os.tmpdir(), "portal-bench-"));
const unlimited = ["sign-in", "token", "registration", "invitation"].flatMap((what) => [`--limit-${what}`, "off"]);
const server = await startServer({ data: path.join(folder, "data"), arguments: unlimited });
try {
  figures["server.memory.idle"] = alone(await residentMegabytes(server.pid()), "MB");
  const token = await setUp(server);
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const ask = (path, options) => request(agent, server.url + path, token, options);

  const profile = JSON.parse((await ask("/api/accounts/profile")).body);
  const provider = profile.providers[0].id;
  say(`creating clients until there are ${CLIENTS}`);
  await fill(ask, provider, CLIENTS);
  await load("server.profile", "/api/accounts/profile");
  await load("server.clients", `/api/providers/${provider}/organizations`);
  await load("server.events", `/api/providers/${provider}/events`);
  figures["server.memory.loaded"] = alone(await residentMegabytes(server.pid()), "MB");
  agent.destroy();

  async function load(name, path) {
    const { times, took, bytes } = await hammer(() => ask(path));
    say(`${name}: ${REQUESTS} requests of ${bytes} bytes over ${CONNECTIONS} connections`);
    figures[`${name}.rate`] = alone(REQUESTS / (took / 1_000), "requests/s");
    figures[`${name}.p50`] = alone(percentile(times, 0.5), "ms");
    figures[`${name}.p99`] = alone(percentile(times, 0.99), "ms");
  }
  await server.stop();
  figures["server.start"] = alone(await startTime(server.data), "ms");
  Object.assign(figures, await deepPages(server.data, provider, unlimited, signIn));
} finally {
  await server.dispose();
  await rm(folder, { recursive: true, force: true });
}
report(figures);

/** Each connection asks again as soon as it has its answer. */
async function hammer(ask) {
  for (let warm = 0; warm < 50; warm++) {
    await ask();
  }
  const times = [];
  let left = REQUESTS;
  let bytes = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (left-- > 0) {
        const asked = performance.now();
        bytes = (await ask()).body.length;
        times.push(performance.now() - asked);
      }
    }),
  );
  return { times, took: performance.now() - started, bytes };
}

/** From starting the program to its first answer, the middle of five. */
async function startTime(data) {
  const times = [];
  for (let round = 0; round < 5; round++) {
    const started = performance.now();
    const server = await startServer({ data });
    times.push(performance.now() - started);
    await server.stop();
  }
  return median(times);
}

async function residentMegabytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) / 1_024;
}
