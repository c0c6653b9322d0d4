// Answers that are wrong: what is said of them, and that nothing of them is shown. How the core takes every kind of them
// apart is tested with it; here are the words on the screen, and the way back.

import assert from "node:assert/strict";

import { journey, json, startProxy } from "../harness.mjs";
import { goToLog } from "../harness/events.mjs";
import { client, enterAgain, enterDemo, enterDemoAt, go, heading, row, tryAgain } from "../harness/people.mjs";

const STRANGER = "00000000-0000-4000-8000-000000000000";
const STAFF = /^GET \/api\/providers\/[^/]+\/users$/;
const CLIENTS = /^GET \/api\/providers\/[^/]+\/organizations$/;
const EVENTS = /^GET \/api\/providers\/[^/]+\/events\?/;
const PROVIDER = /^GET \/api\/providers\/[^/]+$/;

const MISMATCH = "The server answered for another provider or client than was asked for. The answer was thrown away.";
const BAD = "The server’s answer cannot be understood. It may be of a newer version than the portal.";
const FAILED = "The server failed. Try again in a moment.";

journey("what is typed while the server's first answer is on its way stays", async (house) => {
  const proxy = await startProxy(house.server.url);
  try {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    proxy.tamper(/^GET \/api\/config$/, (answer) => held.then(() => answer));
    const { page } = await house.open("/register", { baseURL: proxy.url });
    const name = page.getByRole("textbox", { name: "Your name" });
    await name.fill("Ana Ruiz");
    release();
    // The answer is here when the version the server tells stands below the form.
    await page.locator(".entry-foot span").waitFor();
    assert.equal(await name.inputValue(), "Ana Ruiz");
  } finally {
    await proxy.close();
  }
});

tampered("answers of another provider are thrown away and reported, and asking again shows the right ones", async ({ enter, proxy, base }) => {
  for (const [place, title, call, change, there] of [
    ["clients", "Clients", CLIENTS, (list) => void (list.data[3].providerId = STRANGER), (page) => client(page, "Brightwater Dental")],
    ["events", "Events", EVENTS, (list) => void (list.data[3].providerId = STRANGER), (page) => row(page, "signed in").first()],
    ["settings", "Settings", PROVIDER, (provider) => void (provider.id = STRANGER), (page) => page.getByText("Provider since")],
  ]) {
    const undo = proxy.tamper(call, json(change));
    const { page, close } = await enter(`${base}/${place}`);
    await heading(page, title).waitFor();
    await page.getByText(MISMATCH).first().waitFor();
    assert.equal(await there(page).count(), 0, `nothing of it is shown: ${place}`);
    undo();
    await tryAgain(page, there(page));
    await page.getByText(MISMATCH).first().waitFor({ state: "detached" });
    await close();
  }
});

tampered("numbers nobody knows are shown as what they are", async ({ page, proxy }) => {
  proxy.tamper(
    STAFF,
    json((list) => {
      const people = Object.fromEntries(list.data.map((person) => [person.email, person]));
      people["tom@harbourlight.example"].type = 77;
      people["mia@harbourlight.example"].status = 9;
    }),
  );
  proxy.tamper(EVENTS, json((list) => void (list.data[0].type = 54321)));
  proxy.tamper(/^GET \/api\/organizations\/[^/]+\/users$/, json((list) => void (list.data[0].status = 8)));
  await page.reload();
  await enterAgain(page, "Clients");
  await go(page, "Staff");
  await row(page, "Tom Hale").locator(".cell.role").getByText("Role 77").waitFor();
  await row(page, "Mia Lind").getByText("Status 9").waitFor();
  assert.equal(await row(page, "Tom Hale").getByText("Service User").count(), 0, "not called by the lesser role");
  await row(page, "Tom Hale").locator(".cell.name").click();
  const panel = page.getByRole("complementary", { name: "Tom Hale" });
  await panel.getByText("Role 77").waitFor();
  await page.keyboard.press("Escape");
  await goToLog(page);
  await row(page, "54321").first().waitFor();
  await go(page, "Clients");
  await client(page, "Brightwater Dental").click();
  await page.getByText("Status 8").waitFor();
});

tampered("truncated answers and a gateway's error page are told apart from each other and from an empty list", async ({ enter, proxy, base }) => {
  for (const [change, words] of [
    [(answer) => ({ ...answer, body: answer.body.slice(0, answer.body.length / 2) }), BAD],
    [(answer) => ({ ...answer, headers: { "content-type": "text/html" }, body: GATEWAY }), BAD],
    [(answer) => ({ ...answer, status: 502, headers: { "content-type": "text/html" }, body: GATEWAY }), FAILED],
  ]) {
    const undo = proxy.tamper(STAFF, change);
    const { page, close } = await enter(`${base}/staff`);
    await heading(page, "Staff").waitFor();
    await page.getByText(words).first().waitFor();
    assert.equal(await page.getByText("Bad gateway").count(), 0, "another server's page is not shown as ours");
    assert.equal(await page.getByText("Nobody is on the staff yet").count(), 0);
    undo();
    await tryAgain(page, row(page, "Mia Lind"));
    await close();
  }
});

const GATEWAY = "<!doctype html><html><head><title>502</title></head><body><h1>Bad gateway</h1></body></html>";

/** A journey in the demo, over a line that can be tampered with. */
function tampered(name, steps) {
  journey(
    name,
    async (house) => {
      const proxy = await startProxy(house.server.url);
      try {
        const enter = (address) => enterDemoAt(house, address, { baseURL: proxy.url });
        await steps({ ...(await enterDemo(house, { baseURL: proxy.url })), proxy, enter });
      } finally {
        await proxy.close();
      }
    },
    { demo: true, arguments: ["--limit-sign-in", "off", "--limit-token", "off"] },
  );
}
