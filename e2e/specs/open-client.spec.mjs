// Open to everyone: what opens above and beside the pages of a client.

import assert from "node:assert/strict";

import { journey, looker } from "../harness.mjs";
import { agreeToRecovery, joinClient } from "../harness/crew.mjs";
import { openFilters } from "../harness/events.mjs";
import { lookAndLeave, lookAtMenu, menuOf } from "../harness/looks.mjs";
import { PASSWORD, choose, heading, row, section, signIn, tick } from "../harness/people.mjs";
import { VAULT_CLIENT, VAULT_OWNER, ownClient } from "../harness/vault.mjs";

const OWNER = { email: VAULT_OWNER, name: "Orla Vance", role: "Owner", invited: true };

journey(
  "overview and members: dialogs, menus, panel",
  async (house) => {
    const { look, end } = looker();
    const { page } = await enterClient(house);
    await look(page, "overview");
    await lookAtMenu(page, look, "overview, actions", () => page.getByRole("button", { name: "Actions", exact: true }).click());
    await page.getByRole("button", { name: "Change seats" }).click();
    await lookAndLeave(page, look, "overview, seats");
    await page.keyboard.press("w");
    await lookAndLeave(page, look, "the way to another client");

    await section(page, "Members");
    await row(page, "Robin Vale").waitFor();
    await look(page, "members");
    await lookAtMenu(page, look, "members, filters", () => page.getByRole("button", { name: "Filter", exact: true }).click());
    await lookAtMenu(page, look, "members, row menu", () => menuOf(page, "Robin Vale"));
    for (const item of ["Edit…", "Recover account…", "Revoke…", "Remove…"]) {
      await choose(page, "Robin Vale", item);
      await page.getByRole("dialog").getByRole("button").last().waitFor();
      await lookAndLeave(page, look, `member, ${item}`);
    }
    await choose(page, "Robin Vale", "Edit…");
    await page.getByRole("dialog").getByRole("radio", { name: /^Custom/ }).check();
    await lookAndLeave(page, look, "member, permissions");
    await choose(page, "Robin Vale", "Recover account…");
    const recovery = page.getByRole("dialog", { name: /^Recover the account of .*Robin Vale/ });
    await recovery.getByRole("textbox", { name: "Master password", exact: true }).fill("short");
    await recovery.getByRole("button", { name: "Set the master password" }).click();
    await recovery.getByText(/At least 12/).last().waitFor();
    await lookAndLeave(page, look, "member, recovery with a fault");
    await tick(page, "Robin Vale", "Kim Sato");
    await look(page, "members, some selected");
    await page.getByRole("toolbar").getByRole("button", { name: "Revoke…" }).click();
    await lookAndLeave(page, look, "members, revoking several");
    await page.getByRole("button", { name: "Clear the selection" }).click();
    await row(page, "Robin Vale").locator(".cell.name").click();
    await page.getByRole("complementary").getByText("agreed", { exact: true }).waitFor();
    await look(page, "a member beside the list");
    await page.keyboard.press("Escape");
    await row(page, "late@larkspur.example").locator(".cell.name").click();
    await page.getByRole("complementary").getByText(/^works until/).waitFor();
    await look(page, "an invited member beside the list");
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Invite people" }).first().click();
    const invitation = page.getByRole("dialog", { name: "Invite people to the client" });
    await invitation.getByRole("textbox", { name: "E-mail addresses" }).fill("mo@larkspur.example, nobody");
    await look(page, "inviting with a fault");
    await invitation.getByRole("textbox", { name: "E-mail addresses" }).fill("mo@larkspur.example");
    await invitation.getByRole("button", { name: "Invite 1 person" }).click();
    await invitation.getByText(/accept-organization/).first().waitFor();
    await look(page, "invited");
    await invitation.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Invite from a file" }).click();
    await lookAndLeave(page, look, "inviting from a file");
    end();
  },
  { timeout: 240_000 },
);

journey(
  "collections, groups and every policy: dialogs and menus",
  async (house) => {
    const { look, end } = looker();
    const { page } = await enterClient(house);
    await section(page, "Groups");
    await page.getByText("No groups yet").waitFor();
    await look(page, "no groups");
    await page.getByRole("button", { name: "New group" }).first().click();
    const group = page.getByRole("dialog", { name: "New group" });
    await group.getByRole("textbox", { name: "Name" }).fill("Night shift");
    await look(page, "new group");
    await group.getByRole("button", { name: "Create group" }).click();
    await row(page, "Night shift").waitFor();
    await look(page, "groups");
    await lookAtMenu(page, look, "groups, row menu", () => menuOf(page, "Night shift"));
    for (const item of ["Edit…", "Delete…"]) {
      await choose(page, "Night shift", item);
      await page.getByRole("dialog", { name: /Night shift/ }).waitFor();
      await lookAndLeave(page, look, `group, ${item}`);
    }
    await tick(page, "Night shift");
    await look(page, "groups, one selected");

    await section(page, "Collections");
    await row(page, "Default collection").waitFor();
    await look(page, "collections");
    await lookAtMenu(page, look, "collections, row menu", () => menuOf(page, "Default collection"));
    for (const item of ["Edit…", "New collection below…", "Delete…"]) {
      await choose(page, "Default collection", item);
      await page.getByRole("dialog").getByRole("button").last().waitFor();
      await lookAndLeave(page, look, `collection, ${item}`);
    }
    await tick(page, "Default collection");
    await look(page, "collections, one selected");
    await page.getByRole("toolbar").getByRole("button", { name: "Give access…" }).click();
    await lookAndLeave(page, look, "giving access");

    await section(page, "Policies");
    const policies = page.locator(".policies li button");
    await policies.first().waitFor();
    await look(page, "policies");
    const all = await policies.all();
    assert.ok(all.length > 20, "every policy of the contract has a form");
    for (const policy of all) {
      const name = await policy.innerText();
      await policy.click();
      const form = page.getByRole("dialog", { name, exact: true });
      await form.getByRole("button", { name: /^Save/ }).waitFor();
      await lookAndLeave(page, look, `policy, ${name}`);
    }
    end();
  },
  { timeout: 360_000 },
);

journey(
  "directory, items, events, settings, and what its own people find",
  async (house) => {
    const { look, end } = looker();
    const { client, page } = await enterClient(house);
    await section(page, "Directory");
    await page.getByText(/^organization\./).waitFor();
    await look(page, "directory");
    await section(page, "Events");
    await row(page, /invited/).first().waitFor();
    await look(page, "events of a client");
    await lookAtMenu(page, look, "events of a client, filters", () => openFilters(page));
    await section(page, "Settings");
    await page.getByRole("heading", { name: "Fingerprint phrase" }).waitFor();
    await look(page, "settings of a client");
    for (const button of ["View API key…", "Rotate API key…", "Delete organization…"]) {
      await page.getByRole("button", { name: button }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Master password" }).waitFor();
      await look(page, `settings, ${button}`);
      await dialog.getByRole("button").last().click();
      await dialog.locator("[aria-invalid='true']").first().waitFor();
      await lookAndLeave(page, look, `settings, ${button} with a fault`);
    }
    await page.getByRole("button", { name: "View API key…" }).click();
    const key = page.getByRole("dialog", { name: "View API key" });
    await key.getByRole("textbox", { name: "Master password" }).fill(PASSWORD);
    await key.getByRole("button", { name: "View API key" }).click();
    await key.getByText(`organization.${client.organization}`).waitFor();
    await lookAndLeave(page, look, "the API key");

    const own = `/organizations/${client.organization}`;
    const { page: orla } = await enter(house, VAULT_OWNER, own);
    await heading(orla, VAULT_CLIENT).waitFor();
    await orla.getByText("Opens with your own key").waitFor();
    await look(orla, "own overview");
    await orla.getByRole("button", { name: "Actions", exact: true }).click();
    await orla.getByRole("menuitem", { name: "Leave the organization…" }).click();
    await orla.getByRole("dialog").waitFor();
    await lookAndLeave(orla, look, "leaving one's organization");
    await section(orla, "Settings");
    await orla.getByText("Ask them when bills should go to another address.").waitFor();
    await look(orla, "own settings");
    await orla.goto(`${own}/billing`);
    await orla.getByText(/^Managed by/).first().waitFor();
    await look(orla, "own billing");

    const { page: robin } = await enter(house, "robin@larkspur.example", own);
    await heading(robin, VAULT_CLIENT).waitFor();
    await robin.getByText("Opens with your own key").waitFor();
    await look(robin, "a User's overview");
    await section(robin, "Collections");
    await robin.getByText("No collections yet").waitFor();
    await look(robin, "a User's collections");
    await robin.goto(`${own}/members`);
    await heading(robin, "Nothing is here").waitFor();
    await look(robin, "nowhere, in an organization of one's own");
    end();
  },
  { timeout: 240_000 },
);

/** A client with an Owner, two Users of whom one agreed to account recovery, and somebody invited; its overview on the screen. */
async function enterClient(house) {
  const { server } = house;
  const client = await ownClient(server);
  await joinClient(server, client, OWNER);
  await agreeToRecovery(await joinClient(server, client, { email: "robin@larkspur.example", name: "Robin Vale", role: "User" }), client);
  await joinClient(server, client, { email: "kim@larkspur.example", name: "Kim Sato", role: "User" });
  const late = { emails: ["late@larkspur.example"], type: 2, collections: [], groups: [] };
  await client.ask("POST", `/api/organizations/${client.organization}/users/invite`, late);
  const { page } = await enter(house, client.email, `/providers/${client.provider}/clients/${client.organization}`);
  await page.getByText("1 of 2 Owners confirmed").waitFor();
  return { client, page };
}

async function enter({ open }, email, address) {
  const profile = await open(address);
  await signIn(profile.page, email);
  return profile;
}
