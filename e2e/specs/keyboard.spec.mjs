// The main job without a mouse.

import assert from "node:assert/strict";

import { eventually, focused, journey } from "../harness.mjs";
import { DEMO, heading } from "../harness/people.mjs";

journey(
  "an admin signs in, finds, selects, looks, creates and comes back by the keyboard alone",
  async (house) => {
    const { page } = await house.open("/");
    const { keyboard } = page;
    await heading(page, "Sign in").waitFor();
    await eventually("the first field has the focus", async () => (await focused(page)) === 'textbox "E-mail address"');
    await keyboard.type(DEMO.email);
    await tabTo(page, 'textbox "Master password"');
    await keyboard.type(DEMO.password);
    await keyboard.press("Enter");
    await heading(page, "Clients").waitFor();
    await page.getByRole("link", { name: "Brightwater Dental", exact: true }).waitFor();

    // Search, and from the search into the grid.
    await keyboard.press("/");
    assert.equal(await focused(page), 'searchbox "Find a client"');
    await keyboard.type("er");
    await page.getByText(/^\d+ of 24$/).waitFor();
    await tabTo(page, /^row "/);
    const first = await focused(page);
    await keyboard.press("ArrowDown");
    const second = await focused(page);
    assert.notEqual(second, first);
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
    assert.equal(await focused(page), first);

    // The controls of a row, and its menu.
    await keyboard.press("ArrowDown");
    await keyboard.press("Shift+F10");
    await eventually("the menu has the focus", async () => /^menuitem "Open"/.test(await focused(page)));
    await keyboard.press("ArrowDown");
    assert.match(await focused(page), /^menuitem "Rename"/);
    await keyboard.press("Escape");
    assert.match(await focused(page), /^(button "More actions for|row ")/);

    // A look, and back to the row.
    if (!/^row/.test(await focused(page))) {
      await keyboard.press("Escape");
    }
    assert.equal(await focused(page), second);
    await keyboard.press("Enter");
    await page.getByRole("complementary").getByRole("link", { name: "Open the client" }).waitFor();
    await keyboard.press("Escape");
    await page.getByRole("complementary").waitFor({ state: "detached" });
    await eventually("the row has the focus again", async () => (await focused(page)) === second);

    // The palette leads to the form; the form is filled without leaving the keys.
    await keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await keyboard.type("new cl");
    await page.getByRole("option", { name: /New client/ }).waitFor();
    await keyboard.press("Enter");
    const form = page.getByRole("dialog", { name: "New client" });
    await eventually("the name has the focus", async () => /^textbox "Name"/.test(await focused(page)));
    await keyboard.type("Keyhaven Boatyard");
    await tabTo(page, /^textbox "E-mail address of the owner"/);
    await keyboard.type("kit@keyhaven.example");
    await tabTo(page, /^radio "Teams/);
    await keyboard.press("ArrowDown");
    assert.match(await focused(page), /^radio "Enterprise/);
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
    await eventually("the focus is where it was", async () => (await focused(page)) === before);

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

/** Presses Tab until something has the focus, as a person would; not for ever. */
async function tabTo(page, wanted) {
  const passed = [];
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press("Tab");
    const here = await focused(page);
    if (typeof wanted === "string" ? here === wanted : wanted.test(here)) {
      return;
    }
    passed.push(here);
  }
  assert.fail(`${wanted} is not reached by Tab, which passes ${passed.join(", ")}`);
}
