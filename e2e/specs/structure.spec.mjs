// The structure of a client: collections, groups and policies, as those work on them who look after it.

import assert from "node:assert/strict";

import { eventually, inBothModes, journey, looker } from "../harness.mjs";
import { joinAlso, joinClient } from "../harness/crew.mjs";
import { enterClient } from "../harness/modes.mjs";
import { choose, client, enterDemo, enterDemoAt, heading, row, section, signIn, tick, toast } from "../harness/people.mjs";

const CLIENT = "Quayside Legal LLP";
const TEAMS_CLIENT = "Brightwater Dental";
const OWNER = "Jonathan Pryce-Doyle";
/** A User of it. */
const PAT = { name: "Pat Renner", email: "pat@greenfold.example" };
/** Members of it who are in another organization, too. */
const INSIDERS = [
  { name: "Max Roth", email: "max@larkspur.example", role: "Admin" },
  { name: "Uma Sand", email: "uma@larkspur.example", role: "User" },
  { name: "Udo Berg", email: "udo@larkspur.example", role: "User" },
];
const CONFIRMED = 2;
const NOWHERE = "Nothing is here";
const LEVELS = ["Can view, except passwords", "Can view", "Can edit, except passwords", "Can edit", "Can manage"];

inBothModes(
  "collections are nested, shared at every level, given to many at once, and deleted after hearing what that takes",
  async (house) => {
    const { page } = await enterClient(house, "Groups", async (kept) => {
      await joinClient(house.server, kept, { email: "jonathan@quaysidelegal.example", name: OWNER, role: "Owner" });
    });
    const { look, end } = house.looker();
    await createGroup(page, "Night shift");
    await section(page, "Collections");

    await create(page, { name: "IT" });
    await choose(page, "IT", "New collection below…");
    const below = dialog(page, "New collection");
    await below.getByText("IT", { exact: true }).first().waitFor();
    await below.getByRole("textbox", { name: "Name" }).fill("Servers/Web");
    await look(page, "new collection");
    await below.getByRole("button", { name: "Create collection" }).click();
    await below.waitFor({ state: "detached" });
    await row(page, "Servers").filter({ hasText: "not a collection" }).waitFor();
    await row(page, "Web").waitFor();

    for (const level of LEVELS) {
      await row(page, "Web").locator(".cell.name").click();
      const form = dialog(page, /^Edit .*Web/);
      for (const name of [OWNER, "Night shift"]) {
        if (level === LEVELS[0]) {
          await add(form, "Add a person or group", name);
        }
        await form.getByRole("combobox", { name: accessOf(name) }).selectOption({ label: level });
      }
      await form.getByRole("button", { name: "Save" }).click();
      await form.waitFor({ state: "detached" });
      await page.reload();
      await heading(page, "Collections").waitFor();
      await row(page, "Web").locator(".cell.name").click();
      for (const name of [OWNER, "Night shift"]) {
        const chosen = form.getByRole("combobox", { name: accessOf(name) }).locator("option:checked");
        assert.equal(await chosen.innerText(), level, `${name} after a reload`);
      }
      await page.keyboard.press("Escape");
      await form.waitFor({ state: "detached" });
    }

    await create(page, { name: "Sales" });
    await look(page, "collections");
    await tick(page, "Sales", "Web");
    await page.getByRole("toolbar").getByRole("button", { name: "Give access…" }).click();
    const grant = dialog(page, "Give access to 2 collections");
    await add(grant, "Add a person or group", "Night shift");
    await grant.getByRole("combobox", { name: accessOf("Night shift") }).selectOption({ label: "Can edit" });
    await look(page, "give access");
    await grant.getByRole("button", { name: "Give access" }).click();
    await toast(page, "Access given to 2 collections").waitFor();
    await row(page, "Sales").locator(".cell.name").click();
    const sales = dialog(page, /^Edit .*Sales/);
    const given = sales.getByRole("combobox", { name: accessOf("Night shift") }).locator("option:checked");
    assert.equal(await given.innerText(), "Can edit");
    await page.keyboard.press("Escape");

    await choose(page, "Web", "Delete…");
    const deletion = dialog(page, /^Delete .*IT\/Servers\/Web/);
    await deletion.getByText("1 person loses direct access.").waitFor();
    await deletion.getByText("1 group loses access.").waitFor();
    await look(page, "delete a collection");
    await deletion.getByRole("button", { name: "Delete for good" }).click();
    await toast(page, "1 collection deleted").waitFor();
    await row(page, "Web").waitFor({ state: "detached" });
    await row(page, "Servers").waitFor({ state: "detached" });
    await row(page, "Sales").waitFor();
    end();
  },
  { timeout: 240_000 },
);

journey(
  "a collection is found by its name, and a form kept open by two is not saved over the other's change",
  async (house) => {
    const { page } = await openSection(house, "Collections");
    await create(page, { name: "Contracts" });
    await create(page, { name: "Sales" });
    await page.getByRole("searchbox", { name: "Find a collection" }).fill("contr");
    await row(page, "Sales").waitFor({ state: "detached" });
    await eventually("the search stands in the address", () => page.url().includes("search=contr"));
    await row(page, "Contracts").locator(".cell.name").click();
    const form = dialog(page, /^Edit .*Contracts/);
    await form.getByRole("textbox", { name: "External id" }).fill("mine");

    const { page: other } = await openSection(house, "Collections");
    await row(other, "Contracts").locator(".cell.name").click();
    const theirs = dialog(other, /^Edit .*Contracts/);
    await theirs.getByRole("textbox", { name: "External id" }).fill("theirs");
    await theirs.getByRole("button", { name: "Save" }).click();
    await theirs.waitFor({ state: "detached" });

    await form.getByRole("button", { name: "Save", exact: true }).click();
    await form.getByText(/^Somebody else changed this since you opened it/).waitFor();
    assert.equal(await form.getByRole("textbox", { name: "External id" }).inputValue(), "mine", "nothing entered is lost");
    await form.getByRole("button", { name: "Save mine over it" }).click();
    await form.waitFor({ state: "detached" });
    await row(page, "Contracts").filter({ hasText: "mine" }).waitFor();
  },
  { demo: true },
);

journey(
  "a group has its members and collections in one save, and one deleted while edited is told and made again",
  async (house) => {
    const { page } = await openSection(house, "Collections");
    const { look, end } = looker();
    await create(page, { name: "IT" });
    await section(page, "Groups");
    await page.getByText("No groups yet").waitFor();
    await page.getByRole("button", { name: "New group" }).first().click();
    const form = dialog(page, "New group");
    await form.getByRole("textbox", { name: "Name" }).fill("Night shift");
    await add(form, "Add a member", OWNER);
    await add(form, "Add a collection", "IT");
    await form.getByRole("combobox", { name: accessOf("IT") }).selectOption({ label: "Can edit, except passwords" });
    await look(page, "new group");
    await form.getByRole("button", { name: "Create group" }).click();
    await form.waitFor({ state: "detached" });
    await page.reload();
    await heading(page, "Groups").waitFor();
    const cells = row(page, "Night shift").getByRole("gridcell");
    await eventually("one member and one collection are counted", async () => {
      const texts = await cells.allInnerTexts();
      return texts.includes("1") && texts.filter((text) => text === "1").length === 2;
    });
    await look(page, "groups");
    await row(page, "Night shift").locator(".cell.name").click();
    const open = dialog(page, /^Edit .*Night shift/);
    const level = open.getByRole("combobox", { name: accessOf("IT") }).locator("option:checked");
    assert.equal(await level.innerText(), "Can edit, except passwords");
    await open.getByText(OWNER).waitFor();

    const { page: other } = await openSection(house, "Groups");
    await choose(other, "Night shift", "Delete…");
    const deletion = dialog(other, /^Delete .*Night shift/);
    await deletion.getByText(/^1 person loses what it gave: 1 collection\./).waitFor();
    await look(other, "delete a group");
    await deletion.getByRole("button", { name: "Delete for good" }).click();
    await toast(other, "1 group deleted").waitFor();

    await open.getByRole("textbox", { name: "Name" }).fill("Late shift");
    await open.getByRole("button", { name: "Save", exact: true }).click();
    await open.getByText(/^It was deleted while you worked on it/).waitFor();
    await open.getByRole("button", { name: "Create it again" }).click();
    await open.waitFor({ state: "detached" });
    await row(page, "Late shift").waitFor();
    house.browser.takeComplaints();
    end();
  },
  { demo: true, timeout: 240_000 },
);

inBothModes(
  "a policy that needs another switches it on first, in order, and names whom it revokes before it is saved",
  async (house) => {
    const people = [];
    const { page, client: kept } = await enterClient(house, "Policies", async (here) => {
      const elsewhere = await house.mode.keep(house.server, { email: "theo@elsewhere.example" });
      for (const member of INSIDERS) {
        people.push(await joinClient(house.server, here, member));
        await joinAlso(elsewhere, people.at(-1), "User");
      }
      people.push(await joinClient(house.server, here, { email: "ida@larkspur.example", name: "Ida Falk", role: "User" }));
    });
    const { look, end } = house.looker();
    await look(page, "policies");
    await policy(page, "Vault timeout");
    const form = dialog(page, "Vault timeout");
    await form.getByRole("checkbox", { name: /^On/ }).check();
    await form.getByText("Vault timeout needs Single organization, which is off. It is switched on first.").waitFor();
    await form.getByText("Single organization revokes 2 people at once.", { exact: false }).waitFor();
    const foreseen = await form.locator(".effect li bdi:first-child").allInnerTexts();
    await form.getByRole("combobox", { name: "Longest timeout" }).selectOption({ label: "A time of your own" });
    await form.getByRole("spinbutton", { name: "Minutes" }).fill("480");
    await look(page, "policy with a need");
    assert.equal((await insiders(people, kept)).length, people.length);
    await form.getByRole("button", { name: "Save and revoke 2 people" }).click();
    await toast(page, "2 policies saved").waitFor();
    const inside = await insiders(people, kept);
    const revoked = people.filter(({ name }) => !inside.includes(name));
    assert.deepEqual(revoked.map(({ name }) => name).sort(), foreseen.sort(), "those named before are those who lost access");
    assert.ok(inside.includes("Max Roth"), "an Admin is exempt");
    const { page: own, close } = await house.open(`/organizations/${kept.organization}/collections`);
    await signIn(own, revoked[0].email);
    await heading(own, NOWHERE).waitFor();
    await close();
    assert.deepEqual(await states(page, ["Single organization", "Vault timeout"]), ["On", "On"]);

    await page.reload();
    await heading(page, "Policies").waitFor();
    await policy(page, "Vault timeout");
    assert.equal(await form.getByRole("spinbutton", { name: "Minutes" }).inputValue(), "480");
    await page.keyboard.press("Escape");
    await form.waitFor({ state: "detached" });

    await policy(page, "Single organization");
    const single = dialog(page, "Single organization");
    await single.getByRole("checkbox", { name: /^On/ }).uncheck();
    await single.getByText("These rest on it and are switched off first: Vault timeout.").waitFor();
    await single.getByRole("button", { name: "Save 2 policies in order" }).click();
    await toast(page, "2 policies saved").waitFor();
    assert.deepEqual(await states(page, ["Single organization", "Vault timeout"]), ["Off", "Off"]);

    await policy(page, "Master password requirements");
    const strong = dialog(page, "Master password requirements");
    await strong.getByRole("spinbutton", { name: "Minimum length" }).fill("8");
    await strong.getByRole("button", { name: "Save" }).click();
    await strong.getByText("At least 12.").waitFor();
    await strong.getByRole("spinbutton", { name: "Minimum length" }).fill("14");
    await look(page, "master password requirements");
    await strong.getByRole("button", { name: "Save" }).click();
    await toast(page, "Master password requirements saved").waitFor();

    await policy(page, "Require two-step login");
    const twoStep = dialog(page, "Require two-step login");
    await twoStep.getByRole("checkbox", { name: /^On/ }).check();
    await twoStep.getByText("Require two-step login revokes 1 person at once.", { exact: false }).waitFor();
    assert.deepEqual(await twoStep.locator(".effect li bdi:first-child").allInnerTexts(), ["Ida Falk"]);
    await twoStep.getByRole("button", { name: "Save and revoke 1 person" }).click();
    await toast(page, "Require two-step login saved").waitFor();
    assert.deepEqual(await insiders(people, kept), ["Max Roth"]);
    end();
  },
  { timeout: 240_000 },
);

journey(
  "somebody with Can manage on one collection finds that one on the same page, and may change it",
  async (house) => {
    const { page } = await openSection(house, "Collections");
    await create(page, { name: "Front desk", manager: PAT.name });
    await create(page, { name: "Partners" });
    const organization = new URL(page.url()).pathname.split("/")[4];
    const { page: pat } = await enterDemoAt(house, `/organizations/${organization}/collections`, { email: PAT.email });
    await row(pat, "Front desk").waitFor();
    assert.equal(await row(pat, "Partners").count(), 0, "what others manage is not listed");
    await choose(pat, "Front desk", "Edit…");
    const form = dialog(pat, /^Edit .*Front desk/);
    await form.getByRole("textbox", { name: "External id" }).fill("desk-1");
    await form.getByRole("button", { name: "Save", exact: true }).click();
    await form.waitFor({ state: "detached" });
    await row(pat, "Front desk").filter({ hasText: "desk-1" }).waitFor();
    await pat.goto(`/organizations/${organization}/policies`);
    await heading(pat, NOWHERE).waitFor();
  },
  { demo: true },
);

journey(
  "where the plan has no policies, the way there says why",
  async (house) => {
    const { page, base } = await enterDemo(house);
    const address = await client(page, TEAMS_CLIENT).getAttribute("href");
    await page.goto(`${address}/policies`);
    await page.getByText("The client’s plan does not include this.").first().waitFor();
    assert.ok(base);
  },
  { demo: true },
);

/** The names of those who are confirmed in the client, as the server tells each. */
async function insiders(people, { organization }) {
  const looks = people.map(async ({ name, enter }) => {
    const { organizations } = await (await enter())("GET", "/api/accounts/profile");
    return organizations.some(({ id, status }) => id === organization && status === CONFIRMED) && name;
  });
  return (await Promise.all(looks)).filter(Boolean);
}

/** Signs in and opens a section of the client. */
async function openSection(house, name) {
  const entered = await enterDemo(house);
  const { page } = entered;
  await client(page, CLIENT).click();
  await section(page, name);
  return entered;
}

function dialog(page, name) {
  return page.getByRole("dialog", { name });
}

/** A collection that somebody can manage. */
async function create(page, { name, manager = OWNER }) {
  await page.getByRole("button", { name: "New collection" }).first().click();
  const form = dialog(page, "New collection");
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await add(form, "Add a person or group", manager);
  await form.getByRole("combobox", { name: accessOf(manager) }).selectOption({ label: "Can manage" });
  await form.getByRole("button", { name: "Create collection" }).click();
  await form.waitFor({ state: "detached" });
  await row(page, name).waitFor();
}

async function createGroup(page, name) {
  await page.getByRole("button", { name: "New group" }).first().click();
  const form = dialog(page, "New group");
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await form.getByRole("button", { name: "Create group" }).click();
  await form.waitFor({ state: "detached" });
  await row(page, name).waitFor();
}

/** Looks for something in a form and takes it. */
async function add(form, field, name) {
  await form.getByRole("combobox", { name: field }).fill(name);
  await form.getByRole("option", { name }).first().click();
}

function accessOf(name) {
  return new RegExp(`^Access of .*${name}`);
}

async function policy(page, name) {
  await page.getByRole("button", { name, exact: true }).click();
  await dialog(page, name).waitFor();
}

/** Whether policies are on, as the list says. */
function states(page, policies) {
  return Promise.all(
    policies.map((name) =>
      page.getByRole("listitem").filter({ has: page.getByRole("button", { name, exact: true }) }).locator(".st").innerText(),
    ),
  );
}
