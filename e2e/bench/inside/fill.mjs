// Many members and many items in one client, put in by the routes that directories and imports take.

import crypto from "node:crypto";

import { seal } from "../../harness/keys.mjs";
import { say } from "../stage.mjs";

const FIRST = ["Ada", "Bo", "Chloë", "Dmitri", "Esra", "Finn", "Greta", "Hugo", "Ines", "Jamal", "Kaya", "Lars", "Mona"];
const LAST = ["Abbot", "Berg", "Castro", "Dahl", "Estrada", "Fischer", "Grimaldi", "Haddad", "Ivanov", "Jansen", "Kowal"];
const SITES = ["Mail", "Router", "Bank", "Payroll", "Backup", "Firewall", "Website", "Printer", "Phone system", "Archive"];
const BATCH = 2_000;

/** Members who come from a directory, by the organization's own key; gives them as the other table shows them. */
export async function fillMembers({ url }, { organization, admin, proof }, count) {
  say(`putting ${count} members in`);
  const { apiKey } = await admin(`/api/organizations/${organization}/api-key`, { masterPasswordHash: proof, type: 0 });
  const granted = await fetch(`${url}/identity/connect/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: `organization.${organization}`,
      client_secret: apiKey,
      scope: "api.organization",
    }),
  });
  const { access_token: token } = await granted.json();
  const members = Array.from({ length: count }, (_, number) => {
    const first = FIRST[number % FIRST.length];
    const last = LAST[Math.floor(number / FIRST.length) % LAST.length];
    const mixed = (number * 7_919) % count;
    return { email: `${first}.${last}.${mixed}@larkspur.example`.normalize("NFD").replace(/[^\x21-\x7e]/g, "").toLowerCase() };
  });
  const body = {
    groups: [],
    members: members.map(({ email }, number) => ({ email, externalId: String(number), deleted: false })),
    overwriteExisting: false,
    largeImport: true,
  };
  const answer = await fetch(`${url}/api/public/organization/import`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`the members were not taken: ${answer.status} ${await answer.text()}`);
  }
  return { columns: ["email", "role", "status"], rows: members.map(({ email }) => ({ email, role: "User", status: "Invited" })) };
}

/** Logins in the client's one collection; gives them as the other table shows them. */
export async function fillItems({ organization, key, admin, get }, count) {
  say(`putting ${count} items in`);
  const { data } = await get(`/api/organizations/${organization}/collections`);
  const items = Array.from({ length: count }, (_, number) => ({
    name: `${SITES[number % SITES.length]} ${LAST[Math.floor(number / SITES.length) % LAST.length]} ${(number * 7_919) % count}`,
    username: `${FIRST[number % FIRST.length].toLowerCase()}${number}`,
  }));
  for (let from = 0; from < count; from += BATCH) {
    const batch = items.slice(from, from + BATCH);
    await admin(`/api/ciphers/import-organization?organizationId=${organization}`, {
      collections: [{ id: data[0].id, name: data[0].name }],
      ciphers: batch.map(({ name, username }) => ({
        type: 1,
        organizationId: organization,
        name: seal(key, name),
        login: { username: seal(key, username), password: seal(key, crypto.randomUUID()), uris: [] },
      })),
      collectionRelationships: batch.map((_, place) => ({ key: place, value: 0 })),
      folders: [],
      folderRelationships: [],
    });
  }
  return { columns: ["name", "username"], rows: items };
}

/** A directory's export of so many people in forty groups, as LDIF. */
export function directory(count) {
  const dn = (number) => `uid=p${number},ou=people,dc=larkspur,dc=example`;
  const people = Array.from({ length: count }, (_, number) => {
    const name = `${FIRST[number % FIRST.length]} ${LAST[Math.floor(number / FIRST.length) % LAST.length]}`;
    return [`dn: ${dn(number)}`, "objectClass: inetOrgPerson", `cn:: ${Buffer.from(name).toString("base64")}`, `mail: p${number}@larkspur.example`, ""];
  });
  const groups = Array.from({ length: 40 }, (_, group) => {
    const members = Array.from({ length: count / 40 }, (_, place) => `member: ${dn(place * 40 + group)}`);
    return [`dn: cn=g${group},ou=groups,dc=larkspur,dc=example`, "objectClass: groupOfNames", `cn: Group ${group}`, ...members, ""];
  });
  return ["version: 1", "", ...people.flat(), ...groups.flat()].join("\n");
}
