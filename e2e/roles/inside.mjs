// The walk inside a client: every page by its address, the way there, and every control on those that open.
//
// What is not as the table says is noted, not thrown, so that one walk tells everything that is wrong.

import { PAGES, STATE, groupsOf, inPart, tab } from "./client-places.mjs";
import { HIDDEN, OWN_ADDRESSES, verdict } from "./table.mjs";
import { arrive, compare, happens, look } from "./walk.mjs";

const STAFF = ["PA", "SU"];

/** Walks a client as one person, of its own or of its provider's staff. Gives what was found wrong. */
export async function walkInside({ page, subject }, { provider, organization }) {
  const findings = [];
  const note = (what) => findings.push(`${subject}: ${what}`);
  const own = `/organizations/${organization}`;
  const provided = `/providers/${provider}/clients/${organization}`;
  const staff = STAFF.includes(subject);
  const base = staff ? provided : own;
  for (const [address, place] of Object.entries(PAGES)) {
    const action = OWN_ADDRESSES.get(address);
    // The staff have their own pages for bills, which are the provider's.
    const says = staff && address === "billing" ? HIDDEN : inPart(verdict(action, subject, STATE));
    const path = address ? `${base}/${address}` : base;
    const here = (what) => note(`${address || "overview"} (${action}): ${what}`);
    if ((await arrive(page, path, says, place, here)) && place.groups) {
      await controls(page, place, subject, here);
    }
  }
  await tabs(page, base, subject, staff, note);
  // The other side's address of the same page is nobody's.
  for (const address of ["", "/members"]) {
    const other = `${staff ? own : provided}${address}`;
    await arrive(page, other, HIDDEN, {}, (what) => note(`${other}: ${what}`));
  }
  return findings;
}

async function controls(page, place, subject, note) {
  if (place.ready && !(await happens(() => place.ready(page).first().isVisible()))) {
    note("does not become complete");
    return;
  }
  for (const group of groupsOf(place, subject)) {
    await look(page, group, subject, STATE, note);
  }
}

/** The ways through the client, on its overview. */
async function tabs(page, base, subject, staff, note) {
  if (verdict(OWN_ADDRESSES.get(""), subject, STATE).kind === "Hidden") {
    return;
  }
  await page.goto(base);
  await tab(page, PAGES[""]).waitFor();
  for (const [address, place] of Object.entries(PAGES)) {
    if (place.dialog === undefined) {
      const says = staff && address === "billing" ? HIDDEN : inPart(verdict(OWN_ADDRESSES.get(address), subject, STATE));
      await compare(tab(page, place), says, (what) => note(`the way to ${place.title} ${what}`));
    }
  }
}
