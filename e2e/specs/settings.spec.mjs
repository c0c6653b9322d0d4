// Settings: the provider's name, one's own, and two-step login from on to off.

import assert from "node:assert/strict";

import { journey } from "../harness.mjs";
import { DEMO, enterDemo, go, heading, signIn, toast } from "../harness/people.mjs";
import { code } from "../harness/totp.mjs";

journey(
  "the provider and the person take another name, which stands everywhere at once",
  async (house) => {
    const { page, profile } = await enterDemo(house);
    const other = await profile.context.newPage();
    await other.goto(page.url());
    await heading(other, "Clients").waitFor();
    await go(page, "Settings");
    const save = (section) => section.getByRole("button", { name: "Save" });
    const provider = page.locator("section.setting").filter({ hasText: "Provider name" });
    assert.equal(await save(provider).getAttribute("aria-disabled"), "true", "nothing has been changed yet");
    await provider.getByRole("textbox", { name: "Provider name" }).fill("Harbour <i>Light</i>");
    await save(provider).click();
    await toast(page, "Saved").waitFor();
    for (const tab of [page, other]) {
      await tab.getByRole("navigation", { name: "Main" }).getByText("Harbour <i>Light</i>").waitFor();
    }

    const account = page.locator("section.setting").filter({ hasText: "Your fingerprint phrase" });
    await account.getByRole("textbox", { name: "Your name" }).fill("Ana Ruiz-Ibáñez");
    await save(account).click();
    for (const tab of [page, other]) {
      await tab.getByRole("button", { name: "Ana Ruiz-Ibáñez" }).waitFor();
    }
  },
  { demo: true },
);

journey(
  "two-step login is turned on, asked for, remembered by one browser, and turned off",
  async (house) => {
    const { page } = await enterDemo(house);
    await go(page, "Settings");
    await page.getByRole("button", { name: "Turn on…" }).click();
    const set_up = page.getByRole("dialog", { name: "Turn on two-step login" });
    await set_up.getByRole("textbox", { name: "Master password" }).fill(DEMO.password);
    await set_up.getByRole("button", { name: "Continue" }).click();
    const secret = await set_up.locator(".shown-once .value").first().innerText();
    await set_up.getByRole("textbox", { name: "Code" }).fill("000000");
    await set_up.getByRole("button", { name: "Turn on" }).click();
    await set_up.getByRole("alert").first().waitFor();
    // The server takes the code of the step before and of the one after too, and each step only once: the next one is the later,
    // so that neither is too old where a step ends on the way.
    await set_up.getByRole("textbox", { name: "Code" }).fill(code(secret));
    await set_up.getByRole("button", { name: "Turn on" }).click();
    await toast(page, "Two-step login is on").waitFor();

    await signOut(page);
    await signIn(page, DEMO.email, DEMO.password);
    await heading(page, "Two-step login").waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill("123");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("The code is wrong or was used already.").waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill(code(secret, 1));
    await page.getByRole("checkbox", { name: "Do not ask again on this device for 30 days" }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    await heading(page, "Settings").waitFor();

    await signOut(page);
    await signIn(page, DEMO.email, DEMO.password);
    await heading(page, "Settings").waitFor();

    const { page: elsewhere } = await house.open("/");
    await signIn(elsewhere, DEMO.email, DEMO.password);
    await heading(elsewhere, "Two-step login").waitFor();
    await elsewhere.getByRole("button", { name: "Use another account" }).click();
    await heading(elsewhere, "Sign in").waitFor();

    await page.getByRole("button", { name: "Turn off…" }).click();
    const off = page.getByRole("dialog", { name: "Turn off two-step login?" });
    await off.getByRole("textbox", { name: "Master password" }).fill(DEMO.password);
    await off.getByRole("button", { name: "Turn off" }).click();
    await toast(page, "Two-step login is off").waitFor();
    await signIn(elsewhere, DEMO.email, DEMO.password);
    await heading(elsewhere, "Clients").waitFor();
  },
  { demo: true },
);

async function signOut(page) {
  await page.getByRole("button", { name: DEMO.name }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await heading(page, "Sign in").waitFor();
}
