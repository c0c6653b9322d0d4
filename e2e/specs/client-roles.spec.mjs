// The role table inside a client, walked in the browser: every page by its address and every control, as everybody who is
// something there, and as Custom members with one permission each.
//
// What each should find is read from the table itself (`e2e/roles/table.mjs`); where to look stands in
// `e2e/roles/client-places.mjs`. The server's half is `crates/server/tests/contract/role_table.rs`.

import assert from "node:assert/strict";
import { test } from "node:test";

import { journey } from "../harness.mjs";
import { heading, signIn } from "../harness/people.mjs";
import { PAGES } from "../roles/client-places.mjs";
import { assembleInside } from "../roles/crew.mjs";
import { walkInside } from "../roles/inside.mjs";
import { OWN_ADDRESSES } from "../roles/table.mjs";
import { go } from "../roles/walk.mjs";

/** So many walk at once: more only wait for each other. */
const AT_ONCE = 4;

test("every address inside a client is walked", () => {
  assert.deepEqual(Object.keys(PAGES).sort(), [...OWN_ADDRESSES.keys()].sort());
});

journey(
  "everybody finds inside a client what the role table gives them, by control and by address, and nothing else",
  async ({ server, open }) => {
    const { place, people } = await assembleInside(server);
    assert.deepEqual(await everybody(open, people, place, "Active+clients"), []);
    await server.command("provider", "suspend", place.provider);
    const touched = people.filter(({ subject }) => ["PA", "SU", "Owner", "User"].includes(subject));
    assert.deepEqual(await everybody(open, touched, place, "Suspended+clients"), []);
  },
  { timeout: 480_000, arguments: ["sign-in", "token", "registration", "invitation"].flatMap((limit) => [`--limit-${limit}`, "off"]) },
);

/** Walks as everybody, each signing in where another has signed out; gives what all found wrong. */
async function everybody(open, people, place, state) {
  const waiting = [...people];
  const findings = [];
  const lane = async () => {
    const { context, page, close } = await open("/providers");
    for (let person = waiting.shift(); person; person = waiting.shift()) {
      await signIn(page, person.email, person.password);
      await heading(page, "Choose where to go").waitFor();
      // A suspension is told once for every load, so there the pages are loaded, beside one that keeps the core alive.
      const beside = state.startsWith("Suspended") ? await context.newPage() : page;
      findings.push(...(await walkInside({ subject: person.subject, page: beside }, place, state)));
      await go(page, "/providers");
      await page.getByRole("button", { name: "Sign out" }).click();
      await heading(page, "Sign in").waitFor();
    }
    await close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return findings;
}
