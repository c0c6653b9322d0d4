// A provider and a client whose keys are ours, made by the platform's own cryptography: for lists of items that only
// somebody with the keys can fill, and for reading what the portal encrypted.

import assert from "node:assert/strict";
import crypto from "node:crypto";

import { orderProvider, PASSWORD } from "./people.mjs";

const ITERATIONS = 600_000;

/**
 * Makes a provider with one Provider Admin and one Enterprise client by the interface alone. Gives who signs in, the ids, and
 * the key of the client's organization, the proof of the master password, and ways to ask the server as that person.
 */
export async function ownClient(server, { email = "vera@vault.example", seats = 50 } = {}) {
  const link = new URL((await orderProvider(server, "Vault Keepers", email)).replace("/#/", "/"));
  const master = crypto.pbkdf2Sync(PASSWORD, email, ITERATIONS, 32, "sha256");
  const proof = crypto.pbkdf2Sync(master, PASSWORD, 1, 32, "sha256").toString("base64");
  const [user, provider, organization] = [newKey(), newKey(), newKey()];
  const own = keyPair(user);
  const post = sender(server.url);

  const emailVerificationToken = JSON.parse(await post("/identity/accounts/register/send-verification-email", { email }));
  const kdf = { kdfType: 0, iterations: ITERATIONS };
  await post("/identity/accounts/register/finish", {
    email,
    emailVerificationToken,
    masterPasswordAuthentication: { kdf, masterPasswordAuthenticationHash: proof, salt: email },
    masterPasswordUnlock: { kdf, masterKeyWrappedUserKey: seal(stretched(master), user), salt: email },
    userAsymmetricKeys: own.sent,
  });
  const { access_token: token } = await signIn(server.url, email, proof);
  const id = link.searchParams.get("providerId");
  const as = sender(server.url, token);
  const encapsulated = crypto.publicEncrypt({ key: own.publicKey, oaepHash: "sha1" }, provider).toString("base64");
  await as(`/api/providers/${id}/setup`, {
    name: "Vault Keepers",
    billingEmail: email,
    token: link.searchParams.get("token"),
    key: `4.${encapsulated}`,
    paymentMethod: { type: "card", token: "tok_test" },
    billingAddress: { country: "GB", postalCode: "EX1 1AA" },
  });
  const { access_token: fresh } = await signIn(server.url, email, proof);
  const admin = sender(server.url, fresh);
  await admin(`/api/providers/${id}/clients`, {
    name: "Larkspur Holdings",
    ownerEmail: "owner@larkspur.example",
    planType: 19,
    seats,
    key: seal(provider, organization),
    keyPair: keyPair(organization).sent,
    collectionName: seal(organization, "Default collection"),
  });
  const get = async (path) =>
    (await fetch(server.url + path, { headers: { authorization: `Bearer ${fresh}` } })).json();
  const { data } = await get(`/api/providers/${id}/organizations`);
  return {
    email,
    password: PASSWORD,
    provider: id,
    organization: data[0].organizationId,
    key: organization,
    proof,
    get,
    admin: async (path, body) => parsed(await admin(path, body)),
  };
}

/** A text, or bytes, under a key of 64 bytes: an EncString of type 2. */
export function seal(key, content) {
  const iv = crypto.randomBytes(16);
  const cipher = crypto.createCipheriv("aes-256-cbc", key.subarray(0, 32), iv);
  const data = Buffer.concat([cipher.update(content, "utf8"), cipher.final()]);
  return `2.${[iv, data, mac(key, iv, data)].map((part) => part.toString("base64")).join("|")}`;
}

/** What an EncString of type 2 holds. */
export function open(key, text) {
  const [iv, data, tag] = text.split(".")[1].split("|").map((part) => Buffer.from(part, "base64"));
  assert.ok(crypto.timingSafeEqual(tag, mac(key, iv, data)), "it was encrypted under this key");
  const cipher = crypto.createDecipheriv("aes-256-cbc", key.subarray(0, 32), iv);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

function parsed(text) {
  return text ? JSON.parse(text) : undefined;
}

function newKey() {
  return crypto.randomBytes(64);
}

/** A pair of RSA keys, and how it is sent: the private half under a key. */
function keyPair(under) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const encryptedPrivateKey = seal(under, privateKey.export({ format: "der", type: "pkcs8" }));
  return {
    publicKey,
    sent: { publicKey: publicKey.export({ format: "der", type: "spki" }).toString("base64"), encryptedPrivateKey },
  };
}

function mac(key, iv, data) {
  return crypto.createHmac("sha256", key.subarray(32)).update(iv).update(data).digest();
}

/** What wraps the user key: HKDF-Expand of the master key, which is good enough as a key to do without Extract. */
function stretched(master) {
  const expand = (info) => crypto.createHmac("sha256", master).update(info).update(Buffer.of(1)).digest();
  return Buffer.concat([expand("enc"), expand("mac")]);
}

function sender(server, token) {
  return async (path, body) => {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(server + path, { method: "POST", headers, body: JSON.stringify(body) });
    const text = await answer.text();
    assert.ok(answer.ok, `${path}: ${answer.status} ${text}`);
    return text;
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
