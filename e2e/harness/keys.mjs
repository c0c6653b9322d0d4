// Bitwarden's keys, made and opened by the platform's own cryptography.

import assert from "node:assert/strict";
import crypto from "node:crypto";

/** A key of 64 bytes. */
export function newKey() {
  return crypto.randomBytes(64);
}

/** A pair of RSA keys, and how it is sent: the private half under a key. */
export function keyPair(under) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const encryptedPrivateKey = seal(under, privateKey.export({ format: "der", type: "pkcs8" }));
  return {
    publicKey,
    sent: { publicKey: publicKey.export({ format: "der", type: "spki" }).toString("base64"), encryptedPrivateKey },
  };
}

/** A public key as the server tells it. */
export function publicKeyOf(text) {
  return crypto.createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" });
}

/** A key for whoever has the private half: an EncString of type 4. */
export function encapsulate(publicKey, key) {
  return `4.${crypto.publicEncrypt({ key: publicKey, oaepHash: "sha1" }, key).toString("base64")}`;
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

/** What wraps the user key: HKDF-Expand of the master key, which is good enough as a key to do without Extract. */
export function stretched(master) {
  const expand = (info) => crypto.createHmac("sha256", master).update(info).update(Buffer.of(1)).digest();
  return Buffer.concat([expand("enc"), expand("mac")]);
}

function mac(key, iv, data) {
  return crypto.createHmac("sha256", key.subarray(32)).update(iv).update(data).digest();
}
