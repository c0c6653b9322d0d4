// Open to everyone: lists that are empty or failed, the server gone, a provider that is suspended or not set up yet.

import { journey, looker, startProxy } from "../harness.mjs";
import { createInvitedAccount, enterDemo, go, heading, orderProvider, row, setUpProvider } from "../harness/people.mjs";

const HOUSE = { provider: "Harbour Light IT", name: "Ana Ruiz", email: "ana@harbourlight.example" };

journey("a provider with nothing in it yet", async (house) => {
  const { look, end } = looker();
  const { page } = await setUpProvider(house, HOUSE);
  await page.getByRole("heading", { name: "No clients yet" }).waitFor();
  await look(page, "no clients");
  await page.goto(`${page.url()}?search=zzz`);
  await go(page, "Settings");
  await page.getByRole("button", { name: "Delete provider…" }).click();
  await page.getByRole("dialog").waitFor();
  await look(page, "deleting the provider");
  end();
});

journey(
  "lists in which nothing matches, that failed, and the server gone",
  async (house) => {
    const { look, end } = looker();
    const proxy = await startProxy(house.server.url);
    try {
      const { page } = await enterDemo(house, { baseURL: proxy.url });
      for (const [place, words] of [
        ["Clients", "No client matches"],
        ["Staff", "Nobody matches"],
        ["Events", "Nothing matches"],
      ]) {
        await go(page, place);
        await page.getByRole("searchbox").fill("zzz");
        await page.getByRole("heading", { name: words }).waitFor();
        await look(page, `${place}, nothing matches`);
        await page.getByRole("searchbox").fill("");
      }
      proxy.tamper(/^GET \/api\/providers\//, (answer) => ({ ...answer, body: "{" }));
      for (const [place, shown] of [
        ["Clients", "This list may be old or incomplete."],
        ["Staff", "This list may be old."],
        ["Events", "This list may be old or incomplete."],
      ]) {
        await page.reload();
        await go(page, place);
        await page.getByText(shown).or(page.getByText(/cannot be understood/)).first().waitFor();
        await look(page, `${place}, failed`);
      }
      await proxy.cut();
      await page.getByRole("button", { name: "Try again" }).first().click();
      await page.getByRole("alert").filter({ hasText: "The server cannot be reached." }).waitFor();
      await look(page, "offline");
    } finally {
      await proxy.close();
    }
    end();
  },
  { demo: true, timeout: 240_000 },
);

journey(
  "a suspended provider, for its admin and for a Service User",
  async (house) => {
    const { look, end } = looker();
    const { page, base } = await enterDemo(house);
    await house.server.command("provider", "suspend", base.split("/")[2]);
    await page.reload();
    await page.getByRole("dialog", { name: "This provider is suspended." }).waitFor();
    await look(page, "suspended, on entering");
    await page.getByRole("button", { name: "Go on reading" }).click();
    await row(page, "Ashdown").waitFor();
    await look(page, "suspended, clients");
    await page.goto(`${base}/clients/new`);
    await heading(page, "Not possible now").waitFor();
    await page.getByRole("dialog").waitFor();
    await page.getByRole("button", { name: "Go on reading" }).click();
    await look(page, "suspended, not possible now");

    const { page: mia } = await house.open(`${base}/clients`);
    await mia.getByRole("textbox", { name: "E-mail address" }).fill("mia@harbourlight.example");
    await mia.getByRole("textbox", { name: "Master password" }).fill("harbour-light-2026");
    await mia.getByRole("button", { name: "Sign in" }).click();
    await mia.getByRole("dialog", { name: "This provider is suspended." }).waitFor();
    await look(mia, "suspended, for a Service User");
    end();
  },
  { demo: true },
);

journey("a provider that waits to be set up", async (house) => {
  const { look, end } = looker();
  const link = await orderProvider(house.server, "Quay IT", "quinn@quay.example");
  const { page } = await house.open(link);
  await createInvitedAccount(page, "Quinn Ashby");
  await heading(page, "Set up your provider").waitFor();
  await page.goto(`/providers/${new URL(link.replace("/#", "")).searchParams.get("providerId")}/clients`);
  await heading(page, "Not possible now").waitFor();
  await look(page, "pending");
  end();
});
