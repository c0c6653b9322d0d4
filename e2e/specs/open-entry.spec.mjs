// Open to everyone: the pages before and around a provider, in every state they can be in.

import { journey, looker } from "../harness.mjs";
import { DEMO, PASSWORD, createInvitedAccount, enterDemo, go, heading, invite, orderProvider, signIn } from "../harness/people.mjs";
import { code } from "../harness/totp.mjs";

journey(
  "signing in, the second step, being locked, and what is nowhere",
  async (house) => {
    const { look, end } = looker();
    const { page } = await house.open("/");
    await look(page, "sign-in");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Enter something here.").first().waitFor();
    await look(page, "sign-in with faults");
    await signIn(page, DEMO.email, "not the password");
    await page.getByText("E-mail address or master password is wrong.").waitFor();
    await look(page, "sign-in refused");
    await signIn(page, DEMO.email, DEMO.password);
    await heading(page, "Clients").waitFor();
    await page.goto("/no/such/place");
    await heading(page, "Nothing is here").waitFor();
    await look(page, "nowhere, outside");
    await page.goto("/account");
    await heading(page, "Your account").waitFor();
    await page.getByText("Your fingerprint phrase").waitFor();
    await look(page, "account");

    await page.getByRole("button", { name: "Turn on…" }).click();
    const dialog = page.getByRole("dialog", { name: "Turn on two-step login" });
    await look(page, "two-step login, password");
    await dialog.getByRole("textbox", { name: "Master password" }).fill(DEMO.password);
    await dialog.getByRole("button", { name: "Continue" }).click();
    const secret = await dialog.locator(".shown-once .value").first().innerText();
    await look(page, "two-step login, key");
    await dialog.getByRole("textbox", { name: "Code" }).fill(code(secret));
    await dialog.getByRole("button", { name: "Turn on" }).click();
    await page.getByRole("button", { name: "Turn off…" }).click();
    await page.getByRole("dialog", { name: "Turn off two-step login?" }).waitFor();
    await look(page, "two-step login, turning off");
    await page.keyboard.press("Escape");
    await page.goto("/providers");
    await page.getByRole("link", { name: /Harbour Light/ }).first().waitFor();
    await look(page, "providers");
    await page.keyboard.press("l");
    await heading(page, "Locked").waitFor();
    await look(page, "locked");
    await page.getByRole("button", { name: "Sign out" }).click();
    await signIn(page, DEMO.email, DEMO.password);
    await heading(page, "Two-step login").waitFor();
    await look(page, "second step");
    end();
  },
  { demo: true },
);

journey("registering, and setting a provider up", async (house) => {
  const { look, end } = looker();
  const { page } = await house.open(await orderProvider(house.server, "Quay IT", "quinn@quay.example"));
  await heading(page, "Set up your provider").waitFor();
  await look(page, "set-up, before signing in");
  await page.getByRole("link", { name: "Create an account" }).click();
  await heading(page, "Create an account").waitFor();
  await look(page, "register, address");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("textbox", { name: "Master password", exact: true }).waitFor();
  await look(page, "register, password");
  await page.getByRole("textbox", { name: "Master password", exact: true }).fill("short");
  await page.getByRole("button", { name: "Create an account" }).click();
  await page.getByText("The two are not the same.").waitFor();
  await look(page, "register, with faults");
  for (const name of ["Master password", "Master password again"]) {
    await page.getByRole("textbox", { name, exact: true }).fill(PASSWORD);
  }
  await page.getByRole("button", { name: "Create an account" }).click();
  await page.getByRole("button", { name: "Set up the provider" }).click();
  await page.getByText("Enter something here.").first().waitFor();
  await look(page, "set-up, with faults");
  end();
});

journey(
  "invitations, from the link to the phrase",
  async (house) => {
    const { look, end } = looker();
    const { page: ana } = await enterDemo(house);
    await go(ana, "Staff");
    const link = await invite(ana, "kim@harbourlight.example");
    const { page: kim } = await house.open(link);
    await heading(kim, /^Join/).waitFor();
    await look(kim, "invitation");
    await kim.getByRole("button", { name: "Create an account" }).click();
    await kim.getByRole("textbox", { name: "Your name" }).waitFor();
    await look(kim, "invitation, creating an account");
    await kim.getByRole("button", { name: "Sign in" }).click();
    await createInvitedAccount(kim, "Kim Sato");
    await heading(kim, "One step left: confirmation").waitFor();
    await kim.getByText(/^[a-z]+(-[a-z]+){4}$/).waitFor();
    await look(kim, "invitation accepted");
    await kim.goto("/providers");
    await kim.getByText("Nothing is open to you yet").waitFor();
    await look(kim, "no providers");
    await kim.goto(link);
    await kim.getByText("This link was used already.").waitFor();
    await look(kim, "invitation refused");
    await kim.goto(link.replace("kim%40", "sam%40"));
    await kim.getByText(/^You are signed in as/).waitFor();
    await look(kim, "invitation of somebody else");
    await kim.goto("/accept-organization?token=x");
    await heading(kim, "This link is incomplete").waitFor();
    await look(kim, "incomplete link");
    const id = "00000000-0000-4000-8000-000000000000";
    await kim.goto(`/accept-organization?organizationId=${id}&organizationUserId=${id}&email=x%40y.example&organizationName=Acme&token=x`);
    await kim.getByText(/^You are signed in as/).waitFor();
    await look(kim, "organization's invitation");
    end();
  },
  { demo: true },
);
