// A client's space: its overview, the way to another client, its settings and its events; and what its own Owner finds there.

import assert from "node:assert/strict";

import { eventually, inBothModes, journey, looker, names } from "../harness.mjs";
import { enterClient } from "../harness/modes.mjs";
import {
  PASSWORD,
  acceptInvitation,
  choose,
  client,
  confirmOnOverview,
  createClient,
  go,
  heading,
  lookAnew,
  row,
  section,
  setUpProvider,
} from "../harness/people.mjs";

const HOUSE = { provider: "Harbour Light IT", name: "Ana Ruiz", email: "ana@harbourlight.example" };
const NAME = "Pier Nine Yachts";
const OTHER = "Quay Bakery";

journey(
  "a client is set up step by step, left for another by one key, and read in its events",
  async (house) => {
    const { look, end } = looker();
    const { page: ana } = await setUpProvider(house, HOUSE);
    const link = await createClient(ana, { name: NAME, owner: "pia@piernine.example", plan: "Enterprise" });
    await createClient(ana, { name: OTHER, owner: "bea@quay.example", plan: "Enterprise", seats: 2 });
    const { profile, phrase } = await acceptInvitation(house, link, "Pia Vester");
    await go(ana, "Clients");
    await client(ana, NAME).click();
    await heading(ana, NAME).waitFor();
    await ana.getByText("No confirmed owner.").waitFor();
    assert.equal(await progress(ana), "1 of 7 steps done");
    await step(ana, "Administrative seats").getByText("0 of 2 Owners confirmed").waitFor();
    await confirmOnOverview(ana, "Pia Vester", phrase);
    await step(ana, "Administrative seats").getByText("1 of 2 Owners confirmed").waitFor();
    await ana.getByRole("definition").filter({ hasText: /Ana Ruiz.* confirmed .*Pia Vester/ }).waitFor();
    await look(ana, "overview");

    await step(ana, "Groups").click();
    await heading(ana, "Groups").waitFor();
    await createGroup(ana, "Night shift");
    await section(ana, "Overview", NAME);
    await eventually("the group counts as a step", async () => (await progress(ana)) === "2 of 7 steps done");
    await step(ana, "Groups").getByText("1 group").waitFor();

    await section(ana, "Settings");
    await ana.getByRole("heading", { name: "Fingerprint phrase" }).waitFor();
    const desk = ana.viewportSize();
    await ana.setViewportSize({ width: 390, height: 844 });
    await ana.reload();
    await heading(ana, "Settings").waitFor();
    const here = ana.getByRole("navigation", { name: "In this client" }).getByRole("link", { name: "Settings" });
    await eventually("a telephone shows the way to where one is", async () => {
      const box = await here.boundingBox();
      return box.x >= 0 && box.x + box.width <= 390;
    });
    const cut = await ana.getByRole("note").locator(".cut").evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth && one.clientWidth > 0).length);
    assert.equal(cut, 0, "a telephone shows both names whole");
    await ana.setViewportSize(desk);
    const id = new URL(ana.url()).pathname.split("/")[4];

    await ana.keyboard.press("w");
    const others = ana.getByRole("dialog", { name: "Switch to another client" });
    await others.getByRole("option", { name: new RegExp(`${NAME}.*you are here`) }).waitFor();
    await look(ana, "switcher");
    await ana.keyboard.type("quay");
    await others.getByRole("option", { name: new RegExp(OTHER), selected: true }).waitFor();
    await ana.keyboard.press("Enter");
    await ana.getByRole("note").getByRole("button", { name: OTHER }).waitFor();
    await heading(ana, "Settings").waitFor();
    await eventually("the settings are the other client's", async () => {
      return (await ana.getByRole("textbox", { name: "Organization name" }).inputValue()) === OTHER;
    });
    await ana.goBack();
    await ana.getByRole("note").getByRole("button", { name: NAME }).waitFor();

    await section(ana, "Events");
    await eventually("the events tell of the group and of the owner", async () => {
      const rows = await names(ana, "row");
      return rows.some((row) => /Ana Ruiz.*created the group .*Night shift/.test(row)) && rows.some((row) => /confirmed.*(Pia Vester|pia@piernine)/.test(row));
    });
    await look(ana, "events of a client");
    await ana.goto(`${new URL(ana.url()).pathname}?from=2024-01-01&to=2024-01-02`);
    await ana.getByText(/^Events appear here as people of the organization and its provider/).waitFor();
    await look(ana, "no events of a client");
    await own(profile.page, id, look);
    await section(ana, "Members");
    await row(ana, "Pia Vester").getByRole("button", { name: /^Actions for/ }).click();
    await ana.getByRole("menuitem", { name: "Event log" }).click();
    await heading(ana, "Events").waitFor();
    await row(ana, /Pia Vester.*deleting collections/).waitFor();
    assert.equal(await row(ana, "Ana Ruiz").filter({ visible: true }).count(), 0, "what others did is not the member's");
    await look(ana, "events of a member");
    end();
  },
  { timeout: 240_000 },
);

inBothModes(
  "a client's settings are changed part by part, its API key is shown for the master password, and its events tell of it",
  async (house) => {
    const { look, end } = house.looker();
    const { page, client: kept } = await enterClient(house, "Settings");
    await page.getByRole("heading", { name: "Fingerprint phrase" }).waitFor();
    await look(page, "settings");
    const name = page.getByRole("textbox", { name: "Organization name" });
    const box = page.getByRole("checkbox", { name: "Only Owners and Admins create collections" });
    await name.fill("Pier Ten Yachts");
    await save(page, "Collections", () => box.click());
    assert.equal(await name.inputValue(), "Pier Ten Yachts", "saving one part loses nothing typed in another");
    await save(page, "Organization");
    await section(page, "Overview", "Pier Ten Yachts");
    await section(page, "Settings");
    const before = await box.isChecked();
    await lookAnew(page);
    await heading(page, "Settings").waitFor();
    await eventually("the name is kept", async () => (await name.inputValue()) === "Pier Ten Yachts");
    assert.equal(await box.isChecked(), before);
    await apiKey(page, kept.organization, look);
    await section(page, "Events");
    await row(page, "edited the organization’s settings").first().waitFor();
    end();
  },
);

/** What the Owner finds in the organization of their own, and nothing of its provider's. */
async function own(pia, id, look) {
  // Nobody tells her session that she was confirmed meanwhile.
  await pia.goto(`/organizations/${id}`);
  await heading(pia, NAME).waitFor();
  await pia.getByText("Opens with your own key").waitFor();
  assert.equal(await pia.getByRole("note").count(), 0, "nobody acts on anybody's behalf");
  const rail = pia.getByRole("navigation", { name: "Main" });
  for (const place of ["Clients", "Staff"]) {
    assert.equal(await rail.getByRole("link", { name: place }).count(), 0, `no ${place}`);
  }
  await look(pia, "own overview");
  const billing = pia.getByRole("navigation", { name: "In this client" }).getByRole("link", { name: /^Billing/ });
  assert.equal(await billing.getAttribute("aria-disabled"), "true");
  await pia.goto(`/organizations/${id}/billing`);
  await pia.getByText(/^Managed by .*Harbour Light IT/).first().waitFor();
  await look(pia, "own billing");
  for (const name of ["Members", "Collections", "Groups", "Policies", "Directory", "Events", "Settings"]) {
    await section(pia, name);
  }
  await section(pia, "Groups");
  await choose(pia, "Night shift", "Delete…");
  await pia.getByRole("dialog").getByRole("button", { name: "Delete for good" }).click();
  await pia.getByRole("status").filter({ hasText: "Work finished" }).waitFor({ state: "attached" });
  await section(pia, "Settings");
  const bills = pia.locator("section.setting").filter({ has: pia.getByRole("heading", { name: "Bills", exact: true }) });
  await bills.getByText(/Managed by .*Harbour Light IT/).waitFor();
  assert.equal(await bills.getByRole("textbox").count(), 0, "bills are the provider's business");
  await look(pia, "own settings");
  await save(pia, "Collections", async (part) => {
    await part.getByRole("checkbox", { name: "Only Owners and Admins delete collections" }).click();
  });
}

/** The API key, for whoever knows the master password. */
async function apiKey(page, organization, look) {
  await page.getByRole("button", { name: "View API key…" }).click();
  const dialog = page.getByRole("dialog", { name: "View API key" });
  await dialog.getByRole("textbox", { name: "Master password" }).fill("not the password");
  await dialog.getByRole("button", { name: "View API key" }).click();
  await dialog.getByText("The master password is wrong.").waitFor();
  await dialog.getByRole("textbox", { name: "Master password" }).fill(PASSWORD);
  await dialog.getByRole("button", { name: "View API key" }).click();
  await dialog.getByText(`organization.${organization}`).waitFor();
  assert.match(await dialog.locator(".value").nth(1).innerText(), /^\S{20,}$/);
  await look(page, "the API key");
  await dialog.getByRole("button", { name: "Close" }).last().click();
}

/** Changes one part of the settings and saves it, until nothing is left to save. */
async function save(page, name, change) {
  const part = page.locator("section.setting").filter({ has: page.getByRole("heading", { name, exact: true }) });
  const button = part.getByRole("button", { name: /^Save/ });
  await change?.(part);
  await button.click();
  await button.filter({ hasText: "Nothing has been changed yet." }).waitFor();
}

async function createGroup(page, name) {
  await page.getByRole("button", { name: "New group" }).first().click();
  const form = page.getByRole("dialog", { name: "New group" });
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await form.getByRole("button", { name: "Create group" }).click();
  await row(page, name).waitFor();
}

function step(page, name) {
  return page.locator(".setup li .step").filter({ hasText: name });
}

async function progress(page) {
  return (await page.getByText(/^\d of \d steps done/).innerText()).trim();
}
