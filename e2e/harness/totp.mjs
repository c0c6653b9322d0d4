// One-time codes as an authenticator app makes them (RFC 6238: SHA-1, six digits, thirty seconds).

import { createHmac } from "node:crypto";

/** The code of a secret; `later` so many steps of thirty seconds from now. */
export function code(secret, later = 0) {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac("sha1", fromBase32(secret)).update(step).digest();
  const word = hash.readUInt32BE(hash.at(-1) & 0xf) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, "0");
}

function fromBase32(text) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...text.toUpperCase()]
    .filter((letter) => letters.includes(letter))
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}
