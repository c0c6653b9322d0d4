// What people do again and again.

import assert from "node:assert/strict";

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

/** Invites one person; gives the invitation link. */
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
