// The members of a client: found, invited, confirmed by their phrases, changed in one save, revoked, restored and removed.

import assert from "node:assert/strict";

import { eventually, inBothModes, journey, looker, savedRows } from "../harness.mjs";
import { acceptByInterface, agreeToRecovery, invitationLink, joinClient } from "../harness/crew.mjs";
import { enterClient, enterSection } from "../harness/modes.mjs";
import {
  acceptInvitation,
  choose,
  client,
  enterDemo,
  enterDemoAt,
  heading,
  lookAnew,
  row,
  signIn,
  tick,
  toast,
} from "../harness/people.mjs";
import { VAULT_CLIENT, VAULT_OWNER, ownClient } from "../harness/vault.mjs";

journey(
  "a member who accepted is found, looked at and confirmed by the phrase both see, and saved as a table that can be read again",
  async (house) => {
    const { look, end } = looker();
    const space = await ownClient(house.server, { seats: 3 });
    const { phrase, profile } = await acceptInvitation(house, await invitationLink(space, VAULT_OWNER), "Pia Vester");
    await profile.close();
    const { page: ana } = await enterSection(house, space, "Members");
    const grid = ana.getByRole("grid");
    await ana.getByText("1 person accepted and waits for your confirmation.").waitFor();
    await look(ana, "members");

    await ana.getByRole("radio", { name: /^Needs confirmation/ }).check({ force: true });
    await eventually("the filter stands in the address", () => ana.url().includes("status=needs-confirmation"));
    await ana.getByRole("radio", { name: /^Confirmed/ }).check({ force: true });
    await heading2(ana, "Nobody matches");
    await ana.getByRole("button", { name: "Clear search and filters" }).click();

    await row(ana, "Pia Vester").locator(".cell.name").click();
    const panel = ana.getByRole("complementary", { name: "Pia Vester" });
    await panel.getByText(VAULT_OWNER).waitFor();
    await panel.getByText("Owner", { exact: true }).waitFor();
    await look(ana, "a member beside the list");
    await panel.getByRole("button", { name: "Confirm…" }).click();
    await confirm(ana, { "Pia Vester": phrase }, look);
    await toast(ana, "1 member confirmed").waitFor();
    await grid.getByText("Confirmed", { exact: true }).waitFor();
    await ana.keyboard.press("Escape");

    const saved = await savedRows(ana, () => ana.getByRole("button", { name: "CSV" }).click());
    assert.match(saved.name, /^members-\d{4}-\d\d-\d\d\.csv$/);
    assert.equal(saved.rows[0]["E-mail"], VAULT_OWNER);
    assert.equal(saved.rows[0].Status, "Confirmed");
    await ana.getByRole("button", { name: "Invite from a file" }).click();
    const dialog = ana.getByRole("dialog", { name: "Invite people from a file" });
    await look(ana, "the dialog for a table");
    const table = [saved.columns.join(","), Object.values(saved.rows[0]).join(","), "no address,,Boss", ""].join("\n");
    await dialog.getByRole("textbox", { name: "Or paste it here" }).fill(table);
    await dialog.getByRole("button", { name: "Look at it" }).click();
    await dialog.getByText("0 of 2 rows will be invited.").waitFor();
    await dialog.getByText("already a member: Confirmed").waitFor();
    await dialog.getByText("not an e-mail address").waitFor();
    assert.equal(await dialog.getByRole("button", { name: /^Invite/ }).getAttribute("aria-disabled"), "true");
    await look(ana, "a judged table");
    await ana.keyboard.press("Escape");

    await ana.getByRole("button", { name: "Invite people" }).first().click();
    const form = ana.getByRole("dialog", { name: "Invite people to the client" });
    await form.getByRole("textbox", { name: "E-mail addresses" }).fill("a@piernine.example b@piernine.example");
    await form.getByText("2 invitations take as many more; 0 are left then.").waitFor();
    await form.getByRole("textbox", { name: "E-mail addresses" }).fill("a@piernine.example b@piernine.example c@piernine.example");
    await form.getByText("1 seat is missing. Add seats first, or revoke somebody.").first().waitFor();
    assert.equal(await form.getByRole("button", { name: "Invite 3 people" }).getAttribute("aria-disabled"), "true");
    await form.getByRole("radio", { name: /^Custom/ }).check();
    await form.getByRole("checkbox", { name: "Manage members" }).check();
    await form.getByRole("checkbox", { name: "Default collection" }).check();
    await form.getByRole("combobox", { name: /^Access to/ }).selectOption("Can edit, except passwords");
    await look(ana, "the invitation");
    end();
  },
  { timeout: 240_000 },
);

inBothModes(
  "two people are invited, accept, are confirmed, edited in one save, revoked, restored and removed",
  async (house) => {
    const { page: ana, client: space } = await enterClient(house, "Members");
    await ana.getByRole("button", { name: "Invite people" }).first().click();
    const form = ana.getByRole("dialog", { name: "Invite people to the client" });
    await form.getByRole("textbox", { name: "E-mail addresses" }).fill("kim@piernine.example\npat@piernine.example");
    await form.getByRole("checkbox", { name: "Default collection" }).check();
    await form.getByRole("combobox", { name: /^Access to/ }).selectOption("Can edit, except passwords");
    await form.getByRole("button", { name: "Invite 2 people" }).click();
    await form.getByText("2 people invited.").waitFor();
    const links = await form.getByText(/accept-organization/).allInnerTexts();
    assert.equal(links.length, 2);
    await form.getByRole("button", { name: "Done" }).click();

    const kim = await acceptInvitation(house, links[0], "Kim Sato");
    await kim.profile.close();
    await acceptByInterface(house.server, space, { email: "pat@piernine.example", name: "Pat Doyle" });
    await lookAnew(ana);
    await ana.getByText("2 people accepted and wait for your confirmation.").waitFor();
    await ana.getByRole("button", { name: "Compare and confirm" }).click();
    await confirm(ana, { "Kim Sato": kim.phrase, "Pat Doyle": undefined });
    await toast(ana, "2 members confirmed").waitFor();

    await choose(ana, "Kim Sato", "Edit…");
    const edit = ana.getByRole("dialog", { name: /^Edit .*Kim Sato/ });
    await edit.getByRole("radio", { name: /^Admin/ }).check();
    await edit.getByRole("combobox", { name: /^Access to/ }).selectOption("Can manage");
    await edit.getByRole("button", { name: "Save" }).click();
    await toast(ana, /Kim Sato.* saved/).waitFor();
    await row(ana, "Kim Sato").locator(".cell.name").click();
    const panel = ana.getByRole("complementary", { name: "Kim Sato" });
    await panel.getByText(/Default collection.*: Can manage/).waitFor();
    await panel.getByText("Admin", { exact: true }).waitFor();

    // Two administrators at once: the later one is told.
    await panel.getByRole("button", { name: "Edit…" }).click();
    await edit.getByRole("radio", { name: /^User/ }).check();
    const { page: second } = await enterSection(house, space, "Members");
    await choose(second, "Kim Sato", "Edit…");
    const theirs = second.getByRole("dialog", { name: /^Edit .*Kim Sato/ });
    await theirs.getByRole("checkbox", { name: "Default collection" }).uncheck();
    await theirs.getByRole("button", { name: "Save" }).click();
    await toast(second, /Kim Sato.* saved/).waitFor();
    await edit.getByRole("button", { name: "Save" }).click();
    await edit.getByText("Somebody else changed this member while you were editing.").waitFor();
    await edit.getByText(/^No longer in the collection .*Default collection/).waitFor();
    assert.equal(await edit.getByRole("checkbox", { name: "Default collection" }).isChecked(), false);
    assert.equal(await edit.getByRole("radio", { name: /^User/ }).isChecked(), true);
    await edit.getByRole("button", { name: "Save" }).click();
    await toast(ana, /Kim Sato.* saved/).first().waitFor();
    await panel.getByText("User", { exact: true }).waitFor();
    // The button that opened the form was drawn anew with the news, and the focus is lost with it.
    await ana.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });

    await tick(ana, "Kim Sato", "Pat Doyle");
    await ana.getByRole("toolbar").getByRole("button", { name: "Revoke…" }).click();
    await ana.getByRole("dialog", { name: "Revoke 2 members?" }).getByRole("button", { name: "Revoke" }).click();
    await toast(ana, "2 members revoked").waitFor();
    await choose(ana, "Kim Sato", "Restore");
    await ana.getByRole("dialog", { name: "Restore 1 member?" }).getByRole("button", { name: "Restore" }).click();
    await toast(ana, "1 member restored").waitFor();
    await row(ana, "Kim Sato").getByText("Confirmed").waitFor();
    await choose(ana, "Pat Doyle", "Remove…");
    const remove = ana.getByRole("dialog", { name: /^Remove .*Pat Doyle.* from the client/ });
    await remove.getByText(/0 groups and 1 collection are lost/).waitFor();
    await remove.getByRole("button", { name: "Remove from the client" }).click();
    await toast(ana, "1 member removed").waitFor();
    await row(ana, "Pat Doyle").waitFor({ state: "detached" });
  },
  { timeout: 240_000 },
);

inBothModes(
  "a member who agreed to account recovery gets a new master password, and signs in with it and not with the old one",
  async (house) => {
    let robin;
    const { page, client: space } = await enterClient(house, "Members", async (kept) => {
      robin = await joinClient(house.server, kept, { email: "robin@larkspur.example", name: "Robin Vale", role: "User" });
      await agreeToRecovery(robin, kept);
    });
    await choose(page, "Robin Vale", "Recover account…");
    const dialog = page.getByRole("dialog", { name: /^Recover the account of .*Robin Vale/ });
    const [first, again] = [{ name: "Master password", exact: true }, { name: "Master password again" }].map((field) => dialog.getByRole("textbox", field));
    const go = dialog.getByRole("button", { name: "Set the master password" });
    await first.fill("another few unrelated words");
    await again.fill("another few unrelated wards");
    await go.click();
    await dialog.getByText("The two are not the same.").waitFor();
    await again.fill("another few unrelated words");
    await go.click();
    await toast(page, /Robin Vale.* has a new master password/).waitFor();

    const { page: own } = await house.open(`/organizations/${space.organization}`);
    await signIn(own, robin.email, robin.password);
    await own.getByText("E-mail address or master password is wrong.").waitFor();
    await own.getByRole("textbox", { name: "Master password" }).fill("another few unrelated words");
    await own.getByRole("button", { name: "Sign in" }).click();
    await heading(own, VAULT_CLIENT).waitFor();
    await own.getByText("Opens with your own key").waitFor();
  },
);

journey(
  "an Admin and a Custom member of the client find what they may, and whoever may not manage members finds nothing",
  async (house) => {
    const { page: ana } = await enterDemo(house);
    const link = client(ana, "Quayside Legal LLP");
    const organization = (await link.getAttribute("href")).split("/").at(-1);
    const address = `/organizations/${organization}/members`;

    const { page: admin } = await enterDemoAt(house, address, { email: "joaquin@ibarra.example" });
    assert.deepEqual(await offered(admin), { edit: "true", roles: ["User", "Custom", "Admin"] });

    const { page: custom } = await enterDemoAt(house, address, { email: "sofia@vantagepoint.example" });
    assert.deepEqual(await offered(custom), { edit: "true", roles: ["User", "Custom"] });
    await custom.keyboard.press("Escape");
    await row(custom, "joaquin@ibarra.example").getByRole("button", { name: /^Actions for/ }).click();
    const edit = custom.getByRole("menuitem", { name: /^Edit…/ });
    assert.equal(await edit.getAttribute("aria-disabled"), "true", "a Custom member changes no Admin");

    for (const email of ["pat@greenfold.example", "callum@ternferries.example"]) {
      const { page } = await enterDemoAt(house, address, { email });
      await heading(page, "Nothing is here").waitFor();
    }
  },
  { demo: true },
);

/** Whether an Owner can be edited, in ARIA's word for no; and which roles can be given. */
async function offered(page) {
  await heading(page, "Members").waitFor();
  const owner = page.getByRole("grid").getByRole("row").filter({ has: page.getByText("Owner", { exact: true }) }).first();
  await owner.getByRole("button", { name: /^Actions for/ }).click();
  const edit = await page.getByRole("menuitem", { name: /^Edit…/ }).getAttribute("aria-disabled");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Invite people" }).first().click();
  const form = page.getByRole("dialog", { name: "Invite people to the client" });
  const cards = form.getByRole("group", { name: "Role" }).locator("label .strong");
  await cards.first().waitFor();
  return { edit, roles: await cards.allInnerTexts() };
}

/** Compares and confirms people, each by the phrase the person was told, where somebody was. */
async function confirm(page, told, look) {
  const many = Object.keys(told).length;
  const title = `Confirm ${many} ${many === 1 ? "person" : "people"}`;
  const dialog = page.getByRole("dialog", { name: title });
  for (const [name, phrase] of Object.entries(told)) {
    const person = dialog.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) }).first();
    await person.waitFor();
    if (phrase) {
      assert.equal((await person.locator("ol li").allInnerTexts()).join("-"), phrase, name);
    }
    await person.getByRole("checkbox").check();
  }
  await look?.(page, "the comparison of phrases");
  await dialog.getByRole("button", { name: title }).click();
}

async function heading2(page, name) {
  await page.getByRole("heading", { name, level: 2 }).waitFor();
}
