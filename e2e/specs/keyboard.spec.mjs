// The main job without a mouse.

import assert from "node:assert/strict";

import { eventually, focused, hasFocus, journey, tabTo } from "../harness.mjs";
import { DEMO, enterDemo, heading } from "../harness/people.mjs";

journey(
  "an admin signs in, finds, selects, looks, creates and comes back by the keyboard alone",
  async (house) => {
    const { page } = await house.open("/");
    const { keyboard } = page;
    await heading(page, "Sign in").waitFor();
    await hasFocus(page, 'textbox "E-mail address"');
    await keyboard.type(DEMO.email);
    await tabTo(page, 'textbox "Master password"');
    await keyboard.type(DEMO.password);
    await keyboard.press("Enter");
    await heading(page, "Clients").waitFor();
    await page.getByRole("link", { name: "Brightwater Dental", exact: true }).waitFor();

    // Search, and from the search into the grid.
    await keyboard.press("/");
    await hasFocus(page, 'searchbox "Find a client"');
    await keyboard.type("er");
    await page.getByText(/^\d+ of 24$/).waitFor();
    await tabTo(page, /^row "/);
    const first = await focused(page);
    await keyboard.press("ArrowDown");
    await eventually("the focus moved", async () => (await focused(page)) !== first);
    const second = await focused(page);
    await keyboard.press("Space");
    await page.getByText("1 selected").first().waitFor();
    await keyboard.press("Shift+ArrowDown");
    await keyboard.press("Shift+ArrowDown");
    await page.getByText("3 selected").first().waitFor();
    await keyboard.press("Control+a");
    const matched = (await page.getByText(/^\d+ of 24$/).innerText()).split(" ")[0];
    await page.getByText(`${matched} selected`).first().waitFor();
    await keyboard.press("Escape");
    await page.getByRole("toolbar").waitFor({ state: "hidden" });
    await keyboard.press("Home");
    await hasFocus(page, first);

    // The controls of a row, and its menu.
    await keyboard.press("ArrowDown");
    await keyboard.press("Shift+F10");
    await hasFocus(page, /^menuitem "Open"/);
    // What was typed comes into the address a moment later, which closes no menu.
    await eventually("the search stands in the address", () => page.url().includes("search=er"));
    await hasFocus(page, /^menuitem "Open"/);
    await keyboard.press("ArrowDown");
    await hasFocus(page, /^menuitem "Rename"/);
    await keyboard.press("Escape");
    await hasFocus(page, /^(button "More actions for|row ")/);

    // A look, and back to the row.
    if (!/^row/.test(await focused(page))) {
      await keyboard.press("Escape");
    }
    await hasFocus(page, second);
    await keyboard.press("Enter");
    await page.getByRole("complementary").getByRole("link", { name: "Open the client" }).waitFor();
    await keyboard.press("Escape");
    await page.getByRole("complementary").waitFor({ state: "detached" });
    await hasFocus(page, second);

    // The palette leads to the form; the form is filled without leaving the keys.
    await keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await keyboard.type("new cl");
    await page.getByRole("option", { name: /New client/ }).waitFor();
    await keyboard.press("Enter");
    const form = page.getByRole("dialog", { name: "New client" });
    await hasFocus(page, /^textbox "Name"/);
    await keyboard.type("Keyhaven Boatyard");
    await tabTo(page, /^textbox "E-mail address of the owner"/);
    await keyboard.type("kit@keyhaven.example");
    await tabTo(page, /^radio "Teams/);
    await keyboard.press("ArrowDown");
    await hasFocus(page, /^radio "Enterprise/);
    await tabTo(page, /^spinbutton "Seats"/);
    await keyboard.press("ArrowUp");
    await keyboard.press("Enter");
    await form.getByText(/accept-organization/).first().waitFor();
    await tabTo(page, 'button "Done"');
    await keyboard.press("Enter");
    await form.waitFor({ state: "detached" });

    // Everything the search had left is left still; the new one is found by it.
    await keyboard.press("/");
    await keyboard.press("Control+a");
    await keyboard.type("keyhaven");
    await page.getByRole("link", { name: "Keyhaven Boatyard", exact: true }).waitFor();
    await tabTo(page, /^row ".*Keyhaven/);

    const before = await focused(page);
    await keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await hasFocus(page, before);

    await keyboard.press("g");
    await keyboard.press("s");
    await heading(page, "Staff").waitFor();
    await keyboard.press("l");
    await heading(page, "Locked").waitFor();
    await keyboard.type(DEMO.password);
    await keyboard.press("Enter");
    await heading(page, "Staff").waitFor();
  },
  { demo: true },
);

journey(
  "inside a client, items are made, looked at, changed and put away by the keyboard alone",
  async (house) => {
    const { page } = await enterDemo(house);
    const { keyboard } = page;
    await keyboard.press("/");
    await keyboard.type("quayside");
    await page.getByText(/^1 of 24$/).waitFor();
    await tabTo(page, /^row /);
    await keyboard.press("ArrowRight");
    await hasFocus(page, /^checkbox "Select .*Quayside/);
    await keyboard.press("ArrowRight");
    await hasFocus(page, 'link "Quayside Legal LLP"');
    await keyboard.press("Enter");
    await heading(page, "Quayside Legal LLP").waitFor();
    await tabTo(page, 'link "Items"');
    await keyboard.press("Enter");
    await heading(page, "Items").waitFor();

    await tabTo(page, 'button "New item"');
    await keyboard.press("Enter");
    await hasFocus(page, /^menuitem "Login"/);
    await keyboard.type("sec");
    await hasFocus(page, /^menuitem "Secure note"/);
    await keyboard.press("Enter");
    await hasFocus(page, /^textbox "Name"/);
    await keyboard.type("Alarm");
    await tabTo(page, /^textbox "Notes"/);
    await keyboard.type("off on Mondays");
    await tabTo(page, /^combobox "Add a collection"/);
    await keyboard.type("default");
    await page.getByRole("option", { name: "Default collection" }).waitFor();
    await keyboard.press("Enter");
    await tabTo(page, 'button "Create item"');
    await keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("grid").getByText("Alarm").waitFor();

    await tabTo(page, /^row .*Alarm/);
    await keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: "Alarm" });
    await panel.getByText("off on Mondays").waitFor();
    await tabTo(page, 'button "Edit…"');
    await keyboard.press("Enter");
    await hasFocus(page, /^textbox "Name"/);
    await keyboard.press("End");
    await keyboard.type(" code");
    await keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("complementary", { name: "Alarm code" }).waitFor();
    await keyboard.press("Escape");
    await page.getByRole("complementary").waitFor({ state: "detached" });
    await hasFocus(page, /^row .*Alarm/);
    await keyboard.press("Space");
    await page.getByText("1 selected").first().waitFor();
    await tabTo(page, 'button "Move to trash"');
    await keyboard.press("Enter");
    await page.getByText("1 item moved to the trash").first().waitFor();
    await page.getByText("No items yet").waitFor();
  },
  { demo: true },
);
