// The main job: an MSP signs in and runs its clients, from the set-up link to the event log.

import assert from "node:assert/strict";

import { axe, eventually, inBothModes, journey, names } from "../harness.mjs";
import { joinStaff } from "../harness/crew.mjs";
import { client, createInvitedAccount, enterAgain, go, heading, invite, setUpProvider, signIn } from "../harness/people.mjs";
import { VAULT_CLIENT, ownClient } from "../harness/vault.mjs";

const HOUSE = { provider: "Harbour Light IT", name: "Ana Ruiz", email: "ana@harbourlight.example" };
const NAME = "Acme & Sons <b>Ltd</b>";

inBothModes("a client is created, and is still there after a reload", async (house) => {
  const { page, email, password } = await house.mode.begin(house);
  await house.mode.createClient(page, { name: NAME, owner: "owner@acme.example" });
  await client(page, NAME).waitFor();
  assert.equal(await page.locator("b", { hasText: /^Ltd$/ }).count(), 0, "a name is text, never markup");
  await page.reload();
  await enterAgain(page, "Clients", { email, password });
  await client(page, NAME).waitFor();
  assert.match(page.url(), /\/clients$/);
});

journey(
  "a colleague is invited, accepts in a browser of their own, is confirmed by the phrase both see, and changes role",
  async (house) => {
    const { page: ana } = await setUpProvider(house, HOUSE);
    await go(ana, "Staff");
    await axe(ana);
    const link = await invite(ana, "ben@harbourlight.example", "Provider Admin");

    const { page: ben } = await house.open(link);
    await eventually("the token leaves the address bar", () => !ben.url().includes("token="));
    await createInvitedAccount(ben, "Ben Okafor");
    await ben.getByRole("heading", { name: "One step left: confirmation" }).waitFor();
    await axe(ben);
    const told = await ben.getByText(/^[a-z]+(-[a-z]+){4}$/).innerText();

    await noticeAcceptance(ana);
    const dialog = ana.getByRole("dialog", { name: "Confirm 1 person" });
    await dialog.locator("ol li").first().waitFor();
    const seen = await dialog.locator("ol li").allInnerTexts();
    assert.equal(seen.join("-"), told, "both see the same phrase");
    await axe(ana);
    await dialog.getByRole("checkbox", { name: "I compared the phrase with ⁨Ben Okafor⁩" }).check();
    await dialog.getByRole("button", { name: "Confirm 1 person" }).click();
    await eventually("Ben is confirmed", async () => (await names(ana, "row")).some((row) => /Ben Okafor.*Confirmed/.test(row)));

    await ben.goto("/");
    await ben.getByRole("link", { name: /Harbour Light IT/ }).or(heading(ben, "Clients")).first().waitFor();

    // With two admins, one may become a Service User; the last one may not.
    await ana.getByRole("button", { name: /^Actions for .*Ben Okafor/ }).click();
    await ana.getByRole("menuitem", { name: "Make Service User…" }).click();
    await ana.getByRole("dialog").getByRole("button", { name: "Make Service User" }).click();
    await eventually("Ben is a Service User", async () =>
      (await names(ana, "row")).some((row) => /Ben Okafor.*Service User/.test(row)),
    );
    await ana.getByRole("button", { name: /^Actions for .*Ana Ruiz/ }).click();
    const last = ana.getByRole("menuitem", { name: /Make Service User/ });
    assert.equal(await last.getAttribute("aria-disabled"), "true", "the last admin cannot be demoted");
    await ana.keyboard.press("Escape");

    await go(ana, "Timeline");
    for (const words of [/Ana Ruiz.*invited/, /Ana Ruiz.*confirmed.*Ben Okafor/, /Ana Ruiz.*Ben Okafor/]) {
      await eventually(`the events say ${words}`, async () => (await names(ana, "row")).some((row) => words.test(row)));
    }
    await axe(ana);
  },
);

journey("a Service User sees none of what is the admins', and no address leads there", async (house) => {
  const kept = await ownClient(house.server);
  const { email } = await joinStaff(house.server, kept, { email: "mia@harbourlight.example", name: "Mia Lind" });
  const { page: mia } = await house.open(`/providers/${kept.provider}/clients`);
  await signIn(mia, email);
  await client(mia, VAULT_CLIENT).waitFor();
  const rail = await mia.getByRole("navigation", { name: "Main" }).getByRole("link").allInnerTexts();
  assert.ok(!rail.some((place) => /Staff|Timeline|Events/.test(place)), rail.join(", "));
  for (const control of ["New client", "Add existing"]) {
    assert.equal(await mia.getByRole("button", { name: control }).or(mia.getByRole("link", { name: control })).count(), 0, control);
  }
  await mia.getByRole("button", { name: new RegExp(`^More actions for .*${VAULT_CLIENT}`) }).click();
  await mia.getByRole("menuitem").first().waitFor();
  assert.ok(!(await names(mia, "menuitem")).some((item) => /Unlink/.test(item)));
  await mia.keyboard.press("Escape");
  for (const address of ["staff", "staff/invite", "timeline", "events", "clients/new", "clients/existing"]) {
    await mia.goto(`/providers/${kept.provider}/${address}`);
    await eventually(`${address} is not shown`, async () =>
      (await mia.getByRole("heading", { level: 1 }).allInnerTexts()).some((text) => /nothing|not|No /i.test(text)),
    );
  }
});

/** The core asks again for a list that has grown old, so it takes it half a minute to notice what somebody else did. */
async function noticeAcceptance(page) {
  await page.getByRole("button", { name: "Compare and confirm" }).click({ timeout: 90_000 });
}
