// The server under load: what one administrator's portal asks for, over and over, from connections that stay open.

import { randomBytes, pbkdf2Sync } from "node:crypto";
import { readFile } from "node:fs/promises";
import http from "node:http";
import { performance } from "node:perf_hooks";

import { startServer } from "../harness.mjs";
import { alone, median, percentile, report, say, stage } from "./stage.mjs";

const CLIENTS = 1_000;
const CONNECTIONS = 16;
const REQUESTS = 2_000;

const figures = {};
const scene = await stage();
try {
  const { server, administrator } = scene;
  figures["server.memory.idle"] = alone(await residentMegabytes(server.pid()), "MB");
  const token = await signIn(server.url, administrator);
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const ask = (path, options) => request(agent, server.url + path, token, options);

  const profile = JSON.parse((await ask("/api/accounts/profile")).body);
  const provider = profile.providers[0].id;
  say(`creating clients until there are ${CLIENTS}`);
  await fill(ask, provider);
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
} finally {
  await scene.close();
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

/** Creates clients with key material of the right shape; the server can open none of it anyway. */
async function fill(ask, provider) {
  const answer = JSON.parse((await ask(`/api/providers/${provider}/organizations`)).body);
  let missing = CLIENTS - answer.data.length;
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while (missing-- > 0) {
        const number = missing;
        await ask(`/api/providers/${provider}/clients`, {
          method: "POST",
          body: {
            name: `Bench client ${number}`,
            ownerEmail: `owner-${number}@bench.example`,
            planType: 16,
            seats: 1,
            key: wrappedKey(),
            keyPair: { publicKey: randomBytes(294).toString("base64"), encryptedPrivateKey: wrappedBytes(1_232) },
            collectionName: wrappedBytes(32),
          },
        });
      }
    }),
  );
}

function wrappedKey() {
  return wrappedBytes(80);
}

function wrappedBytes(length) {
  const part = (bytes) => randomBytes(bytes).toString("base64");
  return `2.${part(16)}|${part(Math.ceil(length / 16) * 16)}|${part(32)}`;
}

async function signIn(url, { email, password }) {
  const { kdf, kdfIterations } = await post(`${url}/identity/accounts/prelogin`, { email }, "json");
  if (kdf !== 0) {
    throw new Error("the demo's administrator is expected to derive with PBKDF2");
  }
  const master = pbkdf2Sync(password, email, kdfIterations, 32, "sha256");
  const hash = pbkdf2Sync(master, password, 1, 32, "sha256").toString("base64");
  const answer = await post(`${url}/identity/connect/token`, {
    grant_type: "password",
    username: email,
    password: hash,
    scope: "api offline_access",
    client_id: "web",
    deviceType: "9",
    deviceIdentifier: "5b0c2f5e-2f4e-4a57-9a55-6d1f2b9f0f01",
    deviceName: "bench",
  });
  return answer.access_token;
}

async function post(url, fields, kind = "form") {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": kind === "json" ? "application/json" : "application/x-www-form-urlencoded" },
    body: kind === "json" ? JSON.stringify(fields) : new URLSearchParams(fields),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status} ${text}`);
  }
  return JSON.parse(text);
}

function request(agent, url, token, { method = "GET", body } = {}) {
  const text = body && JSON.stringify(body);
  const headers = { authorization: `Bearer ${token}`, ...(text && { "content-type": "application/json" }) };
  return new Promise((resolve, reject) => {
    const call = http.request(url, { agent, method, headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => {
        const body = Buffer.concat(parts).toString();
        if (answer.statusCode >= 300) {
          reject(new Error(`${method} ${url}: ${answer.statusCode} ${body.slice(0, 400)}`));
        } else {
          resolve({ body });
        }
      });
    });
    call.on("error", reject).end(text);
  });
}

async function residentMegabytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) / 1_024;
}
