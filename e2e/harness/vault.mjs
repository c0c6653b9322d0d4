// A client whose keys are ours, with a provider or without: for lists of items that only somebody with the keys can fill, for
// reading what the portal encrypted, and for people who are confirmed by the interface alone.

import { newAccount, openTicket } from "./account.mjs";
import { encapsulate, keyPair, newKey, seal } from "./keys.mjs";
import { orderProvider } from "./people.mjs";

const PROVIDER = "Vault Keepers";
const KEEPER = "vera@vault.example";
const COLLECTION = "Default collection";
export const VAULT_CLIENT = "Larkspur Holdings";
export const VAULT_OWNER = "owner@larkspur.example";

/**
 * Makes a provider with one Provider Admin and one Enterprise client by the interface alone. Gives who signs in, the ids, the
 * keys of the provider and of the client's organization, the proof of the master password, ways to ask the server as that
 * person, and the address of the client's space.
 */
export async function ownClient(server, { email = KEEPER, seats = 50 } = {}) {
  const link = new URL((await orderProvider(server, PROVIDER, email)).replace("/#/", "/"));
  const [providerKey, key] = [newKey(), newKey()];
  const account = await newAccount(server.url, email, await openTicket(server.url, email));
  const provider = link.searchParams.get("providerId");
  await (await account.enter())("POST", `/api/providers/${provider}/setup`, {
    name: PROVIDER,
    billingEmail: email,
    token: link.searchParams.get("token"),
    key: encapsulate(account.publicKey, providerKey),
    paymentMethod: { type: "card", token: "tok_test" },
    billingAddress: { country: "GB", postalCode: "EX1 1AA" },
  });
  // A token knows the roles of its day.
  const ask = await account.enter();
  await ask("POST", `/api/providers/${provider}/clients`, {
    name: VAULT_CLIENT,
    ownerEmail: VAULT_OWNER,
    planType: 19,
    seats,
    key: seal(providerKey, key),
    keyPair: keyPair(key).sent,
    collectionName: seal(key, COLLECTION),
  });
  const { data } = await ask("GET", `/api/providers/${provider}/organizations`);
  const organization = data[0].organizationId;
  return { ...kept(account, { organization, key, ask }), provider, providerKey, space: `/providers/${provider}/clients/${organization}` };
}

/** The same without a provider: the client is an organization whose confirmed Owner the one who signs in is. */
export async function ownedClient(server, { email = KEEPER } = {}) {
  const account = await newAccount(server.url, email, await openTicket(server.url, email));
  const key = newKey();
  const made = {
    name: VAULT_CLIENT,
    billingEmail: email,
    planType: 0,
    key: encapsulate(account.publicKey, key),
    keys: keyPair(key).sent,
    collectionName: seal(key, COLLECTION),
  };
  const { id: organization } = await (await account.enter())("POST", "/api/organizations", made);
  // A token knows the roles of its day.
  return { ...kept(account, { organization, key, ask: await account.enter() }), space: `/organizations/${organization}` };
}

function kept({ email, password, proof }, { organization, key, ask }) {
  const [get, admin] = [(path) => ask("GET", path), (path, body) => ask("POST", path, body)];
  return { email, password, proof, organization, key, ask, get, admin };
}
