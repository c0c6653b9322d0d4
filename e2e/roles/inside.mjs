// The walk inside a client: every page by its address, the way there, and every control on those that open.
//
// What is not as the table says is noted, not thrown, so that one walk tells everything that is wrong.

import { PAGES, STAFF, groupsOf, inPart, tab } from "./client-places.mjs";
import { HIDDEN, OWN_ADDRESSES, verdict } from "./table.mjs";
import { arrive, compare, go, greet, happens, look } from "./walk.mjs";

/**
 * Walks a client as one person, of its own or of its provider's staff. `state` is the provider's, in the table's word. Gives
 * what was found wrong.
 */
export async function walkInside({ page, subject }, { provider, organization }, state) {
  const findings = [];
  const note = (what) => findings.push(`${subject} at a provider that is ${state}: ${what}`);
  const own = `/organizations/${organization}`;
  const provided = `/providers/${provider}/clients/${organization}`;
  const staff = STAFF.includes(subject);
  const base = staff ? provided : own;
  // The staff have their own page for bills, which are the provider's.
  const to = (address) =>
    staff && address === "billing" ? HIDDEN : inPart(verdict(OWN_ADDRESSES.get(address), subject, state));
  const greeted = staff && state.startsWith("Suspended");
  for (const [address, place] of Object.entries(PAGES)) {
    const here = (what) => note(`${address || "overview"} (${OWN_ADDRESSES.get(address)}): ${what}`);
    const opened = await arrive(page, address ? `${base}/${address}` : base, to(address), place, here, greeted);
    if (opened && place.groups) {
      if (greeted) {
        await greet(page, subject, state);
      }
      await controls(page, place, subject, state, here);
    }
  }
  if (to("").kind === "Allowed") {
    await go(page, base);
    await tab(page, PAGES[""]).waitFor();
    for (const [address, place] of Object.entries(PAGES).filter(([, place]) => place.dialog === undefined)) {
      await compare(tab(page, place), to(address), (what) => note(`the way to ${place.title} ${what}`));
    }
  }
  // The other side's address of the same page is nobody's.
  for (const address of ["", "/members"]) {
    const other = `${staff ? own : provided}${address}`;
    await arrive(page, other, HIDDEN, {}, (what) => note(`${other}: ${what}`));
  }
  return findings;
}

async function controls(page, place, subject, state, note) {
  if (place.ready && !(await happens(() => place.ready(page).first().isVisible()))) {
    note("does not become complete");
    return;
  }
  for (const group of groupsOf(place, subject, state)) {
    await look(page, group, subject, state, note);
  }
}
