// The official command-line client against our server: what it decrypts, our core has encrypted.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

import { startServer } from "../harness.mjs";
import { TLS, officialClient } from "../harness/official.mjs";

const OWNER = "grace@brightwaterdental.example";
const PASSWORD = "harbour-light-2026";

test("the official client signs in over TLS, and lists what a client's owner has", async () => {
  const server = await startServer({
    demo: true,
    arguments: TLS,
  });
  const folder = await mkdtemp(path.join(os.tmpdir(), "portal-cli-"));
  const bw = officialClient(folder);
  try {
    await bw("config", "server", `https://localhost:${server.port}`);
    await assert.rejects(bw("login", OWNER, "not the password", "--raw"), /incorrect|invalid/i);
    const session = ["--session", await bw("login", OWNER, PASSWORD, "--raw")];

    const status = JSON.parse(await bw("status", ...session));
    assert.equal(status.userEmail, OWNER);
    assert.equal(status.status, "unlocked");

    const organizations = JSON.parse(await bw("list", "organizations", ...session));
    assert.deepEqual(
      organizations.map(({ name, type, status, enabled }) => ({ name, type, status, enabled })),
      [{ name: "Brightwater Dental", type: 0, status: 2, enabled: true }],
    );
    const collections = JSON.parse(await bw("list", "collections", ...session));
    assert.deepEqual(collections.map(({ name }) => name), ["Default collection"]);
    const members = JSON.parse(await bw("list", "org-members", "--organizationid", organizations[0].id, ...session));
    assert.deepEqual(members.map(({ email, status, type }) => ({ email, status, type })), [
      { email: OWNER, status: 2, type: 0 },
    ]);
    assert.deepEqual(JSON.parse(await bw("list", "items", ...session)), []);
  } finally {
    await server.dispose();
    await rm(folder, { recursive: true, force: true });
  }
});
