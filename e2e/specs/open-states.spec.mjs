// Open to everyone: lists that are empty or failed, the server gone, a provider that is suspended or not set up yet.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { journey, looker, startProxy } from "../harness.mjs";
import { enterDemo, enterDemoAt, go, heading, row, setUpProvider, signIn } from "../harness/people.mjs";

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
      const { page, base } = await enterDemo(house, { baseURL: proxy.url });
      for (const [place, words] of [
        ["Clients", "No client matches"],
        ["Staff", "Nobody matches"],
        ["Timeline", "Nothing matches"],
      ]) {
        await go(page, place);
        await page.getByRole("searchbox").fill("zzz");
        await page.getByRole("heading", { name: words }).waitFor();
        await look(page, `${place}, nothing matches`);
        await page.getByRole("searchbox").fill("");
      }
      proxy.tamper(/^GET \/api\/providers\/[^/]+\/(organizations|users|events)/, (answer) => ({ ...answer, body: "{" }));
      for (const place of ["Clients", "Staff", "Timeline"]) {
        const { page, close } = await enterDemoAt(house, `${base}/${place.toLowerCase()}`, { baseURL: proxy.url });
        await heading(page, place).waitFor();
        await page.getByText(/cannot be understood/).first().waitFor();
        await look(page, `${place}, failed`);
        await close();
      }
      await proxy.cut();
      await go(page, "Settings");
      await page.getByRole("alert").filter({ hasText: "The server cannot be reached. What you see may be old." }).waitFor();
      await page.getByText("Nothing was changed; try again when the network is back.").waitFor();
      await look(page, "offline");
      assert.equal(await page.getByText("The server cannot be reached.").count(), 1, "it is said once");
      assert.equal(await page.getByRole("alert").filter({ hasText: /./ }).count(), 1, "and announced once");
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
    const { base, profile } = await enterDemo(house);
    await profile.close();
    await house.server.command("provider", "suspend", base.split("/")[2]);
    const { page } = await enterDemoAt(house, `${base}/clients`);
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
    // A dialog with an address of its own waits until the suspension has been read.
    await page.goto(`${base}/staff/invite`);
    await page.getByRole("dialog", { name: "This provider is suspended." }).waitFor();
    await heading(page, "Staff").waitFor();
    await row(page, "Ana Ruiz").waitFor();
    assert.equal(await page.locator("dialog[open]").count(), 1, "the suspension alone stands");
    await page.getByRole("button", { name: "Go on reading" }).click();
    await page.getByRole("dialog", { name: "Invite people to the staff" }).waitFor();
    assert.equal(await page.locator("dialog[open]").count(), 1);

    const { page: mia } = await enterDemoAt(house, `${base}/clients`, { email: "mia@harbourlight.example" });
    await mia.getByRole("dialog", { name: "This provider is suspended." }).waitFor();
    await look(mia, "suspended, for a Service User");
    // What only support can lift, a Service User can do no more about than a Provider Admin, and may read nothing meanwhile.
    await mia.getByRole("dialog").getByText("Only the support of your Bitwarden vendor can lift this.").waitFor();
    await mia.getByRole("button", { name: "Sign out" }).waitFor();
    assert.equal(await mia.getByRole("button", { name: "Go on reading" }).count(), 0);
    end();
  },
  { demo: true },
);

journey(
  "a provider that waits to be set up",
  async (house) => {
    const { look, end } = looker();
    const list = await readFile(path.join(house.server.data, "demo-sign-ins.txt"), "utf8");
    const [, email, password] = /^.*\(Provider Admin of Lighthouse IT\)$/m.exec(list)[0].split(" ");
    const waiting = new URL(/^set-up: (\S+)/m.exec(list)[1].replace("/#/", "/")).searchParams.get("providerId");
    const { page } = await house.open("/providers");
    await signIn(page, email, password);
    await page.getByText("Waits to be set up").waitFor();
    await look(page, "providers, one pending");
    await page.goto(`/providers/${waiting}/clients`);
    await heading(page, "Not possible now").waitFor();
    await look(page, "pending");
    end();
  },
  { demo: true },
);
