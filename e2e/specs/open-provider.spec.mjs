// Open to everyone: what opens above and beside the pages of a provider.

import { journey, looker } from "../harness.mjs";
import { goToLog, openFilters } from "../harness/events.mjs";
import { lookAndLeave, lookAtMenu, menuOf } from "../harness/looks.mjs";
import { choose, client, enterDemo, go, heading, row, tick, toast } from "../harness/people.mjs";

journey(
  "clients: dialogs, menus, panel and pages",
  async (house) => {
    const { look, end } = looker();
    const { page, base } = await enterDemo(house);
    await look(page, "clients");
    await lookAtMenu(page, look, "clients, filters", () => page.getByRole("button", { name: "Filter", exact: true }).click());
    await lookAtMenu(page, look, "clients, row menu", () => menuOf(page, "Ashdown"));
    await lookAtMenu(page, look, "own menu", () => page.getByRole("button", { name: "Ana Ruiz" }).click());

    for (const [item, dialog] of [
      ["Rename", "Rename the client"],
      ["Manage seats", /^Seats of/],
      ["Unlink", /^Unlink/],
    ]) {
      await choose(page, "Ashdown", item);
      await page.getByRole("dialog", { name: dialog }).waitFor();
      await lookAndLeave(page, look, `client, ${item}`);
    }
    await choose(page, "Maple Street", "Unlink");
    await page.getByText("The client has no confirmed owner of its own yet.").first().waitFor();
    await look(page, "client, unlinking refused");
    await page.keyboard.press("Escape");

    await tick(page, "Ashdown", "Blue Lantern");
    await look(page, "clients, some selected");
    await page.getByRole("button", { name: "Change seats" }).click();
    await page.getByRole("dialog").waitFor();
    await look(page, "clients, seats of several");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Unlink", exact: true }).click();
    await page.getByRole("dialog").waitFor();
    await look(page, "clients, unlinking several");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Clear the selection" }).click();

    await row(page, "Ashdown").locator(".cell.seats").click();
    await page.getByRole("complementary").getByText("Helen Ashdown").waitFor();
    await look(page, "client, a look");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Add existing" }).click();
    await page.getByRole("button", { name: "Next" }).first().click();
    await page.getByRole("button", { name: "Add as client" }).waitFor();
    await look(page, "adding an existing organization");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    await client(page, "Ibarra y Hijos").click();
    await page.getByText("Joaquín Ibarra", { exact: true }).waitFor();
    await look(page, "client page");
    await lookAtMenu(page, look, "client page, actions", () => page.getByRole("button", { name: "Actions", exact: true }).click());
    await page.getByRole("button", { name: "Confirm", exact: true }).click();
    await page.locator(".phrase", { hasText: /[a-z]+(-[a-z]+){4}$/ }).waitFor();
    await look(page, "client page, confirming");
    await page.keyboard.press("Escape");
    await page.goto(`${base}/nowhere`);
    await heading(page, "Nothing is here").waitFor();
    await look(page, "nowhere, inside");
    await page.goto(`${base}/clients/00000000-0000-4000-8000-000000000000`);
    // Whether it exists for somebody else is not told.
    await heading(page, "Nothing is here").waitFor();
    await look(page, "no such client");
    end();
  },
  { demo: true, timeout: 240_000 },
);

journey(
  "staff: dialogs, menus, panel",
  async (house) => {
    const { look, end } = looker();
    const { page } = await enterDemo(house);
    await go(page, "Staff");
    await row(page, "Sam Osei").waitFor();
    await look(page, "staff");
    await lookAtMenu(page, look, "staff, filters", () => page.getByRole("button", { name: "Filter", exact: true }).click());
    await lookAtMenu(page, look, "staff, row menu", () => menuOf(page, "Tom Hale"));
    for (const item of ["Make Provider Admin…", "Remove…"]) {
      await choose(page, "Tom Hale", item);
      await lookAndLeave(page, look, `staff, ${item}`);
    }
    await page.getByRole("button", { name: "Compare and confirm" }).click();
    await page.getByRole("dialog", { name: "Confirm 1 person" }).getByRole("checkbox").waitFor();
    await look(page, "staff, confirming");
    await page.keyboard.press("Escape");
    await tick(page, "Tom Hale", "Nina");
    await page.getByRole("button", { name: "Remove…" }).click();
    await page.getByRole("dialog").waitFor();
    await look(page, "staff, removing several");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Clear the selection" }).click();
    await row(page, "nina@").locator(".cell.name").click();
    await page.getByText(/^works until/).waitFor();
    await look(page, "person, a look");
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Invite people" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Invite people to the staff" });
    await dialog.getByRole("textbox", { name: "E-mail addresses" }).fill("kim@harbourlight.example, nobody");
    await look(page, "staff, inviting with a fault");
    await dialog.getByRole("textbox", { name: "E-mail addresses" }).fill("kim@harbourlight.example, ben@harbourlight.example");
    await dialog.getByRole("button", { name: "Invite 2 people" }).click();
    await dialog.getByText(/accept-provider/).first().waitFor();
    await look(page, "staff, invited");
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Work finished" }).click();
    await page.getByRole("complementary", { name: "Work" }).waitFor();
    await look(page, "work");
    end();
  },
  { demo: true, timeout: 240_000 },
);

journey(
  "events and settings: menus, panel, dialogs, messages",
  async (house) => {
    const { look, end } = looker();
    const { page } = await enterDemo(house);
    await goToLog(page);
    await row(page, "signed in").first().waitFor();
    await look(page, "events");
    await lookAtMenu(page, look, "events, filters", () => openFilters(page));
    await lookAtMenu(page, look, "events, days", () => page.getByRole("button", { name: /^Last \d+ days$/ }).click());
    await row(page, "signed in").first().locator(".cell.who").click();
    await page.getByRole("complementary").getByText("Exact time").waitFor();
    await look(page, "event, a look");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Last \d+ days$/ }).click();
    await page.getByRole("menuitemradio", { name: "Choose dates" }).click();
    await page.getByLabel("From").waitFor();
    await look(page, "events, chosen days");

    await go(page, "Settings");
    await page.getByText("Provider since").waitFor();
    await look(page, "settings");
    await page.getByRole("textbox", { name: "Your name" }).fill("Ana Ruiz-Ibáñez");
    await page.locator("section.setting").filter({ hasText: "Your fingerprint phrase" }).getByRole("button", { name: "Save" }).click();
    await toast(page, "Saved").waitFor();
    await look(page, "a message");
    await go(page, "Clients");
    await choose(page, "Ashdown", "Rename");
    await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Ashdown & Daughters");
    await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
    await toast(page, "Renamed to").waitFor();
    await look(page, "a message with undo");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await look(page, "palette");
    await page.keyboard.type("zzz");
    await page.getByText("Nothing matches").waitFor();
    await look(page, "palette, without a match");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await look(page, "shortcuts");
    end();
  },
  { demo: true, timeout: 240_000 },
);
