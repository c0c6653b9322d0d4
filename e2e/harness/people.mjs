// What people do again and again.

import assert from "node:assert/strict";

import { eventually } from "./wait.mjs";

export const PASSWORD = "a few unrelated words";

/** Makes a pending provider as its operator does; gives the link its first admin gets. */
export async function orderProvider(server, name, email) {
  const said = await server.command(
    ...["provider", "create", "--name", name, "--admin-email", email, "--public-url", server.url],
    ...["--teams-minimum", "10", "--enterprise-minimum", "5"],
  );
  const link = said.match(/https?:\/\/\S+/)?.[0];
  assert.ok(link, `the operator is given a link:\n${said}`);
  return link;
}

/** Creates the account an invitation or a set-up link is for, from the page that asks to sign in. */
export async function createInvitedAccount(page, name, password = PASSWORD) {
  await page.getByRole("link", { name: "Create an account" }).or(page.getByRole("button", { name: "Create an account" })).click();
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  const next = page.getByRole("button", { name: "Continue" });
  if (await next.isVisible()) {
    await next.click();
  }
  await page.getByRole("textbox", { name: "Master password", exact: true }).fill(password);
  await page.getByRole("textbox", { name: "Master password again" }).fill(password);
  await page.getByRole("button", { name: "Create an account" }).click();
}

/** Signs in on the page that asks for it. */
export async function signIn(page, email, password = PASSWORD) {
  await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
  await page.getByRole("textbox", { name: "Master password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** A provider set up by its first admin, who is left on its list of clients. Gives the admin's browser profile. */
export async function setUpProvider({ server, open }, { provider, name, email }) {
  const profile = await open(await orderProvider(server, provider, email));
  const { page } = profile;
  await createInvitedAccount(page, name);
  await page.getByRole("textbox", { name: "Provider name" }).fill(provider);
  await page.getByRole("textbox", { name: "Billing e-mail" }).fill(email);
  await page.getByRole("textbox", { name: "Country" }).fill("GB");
  await page.getByRole("textbox", { name: "Post code" }).fill("EX1 1AA");
  await page.getByRole("button", { name: "Set up the provider" }).click();
  await heading(page, "Clients").waitFor();
  return profile;
}

/** Goes to a page of the provider by the rail. */
export async function go(page, place) {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: new RegExp(`^${place}`) }).click();
  await heading(page, place).waitFor();
}

/** The page's own heading. */
export function heading(page, name) {
  return page.getByRole("heading", { name, level: 1 });
}

/** Creates a client through the form; gives the owner's invitation link. */
export async function createClient(page, { name, owner, plan = "Teams", seats = 3 }) {
  await page.getByRole("button", { name: "New client" }).first().click();
  const form = page.getByRole("dialog", { name: "New client" });
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await form.getByRole("textbox", { name: "E-mail address of the owner" }).fill(owner);
  await form.getByRole("radio", { name: new RegExp(`^${plan}`) }).check();
  await form.getByRole("spinbutton", { name: "Seats" }).fill(String(seats));
  await form.getByRole("button", { name: "Create client" }).click();
  const link = await form.getByText(/accept-organization/).first().innerText();
  await form.getByRole("button", { name: "Done" }).click();
  return link;
}

/** Invites one person to the client whose members one looks at; gives the link. */
export async function inviteMember(page, email, { role = "User", group } = {}) {
  await page.getByRole("button", { name: "Invite people" }).first().click();
  const form = page.getByRole("dialog", { name: "Invite people to the client" });
  await form.getByRole("textbox", { name: "E-mail addresses" }).fill(email);
  await form.getByRole("radio", { name: new RegExp(`^${role}`) }).check();
  if (group) {
    await form.getByRole("checkbox", { name: group }).check();
  }
  await form.getByRole("button", { name: "Invite 1 person" }).click();
  const link = await form.getByText(/accept-organization/).first().innerText();
  await form.getByRole("button", { name: "Done" }).click();
  return link;
}

/** Invites one person to the staff; gives the invitation link. */
export async function invite(page, email, role = "Service User") {
  await page.getByRole("button", { name: "Invite people" }).first().click();
  const form = page.getByRole("dialog", { name: "Invite people to the staff" });
  await form.getByRole("textbox", { name: "E-mail addresses" }).fill(email);
  await form.getByRole("radio", { name: new RegExp(`^${role}`) }).check();
  await form.getByRole("button", { name: "Invite 1 person" }).click();
  const link = await form.getByText(/accept-provider/).first().innerText();
  await form.getByRole("button", { name: "Done" }).click();
  return link;
}

/** The demo's Provider Admin, and the master password of everybody in it. */
export const DEMO = { name: "Ana Ruiz", email: "ana@harbourlight.example", password: "harbour-light-2026" };

/** Signs in to the demo, with its clients on the screen. Gives the profile, the page and the provider's address. */
export async function enterDemo({ open }, { email = DEMO.email, ...person } = {}) {
  const profile = await open("/", person);
  const { page } = profile;
  await signIn(page, email, DEMO.password);
  await heading(page, "Clients").waitFor();
  await client(page, "Brightwater Dental").waitFor();
  return { profile, page, base: new URL(page.url()).pathname.replace(/\/clients$/, "") };
}

/** Signs in to the demo at an address, with a browser profile of their own, so that nothing read before is known. */
export async function enterDemoAt({ open }, address, { email = DEMO.email, ...person } = {}) {
  const profile = await open(address, person);
  await signIn(profile.page, email, DEMO.password);
  return profile;
}

/** Signs in to the demo again where the browser ended the worker with the page, which the portal then asks for. */
export async function enterAgain(page, title, { email, password } = DEMO) {
  const field = page.getByRole("textbox", { name: "Master password" });
  await heading(page, title).or(field).first().waitFor();
  if (await field.isVisible()) {
    await page.getByRole("textbox", { name: "E-mail address" }).fill(email);
    await field.fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await heading(page, title).waitFor();
  }
}

/**
 * Locks and unlocks. The core behind a lock is a fresh one, which reads what it shows: without that it takes half a minute to
 * notice what somebody else did.
 */
export async function lookAnew(page, password = PASSWORD) {
  await page.getByRole("button", { name: "Lock" }).click();
  await page.getByRole("textbox", { name: "Master password" }).fill(password);
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
}

/** Asks again until it is there: what has just failed is not asked for at once, whoever presses. */
export async function tryAgain(page, there) {
  await eventually("asking again shows it", async () => {
    const again = page.getByRole("button", { name: "Try again" }).first();
    if (await again.isVisible()) {
      // It goes away with the failure, perhaps between the look and the press.
      await again.click({ timeout: 1_000 }).catch(() => {});
    }
    return there.isVisible();
  });
}

/** A client's name in the list. */
export function client(page, name) {
  return page.getByRole("grid").getByRole("link", { name, exact: true });
}

/** The row of the list that has these words in it. */
export function row(page, words) {
  return page.getByRole("grid").getByRole("row").filter({ hasText: words });
}

/** Chooses from the menu of a row. */
export async function choose(page, words, item) {
  await row(page, words).getByRole("button", { name: /^(More actions|Actions) for/ }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Ticks the rows. */
export async function tick(page, ...rows) {
  for (const words of rows) {
    await row(page, words).getByRole("checkbox").check();
  }
}

/** Ticks every row of the list. The box follows when the core has told which those are. */
export async function tickAll(page) {
  const box = page.getByRole("checkbox", { name: "Select all" });
  await box.click();
  await eventually("all are selected", () => box.isChecked());
}

/** What came of each row of the newest piece of work, by its label; waits until it has ended. */
export async function results(page) {
  const work = page.locator("section.job").first();
  await work.getByText(/^(Finished|Stopped after)/).waitFor();
  const lines = await work.locator("ul.outcomes > li").all();
  const read = async (line) => [await line.locator("bdi").first().innerText(), await line.locator(".st").innerText()];
  return Object.fromEntries(await Promise.all(lines.map(read)));
}

/** A message that came up for a while. */
export function toast(page, words) {
  return page.locator(".toast").filter({ hasText: words });
}

/** A section of the client whose space one is in, by its tab. */
export async function section(page, name, title = name) {
  await page.getByRole("navigation", { name: "In this client" }).getByRole("link", { name, exact: true }).click();
  await heading(page, title).waitFor();
}

/** Accepts an organization's invitation in a browser profile of their own; gives it, and the phrase the person is told. */
export async function acceptInvitation({ open }, link, name) {
  const profile = await open(link);
  await createInvitedAccount(profile.page, name);
  await heading(profile.page, "One step left: confirmation").waitFor();
  const phrase = await profile.page.getByText(/^[a-z]+(-[a-z]+){4}$/).innerText();
  return { profile, phrase };
}

/** Confirms the only person who waits on a client's overview, by the phrase they were told. */
export async function confirmOnOverview(page, name, phrase) {
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  const comparison = page.getByRole("dialog", { name: new RegExp(`^Confirm .*${name}`) });
  await comparison.getByText(phrase).waitFor();
  await comparison.getByRole("checkbox", { name: "I have compared all five words" }).check();
  await comparison.getByRole("button", { name: /^Confirm/ }).click();
  await toast(page, new RegExp(`${name}.* is confirmed`)).waitFor();
}
