// Everybody the role table knows inside a client, and what they look at: two collections, a group, and a member
// whom none of them is.

import { agreeToRecovery, joinClient, joinStaff } from "../harness/crew.mjs";
import { seal } from "../harness/keys.mjs";
import { VAULT_OWNER, ownClient } from "../harness/vault.mjs";
import { COLLECTION, CORNER, GROUP, ITEM, MEMBER } from "./client-places.mjs";
import { PERMISSIONS } from "./table.mjs";

/** Makes them. Gives the ids, and everybody by what the table calls them. */
export async function assembleInside(server) {
  const house = await ownClient(server);
  const { provider, organization } = house;
  const held = PERMISSIONS.map((subject) => subject.slice("Custom+".length));
  const member = (subject, role, permissions) => ({ subject, email: `${slug(subject)}@larkspur.example`, name: `The ${subject}`, role, permissions });
  const cast = [
    { subject: "Owner", email: VAULT_OWNER, name: "The Owner", role: "Owner", invited: true },
    member("Admin", "Admin"),
    member("User", "User"),
    member("Custom", "Custom"),
    member("Custom with every permission", "Custom", held),
    ...held.map((permission) => member(`Custom+${permission}`, "Custom", [permission])),
  ];
  const people = [];
  for (const part of cast) {
    people.push({ subject: part.subject, ...(await joinClient(server, house, part)) });
  }
  const base = `/api/organizations/${organization}`;
  const share = (name, manages) => {
    const users = people.map(({ subject, id }) => ({ id, readOnly: !manages(subject), hidePasswords: false, manage: manages(subject) }));
    return house.ask("POST", `${base}/collections`, { name: seal(house.key, name), groups: [], users });
  };
  const { id: strongroom } = await share(COLLECTION, (subject) => subject === "Owner");
  await house.ask("POST", "/api/ciphers/admin", {
    cipher: { type: 2, organizationId: organization, name: seal(house.key, ITEM), notes: null, secureNote: { type: 0 } },
    collectionIds: [strongroom],
  });
  await share(CORNER, () => true);
  await house.ask("POST", `${base}/groups`, { name: GROUP, collections: [], users: [] });

  const looked = await joinClient(server, house, { email: "robin@larkspur.example", name: MEMBER, role: "User" });
  await agreeToRecovery(looked, house);
  const gone = await joinClient(server, house, { email: "gone@larkspur.example", name: "Gone", role: "User" });
  await house.ask("DELETE", `${base}/users/${gone.id}`);
  const helper = await joinStaff(server, house, { email: "sol@vault.example", name: "Sol Marsh" });
  return {
    place: { provider, organization },
    people: [{ subject: "PA", email: house.email, password: house.password }, { subject: "SU", ...helper }, ...people, { subject: "Nobody", ...gone }],
  };
}

function slug(subject) {
  return subject.toLowerCase().replaceAll(/[^a-z]+/g, "-");
}
