// Owner mode: a server without providers, where every organization that one owns or administers is a client. What is done in a client
// is the same in both modes, and so are its journeys; here stands what only this mode has.

import assert from "node:assert/strict";

import { axe, eventually, journey, looker } from "../harness.mjs";
import { events, found, lines } from "../harness/events.mjs";
import { OWNER } from "../harness/modes.mjs";
import { DEMO, acceptInvitation, client, enterAgain, heading, inviteMember, results, row, section, signIn, tick, toast } from "../harness/people.mjs";

const ANA = "ana@harbourlight.example";
const OWNER_MODE = { arguments: OWNER.arguments, timeout: 240_000 };
const NAME = "Acme Chandlers";

journey(
  "a client is created by the keyboard alone, tells that somebody waits, and stands in the list of the colleague who is confirmed",
  async (house) => {
    const { look, end } = looker();
    const { page: ana, password } = await OWNER.begin(house);
    await ana.getByRole("heading", { name: "No clients yet" }).waitFor();
    assert.equal(new URL(ana.url()).pathname, "/clients", "nobody is asked for a provider here");
    await look(ana, "your clients, none");

    // By the keyboard alone.
    await ana.getByRole("button", { name: "New client" }).first().focus();
    await ana.keyboard.press("Enter");
    const form = ana.getByRole("dialog", { name: "New client" });
    await form.getByRole("textbox", { name: "Name" }).waitFor();
    await look(ana, "your clients, creating one");
    await ana.keyboard.press("Enter");
    await form.getByText("Enter something here.").waitFor();
    await ana.keyboard.type(NAME);
    await ana.keyboard.press("Enter");
    await toast(ana, "is created").waitFor();
    await heading(ana, "Members").waitFor();

    const link = await inviteMember(ana, "ben@harbourlight.example", { role: "Admin" });
    const { profile, phrase } = await acceptInvitation(house, link, "Ben Okafor");

    await ana.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Clients" }).click();
    await client(ana, NAME).waitFor();
    await eventually("the list tells that somebody waits", async () => {
      await ana.evaluate(() => globalThis.dispatchEvent(new Event("focus")));
      return (await row(ana, NAME).innerText()).includes("people to confirm");
    });
    await look(ana, "your clients, one that waits");
    await client(ana, NAME).click();
    await heading(ana, NAME).waitFor();
    // What the list knows, the members' page asks for at once, however lately it was read.
    await section(ana, "Members");
    await ana.getByRole("button", { name: "Compare and confirm" }).click();
    const comparison = ana.getByRole("dialog", { name: "Confirm 1 person" });
    await comparison.getByText("Ben Okafor").first().waitFor();
    assert.equal((await comparison.locator("ol li").allInnerTexts()).join("-"), phrase, "both see the same phrase");
    await comparison.getByRole("checkbox").check();
    await comparison.getByRole("button", { name: "Confirm 1 person" }).click();
    await toast(ana, "1 member confirmed").waitFor();

    // The colleague, an Admin from now on, has the client in a list of their own.
    const { page: ben } = profile;
    await ben.goto("/clients");
    await enterAgain(ben, "Clients", { email: "ben@harbourlight.example", password });
    await eventually("whoever was just confirmed looks again and sees it", async () => {
      await ben.evaluate(() => globalThis.dispatchEvent(new Event("focus")));
      return client(ben, NAME).isVisible();
    });
    assert.match(await row(ben, NAME).innerText(), /as its Admin/);
    await eventually("one Owner is too few", async () => (await row(ben, NAME).innerText()).includes("a second Owner"));
    await client(ben, NAME).click();
    await heading(ben, NAME).waitFor();
    end();
  },
  OWNER_MODE,
);

journey(
  "the list holds what one owns or administers, each opens, and nothing else is there",
  async (house) => {
    const { page } = await house.open("/");
    await signIn(page, ANA, DEMO.password);
    await client(page, "Acme Robotics").waitFor();
    const shown = (await page.getByRole("grid").getByRole("link").allInnerTexts()).sort();
    const wanted = [
      ...["Acme Robotics", "Ashdown Accountants", "Brightwater Dental", "Café Zürich Roasters", "Fjordline Arkitekter"],
      ...["Kilmarnock County Veterinary and Equine Hospital", "Møller & Sønner Shipping", "Quayside Legal LLP"],
    ];
    assert.deepEqual(shown, wanted);
    await eventually("what each needs is read", async () => (await page.locator(".bar").innerText()).includes("clients read") === false);
    assert.match(await row(page, "Kilmarnock").innerText(), /as its Admin[^]*a second Owner/);
    assert.match(await row(page, "Ashdown").innerText(), /people to confirm/);
    assert.match(await row(page, "Brightwater").innerText(), /as its Owner[^]*–$/);
    for (const name of wanted) {
      await client(page, name).click();
      await heading(page, name).waitFor();
      assert.match(await page.getByRole("navigation", { name: "In this client" }).innerText(), /Members[^]*Collections[^]*Policies[^]*Events/);
      await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Clients" }).click();
      await client(page, name).waitFor();
    }

    // What happened in all of them is one list, newest first.
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await heading(page, "Timeline").waitFor();
    assert.ok((await found(page)) > 0);
    const places = [...new Set((await events(page)).map(({ place }) => place))];
    // A sign-in stands in the logs of several clients, and happened in none.
    assert.ok(places.length > 1 && places.every((place) => place === "" || wanted.includes(place)), places.join(", "));
    const days = (await lines(page)).reduce((days, { kind, time }) => (kind === "day" ? [...days, []] : (days.at(-1).push(time), days)), []);
    assert.deepEqual(days, days.map((times) => times.toSorted().reverse()));
    await axe(page);
  },
  { ...OWNER_MODE, demo: "owner" },
);

journey(
  "who of ours sits where is seen at once, narrowed, changed in many clients at once, and told by the domains one chooses",
  async (house) => {
    const { look, end } = looker();
    const { page } = await house.open("/staff");
    await signIn(page, ANA, DEMO.password);
    await heading(page, "Staff").waitFor();
    const head = (name) => page.getByRole("columnheader").getByRole("link", { name: new RegExp(`^\\P{L}*${name}`, "u") });
    await head("Ben Okafor").waitFor();
    await eventually("all members are read", async () => (await page.locator(".bar").innerText()).includes("clients read") === false);
    const seats = async (name) => (await row(page, name).getByRole("gridcell").allTextContents()).slice(3).join(" | ");
    const named = async () => (await page.getByRole("grid").getByRole("row").getByRole("gridcell").getByRole("link").allInnerTexts()).sort();
    const main = page.getByRole("navigation", { name: "Main" });
    assert.deepEqual(await main.locator("a[aria-current]").allInnerTexts(), ["Staff"]);
    assert.match(await seats("Acme Robotics"), /Owner, Confirmed.*Admin, Confirmed/);
    assert.match(await row(page, "Kilmarnock").innerText(), /one Owner/);
    assert.match(await row(page, "Quayside").innerText(), /one Owner, yours/);
    assert.match(await row(page, "Fjordline").innerText(), /all Owners are yours/);
    await look(page, "the matrix of seats");

    // By the keyboard alone: whose seat is missing where.
    await head("Ben Okafor").focus();
    await page.keyboard.press("Enter");
    await eventually("only where Ben has no seat", async () => (await named()).includes("Acme Robotics") === false);
    assert.ok((await named()).includes("Café Zürich Roasters"));
    assert.match(await seats("Café Zürich"), /no seat/);
    assert.match(page.url(), /missing=ben%40harbourlight\.example/);
    await page.getByRole("button", { name: "Remove the filter No seat" }).click();
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByRole("menuitemradio", { name: "Nobody of the client is an Owner (2)" }).click();
    await eventually("two clients nobody of which is an Owner", async () => (await named()).length === 2);
    assert.deepEqual(await named(), ["Fjordline Arkitekter", "Quayside Legal LLP"]);
    await page.reload();
    await enterAgain(page, "Staff");
    await client(page, "Quayside Legal LLP").waitFor();
    assert.equal((await named()).length, 2, "the address keeps the filter");

    // Mia sits in neither of the two.
    const both = (outcome) => ({ "Fjordline Arkitekter": outcome, "Quayside Legal LLP": outcome });
    const bar = page.getByRole("toolbar");
    await tick(page, "Fjordline", "Quayside");
    await bar.getByRole("button", { name: "Add technician" }).click();
    const adding = page.getByRole("dialog", { name: "Add a technician to 2 clients" });
    await adding.getByRole("combobox", { name: "One of yours" }).selectOption({ label: "Mia Lind" });
    await adding.getByRole("button", { name: "See what happens" }).click();
    await adding.getByText("To be invited to 2 clients").waitFor();
    await look(page, "adding a technician");
    await adding.getByRole("button", { name: "Add to 2 clients" }).click();
    assert.deepEqual(await results(page), both("invited, waits for them"));
    await eventually("both invite Mia", async () => /Admin, Invited/.test(await seats("Fjordline")) && /Admin, Invited/.test(await seats("Quayside")));
    await tick(page, "Fjordline", "Quayside");
    await bar.getByRole("button", { name: "Remove technician" }).click();
    const taking = page.getByRole("dialog", { name: "Remove a technician from 2 clients" });
    await taking.getByRole("combobox", { name: "Technician" }).selectOption({ label: "Mia Lind" });
    await look(page, "removing a technician");
    await taking.getByRole("button", { name: "Take the seats away" }).click();
    assert.deepEqual(await results(page), both("done"));
    await page.getByRole("button", { name: "Close" }).first().click();
    await eventually("neither has a seat for Mia", async () => !/Invited/.test((await seats("Fjordline")) + (await seats("Quayside"))));

    await page.getByRole("button", { name: "Technicians" }).click();
    await page.getByRole("menuitemradio", { name: "Mia Lind" }).click();
    await head("Mia Lind").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Technicians" }).click();
    await page.getByRole("menuitemradio", { name: "Those with the most seats" }).click();
    await head("Mia Lind").waitFor();

    await page.getByRole("button", { name: "Your domains" }).click();
    const dialog = page.getByRole("dialog", { name: "Your domains" });
    await dialog.getByText("harbourlight.example", { exact: true }).waitFor();
    await look(page, "the domains of ours");
    await dialog.getByRole("textbox", { name: "Another domain" }).fill("gmail.com");
    await page.keyboard.press("Enter");
    await dialog.getByText("Anybody can have an address there").waitFor();
    await dialog.getByRole("textbox", { name: "Another domain" }).fill("@QuaysideLegal.example");
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Remove quaysidelegal.example" }).waitFor();
    await page.keyboard.press("Escape");
    await head("Jonathan").waitFor();
    await page.goto("/staff");
    await enterAgain(page, "Staff");
    await head("Jonathan").waitFor();
    await look(page, "the matrix of seats, with more domains");
    end();
  },
  { ...OWNER_MODE, demo: "owner" },
);
