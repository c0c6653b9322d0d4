// What is saved as CSV is what search and filters leave, all of it and in the same order.

import assert from "node:assert/strict";

import { eventually, journey, savedRows } from "../harness.mjs";
import { chooseExport, events, found, goToLog } from "../harness/events.mjs";
import { enterDemo, go, row, tick } from "../harness/people.mjs";

const DEMO = { demo: true };
const TALL = { viewport: { width: 1440, height: 1600 } };

journey("clients that the filters leave are saved as CSV, and so are those chosen", async (house) => {
  const { page } = await enterDemo(house, TALL);
  await filter(page, "Enterprise");
  await page.getByRole("searchbox").fill("er");
  let shown = [];
  await eventually("the filters leave some, which the count says too", async () => {
    shown = await cells(page, ".name a");
    return shown.length > 1 && shown.length < 10 && (await page.getByText(`${shown.length} of 24`, { exact: true }).count()) === 1;
  });
  const { name, rows } = await savedRows(page, () => page.getByRole("button", { name: "CSV" }).click());
  assert.match(name, /^clients-\d{4}-\d\d-\d\d\.csv$/);
  assert.deepEqual(rows.map((row) => row.Name), shown);
  assert.ok(rows.every((row) => row.Plan === "Enterprise"));
  const seats = await cells(page, ".seats .figures");
  assert.deepEqual(rows.map((row) => `${row["Seats used"]} of ${row["Seats assigned"]}`), seats);

  await tick(page, shown[1]);
  const chosen = await savedRows(page, () => page.getByRole("button", { name: "Export" }).click());
  assert.deepEqual(chosen.rows.map((row) => row.Name), [shown[1]]);
}, DEMO);

journey("staff that the filters leave are saved as CSV", async (house) => {
  const { page } = await enterDemo(house, TALL);
  await go(page, "Staff");
  await filter(page, "Service User");
  await eventually("the filter counts", async () => (await page.getByText("5 of 7", { exact: true }).count()) === 1);
  const shown = await cells(page, ".name > bdi");
  const { rows } = await savedRows(page, () => page.getByRole("button", { name: "CSV" }).click());
  assert.deepEqual(rows.map((row) => row.Name || row["E-mail"]), shown);
  assert.ok(rows.length > 1 && rows.every((row) => row.Role === "Service User"));
  assert.deepEqual(rows.map((row) => row.Status), await cells(page, ".status"));
}, DEMO);

journey("events that the filters leave are saved as CSV, further back than the screen shows", async (house) => {
  const { page } = await enterDemo(house, TALL);
  await goToLog(page);
  await row(page, "signed in").first().waitFor();
  await filter(page, "Clients");
  await row(page, "signed in").first().waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Last \d+ days$/ }).click();
  await page.getByRole("menuitemradio", { name: "Last 90 days" }).click();
  let count = 0;
  await eventually("the whole range is there", async () => (count = await found(page)) > 20);
  const { rows } = await savedRows(page, () => chooseExport(page, "CSV"));
  assert.equal(rows.length, count);
  assert.ok(rows.every((row) => /^19\d\d$/.test(row.typeNumber)), "only events of clients");
  const who = (await events(page)).map((event) => event.who);
  assert.ok(who.length > 20, "the screen shows many of them");
  assert.deepEqual(rows.slice(0, who.length).map((row) => row.userName), who);
}, DEMO);

/** Chooses from the menu of filters. */
async function filter(page, words) {
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("menuitemradio", { name: words, exact: true }).click();
  await page.getByRole("button", { name: new RegExp(`^Remove the filter`) }).waitFor();
}

/** The texts of a column, of every row in the document. */
async function cells(page, selector) {
  const rows = page.getByRole("grid").locator(".rows [role=row]:not([hidden])");
  await eventually("no row is waiting", async () => (await rows.count()) > 0 && (await page.locator(".rows .waiting:not([hidden])").count()) === 0);
  return rows.evaluateAll((rows, selector) => rows.map((row) => row.querySelector(selector).textContent.trim()), selector);
}
