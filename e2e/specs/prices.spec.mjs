// What is set once for billing: discount tiers, prices, numbers, and what an invoice looks like.

import assert from "node:assert/strict";

import { eventually, journey, json, looker, startProxy, tabTo } from "../harness.mjs";
import { OWNER } from "../harness/modes.mjs";
import { DEMO, enterDemo, enterDemoAt, heading, row, signIn, toast } from "../harness/people.mjs";

/** A picture of one pixel. */
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==", "base64");

const section = (page, name) => page.locator("section.setting").filter({ has: page.getByRole("heading", { name, exact: true }) });
const save = (part) => part.getByRole("button", { name: "Save", exact: true });
const field = (part, name) => part.getByRole("textbox", { name, exact: true });
const saved = (page) => toast(page, "Saved").last().waitFor();

/** Fills a field and expects this said at it when the form is sent. */
async function refused(part, name, text, words) {
  await field(part, name).fill(text);
  await save(part).click();
  await part.getByText(words).first().waitFor();
  assert.equal(await field(part, name).getAttribute("aria-invalid"), "true", `${name}: ${text}`);
}

/** The rows of figures of a part, by name. */
async function figures(part) {
  const [names, values] = await Promise.all([part.locator("dt").allInnerTexts(), part.locator("dd").allInnerTexts()]);
  return new Map(names.map((name, index) => [name, values[index]]));
}

journey(
  "tiers are entered where the server tells none, and say what the next one is worth",
  async (house) => {
    const { look, end } = looker();
    const proxy = await startProxy(house.server.url);
    try {
      proxy.tamper(/^GET \/api\/config/, json((config) => void delete config.portal.books));
      proxy.tamper(/^GET \/api\/portal\/providers\/[^/]+\/billing$/, (answer) => ({ ...answer, status: 404, body: "" }));
      const { page, base } = await enterDemo(house, { baseURL: proxy.url });
      await page.goto(`${base}/billing/subscription`);
      // Paid for by a minimum though no client has them, they count for nothing and cost all the same.
      const unassigned = Number(await page.getByRole("row", { name: /^All pools/ }).getByRole("cell").nth(3).innerText());
      assert.ok(unassigned > 0, "the demo has seats that nobody has");
      await page.goto(`${base}/billing/discounts`);
      const standing = section(page, "Where you stand");
      await standing.getByText("seats count").waitFor();
      const seats = Number((await standing.locator(".reached b").innerText()).match(/^[\d,]+/)[0].replaceAll(",", ""));
      assert.ok(seats > 500 && seats < 1000, `the demo has ${seats} seats`);
      // The table that ships ends at 500, and promises nothing.
      await standing.getByText("No discount yet").waitFor();
      await look(page, "discounts, nothing entered");

      const tiers = section(page, "Tiers you agreed on");
      await refused(tiers, "Discount in %", "101", "This is not between 0 and 100 %.");
      await refused(tiers, "From seats", "2.5", "This is not a number such as 1234.50.");
      await field(tiers, "From seats").fill("500");
      await field(tiers, "Discount in %").fill("10");
      await tiers.getByRole("button", { name: "Add a tier" }).click();
      const second = tiers.getByRole("group", { name: "Tier 2" });
      await field(second, "From seats").fill("400");
      await field(second, "Discount in %").fill("20");
      await save(tiers).click();
      await second.getByText("Each tier begins above the one before it.").waitFor();
      await look(page, "discounts, a tier below the one before it");
      await second.getByRole("button", { name: "Remove tier 2" }).click();
      await save(tiers).click();
      await saved(page);
      await standing.getByText("10 % off everything").waitFor();
      await standing.getByText("This is the last tier.").waitFor();
      await tiers.getByRole("button", { name: "Add a tier" }).click();
      await field(second, "From seats").fill("1000");
      await field(second, "Discount in %").fill("20");
      await page.keyboard.press("Enter");
      await standing.getByText(`${seats} of 1,000 seats`, { exact: true }).waitFor();
      await standing.getByText(`${1000 - seats} more seats and everything costs 20 % less`).waitFor();

      const costs = section(page, "What a seat costs you");
      await field(costs, "Currency").fill("usd");
      await refused(costs, "Teams (Monthly)", "-4", "A price cannot be negative.");
      await refused(costs, "Teams (Monthly)", "4.005", "At most 2 decimals");
      await refused(costs, "Teams (Monthly)", "1000000000", "This is too much.");
      for (const plan of ["Teams (Monthly)", "Teams (Annually)", "Enterprise (Monthly)", "Enterprise (Annually)"]) {
        await field(costs, plan).fill(plan.endsWith("(Monthly)") ? "4" : "48");
      }
      await save(costs).click();
      const told = await eventually("the figures are there", async () => {
        const told = await figures(standing);
        return told.has("The next tier would save") && told;
      });
      const dollars = (cents) => `$${(cents / 100).toLocaleString("en-GB", { minimumFractionDigits: 2 })}`;
      const paid = seats + unassigned;
      const saves = paid * 40;
      const missing = (1000 - seats) * 320;
      assert.equal(told.get("A month before discount"), dollars(paid * 400));
      assert.equal(told.get("A month after discount"), dollars(paid * 360));
      assert.equal(told.get("The next tier would save"), dollars(saves));
      assert.equal(told.get("The missing seats would cost"), dollars(missing));
      assert.equal(told.get("With them you would pay more"), dollars(missing - saves));
      await look(page, "discounts, entered");
      await page.reload();
      await standing.getByText("everything costs 20 % less").waitFor();
    } finally {
      await proxy.close();
    }
    end();
  },
  { demo: true, timeout: 240_000 },
);

journey(
  "prices, services, one client's terms, numbers and the letterhead are set, by the keyboard where one types",
  async (house) => {
    const { look, end } = looker();
    const { page, base } = await enterDemo(house);
    await page.goto(`${base}/billing/discounts`);
    await section(page, "Tiers you are billed by").getByText("Holds now").or(page.getByText("500").first()).first().waitFor();
    await look(page, "discounts, told by the server");
    const address = `${base}/billing/invoices/settings`;
    await page.goto(address);
    await heading(page, "Invoice settings").waitFor();
    await page.getByText("On the server, encrypted with the provider’s key.").waitFor();
    await look(page, "invoice settings, nothing set");

    const list = section(page, "Price list");
    await field(list, "Currency").focus();
    await page.keyboard.type("eur");
    await page.keyboard.press("Tab");
    await page.keyboard.type("19");
    await page.keyboard.press("Tab");
    await page.keyboard.type("5,50");
    await tabTo(page, /Add a service/);
    await page.keyboard.press("Enter");
    await tabTo(page, /Name on the invoice/).catch(async () => field(list, "Name on the invoice").focus());
    await page.keyboard.type("Support");
    await page.keyboard.press("Tab");
    await page.keyboard.type("-20");
    await page.keyboard.press("Enter");
    await list.getByText("A price cannot be negative.").waitFor();
    await look(page, "invoice settings, a price refused");
    await eventually("the focus is at what is wrong", () => field(list, "Price").evaluate((input) => input === document.activeElement));
    await page.keyboard.press("Control+A");
    await page.keyboard.type("20");
    await page.keyboard.press("Enter");
    await saved(page);

    const letterhead = section(page, "Letterhead");
    await field(letterhead, "Name").fill("Harbour Light IT");
    await letterhead.getByLabel("Logo", { exact: true }).setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: PNG.subarray(0, 40) });
    await letterhead.getByText("The picture is broken or not complete.").waitFor();
    await letterhead.getByLabel("Logo", { exact: true }).setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: PNG });
    await letterhead.getByText("1 × 1 pixels").waitFor();
    await refused(letterhead, "Colour", "#3584e4", "Too pale");
    await look(page, "invoice settings, a pale colour");
    await letterhead.getByRole("button", { name: /^Take #/ }).click();
    await letterhead.getByText(/^Contrast with white: 4\.5/).waitFor();
    await save(letterhead).click();
    await eventually("it is saved", async () => (await save(letterhead).getAttribute("aria-disabled")) === "true");

    const numbers = section(page, "Numbers");
    await field(numbers, "In front").fill("=1");
    await save(numbers).click();
    await numbers.getByText("At most 20 letters").waitFor();
    await field(numbers, "In front").fill("2026-");
    await save(numbers).click();
    await numbers.getByText(/The next invoice is .*2026-0001/).waitFor();

    await page.getByRole("link", { name: "Client prices" }).click();
    await row(page, "Acme Robotics").waitFor();
    await page.getByRole("searchbox").fill("acme");
    await eventually("only one is left", async () => (await page.locator(".rows > .row:visible").count()) === 1);
    await row(page, "Acme Robotics").click();
    const dialog = page.getByRole("dialog", { name: "Acme Robotics" });
    await dialog.getByText("Priced in EUR, as the price list.").waitFor();
    await dialog.getByRole("textbox", { name: "Reference" }).fill("PO 7");
    await dialog.getByRole("checkbox", { name: "A price list of its own" }).check();
    await dialog.getByRole("button", { name: "Add a service" }).click();
    await look(page, "client prices, one of them");
    await dialog.getByRole("textbox", { name: "Name on the invoice" }).fill("Backup");
    await dialog.getByRole("textbox", { name: "Price", exact: true }).fill("9.90");
    await dialog.getByRole("button", { name: "Save terms" }).click();
    await dialog.waitFor({ state: "detached" });
    await row(page, "Acme Robotics").getByText("Its own").waitFor();
    await look(page, "client prices");

    // A colleague of the same provider, at another device, was faster.
    await page.goto(address);
    const mine = section(page, "Letterhead");
    await eventually("what was saved is there", async () => (await field(mine, "Name").inputValue()) === "Harbour Light IT");
    assert.ok(await mine.locator("img").evaluate((image) => image.complete && image.naturalWidth === 1), "the logo is drawn");
    const { page: other } = await enterDemoAt(house, address);
    const theirs = section(other, "Letterhead");
    await eventually("they see it, too", async () => (await field(theirs, "Name").inputValue()) === "Harbour Light IT");
    await field(theirs, "Name").fill("Harbour Light");
    await save(theirs).click();
    await saved(other);
    await field(mine, "Tax number").fill("GB 123");
    await save(mine).click();
    await mine.getByText("Somebody else has changed this meanwhile.").waitFor();
    assert.equal(await field(mine, "Tax number").inputValue(), "GB 123", "what was typed still stands there");
    await mine.getByRole("button", { name: "Show what is saved now" }).click();
    await eventually("theirs is there", async () => (await field(mine, "Name").inputValue()) === "Harbour Light");
    end();
  },
  { demo: true, timeout: 300_000 },
);

journey(
  "whoever looks after clients without a provider sets the same for them, kept by the browser",
  async (house) => {
    const page = (await house.open("/billing/invoices/settings")).page;
    await signIn(page, DEMO.email, DEMO.password);
    await heading(page, "Invoice settings").waitFor();
    await page.getByText("In this browser only, encrypted with your key.").waitFor();
    const list = section(page, "Price list");
    await field(list, "Currency").fill("JPY");
    await refused(list, "Enterprise (Monthly)", "700.5", "This currency has no decimals.");
    await field(list, "Enterprise (Monthly)").fill("700");
    await save(list).click();
    await saved(page);
    await page.goto("/billing/discounts");
    await section(page, "Where you stand").getByText("Counted from the members of your clients").waitFor();
    await page.goto("/billing/invoices/settings/clients");
    await page.locator(".rows > .row:visible").first().waitFor();
  },
  { demo: "owner", arguments: OWNER.arguments, timeout: 120_000 },
);
