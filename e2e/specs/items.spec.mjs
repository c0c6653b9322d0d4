// The items of a client's vault: made, looked at, changed, moved, put in the trash and restored; and what is told of it.

import assert from "node:assert/strict";

import { eventually, hasFocus, inBothModes, journey, looker, names } from "../harness.mjs";
import { enterClient } from "../harness/modes.mjs";
import { choose, client, enterDemo, heading, row, section, tick, toast } from "../harness/people.mjs";
import { code } from "../harness/totp.mjs";

const CLIENT = "Quayside Legal LLP";
const SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/** What belongs to a person's own vault. Of `ciphers` only the routes for the items of an organization are asked. */
const PRIVATE = [
  /\/api\/sync/,
  /\/api\/folders/,
  /\/api\/ciphers(?!\/(organization-details\?|admin$|delete-admin$|restore-admin$|bulk-collections$|[0-9a-f-]{36}\/((admin|collections-admin)$|events\?)))/,
];

inBothModes(
  "a login is made with a generated password, seen, copied, changed, put in the trash, restored and deleted",
  async (house) => {
    const { look, end } = house.looker();
    const { page } = await enterClient(house, "Items");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByText("No items yet").waitFor();
    await look(page, "items, none yet");

    const form = await fresh(page, "Login");
    await form.getByRole("button", { name: "Create item" }).click();
    await form.getByText("Enter something here.").first().waitFor();
    await hasFocus(page, /^textbox "Name"/);
    await form.getByRole("textbox", { name: "Name", exact: true }).fill("Router north");
    await form.getByRole("textbox", { name: "Username" }).fill("admin");
    await form.getByRole("button", { name: "Generate…" }).click();
    const generator = page.getByRole("dialog", { name: "Generate a password" });
    const made = generator.locator("output");
    await eventually("a password of 20 characters", async () => (await made.innerText()).length === 20);
    await generator.getByRole("spinbutton", { name: "Length" }).fill("4");
    await generator.getByRole("alert").filter({ hasText: /\S/ }).waitFor();
    await generator.getByRole("spinbutton", { name: "Length" }).fill("32");
    await eventually("a password of 32 characters", async () => (await made.innerText()).length === 32);
    await look(page, "the generator");
    await generator.getByRole("radio", { name: "Passphrase" }).check({ force: true });
    await eventually("five words", async () => (await made.innerText()).split("-").length === 5);
    const password = await made.innerText();
    await generator.getByRole("button", { name: "Use it" }).click();
    await generator.waitFor({ state: "detached" });
    await form.getByRole("textbox", { name: "Authenticator key" }).fill("not a key!");
    await form.getByRole("button", { name: "Add an address" }).click();
    await form.getByRole("textbox", { name: "Address 1" }).fill("https://router.quayside.example");
    await form.getByRole("button", { name: "Add a field" }).click();
    await form.getByRole("textbox", { name: "Name of field 1" }).fill("Serial");
    await form.getByRole("textbox", { name: "Value of field 1" }).fill("SN <b>1</b>");
    await form.getByRole("textbox", { name: "Notes" }).fill("In the cellar.\nBehind the door.");
    await add(form, "Default collection");
    await form.getByRole("button", { name: "Create item" }).click();
    await form.locator(".fault", { hasText: /\S/ }).first().waitFor();
    await form.getByRole("textbox", { name: "Authenticator key" }).fill(SEED);
    await look(page, "new login");
    await form.getByRole("button", { name: "Create item" }).click();
    await toast(page, /Router north.* created/).waitFor();
    await row(page, "Router north").waitFor();

    await row(page, "Router north").locator(".cell.name").click();
    const panel = page.getByRole("complementary", { name: "Router north" });
    await panel.getByText("SN <b>1</b>").waitFor();
    assert.equal(await panel.getByText(password).count(), 0, "a password is not shown before somebody asks");
    await eventually("the code is that of the clock", async () => {
      const shown = (await panel.locator(".value.code").innerText()).replace(/\s/g, "");
      return shown === code(SEED);
    });
    await look(page, "a login beside the list");
    await panel.getByRole("button", { name: /^Show .*Password/ }).click();
    await panel.getByText(password).waitFor();
    await panel.getByRole("button", { name: /^Hide .*Password/ }).click();
    await panel.getByText(password).waitFor({ state: "detached" });
    await panel.getByRole("button", { name: /^Copy .*Password/ }).click();
    await eventually("the password is in the clipboard", async () => (await clipboard(page)) === password);
    assert.equal(await panel.getByRole("link", { name: "Open the address in a new tab" }).getAttribute("rel"), "noopener noreferrer");

    await panel.getByRole("button", { name: "Edit…" }).click();
    const edit = page.getByRole("dialog", { name: /^Edit .*Router north/ });
    const secret = edit.getByRole("textbox", { name: "Password", exact: true });
    assert.equal(await secret.inputValue(), "", "what is concealed is not in the form before somebody asks");
    await edit.getByRole("button", { name: "Show Password" }).click();
    await eventually("the form shows it when asked", async () => (await secret.inputValue()) === password);
    await edit.getByRole("textbox", { name: "Username" }).fill("root");
    await edit.getByRole("button", { name: "Save" }).click();
    await toast(page, /Router north.* saved/).waitFor();
    await panel.getByText("root", { exact: true }).waitFor();
    assert.equal(await panel.getByText(/earlier password/).count(), 0, "a password that was only seen is not replaced");
    await panel.getByRole("button", { name: "Edit…" }).click();
    await secret.fill("quite another one");
    await edit.getByRole("textbox", { name: "Value of field 1" }).fill("SN 2");
    await edit.getByRole("button", { name: "Save" }).click();
    await panel.getByText("1 earlier password is kept.").waitFor();
    await panel.getByText("SN 2").waitFor();
    await panel.getByRole("button", { name: /^Copy .*Password/ }).click();
    await eventually("the new password is in the clipboard", async () => (await clipboard(page)) === "quite another one");
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "New item" }).first().waitFor();
    for (const [kind, label, value] of [
      ["Card", "Cardholder name", "Grace Hale"],
      ["Identity", "First name", "Grace"],
      ["Secure note", "Notes", "The alarm is off on Mondays."],
    ]) {
      const other = await fresh(page, kind);
      await other.getByRole("textbox", { name: "Name", exact: true }).fill(`The ${kind.toLowerCase()}`);
      await other.getByRole("textbox", { name: label }).fill(value);
      await add(other, "Default collection");
      await look(page, `new ${kind.toLowerCase()}`);
      await other.getByRole("button", { name: "Create item" }).click();
      await other.waitFor({ state: "detached" });
      await row(page, `The ${kind.toLowerCase()}`).waitFor();
    }
    await look(page, "items");
    await page.getByRole("searchbox", { name: "Find an item" }).fill("north");
    await row(page, "The card").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Clear the search" }).click();

    await tick(page, "The card", "The identity");
    await page.getByRole("toolbar").getByRole("button", { name: "Move to trash" }).click();
    await toast(page, "2 items moved to the trash").waitFor();
    await row(page, "The card").waitFor({ state: "detached" });
    await page.getByRole("radio", { name: /^Trash/ }).check({ force: true });
    await row(page, "The card").waitFor();
    await look(page, "the trash");
    await choose(page, "The card", "Restore");
    await toast(page, "1 item restored").waitFor();
    await choose(page, "The identity", "Delete for good…");
    const deletion = page.getByRole("dialog", { name: /^Delete .*The identity.* for good/ });
    await look(page, "deleting for good");
    await deletion.getByRole("button", { name: "Delete for good" }).click();
    await toast(page, "1 item deleted for good").waitFor();
    await page.getByText("The trash is empty").waitFor();
    await page.getByRole("radio", { name: /^Vault/ }).check({ force: true });
    await row(page, "The card").waitFor();

    await choose(page, "Router north", "Event log");
    await heading(page, "Events").waitFor();
    await row(page, /copied the password/).first().waitFor();
    assert.equal(await row(page, /trash/).filter({ visible: true }).count(), 0, "what was done with others is not this one's");
    await look(page, "events of an item");
    await section(page, "Events");
    await eventually("the log tells what was seen and done", async () => {
      const told = (await names(page, "row")).join("\n");
      return ["viewed", "copied the password", "created item", "trash"].every((words) => told.includes(words));
    });
    const asked = house.browser.requests().map(({ url }) => new URL(url)).map(({ pathname, search }) => pathname + search);
    assert.ok(asked.filter((address) => address.includes("/api/ciphers/")).length > 10, "the journey was watched");
    assert.deepEqual(asked.filter((address) => PRIVATE.some((route) => route.test(address))), [], "nothing private is asked for");
    end();
  },
  { timeout: 300_000 },
);

journey(
  "an item is moved to another collection, and one changed by two is not saved over the other's change",
  async (house) => {
    const { look, end } = looker();
    const { page } = await openItems(house);
    await section(page, "Collections");
    await page.getByRole("button", { name: "New collection" }).first().click();
    const collection = page.getByRole("dialog", { name: "New collection" });
    await collection.getByRole("textbox", { name: "Name" }).fill("Partners");
    await collection.getByRole("button", { name: "Create collection" }).click();
    await collection.waitFor({ state: "detached" });
    await section(page, "Items");
    const form = await fresh(page, "Secure note");
    await form.getByRole("textbox", { name: "Name", exact: true }).fill("Alarm");
    await add(form, "Default collection");
    await form.getByRole("button", { name: "Create item" }).click();
    await row(page, "Alarm").filter({ hasText: "Default collection" }).waitFor();

    await tick(page, "Alarm");
    await page.getByRole("toolbar").getByRole("button", { name: "Assign to collections…" }).click();
    const assign = page.getByRole("dialog", { name: "Assign 1 item to collections" });
    await assign.getByRole("button", { name: "Assign" }).click();
    await assign.getByText("Choose at least one collection.").waitFor();
    await add(assign, "Partners");
    await look(page, "assigning to collections");
    await assign.getByRole("button", { name: "Assign" }).click();
    await toast(page, "1 item assigned").waitFor();
    await row(page, "Alarm").filter({ hasText: /Default collection, Partners|Partners, Default collection/ }).waitFor();

    await choose(page, "Alarm", "Edit…");
    const edit = page.getByRole("dialog", { name: /^Edit .*Alarm/ });
    await edit.getByRole("textbox", { name: "Notes" }).fill("mine");
    const { page: other } = await openItems(house);
    await choose(other, "Alarm", "Edit…");
    const theirs = other.getByRole("dialog", { name: /^Edit .*Alarm/ });
    await theirs.getByRole("button", { name: /^Take .*Default collection.* out/ }).click();
    await theirs.getByRole("textbox", { name: "Notes" }).fill("theirs");
    await theirs.getByRole("button", { name: "Save" }).click();
    await toast(other, /Alarm.* saved/).waitFor();
    await row(other, "Alarm").filter({ hasNotText: "Default collection" }).waitFor();

    await edit.getByRole("button", { name: "Save", exact: true }).click();
    await edit.getByText(/^Somebody else changed this since you opened it/).waitFor();
    assert.equal(await edit.getByRole("textbox", { name: "Notes" }).inputValue(), "mine", "nothing entered is lost");
    await edit.getByRole("button", { name: "Show how it stands now" }).click();
    await eventually("the form shows the other's change", async () => {
      return (await edit.getByRole("textbox", { name: "Notes" }).inputValue()) === "theirs";
    });
    await edit.getByRole("textbox", { name: "Notes" }).fill("both");
    await edit.getByRole("button", { name: "Save", exact: true }).click();
    await toast(page, /Alarm.* saved/).waitFor();
    await row(page, "Alarm").locator(".cell.name").click();
    await page.getByRole("complementary").getByText("both").waitFor();
    house.browser.takeComplaints();
    end();
  },
  { demo: true, timeout: 240_000 },
);

journey(
  "a server that keeps items from a provider's staff says so, and nothing is offered that it would refuse",
  async (house) => {
    const { page } = await openItems(house);
    await page.getByText(/^This server keeps what is in a client's items from the provider's staff/).waitFor();
    assert.equal(await page.getByRole("button", { name: "New item" }).count(), 0);
  },
  { demo: true, arguments: ["--provider-item-access", "deny"] },
);

async function openItems(house) {
  const entered = await enterDemo(house);
  const { page } = entered;
  await client(page, CLIENT).click();
  await heading(page, CLIENT).waitFor();
  await section(page, "Items");
  return entered;
}

/** The form for a new item of a type. */
async function fresh(page, kind) {
  await page.getByRole("button", { name: "New item" }).first().click();
  await page.getByRole("menuitem", { name: kind, exact: true }).click();
  const form = page.getByRole("dialog", { name: `New item: ${kind}` });
  await form.waitFor();
  return form;
}

async function add(form, collection) {
  await form.getByRole("combobox", { name: "Add a collection" }).fill(collection);
  await form.getByRole("option", { name: collection }).first().click();
}

function clipboard(page) {
  return page.evaluate(() => navigator.clipboard.readText());
}
