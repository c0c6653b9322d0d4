// The walk: every page of a provider by its address, and every control on those that open.
//
// What is not as the table says is noted, not thrown, so that one walk tells everything that is wrong.

import { eventually } from "../harness.mjs";
import { FRAME, PAGES, PALETTE, clientHit } from "./places.mjs";
import { PROVIDERS, subjectAt } from "./people.mjs";
import { ADDRESSES, HIDDEN, verdict } from "./table.mjs";

const PATIENCE = { within: 8_000 };

/** What pages are called that stand in for others. */
const NOT_NOW = "Not possible now";
const NOTHING = "Nothing is here";

/**
 * Walks all of a provider as one person. `state` is the provider's, in the table's word; `client` the id of the client whose
 * page is walked. Gives what was found wrong.
 */
export async function walk(person, { provider, id, state, client }) {
  const subject = subjectAt(person, provider);
  const findings = [];
  const note = (what) => findings.push(`${subject} (${person.role}) at a provider that is ${state}: ${what}`);
  const suspended = state.startsWith("Suspended");
  for (const [address, place] of Object.entries(PAGES)) {
    if (place.filled && !client) {
      continue;
    }
    const action = ADDRESSES.get(address);
    const says = verdict(action, subject, state);
    const path = `/providers/${id}${address && `/${address.replace(":organization", client)}`}`;
    const opened = await arrive(person.page, path, says, place, (what) => note(`${path} (${action}): ${what}`), suspended);
    const groups = place.groups.filter((group) => client || !group.filled);
    if (opened && groups.length > 0) {
      await greet(person.page, subject, state);
      for (const group of groups) {
        await look(person.page, group, subject, state, (what) => note(`${path}: ${what}`));
      }
    }
  }
  await frame(person.page, PROVIDERS[provider], subject, state, note);
  return findings;
}

/**
 * Goes to an address; tells whether it leads to its page. A page that is `greeted` by the suspension of its provider is loaded by
 * itself, since that is said once for every load.
 */
export async function arrive(page, path, says, place, note, greeted = false) {
  await (greeted && says.kind === "Allowed" ? page.goto(path) : go(page, path));
  const closed = place.closed ?? { title: NOT_NOW, words: says.words };
  const title = { Allowed: place.title, Disabled: closed.title, Hidden: NOTHING }[says.kind];
  const stands = (text) => (title instanceof RegExp ? title.test(text) : text === title);
  let titles = [];
  const arrived = async () => (titles = await page.locator("h1").allInnerTexts()).some((text) => stands(text.trim()));
  if (!(await happens(arrived))) {
    note(`is ${title} by the table, but the page is ${titles.join(" / ") || "empty"}`);
    return false;
  }
  if (says.kind === "Disabled" && !(await page.locator("main").innerText()).includes(closed.words)) {
    note(`does not say that ${closed.words}`);
  }
  if (place.dialog && says.kind === "Allowed" && greeted) {
    // The suspension is read first, and nothing else is open meanwhile.
    const greeting = page.getByRole("button", { name: "Go on reading" });
    await greeting.waitFor();
    if ((await page.locator("dialog[open]").count()) !== 1) {
      note("another dialog stands beside that of the suspension");
    }
    await greeting.click();
  }
  const dialog = page.getByRole("dialog", { name: place.dialog });
  if (place.dialog && !(await happens(async () => (await dialog.count()) === (says.kind === "Allowed" ? 1 : 0)))) {
    note(`${says.kind}, but there are ${await dialog.count()} dialogs ${place.dialog}`);
  }
  return says.kind === "Allowed";
}

/**
 * Goes to an address as a link of the open page does: it is judged like one that is typed, without a load that the journeys about
 * reloading look at.
 */
export async function go(page, path) {
  if (page.url() === "about:blank") {
    await page.goto(path);
    return;
  }
  await page.evaluate((path) => {
    const link = Object.assign(document.createElement("a"), { href: path });
    document.body.append(link);
    link.click();
    link.remove();
    // What stood there before is gone once the next picture is drawn.
    return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }, path);
}

/** Looks for the controls of one group. */
export async function look(page, { open, controls }, subject, state, note) {
  const as = (action, read = (says) => says) => read(verdict(action, subject, state));
  const expected = controls.map(([action, find, read]) => [action, find(page), as(action, read)]);
  const shown = expected.some(([, , says]) => says.kind !== "Hidden");
  const close = await open?.(page, shown);
  for (const [action, control, says] of expected) {
    await compare(control, says, (what) => note(`${action} ${what}`));
  }
  await close?.();
}

/** The rail and the palette, on whatever page is open; to strangers not even the provider's name. */
async function frame(page, name, subject, state, note) {
  const staff = verdict("OpenProvider", subject, state).kind !== "Hidden";
  if (!staff && (await page.locator("body").innerText()).includes(name)) {
    note("the name of the provider is told");
  }
  for (const [action, find] of FRAME) {
    await compare(find(page), staff ? verdict(action, subject, state) : HIDDEN, (what) => note(`${action} in the rail ${what}`));
  }
  if (verdict("OpenProvider", subject, state).reason === "ContactAdministrator") {
    // The dialog that says so leads away and lets nothing else be opened.
    await page.getByRole("dialog", { name: "This provider is suspended." }).getByRole("button", { name: "Sign out" }).waitFor();
    return;
  }
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: /^Jump to a client/ }).waitFor();
  for (const [action, find] of PALETTE) {
    await compare(find(page), verdict(action, subject, state), (what) => note(`${action} in the palette ${what}`));
  }
  if (state.includes("+clients")) {
    await page.keyboard.type("brightwater");
    await compare(clientHit(page), verdict("OpenClient", subject, state), (what) => note(`OpenClient in the palette ${what}`));
  }
  await page.keyboard.press("Escape");
}

/** A control against its verdict. What is to be there may still be on its way. */
export async function compare(control, says, note) {
  let wrong;
  const right = async () => (wrong = await fault(control, says)) === undefined;
  // What is hidden must not come later either, so there is nothing to wait for.
  if (!(says.kind === "Hidden" ? await right() : await happens(right))) {
    note(wrong);
  }
}

async function fault(control, says) {
  const [found] = await control.evaluateAll((all) =>
    all.slice(0, 1).map((first) => {
      const { width, height } = first.getBoundingClientRect();
      const visible = width > 0 && height > 0 && first.checkVisibility({ visibilityProperty: true });
      return { visible, off: first.getAttribute("aria-disabled") === "true", text: first.textContent };
    }),
  );
  if (says.kind === "Hidden") {
    return found ? "is hidden by the table, but shown" : undefined;
  }
  if (!found?.visible) {
    return `is ${says.kind} by the table, but not there`;
  }
  const { off, text } = found;
  if (says.kind === "Allowed") {
    return off ? `is allowed by the table, but cannot be used: ${text}` : undefined;
  }
  if (!off) {
    return `is ${says.reason} by the table, but can be used`;
  }
  return told(text, says) ? undefined : `does not say that ${says.words}, but: ${text}`;
}

/** A number may stand where the plain reason has none. */
function told(text, { reason, words }) {
  return text.includes(words) || (reason === "ClientsLinked" && /\d+ clients? (is|are) still linked\. Unlink/.test(text));
}

/** A suspended provider says so first, over everything else. */
export async function greet(page, subject, state) {
  if (state.startsWith("Suspended")) {
    await page.getByRole("button", { name: "Go on reading" }).click();
  }
}

export async function happens(ask) {
  return eventually("", ask, PATIENCE).then(
    () => true,
    () => false,
  );
}
