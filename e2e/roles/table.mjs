// What the role table says, read from where the domain's own test locks it, in the words in which the portal says it.
// Nothing of it is written down a second time.

import { readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");
const read = (file) => readFileSync(path.join(ROOT, file), "utf8");

const REASONS = reasons(read("src/messages/reasons.rs"));
const CELLS = cells(read("crates/domain/tests/domain/snapshots/domain__access__verdicts.snap"));
const SUBJECTS = [...new Set([...CELLS.values()].flatMap((line) => [...line.keys()]))];

/** Every action, in the order of the table. */
export const ACTIONS = [...CELLS.keys()].filter((key) => key.startsWith("Active ")).map((key) => key.slice("Active ".length));

/** Every permission of a Custom member that makes a difference anywhere in the table. */
export const PERMISSIONS = SUBJECTS.filter((subject) => subject.startsWith("Custom+"));

/**
 * The addresses of a provider's pages, each with the action it asks for, as the portal's one table of routes has them. In a client
 * its staff have everything that the table gives an Owner, so what decides there is whether they get in.
 */
export const ADDRESSES = new Map(
  [
    ...read("src/app/routes.rs").matchAll(
      /path:\s*"\/providers\/:provider\/?([^"]*)",\s*access:\s*Access::(Provider|Client)\(Action::(\w+)\)/g,
    ),
  ].map(([, address, where, action]) => [address, where === "Client" ? "OpenClient" : action]),
);

/** The pages of an organization for its own members, each with the action it asks for; the same ones its provider's staff have. */
export const OWN_ADDRESSES = new Map(
  [...read("src/app/routes.rs").matchAll(/path:\s*"\/organizations\/:organization\/?([^"]*)",\s*access:\s*Access::Client\(Action::(\w+)\)/g)].map(
    ([, address, action]) => [address, action],
  ),
);

/**
 * Whether `subject` can do `action` at a provider in this state: `{ kind, reason, words }`.
 *
 * States are those of the table: "Pending", "Active", "Suspended", with "+clients" where clients are linked.
 */
export function verdict(action, subject, state) {
  const line = CELLS.get(`${state} ${action}`) ?? CELLS.get(`${state.replace("+clients", "")} ${action}`);
  if (subject === "Custom with every permission") {
    const held = ["Custom", ...PERMISSIONS].map((one) => line.get(one)).filter(Boolean);
    return held.reduce((best, one) => (RANKS[one.kind] > RANKS[best.kind] ? one : best));
  }
  return line.get(subject) ?? line.get("Custom");
}

/** The words in which a reason is given. */
export function words(reason) {
  const found = REASONS.get(reason);
  if (found === undefined) {
    throw new Error(`the portal has no words for ${reason}`);
  }
  return found;
}

export const HIDDEN = { kind: "Hidden" };

const RANKS = { Hidden: 0, Disabled: 1, Allowed: 2 };

function cells(snapshot) {
  const lines = snapshot.split("\n").map((line) => /^(\w+(?:\+clients)?) (\w+): (.+)$/.exec(line));
  const rows = lines.filter((line) => line?.[3].includes(" | ")).map(([, state, action, row]) => [`${state} ${action}`, row]);
  return new Map(rows.map(([key, row]) => [key, new Map(row.split(" | ").map(cell))]));
}

function cell(text) {
  const [, subject, kind, reason] = /^(\S+) (\w+)(?:\((\w+)\))?$/.exec(text);
  return [subject, reason ? { kind, reason, words: words(reason) } : { kind }];
}

/** Bitwarden's reasons with their words, from the message table. */
function reasons(source) {
  const texts = new Map([...source.matchAll(/^ {4}(\w+) => "(.*)",$/gm)].map(([, name, text]) => [name, text]));
  return new Map([...source.matchAll(/Reason::(\w+) => (\w+)\(\)/g)].map(([, reason, name]) => [reason, texts.get(name)]));
}
