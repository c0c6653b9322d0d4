// The questions a timeline is asked: by mouse, by the keyboard alone, and by the address of the answer.

import assert from "node:assert/strict";

import { eventually, focused, hasFocus, inBothModes, journey, startProxy, tabTo } from "../harness.mjs";
import { asker } from "../harness/account.mjs";
import { at, dateOf, lastMonth, lastTuesday, localDay, localMidnight, timeOf, weekdayOf, workingDays } from "../harness/calendar.mjs";
import { chooseDays, found, narrow, told } from "../harness/events.mjs";
import { happenings, readLogs, readNames } from "../harness/logs.mjs";
import { enterAgain, enterDemo, enterDemoAt, go, heading } from "../harness/people.mjs";

const ACME = "Acme Robotics";
const MOLLER = "Møller & Sønner Shipping";
const BEN = "ben@harbourlight.example";
const OPENED = 1603;
const COPIED = 1111;
const DAY = 86_400_000;

/** Those who enter Acme in a month in the demo, in turn. */
const VISITORS = ["Mia Lind", "Ben Okafor", "Ana Ruiz", "Tom Hale", "Mia Lind", "Ben Okafor", "Mia Lind"];
/** The working day of the demo from which on they can. */
const ACME_SINCE = 5;
/** Those who copy a password of Acme's in the demo without a provider, by the working day. */
const COPIERS = new Map([
  [33, "Mia Lind"],
  [36, "Tom Hale"],
  [38, "Ben Okafor"],
]);

/**
 * What is asked about Acme, by the mode: from which day to which, of which type of event, and what the demo was written with. Only
 * the staff of a provider enter a client's vault; its own people are there already.
 */
const ASKED = {
  provider: () => ({ ...lastMonth(), type: OPENED, filter: "opened the organization’s vault", written: visitsOfLastMonth() }),
  owner: () => ({
    first: dateOf(workingDays().at(-10)),
    last: dateOf(workingDays().at(-1)),
    type: COPIED,
    filter: "copied the password of an item",
    written: copies(),
  }),
};

asked(
  "who was at work in Acme is answered by mouse",
  async ({ house, page, ask, provider }) => {
    const question = ASKED[house.mode.name]();
    await go(page, "Timeline");
    await chooseDays(page, question.first, question.last);
    await narrow(page, "Client", ACME);
    await narrow(page, "Type", question.filter);
    await answers(house, page, await work(ask, provider, question));
  },
  inBothModes,
);

asked("who entered Acme last month is answered by the keyboard alone", async ({ house, page, ask, provider }) => {
  const { keyboard } = page;
  const { first, last } = lastMonth();
  await openByKeys(page);
  await tabTo(page, /^button "Last 30 days"/);
  await choose(page, /^menuitemradio "Choose dates"/);
  await tabTo(page, /"From"/);
  for (const [date, next] of [
    [first, /"To"/],
    [last, /^button "Filter"/],
  ]) {
    const [year, month, day] = date.split("-");
    // The browser orders the parts by its own language, whatever the profile's: the month first.
    await keyboard.type(`${month}${day}${year}`);
    await tabTo(page, next);
    await eventually(`${date} stands in the address`, () => page.url().includes(date));
  }
  await search(page, "acme opened");
  await answers(house, page, await work(ask, provider, ASKED.provider()));
});

asked("what Ben did on Tuesday is answered by mouse", async ({ house, page, ask, provider }) => {
  await go(page, "Timeline");
  await found(page);
  // The last of the bars is today's.
  const bars = Number(await page.locator(".plot").getAttribute("aria-valuemax"));
  const back = Math.round((at(Date.now() - (Date.now() % DAY), 0, 0) - lastTuesday()) / DAY);
  const box = await page.locator(".plot").boundingBox();
  await page.mouse.click(box.x + ((bars - 1 - back + 0.5) / bars) * box.width, box.y + 40);
  await eventually("the address tells the day", () => page.url().includes(`from=${dateOf(lastTuesday())}`));
  await narrow(page, "Person", "Ben Okafor");
  await answers(house, page, await tuesday(ask, provider));
});

asked("what Ben did on Tuesday is answered by the keyboard alone", async ({ house, page, ask, provider }) => {
  const { keyboard } = page;
  await openByKeys(page);
  await found(page);
  await tabTo(page, /^slider "Events/);
  await keyboard.press("End");
  const plot = page.locator(".plot");
  const here = () => plot.getAttribute("aria-valuetext");
  for (let presses = 0; presses < 30 && !(await here()).startsWith(weekdayOf(lastTuesday())); presses++) {
    const before = await plot.getAttribute("aria-valuenow");
    await keyboard.press("ArrowLeft");
    await eventually("the look moved by a bar", async () => (await plot.getAttribute("aria-valuenow")) !== before);
  }
  await keyboard.press("Enter");
  await eventually("the address tells the day", () => page.url().includes(`from=${dateOf(lastTuesday())}`));
  await hasFocus(page, /^slider/);
  await tabTo(page, /^row "/);
  await search(page, "ben okafor");
  await answers(house, page, await tuesday(ask, provider));
});

asked("which policies were weakened is answered by mouse", async ({ house, page }) => {
  await go(page, "Timeline");
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("menuitemradio", { name: "Policies", exact: true }).click();
  await page.getByRole("button", { name: /^Highlights/ }).click();
  await answers(house, page, weakened());
});

asked("which policies were weakened is answered by the keyboard alone", async ({ house, page }) => {
  await openByKeys(page);
  await tabTo(page, /^button "Filter"/);
  await choose(page, /^menuitemradio "Policies"/);
  await tabTo(page, /^button "Highlights/);
  await page.keyboard.press("Space");
  await answers(house, page, weakened());
});

/** These rows stand there, and no others; after a reload too, and for a colleague who is given the address. */
async function answers(house, page, rows) {
  assert.ok(rows.length > 0, "something is asked for");
  await stand(page, rows);
  const { pathname, search } = new URL(page.url());
  await page.reload();
  await enterAgain(page, "Timeline");
  await stand(page, rows);
  const { page: ben } = await enterDemoAt(house, pathname + search, { email: BEN });
  await heading(ben, "Timeline").waitFor();
  await stand(ben, rows);
}

async function stand(page, rows) {
  let last = [];
  const right = async () => {
    if ((await found(page)) !== rows.length) {
      last = await told(page);
      return false;
    }
    last = await told(page);
    return JSON.stringify(last) === JSON.stringify(rows);
  };
  await eventually("the rows of the answer stand there", right).catch(() => assert.deepEqual(last, rows));
}

/** Who did that in Acme on these days, as the server has it and the demo was written. */
async function work(ask, provider, { first, last, type, written }) {
  const { logs, names } = await logsOf(ask, provider, localMidnight(first), localMidnight(last) + DAY + 3_600_000);
  const meant = (event) => event.type === type && localDay(Date.parse(event.date)) >= first && localDay(Date.parse(event.date)) <= last;
  const rows = logs.clients.get(ACME).filter(meant).map(({ date, actingUserId, cipherId }) => {
    const moment = Date.parse(date);
    return `${weekdayOf(moment)} ${timeOf(moment)} ${names.get(actingUserId)} ${WORDS[type](cipherId?.slice(0, 8))} · ${ACME}`;
  });
  for (const row of written) {
    assert.ok(rows.some((found) => found.startsWith(row)), `the demo has it: ${row}\n${rows.join("\n")}`);
  }
  return rows;
}

function visitsOfLastMonth() {
  const { month } = lastMonth();
  const days = workingDays().filter((day, index) => dateOf(day).startsWith(month) && index >= ACME_SINCE);
  const step = Math.max(1, Math.floor(days.length / VISITORS.length));
  const chosen = days.filter((_, place) => place % step === 0).slice(0, VISITORS.length);
  return chosen.map((day, index) => `${weekdayOf(day)} ${timeOf(at(day, 10, 20))} ${VISITORS[index]} `);
}

function copies() {
  const days = workingDays();
  return [...COPIERS].map(([index, who]) => `${weekdayOf(days[index])} ${timeOf(at(days[index], 14, 10))} ${who} `);
}

/** What Ben did on Tuesday, as the server has it and the demo was written. */
async function tuesday(ask, provider) {
  const day = lastTuesday();
  const from = localMidnight(dateOf(day));
  const { logs, names } = await logsOf(ask, provider, from, from + DAY);
  const his = happenings(logs).filter(({ actingUserId, date }) => {
    return names.get(actingUserId) === "Ben Okafor" && localDay(Date.parse(date)) === dateOf(day);
  });
  his.sort((one, other) => Date.parse(other.date) - Date.parse(one.date));
  const rows = his.map(({ type, date, cipherId, log }) => {
    const moment = Date.parse(date);
    return `${weekdayOf(moment)} ${timeOf(moment)} Ben Okafor ${WORDS[type](cipherId?.slice(0, 8))} · ${log}`;
  });
  for (const [hour, minute, what] of TUESDAY) {
    const words = `${timeOf(at(day, hour, minute))} Ben Okafor ${what}`;
    assert.ok(rows.some((row) => row.includes(words)), `the demo has it: ${words}\n${rows.join("\n")}`);
  }
  return rows;
}

/** What types are called of which Ben's day has some; items by the beginning of their ids, since their names are encrypted. */
const WORDS = {
  1000: () => "signed in",
  1100: (item) => `created item ${item}`,
  1107: (item) => `viewed item ${item}`,
  1111: (item) => `copied the password of item ${item}`,
  1603: () => "opened the organization’s vault",
};

const TUESDAY = [
  [9, 12, "opened the organization’s vault"],
  [9, 15, "created item"],
  [9, 19, "created item"],
  [9, 24, "copied the password of item"],
  [9, 41, "opened the organization’s vault"],
  [9, 46, "created item"],
  [9, 58, "opened the organization’s vault"],
  [14, 6, "opened the organization’s vault"],
  [14, 31, "opened the organization’s vault"],
  [14, 34, "copied the password of item"],
];

/** The policies that Tom weakened on the demo's last working day. */
function weakened() {
  const day = workingDays().at(-1);
  return [
    `${weekdayOf(day)} ${timeOf(at(day, 15, 33))} Tom Hale saved the policy Master password requirements · ${ACME}`,
    `${weekdayOf(day)} ${timeOf(at(day, 15, 25))} Tom Hale saved the policy Require two-step login · ${MOLLER}`,
  ];
}

/** The logs as the server has them, and the names of those who look after the clients. */
async function logsOf(ask, provider, from, to) {
  return { logs: await readLogs(ask, provider, from, to), names: await readNames(ask, provider) };
}

/**
 * A journey of the demo's Provider Admin, or of whoever looks after its clients without a provider, beside whom the server is asked
 * without the portal, with the token that they got.
 */
function asked(name, steps, run = journey) {
  run(
    name,
    async (house) => {
      const proxy = await startProxy(house.server.url);
      try {
        let token;
        proxy.tamper(/^POST \/identity\/connect\/token$/, (answer) => {
          token ??= JSON.parse(answer.body).access_token;
          return answer;
        });
        const { page, base } = await enterDemo(house, { baseURL: proxy.url });
        await steps({ house, page, ask: asker(house.server.url, token), provider: base.split("/")[2] });
      } finally {
        await proxy.close();
      }
    },
    { demo: true, timeout: 240_000 },
  );
}

/** Goes to the timeline by the palette. */
async function openByKeys(page) {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type("timel");
  await page.getByRole("option", { name: /^Timeline/, selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await heading(page, "Timeline").waitFor();
}

/** Searches; what was typed comes into the address a moment after the rows. */
async function search(page, words) {
  await page.keyboard.press("/");
  await hasFocus(page, 'searchbox "Who, what, where"');
  await page.keyboard.type(words);
  await eventually("the search stands in the address", () => new URL(page.url()).searchParams.get("search") === words);
}

/** Opens the menu that has the focus and goes down to an item. */
async function choose(page, item) {
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor();
  for (let presses = 0; presses < 30; presses++) {
    if (item.test(await focused(page))) {
      await page.keyboard.press("Enter");
      await page.getByRole("menu").waitFor({ state: "detached" });
      return;
    }
    await page.keyboard.press("ArrowDown");
  }
  assert.fail(`${item} is not in the menu`);
}
