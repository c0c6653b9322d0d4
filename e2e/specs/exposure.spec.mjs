// Least exposure: in a whole working day nothing of a private vault is asked for, and nobody but our own server is asked.

import assert from "node:assert/strict";

import { eventually, journey, savedRows, startProxy } from "../harness.mjs";
import { chooseExport, found } from "../harness/events.mjs";
import { DEMO, choose, client, enterDemo, go, heading, row, toast } from "../harness/people.mjs";

/** What belongs to a person's own vault, or tells others where they have accounts. */
const PRIVATE = [
  /\/api\/sync/,
  // What an organization holds is no person's own; members' own items are left out by asking so.
  /\/api\/ciphers(?!\/organization-details\?organizationId=[0-9a-f-]+&includeMemberItems=false$)/,
  /\/api\/folders/,
  /\/api\/sends?(\/|\?|$)/,
  /\/api\/(emergency-access|devices|hibp|settings)/,
  /\/api\/accounts\/(?!profile|verify-password|revision-date|password-hint|avatar|keys|kdf)/,
  /\/icons\//,
  /\/notifications/,
  /\/attachments/,
  /\/api\/collect/,
];

/** All that the work of a day needs. */
const WORK = new Set([
  "POST /identity/accounts/prelogin/password",
  "POST /identity/connect/token",
  "GET /api/config",
  "GET /api/accounts/profile",
  "GET /api/accounts/revision-date",
  "GET /api/ciphers/organization-details",
  "GET /api/organizations/{id}",
  "GET /api/organizations/{id}/collections",
  "GET /api/organizations/{id}/collections/details",
  "GET /api/organizations/{id}/events",
  "GET /api/organizations/{id}/groups",
  "GET /api/organizations/{id}/policies",
  "GET /api/organizations/{id}/private-key",
  "GET /api/organizations/{id}/public-key",
  "GET /api/organizations/{id}/users",
  "POST /api/organizations/{id}/users/public-keys",
  "POST /api/organizations/{id}/users/{id}/confirm",
  "GET /api/providers/{id}",
  "GET /api/providers/{id}/billing/subscription",
  "GET /api/providers/{id}/clients/addable",
  "PUT /api/providers/{id}/clients/{id}",
  "GET /api/providers/{id}/events",
  "GET /api/providers/{id}/organizations",
  "GET /api/providers/{id}/users",
  "POST /api/providers/{id}/users/confirm",
  "POST /api/providers/{id}/users/public-keys",
  "GET /api/users/{id}/public-key",
]);

/** The page and its files. */
const OWN_FILE = /^GET \/([\w-]+\.(js|wasm|css|svg|txt|json))?$/;

journey(
  "a working session asks for nothing private, and asks nobody but our own server",
  async (house) => {
    const proxy = await startProxy(house.server.url);
    try {
      const { page } = await enterDemo(house, { baseURL: proxy.url });
      await workAllDay(page);
      const calls = proxy.seen();
      assert.ok(calls.length > 40, `the session was watched: ${calls.length} calls`);
      assert.deepEqual(calls.filter((call) => PRIVATE.some((route) => route.test(call))), []);

      const requests = house.browser.requests();
      const by = (who) => requests.filter((request) => request.by === who).length;
      assert.ok(by("page") > 0 && by("worker") > 20, `${by("page")} of pages, ${by("worker")} of workers`);
      const strangers = requests.filter(({ url }) => !url.startsWith(`${proxy.url}/`) && !/^(data|blob):/.test(url));
      assert.deepEqual(strangers, []);
      assert.deepEqual(requests.filter(({ url }) => PRIVATE.some((route) => route.test(url))), []);
      assert.deepEqual([...new Set(calls.map(wayOf))].filter((way) => !OWN_FILE.test(way) && !WORK.has(way)), []);
      // Both watchers saw the same: nothing the server was asked went past the browser's own account of it. What a worker
      // loads before it can be watched are its own files.
      const told = new Set(requests.map(({ url }) => url.slice(proxy.url.length)));
      const signedIn = calls.findIndex((call) => call === "POST /identity/connect/token");
      const since = calls.slice(signedIn).map((call) => call.split(" ")[1]);
      assert.deepEqual(since.filter((address) => !told.has(address)), []);
    } finally {
      await proxy.close();
    }
  },
  { demo: true },
);

/** A call without what it is about: ids and what is asked of a list. */
function wayOf(call) {
  return call.replace(/\?.*/, "").replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "{id}");
}

/** Everything an admin does in a day, at least once. */
async function workAllDay(page) {
  await page.getByRole("searchbox").fill("nordwind");
  await row(page, "Nordwind").locator(".cell.seats").click();
  await page.getByRole("complementary").getByText("Jörg Petersen").waitFor();
  await page.getByRole("link", { name: "Open the client" }).click();
  await heading(page, "Nordwind Logistik GmbH").waitFor();
  await page.getByText("Opens with the provider key").waitFor();
  await go(page, "Clients");
  await savedRows(page, () => page.getByRole("button", { name: "CSV" }).click());

  await client(page, "Ibarra y Hijos").click();
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  const comparison = page.getByRole("dialog", { name: /^Confirm/ });
  await comparison.locator(".phrase", { hasText: /[a-z]+(-[a-z]+){4}$/ }).waitFor();
  await comparison.getByRole("checkbox").check();
  await comparison.getByRole("button", { name: /^Confirm/ }).click();
  await toast(page, /is confirmed/).waitFor();
  await go(page, "Clients");
  await choose(page, "Ibarra y Hijos", "Manage seats");
  await page.getByRole("spinbutton", { name: "Seats" }).fill("15");
  await page.getByRole("button", { name: "Set seats" }).click();
  await toast(page, /has 15 seats/).waitFor();
  await page.getByRole("button", { name: "Add existing" }).click();
  await page.getByRole("dialog").getByText("Harbour Light Training").waitFor();
  await page.keyboard.press("Escape");

  await go(page, "Staff");
  await page.getByRole("button", { name: "Compare and confirm" }).click();
  const phrases = page.getByRole("dialog", { name: "Confirm 1 person" });
  await phrases.getByRole("checkbox").check();
  await phrases.getByRole("button", { name: "Confirm 1 person" }).click();
  await toast(page, "1 person confirmed").waitFor();
  await go(page, "Timeline");
  await found(page);
  await savedRows(page, () => chooseExport(page, "CSV"));
  await page.keyboard.press("Control+k");
  await page.keyboard.type("quay");
  await page.getByRole("option", { name: /Quayside/ }).waitFor();
  await page.keyboard.press("Enter");
  await heading(page, "Quayside Legal LLP").waitFor();
  await go(page, "Settings");
  await page.getByText("Your fingerprint phrase").waitFor();
  await page.getByRole("button", { name: "Lock" }).click();
  await page.getByRole("textbox", { name: "Master password" }).fill(DEMO.password);
  await page.getByRole("button", { name: "Unlock" }).click();
  await heading(page, "Settings").waitFor();
  await page.getByRole("link", { name: /Harbour Light/ }).first().click();
  await heading(page, "Choose where to go").waitFor();
  await eventually("the places are listed", async () => (await page.getByRole("listitem").count()) > 0);
}
