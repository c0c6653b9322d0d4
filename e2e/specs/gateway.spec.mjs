// The portal behind a gateway: a person notices nothing of it.

import assert from "node:assert/strict";

import { hasFocus, journey, looker, startServer } from "../harness.mjs";
import { DEMO, client, createClient, enterAgain, enterDemo, heading, signIn } from "../harness/people.mjs";

journey(
  "through a gateway a person signs in and makes a client as without",
  async ({ server, open }) => {
    const gateway = await startServer({ arguments: ["--upstream", server.url] });
    try {
      const { page } = await enterDemo({ open: (address, person) => open(gateway.url + address, person) });
      await createClient(page, { name: "Tern & Co", owner: "owner@tern.example" });
      await client(page, "Tern & Co").waitFor();
    } finally {
      await gateway.dispose();
    }
  },
  { demo: true },
);

const ID = "00000000-0000-4000-8000-000000000000";

journey(
  "where several servers stand behind a gateway, one is chosen, remembered, and asked alone until the other is chosen",
  async ({ server, browser, open }) => {
    const { look, end } = looker();
    const second = await startServer({ demo: "owner", arguments: ["--mode", "owner"] });
    const gateway = await startServer({ arguments: ["--upstream", `Harbour Light=${server.url},Own house=${second.url}`] });
    /** The places of the services asked from now on, each once. */
    const watch = () => {
      const from = browser.requests().length;
      const paths = () => browser.requests().slice(from).map(({ url }) => new URL(url).pathname);
      return () => [...new Set(paths().flatMap((path) => path.match(/^.*(?=\/(api|identity|events|icons)\/)/)?.[0] ?? []))];
    };
    try {
      // The same person has an account at both.
      const { page } = await open(`${gateway.url}/`);
      const choice = page.getByRole("combobox", { name: "Server" });
      await choice.waitFor();
      await signIn(page, DEMO.email, DEMO.password);
      await page.getByText("Choose the server for your account.").waitFor();
      await hasFocus(page, /"Server"$/);
      await look(page, "signing in, with no server chosen");
      const first = watch();
      await page.keyboard.press("ArrowDown");
      await page.getByText("Server: Harbour Light").waitFor();
      await hasFocus(page, /"Server"$/);
      await page.getByRole("button", { name: "Sign in" }).click();
      await client(page, "Nordwind Logistik GmbH").waitFor();

      await page.reload();
      await enterAgain(page, "Clients");
      await page.getByRole("button", { name: "Lock" }).click();
      await page.getByText("Server: Harbour Light").waitFor();
      await page.getByRole("textbox", { name: "Master password" }).fill(DEMO.password);
      await page.getByRole("button", { name: "Unlock" }).click();
      await client(page, "Nordwind Logistik GmbH").waitFor();
      assert.deepEqual(first(), ["/at/harbour-light"], "the other server was asked for nothing");

      await page.getByRole("button", { name: DEMO.name }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await choice.waitFor();
      assert.equal(await choice.locator("option:checked").innerText(), "Harbour Light");
      await look(page, "signing in, with a server chosen");
      const other = watch();
      await choice.selectOption("Own house");
      await page.getByText("Server: Own house").waitFor();
      // An invitation is for the server that is chosen, and so is a new account.
      const invitation = new URLSearchParams({ token: "x", email: DEMO.email, organizationName: "Acme", organizationId: ID, organizationUserId: ID });
      await page.goto(`${gateway.url}/accept-organization?${invitation}`);
      await choice.waitFor();
      await page.getByRole("button", { name: "Create an account" }).click();
      await page.getByRole("textbox", { name: "Master password again" }).waitFor();
      await choice.waitFor();
      await page.goto(`${gateway.url}/register`);
      await choice.waitFor();
      assert.equal(await choice.locator("option:checked").innerText(), "Own house");
      await page.getByRole("link", { name: "Provider Portal" }).click();
      await heading(page, "Sign in").waitFor();
      await signIn(page, DEMO.email, DEMO.password);
      await client(page, "Acme Robotics").waitFor();
      await heading(page, "Clients").waitFor();
      assert.deepEqual(other(), ["/at/own-house"]);
    } finally {
      await gateway.dispose();
      await second.dispose();
    }
    end();
  },
  { demo: true },
);
