// The role table, walked in the browser: every action as everybody, by its control and by its address.
//
// What each should find there is read from the table itself (`e2e/roles/table.mjs`); where to look stands in
// `e2e/roles/places.mjs`. The server's half is `crates/server/tests/contract/role_table.rs`.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { eventually, journey } from "../harness.mjs";
import { heading } from "../harness/people.mjs";
import { walkedInside } from "../roles/client-places.mjs";
import { PROVIDERS, assemble, isStaff, subjectAt } from "../roles/people.mjs";
import { LINKS, PAGES, WITHOUT_CONTROL, menu, walked, walkedClient } from "../roles/places.mjs";
import { ACTIONS, ADDRESSES, PERMISSIONS, verdict, words } from "../roles/table.mjs";
import { arrive, compare, walk } from "../roles/walk.mjs";

const STATES = ["Pending", "Active", "Active+clients", "Suspended", "Suspended+clients"];

test("every action is walked, or named as having no control", () => {
  const all = new Set([...walked(), ...walkedInside()]);
  const both = WITHOUT_CONTROL.filter((action) => all.has(action));
  assert.deepEqual(both, [], "walked and named");
  assert.deepEqual([...all, ...WITHOUT_CONTROL].sort(), [...ACTIONS].sort());
});

test("every address of a provider is walked", () => {
  assert.deepEqual(Object.keys(PAGES).sort(), [...ADDRESSES.keys()].sort());
});

// What a client's members may is offered on pages of the provider, which none of them can open, and on those of their own
// organization, which `client-roles.spec.mjs` walks.
test("no permission of a client's member makes a difference to what is walked", () => {
  for (const state of STATES) {
    for (const action of [...ADDRESSES.values(), "OpenProvider"]) {
      for (const subject of ["Owner", "Admin", "User", "Custom", ...PERMISSIONS, "Custom with every permission"]) {
        assert.equal(verdict(action, subject, state).kind, "Hidden", `${action} as ${subject}, ${state}`);
      }
    }
  }
});

journey(
  "everybody finds what the role table gives them, by control and by address, and nothing else",
  async (house) => {
    const { people, ids, setUp } = await assemble(house);
    const who = (subject, at) => people.find((person) => person.subject === subject && person.at === at);
    const [ana, mia, yuki] = [who("PA", "filled"), who("SU", "filled"), who("PA", "waiting")];
    await ana.page.goto(`/providers/${ids.filled}/clients`);
    const client = await walkedClient(ana.page);
    const filled = (state) => ({ provider: "filled", id: ids.filled, state, client });
    const waiting = (state) => ({ provider: "waiting", id: ids.waiting, state });

    const first = await everybody(people, async (person) => [
      ...(await cards(person, "Active+clients", "Pending")),
      ...(await walk(person, waiting("Pending"))),
      ...(await byLinks(person, ids, setUp, "Pending")),
      ...(await walk(person, filled("Active+clients"))),
    ]);
    assert.deepEqual(first, []);

    await rows(ana.page, mia.page, ids.filled, client);

    await setUpByLink(yuki.page, setUp);
    await house.server.command("provider", "suspend", ids.filled);
    const second = await everybody(people, async (person) => [
      ...(await cards(person, "Suspended+clients", "Active")),
      ...(await walk(person, waiting("Active"))),
      ...(await byLinks(person, ids, setUp, "Active")),
      ...(await walk(person, filled("Suspended+clients"))),
    ]);
    assert.deepEqual(second, []);
    await lastAdmin(yuki.page, ids.waiting);
  },
  { demo: true, timeout: 360_000, arguments: ["--limit-sign-in", "off", "--limit-token", "off"] },
);

/** Does something as everybody at the same time; gives what all found wrong. */
async function everybody(people, steps) {
  return (await Promise.all(people.map(steps))).flat();
}

/** The way in: a card for each provider one is on the staff of, which says how it stands; no name of any other. */
async function cards(person, ofFilled, ofWaiting) {
  const findings = [];
  const { page } = person;
  await page.goto("/providers");
  await heading(page, "Choose where to go").waitFor();
  for (const [provider, state] of [
    ["filled", ofFilled],
    ["waiting", ofWaiting],
  ]) {
    // A provider has no name before it is set up.
    const name = state === "Pending" ? "New provider" : PROVIDERS[provider];
    const card = page.locator("ul.places:not(.plain) > li", { hasText: name });
    if (!isStaff(person, provider)) {
      if ((await card.count()) > 0) {
        findings.push(`${person.role} is shown ${PROVIDERS[provider]}`);
      }
      continue;
    }
    // A core that knows older news shows it until the newer one is here.
    const word = { Pending: "Waits to be set up", Suspended: "Suspended", Active: undefined }[state.replace("+clients", "")];
    await eventually(`${person.role} sees ${PROVIDERS[provider]} as ${state}`, async () => {
      const text = (await card.allInnerTexts()).join(" ");
      return text && (word ? text.includes(word) : !/Waits|Suspended/.test(text));
    });
    const leads = (await card.getByRole("link").count()) > 0;
    if (leads === (state === "Pending")) {
      findings.push(`${person.role}: the card of ${PROVIDERS[provider]}, ${state}, ${leads ? "leads in" : "leads nowhere"}`);
    }
  }
  return findings;
}

/** The pages that links from mails lead to. */
async function byLinks(person, ids, setUp, state) {
  const findings = [];
  const note = (what) => findings.push(`${person.role}, ${state}: ${what}`);
  const subject = subjectAt(person, "waiting");
  await arrive(person.page, setUp, verdict("SetUpProvider", subject, state), { title: LINKS.SetUpProvider }, note);
  const query = new URLSearchParams({ providerId: ids.waiting, providerUserId: randomUUID(), token: "x", email: person.email, providerName: "Lighthouse IT" });
  const accept = `/providers/accept-provider?${query}`;
  await arrive(person.page, accept, verdict("AcceptStaffInvitation", subject, state), { title: LINKS.AcceptStaffInvitation }, note);
  return findings;
}

async function setUpByLink(page, setUp) {
  await page.goto(setUp);
  await page.getByRole("textbox", { name: "Provider name" }).fill(PROVIDERS.waiting);
  await page.getByRole("textbox", { name: "Billing e-mail" }).fill("bills@lighthouse.example");
  await page.getByRole("textbox", { name: "Country" }).fill("GB");
  await page.getByRole("textbox", { name: "Post code" }).fill("EX1 1AA");
  await page.getByRole("button", { name: "Set up the provider" }).click();
  await heading(page, "Clients").waitFor();
}

/** What depends on one row: `domain::access::staff_verdict` and `client_verdict`. */
async function rows(ana, mia, provider, client) {
  const refused = (reason) => ({ kind: "Disabled", reason, words: words(reason) });
  const allowed = { kind: "Allowed" };
  const is = (what) => (found) => assert.fail(`${what} ${found}`);

  await ana.goto(`/providers/${provider}/staff`);
  await menu(ana, "Actions for", "Ana Ruiz");
  await compare(ana.getByRole("menuitem", { name: /^Remove/ }), refused("Yourself"), is("removing oneself"));
  await compare(ana.getByRole("menuitem", { name: /^Make Service User/ }), allowed, is("stepping down beside another admin"));

  await ana.goto(`/providers/${provider}/clients/${client}`);
  await menu(ana, "Actions");
  await compare(ana.getByRole("menuitem", { name: /^Unlink/ }), refused("NoConfirmedOwner"), is("unlinking a client without owner"));

  // More Enterprise seats are assigned than paid for in any case, so that one more has to be bought.
  for (const [page, says] of [
    [ana, allowed],
    [mia, refused("NeedsPurchase")],
  ]) {
    await page.goto(`/providers/${provider}/clients`);
    const close = await menu(page, "More actions for", "Quayside Legal LLP");
    await page.getByRole("menuitem", { name: "Manage seats" }).click();
    void close;
    const form = page.getByRole("dialog");
    const seats = form.getByRole("spinbutton", { name: "Seats" });
    await seats.fill(String(Number(await seats.inputValue()) + 1));
    const set = form.getByRole("button", { name: /^Set seats/ });
    await form.getByText(says.words ?? /^1 seat will be bought/).first().waitFor();
    await compare(set, says, is("buying a seat"));
    await seats.fill("1");
    await form.getByText(words("BelowUsedSeats")).first().waitFor();
    await compare(set, refused("BelowUsedSeats"), is("taking away seats in use"));
    await page.keyboard.press("Escape");
  }
}

async function lastAdmin(page, provider) {
  await page.goto(`/providers/${provider}/staff`);
  await menu(page, "Actions for", "Yuki Tanabe");
  const says = { kind: "Disabled", reason: "LastAdmin", words: words("LastAdmin") };
  await compare(page.getByRole("menuitem", { name: /^Make Service User/ }), says, (found) => assert.fail(`stepping down as the last admin ${found}`));
}
