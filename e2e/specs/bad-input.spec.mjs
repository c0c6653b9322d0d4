// What people type and paste: names in any letters come back as they were given, and limits are said before anything is sent.

import assert from "node:assert/strict";

import { eventually, journey, startProxy } from "../harness.mjs";
import { choose, client, createClient, enterDemo, go, heading, toast } from "../harness/people.mjs";

const NAMES = [
  "<img src=x onerror=alert(1)> & “Söhne”",
  "\u202Eevil\u202C עברית \u200Fمخبز",
  "🏴󠁧󠁢󠁳󠁣󠁴󠁿 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩‍👩‍👧 Ltd",
];

journey(
  "names with markup, right-to-left marks and 4-byte characters stay what they are",
  async (house) => {
    const { page } = await enterDemo(house);
    const title = await page.title();
    for (const [number, name] of NAMES.entries()) {
      await createClient(page, { name, owner: `owner${number}@odd.example` });
      await eventually(`${name} is listed as it is`, async () => (await listed(page)).includes(name));
    }
    // Names swap by renaming, and come back from the server after a reload.
    await choose(page, "Ashdown Accountants", "Rename");
    const dialog = page.getByRole("dialog", { name: "Rename the client" });
    await dialog.getByRole("textbox", { name: "Name" }).fill(`${NAMES[0]}!`);
    await dialog.getByRole("button", { name: "Rename" }).click();
    await toast(page, "Renamed to").waitFor();
    await eventually("the new name is listed as it is", async () => (await listed(page)).includes(`${NAMES[0]}!`));
    await page.getByRole("grid").getByRole("link", { name: NAMES[2] }).click();
    await heading(page, NAMES[2]).waitFor();
    await go(page, "Clients");
    await eventually("all are listed", async () => {
      const names = await listed(page);
      return NAMES.every((name) => names.includes(name));
    });
    assert.equal(await page.locator("img").count(), 0, "a name is text, never markup");
    assert.equal(await page.title(), title);
    // Each stands by itself: its marks do not turn what stands around it.
    const isolated = await page.getByRole("grid").locator(".cell.name a > *").evaluateAll((all) => all.every(({ tagName }) => tagName === "BDI"));
    assert.ok(isolated);
  },
  { demo: true },
);

journey(
  "limits are said before anything is sent",
  async (house) => {
    const proxy = await startProxy(house.server.url);
    try {
      const { page } = await enterDemo(house, { baseURL: proxy.url });
      const writes = () => proxy.seen().filter((call) => /^(POST|PUT|DELETE) \/api\//.test(call));
      const before = writes().length;

      await page.getByRole("button", { name: "New client" }).click();
      const form = page.getByRole("dialog", { name: "New client" });
      const create = form.getByRole("button", { name: "Create client" });
      await create.click();
      await form.getByText("Enter something here.").first().waitFor();
      await form.getByRole("textbox", { name: "Name" }).fill("n".repeat(51));
      await form.getByRole("textbox", { name: "E-mail address of the owner" }).fill("nobody at all");
      await form.getByRole("spinbutton", { name: "Seats" }).fill("0");
      await create.click();
      for (const words of ["At most 50 characters.", "This is not an e-mail address.", "At least 1."]) {
        await form.getByText(words, { exact: true }).waitFor();
      }
      await page.keyboard.press("Escape");

      await go(page, "Staff");
      await page.getByRole("button", { name: "Invite people" }).first().click();
      const invitation = page.getByRole("dialog", { name: "Invite people to the staff" });
      const addresses = Array.from({ length: 21 }, (_, number) => `person${number}@many.example`);
      await invitation.getByRole("textbox", { name: "E-mail addresses" }).fill(addresses.join(", "));
      await invitation.getByText("At most 20 at once; these are 21.").first().waitFor();
      await invitation.getByText("beyond the 20").waitFor();
      await invitation.getByRole("button", { name: "Invite 21 people" }).click();
      await eventually("the field is at fault", async () => (await invitation.locator("textarea[aria-invalid=true]").count()) === 1);
      await invitation.getByRole("textbox", { name: "E-mail addresses" }).fill("person@many.example, nobody, x@y@z.example");
      await invitation.getByRole("button", { name: "Invite 3 people" }).click();
      await invitation.getByText("2 addresses are not right.").waitFor();
      await page.keyboard.press("Escape");

      await go(page, "Settings");
      const provider = page.locator("section.setting").filter({ hasText: "Provider name" });
      await provider.getByRole("textbox", { name: "Provider name" }).fill("");
      await provider.getByRole("textbox", { name: "Billing e-mail" }).fill("not an address");
      await provider.getByRole("button", { name: "Save" }).click();
      await provider.getByText("Enter something here.").waitFor();
      await provider.getByText("This is not an e-mail address.").waitFor();

      assert.deepEqual(writes().slice(before), [], "nothing was sent");
    } finally {
      await proxy.close();
    }
  },
  { demo: true },
);

/** Names in the list as they stand in the document. */
function listed(page) {
  const links = page.getByRole("grid").locator(".rows [role=row]:not([hidden]) .cell.name a");
  return links.evaluateAll((links) => links.map((link) => link.textContent));
}
