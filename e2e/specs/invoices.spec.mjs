// Client invoices: drafted out of the ledger to the cent, looked at, printed, issued with numbers that follow each other, cancelled.

import assert from "node:assert/strict";

import { eventually, journey, json, looker, savedFile, savedRows, startProxy } from "../harness.mjs";
import { OWNER } from "../harness/modes.mjs";
import { DEMO, enterDemo, enterDemoAt, heading, row, tick, toast } from "../harness/people.mjs";

/** A month of thirty days that is over, whenever this is run. */
const MONTH = "2026-09";
const id = (number) => `00000000-0000-4000-8000-00000000000${number}`;

/** What the server counted: Acme has 10 seats and 5 more from the 16th on, Bolt 7 from the 12th on, Cove a plan without a price. */
const counted = json((answer) => {
  const days = [];
  for (let day = new Date("2026-08-01"); day < new Date("2026-10-01"); day.setUTCDate(day.getUTCDate() + 1)) {
    days.push(day.toISOString().slice(0, 10));
  }
  answer.days = days.filter((day) => day < answer.period.end);
  answer.rows = [
    [id(1), "=Acme", "2026-08-01", 17, 10, 3],
    [id(1), "=Acme", "2026-09-16", 17, 15, 3],
    [id(2), "Bolt & Söhne", "2026-09-12", 17, 7, 7],
    [id(3), "Cove", "2026-08-01", 99, 2, 2],
  ];
});

/** Sets what clients pay: Teams 5.00, Support 20.00 a month, 19 % tax. */
async function setPrices(page) {
  const part = (name) => page.locator("section.setting").filter({ has: page.getByRole("heading", { name, exact: true }) });
  const field = (within, name) => within.getByRole("textbox", { name, exact: true });
  const list = part("Price list");
  await field(list, "Currency").fill("usd");
  await field(list, "Tax in %").fill("19");
  await field(list, "Teams (Monthly)").fill("5");
  await list.getByRole("button", { name: "Add a service" }).click();
  await field(list, "Name on the invoice").fill("Support");
  await field(list, "Price").fill("20");
  await list.getByRole("button", { name: "Save", exact: true }).click();
  await toast(page, "Saved").last().waitFor();
  const letterhead = part("Letterhead");
  await field(letterhead, "Name").fill("Harbour Light IT");
  await letterhead.getByRole("button", { name: "Save", exact: true }).click();
  await toast(page, "Saved").last().waitFor();
}

const texts = async (page, words, ...columns) =>
  Promise.all(columns.map((column) => row(page, words).locator(`.cell.${column}`).innerText()));

journey(
  "a month is drafted to the cent, two invoices are issued, and a third number cancels the first",
  async (house) => {
    const { look, end } = looker();
    const proxy = await startProxy(house.server.url);
    try {
      proxy.tamper(/^GET \/api\/portal\/providers\/[^/]+\/billing\/seats/, counted);
      const { page, base } = await enterDemo(house, { baseURL: proxy.url });
      const address = `${base}/billing/invoices?month=${MONTH}`;
      await page.goto(address);
      await page.getByText("There is no price list yet").waitFor();
      await row(page, "Bolt").getByText("no price list").waitFor();
      await look(page, "invoices, no prices");
      await page.getByRole("link", { name: "Enter prices" }).click();
      await setPrices(page);
      await page.goto(address);

      // 500 × 375 ÷ 30 = 6250, and 2000; 19 % of 8250 = 1567.5. 500 × 133 ÷ 30 = 2216.6…, 2000 × 19 ÷ 30 = 1266.6…; 19 % of 3484 = 661.96.
      await row(page, "Acme").getByText("$98.18").waitFor();
      assert.deepEqual(await texts(page, "Acme", "seats", "net", "gross", "state"), ["15", "$82.50", "$98.18", "draft"]);
      assert.deepEqual(await texts(page, "Bolt", "seats", "net", "gross", "state"), ["7", "$34.84", "$41.46", "draft"]);
      assert.deepEqual(await texts(page, "Cove", "gross", "state"), ["–", "no price for Plan 99"]);
      await page.getByText("$139.64").waitFor();
      await look(page, "invoices, drafts");

      await row(page, "Acme").focus();
      await page.keyboard.press("Enter");
      const sheet = page.getByRole("article");
      await sheet.getByText("375 seat days of 30").waitFor();
      for (const words of ["Harbour Light IT", "=Acme", "$62.50", "$15.68", "$98.18", "1 Sept 2026 – 30 Sept 2026"]) {
        await sheet.getByText(words).first().waitFor();
      }
      await look(page, "invoice, draft");
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      assert.deepEqual(await seen(page), ["article"], "on paper there is the invoice and nothing else");
      assert.equal(await sheet.evaluate((sheet) => getComputedStyle(sheet).backgroundColor), "rgb(255, 255, 255)");
      await page.emulateMedia({ media: null, colorScheme: null });
      await page.getByRole("link", { name: "All invoices" }).click();

      await tick(page, "Acme", "Bolt", "Cove");
      await page.getByRole("toolbar").getByRole("button", { name: "Issue" }).click();
      const dialog = page.getByRole("dialog", { name: "Issue 2 invoices" });
      await dialog.getByText("0001").waitFor();
      await look(page, "invoices, issuing");
      await dialog.getByRole("button", { name: "Issue 2 invoices" }).click();
      await row(page, "Acme").getByText("issued, ⁨0001⁩").waitFor();
      await row(page, "Bolt").getByText("issued, ⁨0002⁩").waitFor();
      await page.keyboard.press("Escape");
      await page.reload();
      await row(page, "Bolt").getByText("issued, ⁨0002⁩").waitFor();
      const again = page.getByRole("button", { name: "Issue 0 invoices" });
      assert.equal(await again.getAttribute("aria-disabled"), "true", "what is issued is not issued again");
      await look(page, "invoices, issued");

      const save = (item) => async () => {
        await page.getByRole("button", { name: "Export" }).click();
        await page.getByRole("menuitem", { name: item }).click();
      };
      const table = await savedRows(page, save(/^CSV/));
      assert.equal(table.name, `invoices-${MONTH}.csv`);
      const sum = table.rows.find(({ What, Number: number }) => What === "Sum" && number === "0001");
      assert.deepEqual([sum.Client, sum.Net, sum.Tax, sum.Currency], ["'=Acme", "82.50", "15.68", "USD"]);
      const document = JSON.parse((await savedFile(page, save(/^JSON/))).text.replace(/^\uFEFF/, ""));
      assert.deepEqual(
        document.invoices.map(({ client, number, net, tax, gross, decimals }) => [client, number, net, tax, gross, decimals]),
        [["=Acme", "0001", 8250, 1568, 9818, 2], ["Bolt & Söhne", "0002", 3484, 662, 4146, 2]],
      );

      await row(page, "Acme").getByRole("link").click();
      await page.getByRole("button", { name: "Cancel invoice" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Issue credit note" }).click();
      await toast(page, "Credit note ⁨0003⁩ issued").waitFor();
      await page.getByRole("link", { name: "0003" }).click();
      await sheet.getByText("-$98.18").waitFor();
      await look(page, "invoice, credit note");
      await page.goto(address);
      await row(page, "Acme").getByText("draft").waitFor();
    } finally {
      await proxy.close();
    }
    end();
  },
  { demo: true, timeout: 240_000 },
);

journey(
  "several invoices are printed on pages of their own, and nothing is left on the screen",
  async (house) => {
    const proxy = await startProxy(house.server.url);
    try {
      proxy.tamper(/^GET \/api\/portal\/providers\/[^/]+\/billing\/seats/, counted);
      const { page, base } = await enterDemo(house, { baseURL: proxy.url });
      await page.goto(`${base}/billing/invoices/settings`);
      await setPrices(page);
      // What the browser would be given to print, at the moment it is asked to.
      await page.addInitScript(() => {
        globalThis.printed = [];
        globalThis.print = () => {
          globalThis.printed = [...document.querySelectorAll(".for-print article")].map((sheet) => sheet.textContent);
        };
      });
      await page.goto(`${base}/billing/invoices?month=${MONTH}`);
      await row(page, "Acme").getByText("$98.18").waitFor();
      await page.getByRole("button", { name: "Print", exact: true }).click();
      const printed = await eventually("two sheets are printed", async () => {
        const printed = await page.evaluate(() => globalThis.printed);
        return printed.length === 2 && printed;
      });
      assert.match(printed[0], /=Acme.*98\.18/s);
      assert.match(printed[1], /Bolt.*41\.46/s);
      await page.locator(".for-print").waitFor({ state: "detached" });
    } finally {
      await proxy.close();
    }
  },
  { demo: true, timeout: 120_000 },
);

journey(
  "without a provider the clients one looks after are invoiced by their members, from books kept in this browser",
  async (house) => {
    const { look, end } = looker();
    const { page } = await enterDemoAt(house, "/billing/invoices", { email: DEMO.email });
    await heading(page, "Client invoices").waitFor();
    await page.getByText("There is no price list yet").or(page.getByRole("heading", { name: "No clients in this period" })).first().waitFor();
    await look(page, "invoices, owner mode");
    end();
  },
  { arguments: OWNER.arguments, demo: OWNER.demo, timeout: 120_000 },
);

/** What can be seen of the page: the outermost elements that paint a text. */
async function seen(page) {
  return page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Set();
    while (texts.nextNode()) {
      const { textContent, parentElement } = texts.currentNode;
      if (textContent.trim() && parentElement.checkVisibility({ visibilityProperty: true }) && parentElement.getClientRects().length > 0) {
        found.add(parentElement.closest("article") ? "article" : parentElement.outerHTML.slice(0, 80));
      }
    }
    return [...found];
  });
}
