// The server under load: what one administrator's portal asks for, over and over, from connections that stay open.

import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";

import { startServer } from "../harness.mjs";
import { orderProvider } from "../harness/people.mjs";
import { deepPages } from "./server/deep-pages.mjs";
import { alone, median, percentile, report, say } from "./stage.mjs";

/** The server hashes what stands for a password, whatever it was derived from. */
const PASSWORD_HASH = Buffer.alloc(32, 7).toString("base64");
const EMAIL = "bench@bench.example";

const CLIENTS = 1_000;
const CONNECTIONS = 16;
const REQUESTS = 2_000;

const figures = {};
const folder = await mkdtemp(path.join(os.tmpdir(), "portal-bench-"));
const unlimited = ["sign-in", "token", "registration", "invitation"].flatMap((what) => [`--limit-${what}`, "off"]);
const server = await startServer({ data: path.join(folder, "data"), arguments: unlimited });
try {
  figures["server.memory.idle"] = alone(await residentMegabytes(server.pid()), "MB");
  const token = await setUp();
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
  Object.assign(figures, await deepPages(server.data, provider, unlimited, signIn));
} finally {
  await server.dispose();
  await rm(folder, { recursive: true, force: true });
}
report(figures);

/** An account and its provider, set up with key material of the right shape; gives an access token. */
async function setUp() {
  const link = new URL((await orderProvider(server, "Bench", EMAIL)).replace("/#/", "/"));
  const verification = await fetch(`${server.url}/identity/accounts/register/send-verification-email`, json({ email: EMAIL }));
  const emailVerificationToken = (await verification.text()).replaceAll('"', "");
  await post(`${server.url}/identity/accounts/register/finish`, json({
    email: EMAIL,
    emailVerificationToken,
    masterPasswordHash: PASSWORD_HASH,
    userSymmetricKey: wrappedKey(),
    kdf: 0,
    kdfIterations: 600_000,
    userAsymmetricKeys: { publicKey: randomBytes(294).toString("base64"), encryptedPrivateKey: wrappedBytes(1_232) },
  }));
  const token = await signIn();
  const provider = link.searchParams.get("providerId");
  await post(`${server.url}/api/providers/${provider}/setup`, json({
    name: "Bench",
    billingEmail: EMAIL,
    token: link.searchParams.get("token"),
    key: `4.${randomBytes(256).toString("base64")}`,
    paymentMethod: { type: "card", token: "none" },
    billingAddress: { country: "GB", postalCode: "EX1 1AA" },
  }, token));
  return signIn();
}

async function signIn(url = server.url) {
  const form = new URLSearchParams({
    grant_type: "password",
    username: EMAIL,
    password: PASSWORD_HASH,
    scope: "api offline_access",
    client_id: "web",
    deviceType: "9",
    deviceIdentifier: "5b0c2f5e-2f4e-4a57-9a55-6d1f2b9f0f01",
    deviceName: "bench",
  });
  const headers = { "bitwarden-client-version": "2026.8.0" };
  return (await post(`${url}/identity/connect/token`, { method: "POST", headers, body: form })).access_token;
}

function json(body, token) {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  return { method: "POST", headers, body: JSON.stringify(body) };
}

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
            planType: 17,
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

async function post(url, request) {
  const answer = await fetch(url, request);
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status} ${text}`);
  }
  return text ? JSON.parse(text) : undefined;
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
