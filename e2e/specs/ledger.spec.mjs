// The ledger of seats: what was counted, idle seats taken back by the keyboard, and whether the server agrees.

import assert from "node:assert/strict";

import { eventually, inBothModes, journey, looker, savedRows } from "../harness.mjs";
import { enterDemo, heading, row } from "../harness/people.mjs";

/** Where the ledger is reached, and what its figures are called there. */
const LEDGER = {
  provider: { rail: "Billing", section: "Seat ledger", counted: "Counted by the server every day, in UTC.", column: "Idle now" },
  owner: { rail: "Billing", section: "Seat ledger", counted: /^Counted from members/, column: "Members" },
};

inBothModes(
  "the ledger is read: its days, its clients, one of them beside the list, and the file",
  async (house) => {
    const { look, end } = looker();
    const { rail, section, counted, column } = LEDGER[house.mode.name];
    const { page } = await enterDemo(house);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: new RegExp(`^${rail}`) }).click();
    await page.getByRole("navigation", { name: "Pages of billing" }).getByRole("link", { name: section }).click();
    await heading(page, section).waitFor();
    await page.getByText(counted).first().waitFor();
    await page.getByRole("grid").getByRole("columnheader", { name: column }).waitFor();
    const picture = page.getByRole("slider", { name: "Seats by day", exact: true });
    await picture.focus();
    await page.keyboard.press("End");
    const said = await picture.getAttribute("aria-valuetext");
    assert.match(said, /assigned, .* used, .* idle|members use a seat/);
    await look(page, `ledger, ${house.mode.name}`);
    await page.getByRole("button", { name: "Table" }).click();
    await page.getByRole("region", { name: "Seats by day" }).getByRole("row").nth(1).waitFor();
    await page.getByRole("button", { name: "Table" }).click();

    await page.getByRole("radio", { name: "Months" }).check();
    await eventually("the months stand in the address", () => /from=\d{4}-\d{2}&to=\d{4}-\d{2}/.test(page.url()));
    await page.reload();
    await page.getByRole("combobox", { name: "From" }).waitFor();
    await page.getByRole("radio", { name: "90 days" }).check();

    await row(page, "Ashdown").getByRole("gridcell").last().click();
    const beside = page.getByRole("complementary");
    await beside.getByRole("slider", { name: /^Seats by day, .*Ashdown/ }).waitFor();
    await look(page, `ledger, a client, ${house.mode.name}`);
    await page.keyboard.press("Escape");

    const { name, rows } = await savedRows(page, () => page.getByRole("button", { name: "CSV" }).click());
    assert.match(name, /^seat-ledger-/);
    assert.ok(rows.some(({ Client }) => Client.includes("Ashdown")), "the clients are in the file");
    end();
  },
  { demo: true, timeout: 240_000 },
);

journey(
  "idle seats are taken back by the keyboard, and the server's sums say the same before and other ones after",
  async (house) => {
    const { look, end } = looker();
    const { page, base } = await enterDemo(house);
    await page.goto(`${base}/billing/ledger?idle=1&sort=idle&down=1`);
    await page.getByText(/^The ledger of .* and the server agree: /).waitFor();
    const idle = async () => Number(await page.locator(".ledger .row[aria-rowindex='2'] .idle").innerText());
    await eventually("the client with most idle seats comes first", async () => (await idle()) > 0);
    const taken = await idle();

    await page.getByRole("grid", { name: "Clients in the ledger" }).getByRole("row").nth(1).focus();
    await page.keyboard.press("Space");
    const take = page.getByRole("button", { name: "Take back idle seats" });
    await take.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Take back idle seats from 1 client" });
    await dialog.getByRole("button", { name: new RegExp(`^Take back ${taken} seat`) }).waitFor();
    await look(page, "ledger, taking back");
    await dialog.getByRole("spinbutton", { name: "Free seats each keeps" }).focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("1");
    await dialog.getByRole("button", { name: new RegExp(`^Take back ${taken - 1} seat`) }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Work" }).getByText("Done").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByText(/^The ledger of .* and the server differ/).waitFor();
    await look(page, "ledger, the server differs");
    end();
  },
  { demo: true, timeout: 240_000 },
);
