// The two ways in which clients are looked after: by the staff of a provider, and by an Owner of each on a server that knows no
// providers. A journey of both has the same steps; whatever differs for them has a name here.

import { newAccount, openTicket } from "./account.mjs";
import { PASSWORD, createClient, go, heading, inviteMember, setUpProvider, signIn } from "./people.mjs";
import { ownClient, ownedClient } from "./vault.mjs";

const ANA = { name: "Ana Ruiz", email: "ana@harbourlight.example" };

const PROVIDER = {
  name: "provider",
  words: "by a provider's staff",
  arguments: [],
  demo: true,
  /** What pages look like does not differ by mode, so it is looked at in one. */
  looks: true,
  keep: ownClient,
  begin: beginProvider,
  createClient,
};

export const OWNER = {
  name: "owner",
  words: "by an Owner of the client, without providers",
  arguments: ["--mode", "owner"],
  demo: "owner",
  looks: false,
  keep: ownedClient,
  begin: openAccount,
  createClient: createOwnClient,
};

/**
 * The modes, each with a `name`, the words that tell it apart in a report, and how the server is started in it: its
 * `arguments`, and the `demo` it can be given a copy of.
 *
 * `begin(house)` gives the browser profile of somebody who has no clients yet and looks at their list, with what they sign in
 * with. `createClient(page, { name, owner })` makes a client by the form there, and gives the link that the Owner gets who is
 * invited first. `keep(server)` makes one by the interface alone, whose keys are ours.
 */
export const MODES = [PROVIDER, OWNER];

/**
 * Makes a client by the interface alone and signs its keeper in within it, at one of its sections; `prepare(client)` comes before that.
 * Gives the browser profile, its page and the client.
 */
export async function enterClient(house, place, prepare) {
  const client = await house.mode.keep(house.server);
  await prepare?.(client);
  return { ...(await enterSection(house, client, place)), client };
}

/** Signs a client's keeper in at one of its sections, in a browser of their own. */
export async function enterSection({ open }, client, place) {
  const profile = await open(`${client.space}/${place.toLowerCase()}`);
  await signIn(profile.page, client.email, client.password);
  await heading(profile.page, place).waitFor();
  return profile;
}

async function beginProvider(house) {
  return { ...(await setUpProvider(house, { provider: "Harbour Light IT", ...ANA })), ...signInOf(ANA) };
}

async function openAccount({ server, open }) {
  await newAccount(server.url, ANA.email, await openTicket(server.url, ANA.email));
  const profile = await open("/");
  await signIn(profile.page, ANA.email);
  await heading(profile.page, "Clients").waitFor();
  return { ...profile, ...signInOf(ANA) };
}

function signInOf({ email }) {
  return { email, password: PASSWORD };
}

/** Creates a client, of which one is the Owner then, and invites another; leaves the list of clients on the screen. */
async function createOwnClient(page, { name, owner }) {
  await page.getByRole("button", { name: "New client" }).first().click();
  const form = page.getByRole("dialog", { name: "New client" });
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await form.getByRole("button", { name: "Create client" }).click();
  await heading(page, "Members").waitFor();
  const link = await inviteMember(page, owner, { role: "Owner" });
  await go(page, "Clients");
  return link;
}
