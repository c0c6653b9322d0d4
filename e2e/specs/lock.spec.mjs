// Locking: one core for every tab, and nothing left of its keys.

import assert from "node:assert/strict";

import { axe, eventually, journey, startProxy } from "../harness.mjs";
import { PASSWORD, enterDemo, heading, setUpProvider } from "../harness/people.mjs";

const HOUSE = { provider: "Harbour Light IT", name: "Ana Ruiz", email: "ana@harbourlight.example" };

journey("a second tab asks for no password, and a lock in one locks both", async (house) => {
  const { context, page: first } = await setUpProvider(house, HOUSE);
  const second = await context.newPage();
  await second.goto(first.url());
  await heading(second, "Clients").waitFor();

  await first.getByRole("button", { name: "Lock" }).click();
  for (const tab of [first, second]) {
    await heading(tab, "Locked").waitFor();
    await eventually("the tab is not called by the page behind", async () => (await tab.title()) === "Locked · Provider Portal");
  }
  await axe(first);

  await second.getByRole("textbox", { name: "Master password" }).fill("not the password");
  await second.getByRole("button", { name: "Unlock" }).click();
  await second.getByRole("alert").or(second.getByText(/wrong/i)).first().waitFor();
  await second.getByRole("textbox", { name: "Master password" }).fill(PASSWORD);
  await second.getByRole("button", { name: "Unlock" }).click();
  for (const tab of [first, second]) {
    await heading(tab, "Clients").waitFor();
    assert.match(tab.url(), /\/clients$/, "the tab is where it was");
  }
});

journey("signing out ends the session in every tab", async (house) => {
  const { context, page: first } = await setUpProvider(house, HOUSE);
  const second = await context.newPage();
  await second.goto(first.url());
  await heading(second, "Clients").waitFor();
  await first.getByRole("button", { name: "Ana Ruiz" }).click();
  await first.getByRole("menuitem", { name: "Sign out" }).click();
  for (const tab of [first, second]) {
    await heading(tab, "Sign in").waitFor();
  }
});

journey(
  "a page that stayed open while the portal was updated says so once it locks, and loads it",
  async (house) => {
    const proxy = await startProxy(house.server.url);
    try {
      const { page } = await enterDemo(house, { baseURL: proxy.url });
      // The core of another edition: what it says cannot be read here.
      const body = "onconnect = ({ ports: [port] }) => port.postMessage(new Uint8Array([1, 2, 3]));";
      proxy.tamper(/^GET \/core-boot\.js/, (answer) => ({ ...answer, status: 200, body }));
      await page.getByRole("button", { name: "Lock" }).click();
      await heading(page, "The portal has been updated").waitFor();
      await axe(page);
      const loaded = page.waitForEvent("domcontentloaded");
      await page.getByRole("link", { name: "Load again" }).click();
      await loaded;
    } finally {
      await proxy.close();
    }
  },
  { demo: true },
);
