// What is saved of a timeline is what it shows, row for row, in every form; and an evidence pack tells when it was altered.

import assert from "node:assert/strict";

import { axe, eventually, inBothModes, journey, savedFile, savedRows } from "../harness.mjs";
import { dateOf, lastTuesday, timeOf, workingDays } from "../harness/calendar.mjs";
import { chooseExport, events, found } from "../harness/events.mjs";
import { enterAgain, enterDemo } from "../harness/people.mjs";

/** What is saved, by the mode: the days it is of, and whose events. All of it has to fit into the window. */
const CHOSEN = {
  provider: () => ({ first: lastTuesday(), last: lastTuesday(), who: "Ben Okafor", email: "ben@harbourlight.example" }),
  owner: () => ({ first: workingDays().at(-9), last: workingDays().at(-1), who: "Ana Ruiz", email: "ana@harbourlight.example" }),
};

const ISOLATES = /[\u2066-\u2069]/g;

inBothModes(
  "what is filtered is saved as a table, as JSON Lines and as CEF, row for row",
  async (house) => {
    const chosen = CHOSEN[house.mode.name]();
    const { page, shown } = await openChosen(house, chosen);
    const seen = shown.map(({ time, who, what, place, via }) => ({ time, who, what, place, ip: via.split(" · ").at(-1) }));

    const table = await savedRows(page, () => chooseExport(page, "CSV"));
    assert.match(table.name, /^events-\d{4}-\d\d-\d\d\.csv$/);
    const official = ["message", "appIcon", "appName", "userId", "userName", "userEmail", "date", "ip", "type"];
    assert.deepEqual(table.columns.slice(0, official.length), official, "the official portal's columns come first");
    assert.deepEqual(
      table.rows.map(({ date, userName, message, place, ip }) => row(date, userName, message, place, ip)),
      seen,
    );
    assert.ok(table.rows.every(({ userEmail }) => userEmail === chosen.email));

    const json = await savedFile(page, () => chooseExport(page, "JSON Lines"));
    assert.match(json.name, /^events-\d{4}-\d\d-\d\d\.jsonl$/);
    const objects = linesOf(json.text).map((line) => JSON.parse(line));
    assert.deepEqual(
      objects.map((event) => row(event.date, event.who, event.what, event.where ?? "", event.ipAddress)),
      seen,
    );
    assert.deepEqual(
      objects.map(({ type }) => String(type)),
      table.rows.map(({ typeNumber }) => typeNumber),
    );

    const cef = await savedFile(page, () => chooseExport(page, "CEF"));
    assert.match(cef.name, /^events-\d{4}-\d\d-\d\d\.cef$/);
    const records = linesOf(cef.text).map(readCef);
    assert.deepEqual(
      records.map(({ rt, suser, msg, src }, index) => row(Number(rt), suser, msg.slice(suser.length + 1), seen[index].place, src)),
      seen,
    );
    assert.deepEqual(
      records.map(({ number }) => number),
      table.rows.map(({ typeNumber }) => typeNumber),
    );
  },
  { demo: true },
);

journey(
  "an evidence pack holds what is filtered, verifies in the portal, and tells which row was altered or taken out",
  async (house) => {
    const { page, shown } = await openChosen(house, CHOSEN.provider());
    const { name, text } = await savedFile(page, () => chooseExport(page, "Evidence pack"));
    assert.match(name, /^evidence-\d{4}-\d\d-\d\d\.jsonl$/);
    const rows = linesOf(text).map((line) => JSON.parse(line).row);
    const told = rows.filter(({ kind }) => kind === "event");
    assert.deepEqual(
      told.map((event) => row(event.date, event.who, event.what, event.where ?? "", event.ipAddress)),
      shown.map(({ time, who, what, place, via }) => ({ time, who, what, place, ip: via.split(" · ").at(-1) })),
    );
    const people = rows.filter(({ kind }) => kind === "person");
    const policies = rows.filter(({ kind }) => kind === "policy");
    assert.ok(people.some((person) => JSON.stringify(person).includes("Ben Okafor")), "the people of the time are in it");
    assert.ok(policies.length > 0, "and the policies");

    await page.locator(".head").getByRole("button", { name: "Export", exact: true }).click();
    await page.getByRole("menuitem", { name: /^Verify an evidence pack/ }).click();
    const dialog = page.getByRole("dialog", { name: "Verify an evidence pack" });
    const verify = async (content) => {
      await dialog.getByLabel("Evidence pack").setInputFiles({ name: "pack.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(content) });
      await dialog.getByRole("button", { name: "Verify", exact: true }).click();
    };

    await verify(text);
    await dialog.getByText("Every row is as it was written").waitFor();
    await dialog.getByText(`${counted(people.length, "person", "people")}, ${counted(policies.length, "policy", "policies")}, ${counted(told.length, "event", "events")}`).waitFor();
    const gaps = rows.filter(({ kind }) => kind === "gap");
    assert.equal(await dialog.getByText(/it does not hold everything/).count(), gaps.length > 0 ? 1 : 0, "what is missing is said");
    const seal = JSON.parse(linesOf(text).at(-1)).hash;
    assert.equal((await dialog.locator("code.seal").innerText()).replaceAll(" ", ""), seal, "the seal is the hash of the last line");
    await axe(page);

    // One letter of one event.
    const lines = linesOf(text);
    const at = lines.findIndex((line) => line.includes('"kind":"event"')) + 2;
    const altered = lines.with(at, lines[at].replace("Ben Okafor", "Ben Okafur"));
    assert.notEqual(altered[at], lines[at]);
    await verify(altered.map((line) => `${line}\n`).join(""));
    await dialog.getByText(`Line ${at + 1} is not as it was written`).waitFor();
    await dialog.getByText("The row was altered.").waitFor();
    assert.equal(await dialog.getByText("Every row is as it was written").count(), 0);
    await axe(page);

    await verify(lines.toSpliced(at, 1).map((line) => `${line}\n`).join(""));
    await dialog.getByText("A row was taken out, put in or moved here.").waitFor();
    await dialog.getByText(`Line ${at + 1} is not as it was written`).waitFor();

    await verify(lines.slice(0, -1).map((line) => `${line}\n`).join(""));
    await dialog.getByText("The end of the file is missing.").waitFor();
    await verify("one,two\n");
    await dialog.getByText(/^This is no evidence pack/).waitFor();

    // The whole one again: nothing of what was wrong before stays.
    await verify(text);
    await dialog.getByText("Every row is as it was written").waitFor();
    await eventually("no fault is told any more", async () => (await dialog.getByText(/is not as it was written/).count()) === 0);
  },
  { demo: true },
);

/** Somebody's events on some days, all of them in the window. */
async function openChosen(house, { first, last, who }) {
  const { page, base } = await enterDemo(house, { viewport: { width: 1440, height: 1400 } });
  const query = new URLSearchParams({ from: dateOf(first), to: dateOf(last), search: who.toLowerCase() });
  await page.goto(`${base}/timeline?${query}`);
  await enterAgain(page, "Timeline");
  const count = await found(page);
  const shown = await events(page);
  assert.equal(shown.length, count, "the window is tall enough");
  assert.ok(count > 5);
  return { page, shown };
}

/** A row of a file as the screen has it. */
function row(date, who, what, place, ip) {
  return { time: timeOf(new Date(date)), who, what: what.replaceAll(ISOLATES, ""), place, ip };
}

function linesOf(text) {
  assert.ok(text.endsWith("\n"), "every line is ended");
  return text.split("\n").slice(0, -1);
}

/** A line of CEF: the number of the type, and what is told behind the header. */
function readCef(line) {
  const [head, extension] = /^((?:[^|\\]|\\.)*\|){7}/.exec(line)?.slice(0, 1).flatMap((head) => [head, line.slice(head.length)]) ?? [];
  assert.ok(head?.startsWith("CEF:0|"), line);
  const fields = [...extension.matchAll(/(?:^| )(\w+)=((?:[^=\\]|\\.)*)(?= \w+=|$)/g)];
  const said = Object.fromEntries(fields.map(([, key, value]) => [key, value.replaceAll(/\\(.)/g, "$1")]));
  return { number: head.split("|")[4], ...said };
}

function counted(count, one, other) {
  return `${count} ${count === 1 ? one : other}`;
}
