// A provider and a client whose keys are ours: for lists of items that only somebody with the keys can fill, for reading what
// the portal encrypted, and for people who are confirmed by the interface alone.

import { newAccount, openTicket } from "./account.mjs";
import { encapsulate, keyPair, newKey, seal } from "./keys.mjs";
import { orderProvider } from "./people.mjs";

const PROVIDER = "Vault Keepers";
export const VAULT_CLIENT = "Larkspur Holdings";
export const VAULT_OWNER = "owner@larkspur.example";

/**
 * Makes a provider with one Provider Admin and one Enterprise client by the interface alone. Gives who signs in, the ids, the
 * keys of the provider and of the client's organization, the proof of the master password, and ways to ask the server as that
 * person.
 */
export async function ownClient(server, { email = "vera@vault.example", seats = 50 } = {}) {
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
    collectionName: seal(key, "Default collection"),
  });
  const { data } = await ask("GET", `/api/providers/${provider}/organizations`);
  return {
    email,
    password: account.password,
    provider,
    providerKey,
    organization: data[0].organizationId,
    key,
    proof: account.proof,
    ask,
    get: (path) => ask("GET", path),
    admin: (path, body) => ask("POST", path, body),
  };
}
