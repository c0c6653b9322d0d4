// An export of a vault, looked at first and then imported.

import assert from "node:assert/strict";

import { inBothModes, journey } from "../harness.mjs";
import { enterClient } from "../harness/modes.mjs";
import { choose, client, enterDemo, heading, row, section } from "../harness/people.mjs";

const CLIENT = "Quayside Legal LLP";

const JSON_EXPORT = {
  encrypted: false,
  collections: [
    { id: "11111111-1111-4111-8111-111111111111", organizationId: "x", name: "Imported/Servers", externalId: null },
  ],
  items: [
    {
      type: 1,
      name: "Mail server",
      notes: "<i>markup stays text</i>",
      reprompt: 0,
      collectionIds: ["11111111-1111-4111-8111-111111111111"],
      login: { username: "postmaster", password: "from the export", totp: null, uris: [{ uri: "https://mail.example", match: null }] },
    },
    { type: 1, name: "", login: {} },
    { type: 3, name: "Company card", card: { number: "4111111111111111", cardholderName: "Grace Hale" } },
  ],
};

const CSV_EXPORT = [
  "collections,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp",
  '"Default collection,Imported/Servers",login,Backup,,,0,https://backup.example,root,hunter2,',
  "a row that is too short",
  "Default collection,note,=HYPERLINK(1),off on Mondays,,0,,,,",
].join("\n");

inBothModes(
  "an export is looked at, imported into collections, and what cannot be taken is named",
  async (house) => {
    const { look, end } = house.looker();
    const { page } = await enterClient(house, "Items");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Import items" });
    await dialog.getByRole("button", { name: "Show what would be imported" }).click();
    await dialog.getByText("Choose a file.").waitFor();
    await look(page, "choosing an export");

    await give(dialog, "encrypted.json", JSON.stringify({ encrypted: true, passwordProtected: true, data: "2.x" }));
    await dialog.getByText(/^The export is encrypted\./).waitFor();
    await give(dialog, "photo.png", "\u0000\u0001");
    await dialog.getByText("This is neither Bitwarden's JSON nor its CSV.").waitFor();
    await give(dialog, "broken.json", '{"items": [');
    await dialog.getByText("This is neither Bitwarden's JSON nor its CSV.").waitFor();

    await give(dialog, "vault.json", JSON.stringify(JSON_EXPORT));
    await dialog.getByText("2 items would be added: Login 1, Card 1.").waitFor();
    await dialog.getByText("1 collection would be made.").waitFor();
    await dialog.getByText(/^1 piece of the file could not be understood/).waitFor();
    await dialog.getByText("At 2: has no name").waitFor();
    await look(page, "what an export would add");
    await dialog.getByRole("button", { name: "Import 2 items" }).click();
    await dialog.getByText("Enter something here.").waitFor();
    await dialog.getByRole("combobox", { name: "Add a collection" }).fill("Default");
    await dialog.getByRole("option", { name: "Default collection" }).click();
    await dialog.getByRole("button", { name: "Import 2 items" }).click();
    await dialog.waitFor({ state: "detached" });
    await row(page, "Mail server").filter({ hasText: "Imported/Servers" }).waitFor();
    await row(page, "Company card").filter({ hasText: "Default collection" }).waitFor();
    await row(page, "Mail server").locator(".cell.name").click();
    const panel = page.getByRole("complementary", { name: "Mail server" });
    await panel.getByText("<i>markup stays text</i>").waitFor();
    await panel.getByRole("button", { name: /^Show .*Password/ }).click();
    await panel.getByText("from the export").waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Import", exact: true }).click();
    await give(dialog, "vault.csv", CSV_EXPORT);
    await dialog.getByText("2 items would be added: Login 1, Secure note 1.").waitFor();
    await dialog.getByText("2 collections are there already and are used.").waitFor();
    await dialog.getByText("At 3: has not the shape of an item").waitFor();
    await dialog.getByRole("button", { name: "Import 2 items" }).click();
    await dialog.waitFor({ state: "detached" });
    await row(page, "Backup").filter({ hasText: "Default collection" }).waitFor();
    await row(page, "=HYPERLINK(1)").waitFor();
    await choose(page, "Backup", "Edit…");
    const edit = page.getByRole("dialog", { name: /^Edit .*Backup/ });
    assert.equal(await edit.getByRole("textbox", { name: "Username" }).inputValue(), "root");
    end();
  },
  { timeout: 240_000 },
);

journey(
  "an export of more than fifty megabytes is refused before it is read",
  async (house) => {
    const { page } = await enterDemo(house);
    await client(page, CLIENT).click();
    await heading(page, CLIENT).waitFor();
    await section(page, "Items");
    await page.getByRole("button", { name: "Import", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Import items" });
    // Larger than what goes through the browser's protocol, so the page makes it itself.
    await dialog.locator("input[type=file]").evaluate((input) => {
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(51 * 1024 * 1024)], "large.json"));
      input.files = files.files;
    });
    await dialog.getByRole("button", { name: "Show what would be imported" }).click();
    await dialog.getByText("The file is larger than 50 MB.").waitFor();
  },
  { demo: true },
);

/** Chooses a file and asks what would be imported. */
async function give(dialog, name, content) {
  await dialog.locator("input[type=file]").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
  await dialog.getByRole("button", { name: "Show what would be imported" }).click();
}
