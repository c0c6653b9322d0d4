// People who are something at a provider or in a client whose keys are ours, confirmed by the interface alone.

import assert from "node:assert/strict";

import { newAccount } from "./account.mjs";
import { encapsulate, publicKeyOf } from "./keys.mjs";

/** The numbers of the roles. */
export const ROLES = { Owner: 0, Admin: 1, User: 2, Custom: 4 };
const SERVICE_USER = 1;

/** Makes somebody a confirmed member of a client that [`ownClient`] made; `invited` where the invitation is sent already. */
export async function joinClient(server, house, { email, name, role, permissions = [], invited = false }) {
  const users = `/api/organizations/${house.organization}/users`;
  if (!invited) {
    const held = Object.fromEntries(permissions.map((permission) => [permission, true]));
    await house.ask("POST", `${users}/invite`, { emails: [email], type: ROLES[role], permissions: held, collections: [], groups: [] });
  }
  const { organizationUserId: id, token } = await invitation(house, email);
  const account = await newAccount(server.url, email, { orgInviteToken: token, organizationUserId: id });
  await accept(account, name, `${users}/${id}`, token);
  await house.ask("POST", `${users}/${id}/confirm`, { key: encapsulate(account.publicKey, house.key) });
  return { ...account, id, name };
}

/** Makes somebody a confirmed Service User of the client's provider. */
export async function joinStaff(server, house, { email, name }) {
  const users = `/api/providers/${house.provider}/users`;
  await house.ask("POST", `${users}/invite`, { emails: [email], type: SERVICE_USER });
  const { providerUserId: id, token } = await invitation(house, email);
  const account = await newAccount(server.url, email, { providerInviteToken: token, providerUserId: id });
  await accept(account, name, `${users}/${id}`, token);
  await house.ask("POST", `${users}/${id}/confirm`, { key: encapsulate(account.publicKey, house.providerKey) });
  return { ...account, id, name };
}

/** Agrees to account recovery in the client, as its member. */
export async function agreeToRecovery(member, { organization }) {
  const ask = await member.enter();
  const { id } = await ask("GET", "/api/accounts/profile");
  const { publicKey } = await ask("GET", `/api/organizations/${organization}/public-key`);
  await ask("PUT", `/api/organizations/${organization}/users/${id}/reset-password-enrollment`, {
    resetPasswordKey: encapsulate(publicKeyOf(publicKey), member.userKey),
    masterPasswordHash: member.proof,
  });
}

async function accept(account, name, membership, token) {
  const ask = await account.enter();
  await ask("PUT", "/api/accounts/profile", { name });
  await ask("POST", `${membership}/accept`, { token });
}

/** An invitation, as the provider's list of open ones has it: the membership and the token. */
async function invitation(house, email) {
  const { data } = await house.ask("GET", `/api/portal/providers/${house.provider}/invitations`);
  const found = data.find((open) => open.email === email);
  assert.ok(found, `${email} is invited`);
  return { ...found, token: new URL(found.link.replace("/#/", "/")).searchParams.get("token") };
}
