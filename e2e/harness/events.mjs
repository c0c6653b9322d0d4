// What people do with lists of events.

import { eventually } from "./wait.mjs";
import { go, heading } from "./people.mjs";

/** Goes to the provider's own log, without its clients': a part of the timeline. */
export async function goToLog(page) {
  await go(page, "Timeline");
  await page.getByRole("radio", { name: "Provider only" }).check({ force: true });
  await heading(page, "Events").waitFor();
}

/** Chooses what is saved of the events, by the beginning of its words in the menu. */
export async function chooseExport(page, format) {
  await page.locator(".head").getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("menuitem", { name: new RegExp(`^${format}`) }).click();
}

/** Waits until the logs are all read and the list counts what was found; gives how many events that are. */
export async function found(page) {
  return eventually("every log is read and the list stands", async () => {
    const state = await page.locator(".loaded").innerText();
    const logs = /(\d[\d,]*) of (\d[\d,]*) logs read/.exec(state);
    const whole = logs ? logs[1] === logs[2] : /all loaded/.test(state);
    if (!whole || (await page.locator(".rows .waiting:not([hidden])").count()) > 0) {
      return undefined;
    }
    const said = await page.locator(".bar [role=status]").innerText();
    const [, count] = /^([\d,]+) events?$/.exec(said) ?? [];
    return count === undefined ? undefined : { events: Number(count.replaceAll(",", "")) };
  }, { within: 60_000 }).then(({ events }) => events);
}

/**
 * The lines of the list that are in the document, each with its kind (`day`, `session`, `event`, `inside`) and the texts of its
 * cells. The window has to be tall enough for all of them.
 */
export async function lines(page) {
  const rows = page.getByRole("grid").locator(".rows [role=row][aria-rowindex]:not([hidden])");
  const read = (rows) =>
    rows
      .sort((one, other) => one.ariaRowIndex - other.ariaRowIndex)
      .map((row) => {
        const text = (cell) => row.querySelector(`.cell.${cell}`).textContent.trim();
        return {
          kind: row.querySelector("[data-line]").dataset.line,
          time: text("time"),
          category: row.querySelector(".cell.kind .sr").textContent,
          who: text("who"),
          what: row.querySelector(".cell.what > span").textContent.replaceAll(/[\u2068\u2069]/g, ""),
          mark: row.querySelector(".cell.what .st").hidden ? "" : row.querySelector(".cell.what .st").textContent.trim(),
          place: text("place"),
          via: text("via"),
        };
      });
  return rows.evaluateAll(read);
}

/** The events among the lines. */
export async function events(page) {
  return (await lines(page)).filter(({ kind }) => kind === "event" || kind === "inside");
}

/** Looks at the days from one up to another, as date fields have them. */
export async function chooseDays(page, first, last) {
  await rangeButton(page).click();
  await page.getByRole("menuitemradio", { name: "Choose dates" }).click();
  await page.getByLabel("From").fill(first);
  await page.getByLabel("To").fill(last);
}

/** The button that says what range is looked at. */
export function rangeButton(page) {
  return page.getByRole("button", { name: /^(Last \d+ days|Choose dates|\d+ \w+.*)$/ }).first();
}

/** Shows the filters, which fold away where there is little room. */
export async function unfold(page) {
  const fold = page.getByRole("button", { name: /^Filters/, expanded: false });
  if (await fold.isVisible()) {
    await fold.click();
  }
}

/** Opens the menu of what one can narrow events by, however much room there is. */
export async function openFilters(page) {
  await unfold(page);
  await page.getByRole("button", { name: "Filter", exact: true }).click();
}

/** Narrows the events to one of a kind (`Client`, `Person`, `Type`, `Device`, `Address`), or leaves that one out. */
export async function narrow(page, kind, name, word = "Only") {
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("menuitem", { name: `${kind}…` }).click();
  const dialog = page.getByRole("dialog", { name: `Filter by ${kind.toLowerCase()}` });
  await dialog.getByRole("textbox", { name: "Find" }).fill(name);
  await dialog.getByRole("button", { name: `${word} ${name}` }).click();
  await dialog.getByRole("button", { name: "Show events" }).click();
  await dialog.waitFor({ state: "detached" });
}

/** The events as one line each: when (with the day), who, what and where. */
export async function told(page) {
  let day = "";
  return (await lines(page)).flatMap((line) => {
    if (line.kind === "day") {
      day = line.time.replace(/, [\d,]+ events?$/, "");
      return [];
    }
    return line.kind === "session" ? [] : [`${day} ${line.time} ${line.who} ${line.what} · ${line.place}`];
  });
}
