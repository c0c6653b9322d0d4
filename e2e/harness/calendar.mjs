// The days of the demo, which are those before the day it was played on, and how the portal writes them.

import { statSync } from "node:fs";
import path from "node:path";

const DAY = 86_400_000;
const MINUTE = 60_000;
const WORKING_DAYS = 42;

/** The midnight (UTC) with which the day begins on which the demo was played. */
function today() {
  const played = statSync(path.join(process.env.PORTAL_DEMO_DATA ?? ".", "demo-sign-ins.txt")).mtimeMs;
  return played - (played % DAY);
}

/** The working days of the demo by their midnights (UTC), oldest first. */
export function workingDays() {
  const days = [];
  for (let day = today() - DAY; days.length < WORKING_DAYS; day -= DAY) {
    if (![0, 6].includes(new Date(day).getUTCDay())) {
      days.unshift(day);
    }
  }
  return days;
}

/** The month before the one in which the demo was played: its first and last day as a date field has them, and how it begins. */
export function lastMonth() {
  const month = new Date(today());
  const last = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), 0));
  const [lastDay] = last.toISOString().split("T");
  return { first: `${lastDay.slice(0, 7)}-01`, last: lastDay, month: lastDay.slice(0, 7) };
}

/** The last Tuesday of the demo, by its midnight (UTC). */
export function lastTuesday() {
  return workingDays().findLast((day) => new Date(day).getUTCDay() === 2);
}

/** A time of a day (UTC). */
export function at(day, hour, minute) {
  return day + hour * 60 * MINUTE + minute * MINUTE;
}

/** A day as a date field has it. */
export function dateOf(moment) {
  return new Date(moment).toISOString().slice(0, 10);
}

/** The moment at which a day begins for a browser in London. */
export function localMidnight(date) {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return timeOf(midnight) === "00:00" ? midnight : midnight - 60 * MINUTE;
}

/** The day of a moment for a browser in London, as a date field has it. */
export function localDay(moment) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/London" }).format(moment);
}

const TIME = { hour: "2-digit", minute: "2-digit" };
const WEEKDAY = { weekday: "short", day: "numeric", month: "short" };

/** A time as the portal writes it for a browser in a zone. */
export function timeOf(moment, timeZone = "Europe/London") {
  return new Intl.DateTimeFormat("en-GB", { ...TIME, timeZone }).format(moment);
}

/** A day as the portal's headings write it. */
export function weekdayOf(moment, timeZone = "Europe/London") {
  return new Intl.DateTimeFormat("en-GB", { ...WEEKDAY, timeZone }).format(moment);
}
