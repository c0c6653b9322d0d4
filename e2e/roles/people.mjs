// Everybody the role table knows, signed in: each in a browser of their own, on a copy of the demo.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { heading, signIn } from "../harness/people.mjs";

/** The demo's provider, which has clients, and the one that waits to be set up. */
export const PROVIDERS = { filled: "Harbour Light IT", waiting: "Lighthouse IT" };

/** Who is who at which provider, by the words the demo's list of sign-ins has for them; everywhere else each is nobody. */
const CAST = [
  { role: "Provider Admin", subject: "PA", at: "filled" },
  { role: "Service User", subject: "SU", at: "filled" },
  { role: "Provider Admin of Lighthouse IT", subject: "PA", at: "waiting" },
  { role: "Service User of Lighthouse IT", subject: "SU", at: "waiting" },
  { role: "Owner of Brightwater Dental", subject: "Owner", at: "filled" },
  { role: "Admin of Quayside Legal LLP", subject: "Admin", at: "filled" },
  { role: "User of Quayside Legal LLP", subject: "User", at: "filled" },
  { role: "Custom without a permission of Quayside Legal LLP", subject: "Custom", at: "filled" },
  { role: "Custom with every permission of Quayside Legal LLP", subject: "Custom with every permission", at: "filled" },
  { role: "removed from the staff", subject: "Nobody", at: "filled" },
];

/** Signs everybody in. Gives them, the ids of both providers, and the link that sets the waiting one up. */
export async function assemble({ server, open }) {
  const list = await readFile(path.join(server.data, "demo-sign-ins.txt"), "utf8");
  const link = new URL(/^set-up: (\S+)/m.exec(list)[1].replace("/#/", "/"));
  const setUp = link.pathname + link.search;
  const people = await Promise.all(CAST.map((part) => enter(open, list, part)));
  const admin = people.find(({ subject, at }) => subject === "PA" && at === "filled");
  await admin.page.goto("/providers");
  const card = await admin.page.getByRole("link", { name: new RegExp(PROVIDERS.filled) }).getAttribute("href");
  return { people, setUp, ids: { filled: card.split("/")[2], waiting: link.searchParams.get("providerId") } };
}

/** What somebody is to a provider. */
export function subjectAt(person, provider) {
  return person.at === provider ? person.subject : "Nobody";
}

export function isStaff(person, provider) {
  return ["PA", "SU"].includes(subjectAt(person, provider));
}

async function enter(open, list, { role, subject, at }) {
  const line = list.split("\n").find((line) => line.endsWith(`(${role})`));
  assert.ok(line, `the demo has a ${role}: play it with --roles`);
  const [, email, password] = line.split(" ");
  return { role, subject, at, email, page: await signedIn(open, email, password) };
}

/** A page in a browser of somebody's own, signed in. */
async function signedIn(open, email, password) {
  const { context, page: parked } = await open("/account");
  await signIn(parked, email, password);
  await heading(parked, "Your account").waitFor();
  // The parked tab keeps the core alive while the other one goes from address to address.
  return context.newPage();
}
