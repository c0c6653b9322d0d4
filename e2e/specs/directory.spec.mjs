// People and groups of a directory's export: looked at first, then taken over.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { eventually, inBothModes, journey } from "../harness.mjs";
import { joinClient } from "../harness/crew.mjs";
import { enterClient, enterSection } from "../harness/modes.mjs";
import { PASSWORD, row, section } from "../harness/people.mjs";
import { ownClient } from "../harness/vault.mjs";

const base64 = (text) => Buffer.from(text).toString("base64");

const PIA = { email: "pia@piernine.example", name: "Pia Vester", role: "Owner" };

/** As ldapsearch writes it: a name in base64, lines folded in the middle of a word, and somebody without an address. */
const EXPORT = `# extended LDIF
version: 1

dn:: ${base64("uid=zoe,ou=people,dc=piernine,dc=example")}
objectClass: inetOrgPerson
uid: zoe
cn:: ${base64("Zoë Brandström")}
mail: zoe@piern
 ine.example

dn: uid=kim,ou=people,dc=pier
 nine,dc=example
objectClass: inetOrgPerson
uid: kim
cn: Kim Sato
mail: kim@piernine.example

dn: uid=printer,ou=people,dc=piernine,dc=example
objectClass: inetOrgPerson
uid: printer
cn: Front Desk

dn: cn=night,ou=groups,dc=piernine,dc=example
objectClass: groupOfNames
cn: Night shift
member: uid=zoe,ou=people,dc=piernine,dc=example
member: uid=kim,ou=people,dc=piernine,dc=exa
 mple
`;

inBothModes(
  "a directory's export shows what it would change, and after the master password its people are members",
  async (house) => {
    const { look, end } = house.looker();
    const { page } = await enterClient(house, "Directory", (kept) => joinClient(house.server, kept, PIA));
    await page.getByText(/^organization\./).waitFor();
    await look(page, "directory");

    await page.getByRole("button", { name: "Show what would change" }).click();
    await page.getByText("Choose a file.").waitFor();
    await page.getByRole("button", { name: "File", exact: true }).setInputFiles({ name: "people.ldif", mimeType: "text/plain", buffer: Buffer.from(EXPORT) });
    await page.getByRole("button", { name: "Show what would change" }).click();
    await row(page, "Zoë Brandström").filter({ hasText: "zoe@piernine.example" }).getByText("is invited as a User").waitFor();
    await row(page, "Kim Sato").getByText("is invited as a User").waitFor();
    await row(page, "Front Desk").getByText("no e-mail address in the directory").waitFor();
    await row(page, "Night shift").getByText("is made, with 2 members").waitFor();
    await row(page, PIA.email).getByText("an Owner; never removed by a directory").waitFor();
    await look(page, "what a directory would change");

    await page.getByRole("radio", { name: /^Left out/ }).check({ force: true });
    await row(page, "Kim Sato").waitFor({ state: "detached" });
    await row(page, "Front Desk").waitFor();
    await page.getByRole("radio", { name: /^All/ }).check({ force: true });

    await page.getByRole("button", { name: "Take over 3 changes" }).click();
    const dialog = page.getByRole("dialog", { name: "Take over from the directory" });
    await look(page, "taking over from a directory");
    await dialog.getByRole("textbox", { name: "Master password" }).fill("not the password");
    await dialog.getByRole("button", { name: "Take over" }).click();
    await dialog.getByText("The master password is wrong.").waitFor();
    await dialog.getByRole("textbox", { name: "Master password" }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "Take over" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator("section.job").first().getByText(/^Finished/).waitFor();

    await section(page, "Members");
    for (const email of ["zoe@piernine.example", "kim@piernine.example"]) {
      await row(page, email).getByText("Invited", { exact: true }).waitFor();
    }
    assert.equal(await row(page, "Front Desk").count(), 0);
    await section(page, "Groups");
    await row(page, "Night shift").getByRole("gridcell", { name: "2", exact: true }).waitFor();
    end();
  },
  { timeout: 180_000 },
);

const OPENLDAP = path.join(import.meta.dirname, "../../crates/domain/tests/fixtures/openldap/export.ldif");

journey(
  "two thousand people in forty groups of an OpenLDAP export are looked at and taken over",
  async (house) => {
    const { page } = await enterSection(house, await ownClient(house.server, { seats: 2_000 }), "Directory");
    const buffer = await readFile(OPENLDAP);
    await page.getByRole("button", { name: "File", exact: true }).setInputFiles({ name: "export.ldif", mimeType: "text/plain", buffer });
    await page.getByRole("button", { name: "Show what would change" }).click();
    await row(page, "Ada Abbot").first().getByText("is invited as a User").waitFor();
    assert.ok((await page.getByRole("grid").getByRole("row").count()) <= 60, "a long list stays small in the document");
    // Those with an address, and every group.
    await page.getByRole("button", { name: "Take over 2,019 changes" }).click();
    const dialog = page.getByRole("dialog", { name: "Take over from the directory" });
    await dialog.getByRole("textbox", { name: "Master password" }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "Take over" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.locator("section.job").first().getByText(/^Finished/).waitFor({ timeout: 120_000 });
    await page.getByRole("button", { name: "Close" }).first().click();

    await section(page, "Members");
    await eventually("everybody with an address is a member, beside the owner", async () => {
      return Number(await page.getByRole("grid").getAttribute("aria-rowcount")) === 1_979 + 1 + 1;
    });
    await section(page, "Groups");
    await eventually("there are forty groups", async () => {
      return Number(await page.getByRole("grid").getAttribute("aria-rowcount")) === 40 + 1;
    });
    // 105 are in it by themselves and by the group within it, of whom 2 have no address.
    await page.getByRole("searchbox", { name: "Find a group" }).fill("g39");
    await row(page, "g39").getByRole("gridcell", { name: "103", exact: true }).waitFor();
  },
  { timeout: 240_000 },
);
