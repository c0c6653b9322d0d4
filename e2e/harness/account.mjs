// People with accounts, made by the interface alone, whose keys are ours.

import assert from "node:assert/strict";
import crypto from "node:crypto";

import { keyPair, newKey, seal, stretched } from "./keys.mjs";
import { PASSWORD } from "./people.mjs";

const ITERATIONS = 600_000;

/**
 * Makes an account with a ticket for it, as the server takes it: the proof of an address, or an invitation. Gives the address, the
 * keys, the proof of the master password, and `enter()`, which signs in and gives a way to ask as that person.
 */
export async function newAccount(url, email, ticket) {
  const master = crypto.pbkdf2Sync(PASSWORD, email, ITERATIONS, 32, "sha256");
  const proof = crypto.pbkdf2Sync(master, PASSWORD, 1, 32, "sha256").toString("base64");
  const userKey = newKey();
  const { publicKey, sent } = keyPair(userKey);
  const kdf = { kdfType: 0, iterations: ITERATIONS };
  await asker(url)("POST", "/identity/accounts/register/finish", {
    email,
    ...ticket,
    masterPasswordAuthentication: { kdf, masterPasswordAuthenticationHash: proof, salt: email },
    masterPasswordUnlock: { kdf, masterKeyWrappedUserKey: seal(stretched(master), userKey), salt: email },
    userAsymmetricKeys: sent,
  });
  const enter = async () => asker(url, (await signIn(url, email, proof)).access_token);
  return { email, password: PASSWORD, proof, userKey, publicKey, enter };
}

/** The ticket of somebody nobody has invited, where the server sends no mail. */
export async function openTicket(url, email) {
  return { emailVerificationToken: await asker(url)("POST", "/identity/accounts/register/send-verification-email", { email }) };
}

/** Asks the server, as nobody or with a token: `ask(method, path, body)` gives the answer, and fails with what was refused. */
export function asker(server, token) {
  return async (method, path, body) => {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(server + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
}

async function signIn(server, username, password) {
  const answer = await fetch(`${server}/identity/connect/token`, {
    method: "POST",
    headers: { "Bitwarden-Client-Version": "2026.9.0" },
    body: new URLSearchParams({
      grant_type: "password",
      client_id: "web",
      scope: "api offline_access",
      username,
      password,
      deviceType: "9",
      deviceIdentifier: crypto.randomUUID(),
      deviceName: "chromium",
    }),
  });
  assert.ok(answer.ok, `sign-in: ${answer.status}`);
  return answer.json();
}
