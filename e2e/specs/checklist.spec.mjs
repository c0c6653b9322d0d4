// A new client, from its creation through every step of the recommended set-up to a confirmed member who reads with the official
// command-line client what their collection shares, and nothing else.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { eventually, journey } from "../harness.mjs";
import { TLS, officialClient } from "../harness/official.mjs";
import {
  PASSWORD,
  acceptInvitation,
  client,
  confirmOnOverview,
  createClient,
  go,
  heading,
  inviteMember,
  lookAnew,
  row,
  section,
  setUpProvider,
  toast,
} from "../harness/people.mjs";

const HOUSE = { provider: "Harbour Light IT", name: "Ana Ruiz", email: "ana@harbourlight.example" };
const NAME = "Pier Nine Yachts";
const SECRET = "the berth is number seven";

journey(
  "a client is set up from its creation to a member who lists the shared item of their collection and nothing else",
  async (house) => {
    const { page: ana } = await setUpProvider(house, HOUSE);
    const first = await createClient(ana, { name: NAME, owner: "pia@piernine.example", plan: "Enterprise", seats: 5 });
    await go(ana, "Clients");
    await client(ana, NAME).click();
    await heading(ana, NAME).waitFor();
    await done(ana, 1);

    // Administrative seats: two owners.
    const pia = await acceptInvitation(house, first, "Pia Vester");
    await lookAnew(ana);
    await confirmOnOverview(ana, "Pia Vester", pia.phrase);
    await step(ana, "Administrative seats").click();
    await heading(ana, "Members").waitFor();
    const second = await inviteMember(ana, "olu@piernine.example", { role: "Owner" });
    const olu = await acceptInvitation(house, second, "Olu Adeyemi");
    await lookAnew(ana);
    await section(ana, "Overview", NAME);
    await confirmOnOverview(ana, "Olu Adeyemi", olu.phrase);
    await done(ana, 2);

    await step(ana, "Collections").click();
    await heading(ana, "Collections").waitFor();
    for (const name of ["Berths", "Payroll"]) {
      await ana.getByRole("button", { name: "New collection" }).first().click();
      const form = ana.getByRole("dialog", { name: "New collection" });
      await form.getByRole("textbox", { name: "Name" }).fill(name);
      await form.getByRole("button", { name: "Create collection" }).click();
      await form.waitFor({ state: "detached" });
      await row(ana, name).waitFor();
    }
    await section(ana, "Overview", NAME);
    await done(ana, 3);

    await step(ana, "First items").click();
    await heading(ana, "Items").waitFor();
    await createLogin(ana, { name: "Harbour master", username: "pier9", password: SECRET, collection: "Berths" });
    await createLogin(ana, { name: "Salaries", username: "boss", password: "nobody else's business", collection: "Payroll" });
    await section(ana, "Overview", NAME);
    await done(ana, 4);

    await step(ana, "Policies").click();
    await heading(ana, "Policies").waitFor();
    await ana.getByRole("button", { name: "Master password requirements", exact: true }).click();
    const policy = ana.getByRole("dialog", { name: "Master password requirements" });
    await policy.getByRole("checkbox", { name: /^On/ }).check();
    await policy.getByRole("spinbutton", { name: "Minimum length" }).fill("14");
    await policy.getByRole("button", { name: "Save" }).click();
    await toast(ana, /saved/).first().waitFor();
    await section(ana, "Overview", NAME);
    await done(ana, 5);

    await step(ana, "Groups").click();
    await heading(ana, "Groups").waitFor();
    await ana.getByRole("button", { name: "New group" }).first().click();
    const group = ana.getByRole("dialog", { name: "New group" });
    await group.getByRole("textbox", { name: "Name" }).fill("Deck hands");
    await group.getByRole("combobox", { name: "Add a collection" }).fill("Berths");
    await group.getByRole("option", { name: "Berths" }).first().click();
    await group.getByRole("button", { name: "Create group" }).click();
    await row(ana, "Deck hands").waitFor();
    await section(ana, "Overview", NAME);
    await done(ana, 6);

    await step(ana, "People").click();
    await heading(ana, "Members").waitFor();
    const third = await inviteMember(ana, "kim@piernine.example", { group: "Deck hands" });
    const kim = await acceptInvitation(house, third, "Kim Sato");
    await lookAnew(ana);
    await ana.getByRole("button", { name: "Compare and confirm" }).click();
    const comparison = ana.getByRole("dialog", { name: "Confirm 1 person" });
    await comparison.getByText("Kim Sato").first().waitFor();
    assert.equal((await comparison.locator("ol li").allInnerTexts()).join("-"), kim.phrase);
    await comparison.getByRole("checkbox").check();
    await comparison.getByRole("button", { name: "Confirm 1 person" }).click();
    await toast(ana, "1 member confirmed").waitFor();
    await section(ana, "Overview", NAME);
    await ana.getByText("Everything is set up").waitFor();

    // The official client, as the member, and with nothing but their own password.
    const folder = await mkdtemp(path.join(os.tmpdir(), "portal-cli-"));
    const bw = officialClient(folder);
    try {
      await bw("config", "server", `https://localhost:${house.server.port}`);
      const session = ["--session", await bw("login", "kim@piernine.example", PASSWORD, "--raw")];
      const items = JSON.parse(await bw("list", "items", ...session));
      assert.deepEqual(
        items.map(({ name, login }) => ({ name, username: login.username, password: login.password, uri: login.uris?.[0]?.uri })),
        [{ name: "Harbour master", username: "pier9", password: SECRET, uri: "https://harbour.example" }],
      );
      const collections = JSON.parse(await bw("list", "collections", ...session));
      assert.deepEqual(collections.map(({ name }) => name), ["Berths"]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  // The certificate is our own; that holds for the worker, too, which no page speaks for.
  { timeout: 300_000, browser: ["--ignore-certificate-errors"], arguments: TLS },
);

async function createLogin(page, { name, username, password, collection }) {
  await page.getByRole("button", { name: "New item" }).first().click();
  await page.getByRole("menuitem", { name: "Login", exact: true }).click();
  const form = page.getByRole("dialog", { name: "New item: Login" });
  await form.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await form.getByRole("textbox", { name: "Username" }).fill(username);
  await form.getByRole("textbox", { name: "Password", exact: true }).fill(password);
  await form.getByRole("button", { name: "Add an address" }).click();
  await form.getByRole("textbox", { name: "Address 1" }).fill("https://harbour.example");
  await form.getByRole("combobox", { name: "Add a collection" }).fill(collection);
  await form.getByRole("option", { name: collection }).first().click();
  await form.getByRole("button", { name: "Create item" }).click();
  await form.waitFor({ state: "detached" });
  await row(page, name).waitFor();
}

function step(page, name) {
  return page.locator(".setup li .step").filter({ hasText: name });
}

/** So many steps of the recommended set-up are done. */
async function done(page, count) {
  await eventually(`${count} of 7 steps are done`, async () => {
    return (await page.getByText(/^\d of \d steps done/).innerText()).trim() === `${count} of 7 steps done`;
  });
}
