// Every page and the common dialogs, with people in them: axe finds nothing, in light and in dark, wide and narrow.

import { axe, journey } from "../harness.mjs";
import { heading, signIn } from "../harness/people.mjs";

const EMAIL = "ana@harbourlight.example";
const PASSWORD = "harbour-light-2026";

async function enter({ open }, person) {
  const { page } = await open("/", person);
  await signIn(page, EMAIL, PASSWORD);
  await heading(page, "Clients").waitFor();
  await page.getByRole("link", { name: "Brightwater Dental", exact: true }).waitFor();
  return { page, base: new URL(page.url()).pathname.replace(/\/clients$/, "") };
}

for (const [size, viewport] of [
  ["on a desk", { width: 1440, height: 900 }],
  ["on a telephone", { width: 390, height: 844 }],
]) {
  journey(
    `every page of the provider is open to everyone, ${size}`,
    async (house) => {
      const { page, base } = await enter(house, { viewport });
      await axe(page);
      for (const [place, title] of [
        ["staff", "Staff"],
        ["timeline", "Timeline"],
        ["events", "Events"],
        ["settings", "Settings"],
      ]) {
        await page.goto(`${base}/${place}`);
        await heading(page, title).waitFor();
        await axe(page);
      }
      await page.goto(`${base}/clients`);
      await page.getByRole("link", { name: "Brightwater Dental", exact: true }).click();
      await heading(page, "Brightwater Dental").waitFor();
      await axe(page);
      for (const address of ["/providers", "/account"]) {
        await page.goto(address);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await axe(page);
      }
    },
    { demo: true },
  );
}

journey(
  "dialogs are open to everyone, and Escape leads back",
  async (house) => {
    const { page } = await enter(house);
    await page.getByRole("button", { name: "New client" }).first().click();
    await page.getByRole("dialog", { name: "New client" }).waitFor();
    await axe(page);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Add existing" }).first().click();
    await page.getByRole("dialog", { name: "Add an existing organization" }).waitFor();
    await axe(page);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("nordwind");
    await page.getByRole("option", { name: /Nordwind/ }).waitFor();
    await axe(page);
    await page.keyboard.press("Enter");
    await heading(page, "Nordwind Logistik GmbH").waitFor();

    await page.keyboard.press("Shift+?");
    await page.getByRole("dialog").waitFor();
    await axe(page);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  },
  { demo: true },
);
