// What the provider pays for: for its Provider Admin, for a Service User, and for a client's owner, who sees none of it.

import assert from "node:assert/strict";

import { eventually, hasFocus, journey, json, looker, savedFile, startProxy, tabTo } from "../harness.mjs";
import { DEMO, enterDemo, heading, signIn } from "../harness/people.mjs";

const MONEY = new Intl.NumberFormat("en-GB", { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" });

/** The subscription with an invoice that is overdue. */
const pastDue = json((told) => ({
  ...told,
  status: "past_due",
  suspension: { suspensionDate: "2031-06-30T00:00:00Z", unpaidPeriodEndDate: "2031-05-01T00:00:00Z", gracePeriod: 30 },
}));

journey(
  "a Provider Admin sees what is charged, what for and where, to the cent of the server",
  async (house) => {
    const { look, end } = looker();
    const proxy = await startProxy(house.server.url);
    const told = new Map();
    proxy.tamper(/^GET \/api\/providers\/[^/]+\/billing\/(subscription|invoices)/, (answer, call) => {
      told.set(/billing\/(.+)/.exec(call)[1], answer.body);
    });
    try {
      const { page, base } = await enterDemo(house, { baseURL: proxy.url });
      await toBilling(page);
      const pools = page.getByRole("table", { name: "Pools of seats" });
      await pools.waitFor();
      const subscription = JSON.parse(told.get("subscription"));
      // The clients are counted beside.
      await eventually("used seats are counted", async () => !(await pools.innerText()).includes("–"));
      const shown = await cells(pools);
      for (const [place, plan] of subscription.plans.entries()) {
        const row = shown[place];
        assert.deepEqual(
          [row[0], ...row.slice(1, 4).map(number), row[7]],
          [plan.planName, plan.seatMinimum, plan.purchasedSeats, plan.assignedSeats, MONEY.format(plan.cost)],
        );
        assert.equal(number(row[5]) + number(row[6]) >= plan.assignedSeats, true, "used and idle are of those assigned");
      }
      const sums = shown.at(-1);
      for (const column of [1, 2, 3, 4, 5, 6]) {
        const sum = shown.slice(0, -1).reduce((sum, row) => sum + number(row[column]), 0);
        assert.equal(number(sums[column]), sum, `column ${column} adds up`);
      }
      await page.getByText("Next charge").waitFor();
      await page.getByText("What it is made of").click();
      await page.getByRole("table", { name: "Lines" }).waitFor();
      await look(page, "subscription");

      // The newest invoice, by the keyboard, and by its own address.
      const [invoice] = JSON.parse(told.get("invoices")).invoices;
      const invoices = page.getByRole("table", { name: "Invoices" });
      assert.ok((await invoices.innerText()).includes(MONEY.format(invoice.total)));
      await page.getByText("What it is made of").focus();
      await tabTo(page, `button "${invoice.number}"`);
      await page.keyboard.press("Enter");
      const panel = page.getByRole("complementary", { name: `Invoice ${invoice.number}` });
      await panel.getByRole("table", { name: "Lines" }).waitFor();
      const lines = await cells(panel.getByRole("table", { name: "Lines" }));
      assert.ok(lines.some((line) => line[0] === "Total" && line[3] === MONEY.format(invoice.total)));
      await look(page, "an invoice");
      await page.keyboard.press("Escape");
      await panel.waitFor({ state: "detached" });
      await hasFocus(page, `button "${invoice.number}"`);

      const download = page.getByRole("button", { name: `Download the client table of ${invoice.number} as CSV` });
      const file = await savedFile(page, () => download.click());
      assert.equal(file.name, `${invoice.number}.csv`);
      assert.equal(file.text, told.get(`invoices/${invoice.id}`), "byte for byte");
      assert.ok(file.text.startsWith("Client,Id,Assigned,Used,Remaining,Plan,Estimated total"));

      await page.locator("main").getByRole("button", { name: "Change", exact: true }).click();
      const dialog = page.getByRole("dialog", { name: "Change billing address" });
      const field = (name) => dialog.getByRole("textbox", { name });
      await field("Country").fill("Germany");
      await field("Country").fill("D");
      await dialog.getByRole("button", { name: "Save" }).click();
      await hasFocus(page, /Country/);
      await look(page, "the billing address, refused");
      await field("Country").fill("de");
      await field("Post code").fill("10115");
      await field(/^Address/).fill("Invalidenstraße 1 <b>");
      await field(/^Tax ID/).fill("");
      await dialog.getByRole("button", { name: "Save" }).click();
      await page.locator(".toast").getByText("Saved", { exact: true }).waitFor();
      await dialog.waitFor({ state: "detached" });
      await page.getByText("Invalidenstraße 1 <b>").waitFor();
      await page.getByRole("button", { name: "Add the tax ID" }).click();
      await field(/^Tax ID/).fill("DE123456789");
      await dialog.getByRole("button", { name: "Save" }).click();
      await page.getByText("Tax ID DE123456789").waitFor();
      await page.getByText("The tax ID is missing.").waitFor({ state: "detached" });

      // Once something is known to be overdue, every page says until when, and leads to the invoice.
      proxy.tamper(/^GET \/api\/providers\/[^/]+\/billing\/subscription/, pastDue);
      const late = page.getByText("Past due", { exact: true });
      await eventually("what was read just now is read again", async () => {
        await page.goto(`${base}/billing`);
        await page.getByRole("term").filter({ hasText: "Status" }).waitFor();
        return (await late.count()) > 0;
      });
      await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Clients/ }).click();
      await heading(page, "Clients").waitFor();
      const banner = page.locator(".banners .notice", { hasText: "An invoice is overdue." });
      await banner.getByText(/If it is not paid by 30 Jun 2031/).waitFor();
      await banner.getByRole("link", { name: "See invoices" }).click();
      await heading(page, "Subscription").waitFor();
      await late.waitFor();
      await look(page, "past due");
      end();
    } finally {
      await proxy.close();
    }
  },
  { demo: true },
);

journey(
  "a Service User sees the subscription and nothing else of billing, a client's owner nothing at all",
  async (house) => {
    const { look, end } = looker();
    const proxy = await startProxy(house.server.url);
    const { page: mia, base, profile } = await enterDemo(house, { email: "mia@harbourlight.example", baseURL: proxy.url });
    await toBilling(mia);
    await mia.getByRole("table", { name: "Pools of seats" }).waitFor();
    await mia.getByText("Pools cost now").waitFor();
    for (const absent of ["Next charge", "Credit", "Billing address", "Invoices", "Next discount"]) {
      assert.equal(await mia.getByText(absent, { exact: true }).count(), 0, absent);
    }
    assert.deepEqual(await mia.getByRole("navigation", { name: "Pages of billing" }).getByRole("link").allInnerTexts(), [
      "Subscription",
    ]);
    await look(mia, "subscription of a Service User");
    for (const page of ["ledger", "discounts", "invoices"]) {
      await mia.goto(`${base}/billing/${page}`);
      await heading(mia, "Nothing is here").waitFor();
    }
    proxy.tamper(/^GET \/api\/providers\/[^/]+\/billing\/subscription/, pastDue);
    await mia.goto(`${base}/billing`);
    await mia.getByText(/Ask a Provider Admin to pay it by 30 Jun 2031/).waitFor();
    assert.equal(await mia.getByRole("link", { name: "See invoices" }).count(), 0);
    await profile.close();
    await proxy.close();

    const { page: grace } = await house.open("/providers");
    await signIn(grace, "grace@brightwaterdental.example", DEMO.password);
    await grace.getByRole("link", { name: /Brightwater Dental/ }).first().click();
    await heading(grace, "Overview").or(grace.getByRole("heading", { level: 1, name: /Brightwater Dental/ })).waitFor();
    await grace.getByRole("navigation", { name: "In this client" }).getByRole("link", { name: "Billing" }).waitFor();
    await grace.goto(`${new URL(grace.url()).pathname.replace(/\/$/, "")}/billing`);
    await grace.getByRole("heading", { name: /^Managed by .*Harbour Light IT/ }).waitFor();
    assert.doesNotMatch(await grace.locator("main").innerText(), /\$|Minimum|Invoice/);
    await look(grace, "billing of a client's owner");
    const provider = `/providers/${base.split("/")[2]}`;
    const pages = ["", "/subscription", "/ledger", "/discounts", "/invoices"];
    for (const address of [...pages.map((page) => `${provider}/billing${page}`), ...pages.map((page) => `/billing${page}`)]) {
      await grace.goto(address);
      await heading(grace, "Nothing is here").waitFor();
    }
    end();
  },
  { demo: true },
);

async function toBilling(page) {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Billing" }).click();
  await heading(page, "Subscription").waitFor();
}

/** The texts of a table's rows, cell by cell. */
async function cells(table) {
  const rows = table.locator(":is(tbody, tfoot) tr");
  return rows.evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
}

function number(text) {
  return Number(text.replaceAll(",", ""));
}
