// People who are something at a provider or in a client whose keys are ours, confirmed by the interface alone.

import assert from "node:assert/strict";

import { newAccount } from "./account.mjs";
import { encapsulate, publicKeyOf } from "./keys.mjs";

/** The numbers of the roles. */
export const ROLES = { Owner: 0, Admin: 1, User: 2, Custom: 4 };
const SERVICE_USER = 1;

/** Makes somebody a confirmed member of a client whose keys are ours; `invited` where the invitation is sent already. */
export async function joinClient(server, house, { email, name, invited = false, ...place }) {
  if (!invited) {
    await inviteTo(house, email, place);
  }
  const member = await acceptByInterface(server, house, { email, name });
  await confirm(house, member.id, member);
  return member;
}

/** Makes somebody who has an account a confirmed member of another client whose keys are ours. */
export async function joinAlso(house, account, role) {
  await inviteTo(house, account.email, { role });
  const { organizationUserId: id, token } = await invitation(house, `organizations/${house.organization}`, account.email);
  await (await account.enter())("POST", `${usersOf(house)}/${id}/accept`, { token });
  await confirm(house, id, account);
}

/** Lets somebody who is invited to a client whose keys are ours make an account and accept. */
export async function acceptByInterface(server, house, { email, name }) {
  const { organizationUserId: id, token } = await invitation(house, `organizations/${house.organization}`, email);
  const account = await newAccount(server.url, email, { orgInviteToken: token, organizationUserId: id });
  await accept(account, name, `${usersOf(house)}/${id}`, token);
  return { ...account, id, name };
}

/** The link that somebody gets who is invited to a client whose keys are ours. */
export async function invitationLink(house, email) {
  return (await invitation(house, `organizations/${house.organization}`, email)).link;
}

/** Makes somebody a confirmed Service User of the client's provider. */
export async function joinStaff(server, house, { email, name }) {
  const users = `/api/providers/${house.provider}/users`;
  await house.ask("POST", `${users}/invite`, { emails: [email], type: SERVICE_USER });
  const { providerUserId: id, token } = await invitation(house, `providers/${house.provider}`, email);
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

async function inviteTo(house, email, { role, permissions = [] }) {
  const held = Object.fromEntries(permissions.map((permission) => [permission, true]));
  await house.ask("POST", `${usersOf(house)}/invite`, { emails: [email], type: ROLES[role], permissions: held, collections: [], groups: [] });
}

async function confirm(house, id, { publicKey }) {
  await house.ask("POST", `${usersOf(house)}/${id}/confirm`, { key: encapsulate(publicKey, house.key) });
}

function usersOf({ organization }) {
  return `/api/organizations/${organization}/users`;
}

/** An invitation, as the list of open ones has it: the membership and the token. */
async function invitation(house, whose, email) {
  const { data } = await house.ask("GET", `/api/portal/${whose}/invitations`);
  const found = data.find((open) => open.email === email);
  assert.ok(found, `${email} is invited`);
  return { ...found, token: new URL(found.link.replace("/#/", "/")).searchParams.get("token") };
}
