// Links of invitations that lead nowhere: each says why, and what to do.

import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { journey } from "../harness.mjs";
import { DEMO, createClient, enterDemo, go, heading, invite, signIn } from "../harness/people.mjs";

/** Has no part in the provider but an account in the demo: a client's owner. */
const OWNER = "grace@brightwaterdental.example";

journey(
  "a link that is used, expired, damaged, incomplete or for somebody else says so, each in its own words",
  async (house) => {
    const { page: ana } = await enterDemo(house);
    await go(ana, "Staff");
    const link = await invite(ana, OWNER);
    const foreign = await invite(ana, "somebody@else.example");

    const { page: grace } = await house.open(changed(link, { token: null }));
    await heading(grace, "This link is incomplete").waitFor();

    await grace.goto(changed(link, { token: await expired(house.server, link) }));
    await signIn(grace, OWNER, DEMO.password);
    await grace.getByText("This link has expired. Ask for a new one.").waitFor();

    await follow(grace, changed(link, { token: `${address(link).searchParams.get("token").slice(0, -4)}AAAA` }));
    await grace.getByText("This link is damaged. Open it again from the mail, whole.").waitFor();

    await follow(grace, foreign);
    await grace.getByText(/^You are signed in as .*grace@.*, but the invitation is for .*somebody@else/).waitFor();
    // Even where the address in the link was changed, the server knows whom it invited.
    await follow(grace, changed(foreign, { email: OWNER }));
    await grace.getByText("This link is for another e-mail address. Sign in with the address it was sent to.").waitFor();

    await follow(grace, link);
    await heading(grace, "One step left: confirmation").waitFor();
    await follow(grace, link);
    await grace.getByText("This link was used already.").waitFor();

    // The same with a client's invitation.
    await go(ana, "Clients");
    const owner = await createClient(ana, { name: "Tern & Co", owner: OWNER });
    await follow(grace, owner);
    await heading(grace, "One step left: confirmation").waitFor();
    await follow(grace, owner);
    await grace.getByText("This link was used already.").waitFor();
  },
  { demo: true },
);

/** The link with other parts; what is null is left out. */
function changed(link, parts) {
  const url = address(link);
  for (const [name, value] of Object.entries(parts)) {
    value === null ? url.searchParams.delete(name) : url.searchParams.set(name, value);
  }
  return url.href;
}

/** Mails carry the address behind a hash, as Bitwarden's do; the portal takes it without as well. */
function address(link) {
  return new URL(link.replace("/#", ""));
}

/** Opens a link in the tab of somebody who is signed in; the address alone may differ from the one before. */
async function follow(page, link) {
  await page.goto("/account");
  await heading(page, "Your account").waitFor();
  await page.goto(link);
}

/** The token of a link as the server would have signed it for a time that is over. */
async function expired(server, link) {
  const token = address(link).searchParams.get("token");
  const [header, claims] = token.split(".");
  const voucher = { ...JSON.parse(Buffer.from(claims, "base64url")), exp: Math.floor(Date.now() / 1000) - 60 };
  const signed = `${header}.${Buffer.from(JSON.stringify(voucher)).toString("base64url")}`;
  const root = Buffer.from((await readFile(path.join(server.data, "signing.key"), "utf8")).trim(), "base64");
  const key = createHmac("sha256", root).update("provider invitation token").digest();
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}
