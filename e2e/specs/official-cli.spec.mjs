// The official command-line client against our server: what it decrypts, our core has encrypted, and the other way round.

import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

import { launch, startServer } from "../harness.mjs";
import { TLS, officialClient } from "../harness/official.mjs";
import { client, section, signIn } from "../harness/people.mjs";

const OWNER = "grace@brightwaterdental.example";
const PASSWORD = "harbour-light-2026";
const STAFF = { ana: "ana@harbourlight.example", tom: "tom@harbourlight.example" };
/** Of the demo without a provider: Tom has accepted its invitation and waits. */
const CLIENT = "Ashdown Accountants";

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

test("whom the portal invites the official client sees, and whom the official client confirms the portal lets in", async () => {
  const OWNER_MODE = ["--mode", "owner"];
  const folder = await mkdtemp(path.join(os.tmpdir(), "portal-cli-"));
  const data = path.join(folder, "data");
  await cp(process.env.PORTAL_OWNER_DEMO_DATA, data, { recursive: true });
  const browser = await launch();
  try {
    // The portal invites.
    let server = await startServer({ data, arguments: OWNER_MODE });
    const ana = await browser.person({ baseURL: server.url });
    await ana.page.goto("/");
    await signIn(ana.page, STAFF.ana, PASSWORD);
    await client(ana.page, CLIENT).click();
    await section(ana.page, "Members");
    await ana.page.getByRole("button", { name: "Invite people" }).first().click();
    const form = ana.page.getByRole("dialog", { name: "Invite people to the client" });
    await form.getByRole("textbox", { name: "E-mail addresses" }).fill("kim@ashdown.example");
    await form.getByRole("button", { name: "Invite 1 person" }).click();
    await form.getByText(/accept-organization/).first().waitFor();
    await ana.close();
    await server.stop();

    // The official client, which speaks TLS alone, sees that, and confirms somebody else.
    server = await startServer({ data, arguments: [...OWNER_MODE, ...TLS] });
    const bw = officialClient(folder);
    await bw("config", "server", `https://localhost:${server.port}`);
    const session = ["--session", await bw("login", STAFF.ana, PASSWORD, "--raw")];
    const organizations = JSON.parse(await bw("list", "organizations", ...session));
    const within = ["--organizationid", organizations.find(({ name }) => name === CLIENT).id];
    const members = async () => JSON.parse(await bw("list", "org-members", ...within, ...session));
    const find = (list, address) => list.find(({ email }) => email === address);
    const before = await members();
    assert.equal(find(before, "kim@ashdown.example").status, 0, "invited by the portal");
    const tom = find(before, STAFF.tom);
    assert.equal(tom.status, 1, "accepted, and not confirmed");
    await bw("confirm", "org-member", tom.id, ...within, ...session);
    assert.equal(find(await members(), STAFF.tom).status, 2);
    await server.stop();

    // Whoever was confirmed opens the client in the portal with the key that the official client wrapped.
    server = await startServer({ data, arguments: OWNER_MODE });
    const { page } = await browser.person({ baseURL: server.url });
    await page.goto("/");
    await signIn(page, STAFF.tom, PASSWORD);
    await client(page, CLIENT).click();
    await section(page, "Collections");
    await page.getByRole("grid").getByText("General", { exact: true }).waitFor();
    await server.stop();
    assert.deepEqual(browser.complaints(), []);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
});
