// Colleagues: invited again, confirmed and removed, several at once, with what came of each.

import assert from "node:assert/strict";

import { eventually, journey } from "../harness.mjs";
import { DEMO, choose, createInvitedAccount, enterDemo, go, heading, invite, lookAnew, results, row, tick, toast } from "../harness/people.mjs";

journey(
  "an invitation is sent again, and somebody is removed after hearing what that means",
  async (house) => {
    const { page } = await enterDemo(house);
    await go(page, "Staff");
    await choose(page, "nina@harbourlight.example", "Send the invitation again");
    await toast(page, "1 invitation sent again").waitFor();
    await row(page, "nina@harbourlight.example").locator(".cell.name").click();
    const panel = page.getByRole("complementary", { name: "nina@harbourlight.example" });
    await panel.getByText(/accept-provider\?/).waitFor();
    await panel.getByText(/^works until/).waitFor();
    await page.keyboard.press("Escape");

    await choose(page, "Tom ", "Remove…");
    const dialog = page.getByRole("dialog", { name: /^Remove .*Tom.* from the staff/ });
    await dialog.getByText(/can no longer open this provider or any of its clients/).waitFor();
    await dialog.getByRole("button", { name: "Remove from the staff" }).click();
    await toast(page, "1 person removed").waitFor();
    await row(page, "tom@harbourlight.example").waitFor({ state: "detached" });
  },
  { demo: true },
);

journey(
  "several people are confirmed at once, each by their own phrase, and those who have not accepted are left out",
  async (house) => {
    const { page: ana } = await enterDemo(house);
    await go(ana, "Staff");
    const told = {};
    for (const [email, name] of [
      ["kim@harbourlight.example", "Kim Sato"],
      ["pat@harbourlight.example", "Pat Doyle"],
    ]) {
      const { page, close } = await house.open(await invite(ana, email));
      await createInvitedAccount(page, name);
      await heading(page, "One step left: confirmation").waitFor();
      told[name] = await page.getByText(/^[a-z]+(-[a-z]+){4}$/).innerText();
      await close();
    }
    await lookAnew(ana, DEMO.password);
    await eventually("both have accepted", async () => (await ana.getByRole("grid").getByText("Needs confirmation").count()) >= 3);
    await tick(ana, "Kim Sato", "Pat Doyle", "nina@harbourlight.example");
    await ana.getByRole("button", { name: "Confirm…" }).click();
    const dialog = ana.getByRole("dialog", { name: "Confirm 2 people" });
    await dialog.getByText("1 person is left out, since only those who accepted can be confirmed:").waitFor();
    for (const [name, phrase] of Object.entries(told)) {
      const person = dialog.getByRole("listitem").filter({ has: ana.getByText(name, { exact: true }) }).first();
      assert.equal((await person.locator("ol li").allInnerTexts()).join("-"), phrase, name);
      await person.getByRole("checkbox").check();
    }
    await dialog.getByRole("button", { name: "Confirm 2 people" }).click();
    await toast(ana, "2 people confirmed").waitFor();
    await ana.getByRole("button", { name: "Work finished" }).click();
    assert.deepEqual(await results(ana), { "Kim Sato": "done", "Pat Doyle": "done" });
    for (const name of Object.keys(told)) {
      await row(ana, name).filter({ hasText: "Confirmed" }).waitFor();
    }
  },
  { demo: true },
);

journey(
  "of several people those who may go are removed, and what kept the others is said",
  async (house) => {
    const { page } = await enterDemo(house);
    await go(page, "Staff");
    await tick(page, "nina@harbourlight.example", "Priya", "Ana Ruiz");
    await page.getByRole("button", { name: "Remove…" }).click();
    const dialog = page.getByRole("dialog", { name: "Remove 3 people from the staff?" });
    assert.equal((await dialog.getByRole("listitem").allInnerTexts()).length, 3);
    await dialog.getByRole("button", { name: "Remove from the staff" }).click();
    const found = await results(page);
    assert.deepEqual(Object.values(found).filter((outcome) => outcome === "done").length, 2);
    assert.notEqual(found["Ana Ruiz"], "done", "nobody removes oneself");
    await page.getByText("1 did not work").waitFor();
    await row(page, "nina@harbourlight.example").waitFor({ state: "detached" });
    await row(page, "Ana Ruiz").waitFor();
  },
  { demo: true },
);
