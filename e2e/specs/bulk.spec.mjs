// Work on many at once: what came of each, stopping, going on, and a server that goes away in the middle.

import assert from "node:assert/strict";

import { DROPPED, eventually, journey, startProxy } from "../harness.mjs";
import { client, enterDemo, go, heading, results, row, tick, tickAll } from "../harness/people.mjs";

const SEATS = /^PUT \/api\/providers\/[^/]+\/clients\//;

/** High enough for every client of the demo to be in the document. */
const TALL = { width: 1440, height: 1600 };

journey(
  "seats of several clients are changed, with what came of each",
  async (house) => {
    const { page } = await enterDemo(house);
    await tick(page, "Ashdown Accountants", "Blue Lantern Cinema");
    const dialog = await changeSeats(page, "Take from each", 3);
    await dialog.waitFor({ state: "detached" });
    assert.deepEqual(await results(page), { "Ashdown Accountants": "done", "Blue Lantern Cinema": "already as wanted" });
    await row(page, "Ashdown Accountants").filter({ hasText: "of 13" }).waitFor();
    await row(page, "Blue Lantern Cinema").filter({ hasText: "1 of 1" }).waitFor();
  },
  { demo: true },
);

journey(
  "of several clients those with a confirmed owner are unlinked, and the others are named with the reason",
  async (house) => {
    const { page } = await enterDemo(house);
    await tick(page, "Ashdown Accountants", "Maple Street Pharmacy");
    await page.getByRole("button", { name: "Unlink", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Unlink 2 clients" });
    await dialog.getByRole("textbox").fill("unlink 2 clients");
    await dialog.getByRole("button", { name: "Unlink" }).click();
    const found = await results(page);
    assert.equal(found["Ashdown Accountants"], "done");
    assert.match(found["Maple Street Pharmacy"], /confirmed owner/);
    await client(page, "Ashdown Accountants").waitFor({ state: "detached" });
    await client(page, "Maple Street Pharmacy").waitFor();
  },
  { demo: true },
);

journey(
  "a piece of work is stopped after the row under way, and goes on where it stood",
  async (house) => {
    const proxy = await startProxy(house.server.url);
    try {
      const { page } = await enterDemo(house, { baseURL: proxy.url, viewport: TALL });
      const before = await seatsOf(page);
      let release;
      const reached = new Promise((resolve) => {
        let calls = 0;
        proxy.tamper(SEATS, () => {
          calls += 1;
          return calls === 5 ? new Promise((go) => (release = go) && resolve()) : undefined;
        });
      });
      await tickAll(page);
      await changeSeats(page, "Add to each", 1);
      await reached;
      const work = page.locator("section.job").first();
      await work.getByText(`4 of ${before.size}`).waitFor();
      // The work goes on while one moves about.
      await go(page, "Settings");
      await page.getByRole("button", { name: "Stop" }).click();
      release();
      await work.getByText(`Stopped after 5 of ${before.size}`).waitFor();
      await work.getByRole("button", { name: "Go on" }).click();
      await work.getByText(/^Finished/).waitFor();
      await page.getByRole("status").filter({ hasText: /^Work finished$/ }).waitFor({ state: "attached" });
      const found = await results(page);
      assert.deepEqual(Object.keys(found), [...before.keys()], "in the order of the list");
      const outcomes = Object.values(found);
      assert.deepEqual([outcomes.length, new Set(outcomes)], [before.size, new Set(["done"])]);
      await go(page, "Clients");
      await eachHasOneMore(page, before);
      assert.equal(proxy.seen().filter((call) => SEATS.test(call)).length, before.size, "every client was sent once");
    } finally {
      await proxy.close();
    }
  },
  { demo: true },
);

journey(
  "a server killed in the middle of a run is waited for, and no client gets its seats twice",
  async (house) => {
    const { server } = house;
    const proxy = await startProxy(server.url);
    try {
      const { page } = await enterDemo(house, { baseURL: proxy.url, viewport: TALL });
      const before = await seatsOf(page);
      const killed = new Promise((resolve) => {
        let calls = 0;
        proxy.tamper(SEATS, async () => {
          calls += 1;
          if (calls === 6) {
            // The sixth client has its seats; nobody hears of it.
            await server.kill();
            resolve();
            return DROPPED;
          }
        });
      });
      await tickAll(page);
      await changeSeats(page, "Add to each", 1);
      await killed;
      await page.getByRole("alert").filter({ hasText: "The server cannot be reached." }).waitFor();
      await page.locator("section.job").first().getByText("Waiting for the server").waitFor();
      await server.start();
      const outcomes = Object.values(await results(page));
      assert.deepEqual([outcomes.length, new Set(outcomes)], [before.size, new Set(["done"])]);
      await page.getByText("The server cannot be reached.").waitFor({ state: "detached" });
      await eachHasOneMore(page, before);
    } finally {
      await proxy.close();
    }
  },
  { demo: true },
);

async function changeSeats(page, way, seats) {
  await page.getByRole("button", { name: "Change seats" }).click();
  const dialog = page.getByRole("dialog", { name: /^Change the seats of/ });
  await dialog.getByRole("radio", { name: way }).check({ force: true });
  await dialog.getByRole("spinbutton", { name: "Seats" }).fill(String(seats));
  await dialog.getByRole("button", { name: "Change seats" }).click();
  return dialog;
}

/** Assigned seats by client, as the list shows them. */
async function seatsOf(page) {
  const rows = page.getByRole("grid").locator(".rows [role=row]:not([hidden])");
  const read = (rows) =>
    rows.map((row) => [row.querySelector(".cell.name a").textContent, row.querySelector(".cell.seats .figures").textContent]);
  const found = await rows.evaluateAll(read);
  return new Map(found.map(([name, seats]) => [name, Number(/of (\d+)/.exec(seats)[1])]));
}

async function eachHasOneMore(page, before) {
  await heading(page, "Clients").waitFor();
  const wanted = [...before].map(([name, seats]) => [name, seats + 1]);
  let found;
  await eventually("every client has one seat more", async () => {
    found = [...(await seatsOf(page))];
    return JSON.stringify(found) === JSON.stringify(wanted);
  }).catch((problem) => {
    assert.deepEqual(found, wanted, problem.message);
  });
}
