// The ways to look at a timeline: sessions, lanes, highlights, saved views, zones, the chart, and what happens meanwhile.

import assert from "node:assert/strict";

import { eventually, focused, hasFocus, journey, tabTo } from "../harness.mjs";
import { at, dateOf, lastTuesday, timeOf, weekdayOf, workingDays } from "../harness/calendar.mjs";
import { events, found, lines, told } from "../harness/events.mjs";
import { enterAgain, enterDemo, row, toast } from "../harness/people.mjs";

const SETTING = { demo: true, timeout: 180_000 };

journey(
  "a session is unfolded and folded by the keyboard, and holds the events it counts",
  async (house) => {
    const { page } = await openDay(house, lastTuesday(), "&by=sessions");
    const folded = await lines(page);
    const sessions = folded.filter(({ kind }) => kind === "session");
    assert.ok(sessions.length > 3, "there are sessions");
    assert.equal(folded.filter(({ kind }) => kind === "inside").length, 0, "folded, they show no events");
    // The longest of them.
    const counts = sessions.map(({ what }) => Number(/^(\d+) actions?:/.exec(what)?.[1]));
    assert.ok(counts.every((count) => count > 0), sessions.map(({ what }) => what).join("\n"));
    const longest = folded.indexOf(sessions[counts.indexOf(Math.max(...counts))]);
    await page.keyboard.press("/");
    await tabTo(page, /^row "/);
    await page.keyboard.press("Home");
    for (let presses = 0; presses < longest; presses++) {
      const before = await focused(page);
      await page.keyboard.press("ArrowDown");
      await eventually("the focus moved", async () => (await focused(page)) !== before);
    }
    const here = await focused(page);
    await page.keyboard.press("Enter");
    let unfolded = [];
    await eventually("its events stand below it", async () => {
      unfolded = await lines(page);
      return unfolded.filter(({ kind }) => kind === "inside").length === Math.max(...counts);
    });
    assert.equal(unfolded[longest].kind, "session unfolded");
    const inside = unfolded.slice(longest + 1, longest + 1 + Math.max(...counts));
    assert.ok(inside.every(({ kind, who }) => kind === "inside" && who === folded[longest].who));
    assert.match(await focused(page), /^row "/, "the focus stays in the list");
    await page.keyboard.press("Enter");
    await eventually("folded again", async () => JSON.stringify(await lines(page)) === JSON.stringify(folded));
    await hasFocus(page, here);
  },
  SETTING,
);

journey(
  "a lane leads to the events of its person or client",
  async (house) => {
    const { page } = await openDay(house, lastTuesday());
    const all = await events(page);
    for (const [arrangement, name, key, of] of [
      ["People", "Ben Okafor", "person=", ({ who }) => who === "Ben Okafor"],
      ["Clients", "Acme Robotics", "client=", ({ place }) => place === "Acme Robotics"],
    ]) {
      await page.getByRole("radio", { name: arrangement, exact: true }).check({ force: true });
      const lane = row(page, name);
      await lane.waitFor();
      const wanted = all.filter(of);
      assert.equal(await lane.locator(".cell.num").first().innerText(), String(wanted.length), `${name}: the lane counts its events`);
      await lane.locator(".cell.name").click();
      await eventually("the address tells whose they are", () => page.url().includes(key) && !page.url().includes("by="));
      await eventually(`the events are those of ${name}`, async () => JSON.stringify(await events(page)) === JSON.stringify(wanted));
      await page.getByRole("button", { name: /^Remove the filter/ }).click();
      await eventually("all of them again", async () => (await found(page)) === all.length);
    }
  },
  SETTING,
);

journey(
  "a highlight says why, shows the events behind it, and its rule is muted and pointed out again",
  async (house) => {
    const { page } = await openDay(house, lastTuesday());
    const tries = at(lastTuesday(), 22, 2);
    await eventually("the failed sign-ins are pointed out", async () => (await row(page, "Failed sign-ins").count()) > 0);
    const marked = await row(page, "Failed sign-ins").count();
    await row(page, "Failed sign-ins").first().locator(".cell.who").click();
    const panel = page.getByRole("complementary");
    const section = panel.locator("section.pointed").filter({ hasText: "Failed sign-ins" });
    await section.getByRole("button", { name: /^Show the \d+ events behind it$/ }).click();
    const behind = section.locator("ol.behind > li");
    await eventually("the eight tries stand there", async () => (await behind.count()) === 8);
    assert.ok((await behind.allInnerTexts()).every((text) => text.includes("Priya Shah") && text.includes("had a sign-in refused for a wrong password")));
    assert.ok((await behind.allInnerTexts()).some((text) => text.includes(timeOf(tries))));

    await section.getByRole("button", { name: "Mute this rule" }).click();
    await toast(page, "Failed sign-ins is muted").waitFor();
    await eventually("nothing is pointed out by it", async () => (await page.locator(".rows .st", { hasText: "Failed sign-ins" }).filter({ visible: true }).count()) === 0);
    await page.reload();
    await enterAgain(page, "Timeline");
    await found(page);
    assert.equal(await row(page, "Failed sign-ins").count(), 0, "it stays muted");

    await page.getByRole("button", { name: "Rules" }).click();
    const rule = page.getByRole("menuitemradio", { name: "Failed sign-ins" });
    assert.equal(await rule.getAttribute("aria-checked"), "false");
    await rule.click();
    await eventually("it is pointed out again", async () => (await row(page, "Failed sign-ins").count()) === marked);
  },
  SETTING,
);

journey(
  "a view is saved, applied, removed and taken back",
  async (house) => {
    const { page } = await openDay(house, lastTuesday(), "&search=ben+okafor");
    const wanted = await told(page);
    const { search } = new URL(page.url());
    await page.getByRole("button", { name: "Views", exact: true }).click();
    await page.getByRole("menuitem", { name: "Save this view…" }).click();
    const dialog = page.getByRole("dialog", { name: "Save this view" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("Ben’s Tuesday");
    await dialog.getByRole("button", { name: "Save view" }).click();
    await toast(page, /Ben’s Tuesday.* is saved/).waitFor();

    await page.goto(new URL(page.url()).pathname);
    await enterAgain(page, "Timeline");
    await eventually("everything is there", async () => (await found(page)) > wanted.length);
    await page.getByRole("button", { name: "Views", exact: true }).click();
    await page.getByRole("menuitemradio", { name: "Ben’s Tuesday" }).click();
    await eventually("the address is that of the view", () => new URL(page.url()).search === search);
    await eventually("its rows stand there", async () => JSON.stringify(await told(page)) === JSON.stringify(wanted));

    await page.getByRole("button", { name: "Views", exact: true }).click();
    await page.getByRole("menuitem", { name: "Remove a view…" }).click();
    await page.getByRole("button", { name: "Remove Ben’s Tuesday" }).click();
    await toast(page, /Ben’s Tuesday.* is removed/).waitFor();
    await page.getByRole("button", { name: "Views", exact: true }).click();
    await page.getByText("No saved views in this browser").waitFor();
    await page.keyboard.press("Escape");
    await toast(page, /is removed/).getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Views", exact: true }).click();
    await page.getByRole("menuitemradio", { name: "Ben’s Tuesday" }).waitFor();
  },
  SETTING,
);

journey(
  "times and days are those of the browser's zone or of UTC, and stay so",
  async (house) => {
    const zone = "Asia/Tokyo";
    const { page } = await openDay(house, workingDays().at(-2), "", { timezoneId: zone });
    // The demo's tries at Priya's password, late in the evening in UTC, are of the next morning in Tokyo.
    await page.goto(`${new URL(page.url()).pathname}?search=wrong&ip=192.0.2.77`);
    await enterAgain(page, "Timeline");
    const tries = at(workingDays().at(-2), 22, 6);
    const stands = (timeZone) => async () => {
      const [day, newest] = await lines(page);
      return day?.time.startsWith(weekdayOf(tries, timeZone)) && newest?.time === timeOf(tries, timeZone);
    };
    await found(page);
    await eventually("the newest try stands on the morning of the next day", stands(zone));
    assert.notEqual(weekdayOf(tries, zone), weekdayOf(tries, "UTC"));
    await page.getByRole("button", { name: /Show times in UTC|show times in UTC/ }).click();
    await eventually("it stands on the evening before", stands("UTC"));
    await page.reload();
    await enterAgain(page, "Timeline");
    await eventually("it still does", stands("UTC"));
    await page.getByRole("button", { name: /UTC: show times in/ }).click();
    await eventually("and in the browser's zone again", stands(zone));
  },
  SETTING,
);

journey(
  "the chart is zoomed by a drag and by keys, which the address follows there and back",
  async (house) => {
    const { page, base } = await enterDemo(house);
    await page.goto(`${base}/timeline`);
    await enterAgain(page, "Timeline");
    const whole = await found(page);
    const plot = page.locator(".plot");
    const bars = Number(await plot.getAttribute("aria-valuemax"));
    assert.equal(bars, 30, "a bar a day");
    const box = await plot.boundingBox();
    const middle = (bar) => box.x + ((bar + 0.5) / bars) * box.width;
    await page.mouse.move(middle(bars - 4), box.y + 30);
    await page.mouse.down();
    await page.mouse.move(middle(bars - 3), box.y + 30);
    await page.mouse.move(middle(bars - 2), box.y + 30);
    const said = await page.locator(".density .now").innerText();
    await page.mouse.up();
    await eventually("the address tells the three days", () => /from=.*to=/.test(page.url()));
    const { searchParams } = new URL(page.url());
    assert.equal(Date.parse(searchParams.get("to")) - Date.parse(searchParams.get("from")), 2 * 86_400_000);
    const [, count] = /: (\d+) events/.exec(said) ?? [];
    await eventually("as many events as the drag told", async () => (await found(page)) === Number(count));
    await page.getByRole("button", { name: "Zoom out" }).click();
    await eventually("the address is as before", () => !/from=/.test(page.url()));
    assert.equal(await found(page), whole);

    await plot.focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Shift+ArrowLeft");
    await eventually("two bars are looked at", async () => /–.*events?/.test(await plot.getAttribute("aria-valuetext")));
    const words = await plot.getAttribute("aria-valuetext");
    await page.keyboard.press("Enter");
    await eventually("the address tells them", () => /from=.*to=/.test(page.url()));
    const [, some] = /: (\d+) events?/.exec(words);
    await eventually("as many events as were told", async () => (await found(page)) === Number(some));
    await hasFocus(page, /^slider/);
    // Deeper, into hours.
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await eventually("the address tells of minutes", () => /from=[^&]*T/.test(decodeURIComponent(page.url())));
    await page.keyboard.press("Backspace");
    await eventually("back to the two days", () => !/T/.test(new URL(page.url()).search) && /from=/.test(page.url()));
    await page.keyboard.press("Backspace");
    await eventually("back to all", () => !/from=/.test(page.url()));
    assert.equal(await found(page), whole);

    // The same figures as a table, whose lines lead as far as the bars do.
    await page.getByRole("button", { name: "Table", exact: true }).click();
    const figures = page.locator(".density tbody tr");
    assert.equal(await figures.count(), bars);
    const values = (await figures.locator("td:nth-of-type(1)").allInnerTexts()).map(Number);
    assert.equal(values.reduce((sum, value) => sum + value, 0), whole);
    await figures.nth(bars - 2).getByRole("button").click();
    await eventually("the address tells the day", () => /from=/.test(page.url()));
    await eventually("and the list has its events", async () => (await found(page)) === values[bars - 2]);
  },
  SETTING,
);

journey(
  "what happens meanwhile is shown to whoever watches, without a press",
  async (house) => {
    const { page, base } = await enterDemo(house);
    await page.goto(`${base}/timeline?days=7&search=mia+lind+signed`);
    await enterAgain(page, "Timeline");
    const before = await found(page);
    const live = page.getByRole("button", { name: "Live", exact: true });
    await live.click();
    assert.equal(await live.getAttribute("aria-pressed"), "true");
    await enterDemo(house, { email: "mia@harbourlight.example" });
    await eventually("Mia's sign-in stands at the top", async () => (await found(page)) === before + 1, { within: 40_000 });
    const [first, newest] = await lines(page);
    assert.equal(first.kind, "day");
    assert.match(`${newest.who} ${newest.what}`, /^Mia Lind signed in$/);
    assert.match(newest.via, /127\.0\.0\.1$/);
  },
  SETTING,
);

/** Signs in and looks at a day (a midnight in UTC), all of whose lines fit into the window. */
async function openDay(house, day, more = "", person = {}) {
  const { page, base } = await enterDemo(house, { viewport: { width: 1440, height: 1900 }, ...person });
  await page.goto(`${base}/timeline?from=${dateOf(day)}&to=${dateOf(day)}${more}`);
  await enterAgain(page, "Timeline");
  await found(page);
  return { page, base };
}
