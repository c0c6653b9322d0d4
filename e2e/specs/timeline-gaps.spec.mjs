// Logs that cannot be read, or not at once, and texts that are hostile: what is missing is said, and nothing else is.

import assert from "node:assert/strict";

import { eventually, journey, json, startProxy } from "../harness.mjs";
import { dateOf, lastTuesday } from "../harness/calendar.mjs";
import { events, found, told } from "../harness/events.mjs";
import { enterAgain, enterDemo, enterDemoAt } from "../harness/people.mjs";

const ACME = "Acme Robotics";
const MOLLER = "Møller & Sønner Shipping";
const FAILED = "The server failed. Try again in a moment.";
const TALL = { width: 1440, height: 1900 };
const NOT_ALLOWED = "The server does not let you read it.";

behindProxy("a client whose log cannot be read is told as a gap with the reason, and the others are all there", async ({ page: first, enter, proxy, base, idOf }) => {
  const address = `${base}/timeline?from=${dateOf(lastTuesday())}&to=${dateOf(lastTuesday())}`;
  await first.goto(address);
  await enterAgain(first, "Timeline");
  await found(first);
  const gaps = first.getByRole("button", { name: /logs? (has|have) gaps$/ });
  const before = (await gaps.count()) === 0 ? 0 : Number.parseInt(await gaps.innerText(), 10);
  const whole = await told(first);
  const ofClient = (name) => whole.filter((line) => line.endsWith(`· ${name}`));
  assert.ok(ofClient(ACME).length > 0 && ofClient(MOLLER).length > 0);

  const undo = [
    proxy.tamper(logOf(idOf(ACME)), (answer) => ({ ...answer, status: 404, body: "{}" })),
    proxy.tamper(logOf(idOf(MOLLER)), (answer) => ({ ...answer, status: 500, body: "{}" })),
  ];
  const { page } = await enter(address);
  await found(page);
  await page.getByRole("button", { name: `${before + 2} logs have gaps` }).click();
  const dialog = page.getByRole("dialog", { name: "Logs with gaps" });
  await dialog.getByRole("listitem").filter({ hasText: ACME }).getByText(NOT_ALLOWED).waitFor();
  await dialog.getByRole("listitem").filter({ hasText: MOLLER }).getByText(FAILED).waitFor();
  const others = whole.filter((line) => !line.endsWith(`· ${ACME}`) && !line.endsWith(`· ${MOLLER}`));
  const missing = async () => {
    const now = await told(page);
    return others.filter((line) => !now.includes(line));
  };
  assert.deepEqual(await missing(), [], "the others are all there");

  // The server is well again: what was missing comes.
  undo.forEach((take) => take());
  await dialog.getByRole("button", { name: "Try again" }).click();
  await eventually("no more gaps than before", async () => (await dialog.getByRole("listitem").filter({ hasText: ACME }).count()) === 0);
  await page.keyboard.press("Escape");
  await eventually("everything is there", async () => JSON.stringify(await told(page)) === JSON.stringify(whole));
});

behindProxy("a server that asks to wait is waited for, and nothing is missing", async ({ page, proxy, base, idOf }) => {
  const day = dateOf(lastTuesday());
  let refused = 0;
  proxy.tamper(logOf(idOf(ACME)), (answer) => {
    refused += 1;
    return refused > 1 ? answer : { status: 429, headers: { "retry-after": "2", "content-type": "application/json" }, body: "{}" };
  });
  let held = 0;
  proxy.tamper(/\/api\/providers\/[^/]+\/events\?/, (answer) => {
    held += 1;
    return held > 1 ? answer : { status: 429, headers: { "retry-after": "1", "content-type": "application/json" }, body: "{}" };
  });
  await page.goto(`${base}/timeline?from=${day}&to=${day}&search=ben+okafor`);
  await enterAgain(page, "Timeline");
  await found(page);
  assert.ok(refused > 1 && held > 1, `asked again: ${refused} and ${held} times`);
  const lines = await told(page);
  assert.equal(lines.filter((line) => line.includes("copied the password") && line.endsWith(ACME)).length, 2);
  assert.ok(lines.some((line) => line.includes("signed in")), "what the provider's log tells is there");
  const gaps = page.getByRole("button", { name: /logs? (has|have) gaps$/ });
  if (await gaps.isVisible()) {
    await gaps.click();
    const dialog = page.getByRole("dialog", { name: "Logs with gaps" });
    assert.equal(await dialog.getByRole("listitem").filter({ hasText: ACME }).count(), 0, "no gap where one only had to wait");
  }
});

behindProxy("markup in names and texts of 100 KB stand there as texts", async ({ enter, proxy, base, idOf }) => {
  const markup = '<img src=x onerror="document.title=1"><b>bold</b>';
  const long = "Mozilla ".repeat(12_800);
  proxy.tamper(/^GET \/api\/providers\/[^/]+\/users$/, json((list) => {
    list.data.find(({ name }) => name === "Ben Okafor").name = markup;
  }));
  proxy.tamper(/^GET \/api\/providers\/[^/]+\/organizations$/, json((list) => {
    list.data.find(({ organizationName }) => organizationName === ACME).organizationName = `${markup} ${long}`;
  }));
  proxy.tamper(logOf(idOf(ACME)), json((list) => list.data.forEach((event) => (event.ipAddress = long))));
  const day = dateOf(lastTuesday());
  const { page } = await enter(`${base}/timeline?from=${day}&to=${day}`);
  await found(page);
  // The names are learnt after the events.
  await eventually("the name is what was entered, and so is the client's", async () => {
    const shown = await events(page);
    return shown.some(({ who }) => who === markup) && shown.some(({ place }) => place.startsWith(markup));
  });
  assert.equal(await page.locator("main img, main b b, .rows b").count(), 0, "nothing of it is markup");
  await page.getByRole("grid").getByRole("row").filter({ hasText: "copied the password" }).first().locator(".cell.who").click();
  const panel = page.getByRole("complementary");
  await panel.getByText("Exact time").waitFor();
  assert.equal(await panel.locator("img").count(), 0);
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
  assert.ok(wide <= 0, `nothing sticks out: ${wide}`);
  await page.keyboard.press("Escape");
  for (const arrangement of ["Sessions", "People", "Clients"]) {
    await page.getByRole("radio", { name: arrangement, exact: true }).check({ force: true });
    await page.getByRole("grid").getByText(arrangement === "Clients" ? "Mozilla" : "<b>bold</b>").first().waitFor();
    assert.equal(await page.locator("main img").count(), 0);
  }
});

/** A journey on the demo with the line to its server in hand. */
function behindProxy(name, steps) {
  journey(
    name,
    async (house) => {
      const proxy = await startProxy(house.server.url);
      try {
        const { page, base } = await enterDemo(house, { baseURL: proxy.url, viewport: TALL });
        const links = await page.getByRole("grid").getByRole("link").evaluateAll((links) => links.map((link) => [link.textContent, link.href.split("/").at(-1)]));
        const ids = new Map(links);
        // With a profile of their own, to which nothing is known that was read before.
        const enter = (address) => enterDemoAt(house, address, { baseURL: proxy.url, viewport: TALL });
        await steps({ page, enter, base, proxy, idOf: (client) => ids.get(client) });
      } finally {
        await proxy.close();
      }
    },
    { demo: true, timeout: 180_000, arguments: ["--limit-sign-in", "off", "--limit-token", "off"] },
  );
}

function logOf(organization) {
  assert.ok(organization);
  return new RegExp(`^GET /api/organizations/${organization}/events\\?`);
}
