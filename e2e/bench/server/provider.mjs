// A provider whose keys are of the right shape and open nothing, and a way to ask as its administrator.

import { randomBytes } from "node:crypto";
import http from "node:http";

import { orderProvider } from "../../harness/people.mjs";

/** The server hashes what stands for a password, whatever it was derived from. */
const PASSWORD_HASH = Buffer.alloc(32, 7).toString("base64");
const EMAIL = "bench@bench.example";

/** An account and its provider, set up with key material of the right shape; gives an access token. */
export async function setUp(server) {
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
  const token = await signIn(server.url);
  const provider = link.searchParams.get("providerId");
  await post(`${server.url}/api/providers/${provider}/setup`, json({
    name: "Bench",
    billingEmail: EMAIL,
    token: link.searchParams.get("token"),
    key: `4.${randomBytes(256).toString("base64")}`,
    paymentMethod: { type: "card", token: "none" },
    billingAddress: { country: "GB", postalCode: "EX1 1AA" },
  }, token));
  return signIn(server.url);
}

/** A token of its administrator. */
export async function signIn(url) {
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

/** Creates clients with key material of the right shape; the server can open none of it anyway. */
export async function fill(ask, provider, clients) {
  const answer = JSON.parse((await ask(`/api/providers/${provider}/organizations`)).body);
  let missing = clients - answer.data.length;
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

/** Asks over the connections of an agent; gives the body, and fails with what was refused. */
export function request(agent, url, token, { method = "GET", body } = {}) {
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
