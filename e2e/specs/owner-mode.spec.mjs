// Owner mode: a server without providers, where every organization that one owns or administers is a client.

import assert from "node:assert/strict";

import { axe, eventually, journey, looker } from "../harness.mjs";
import { newAccount, openTicket } from "../harness/account.mjs";
import { events, found, lines } from "../harness/events.mjs";
import { DEMO, acceptInvitation, client, enterAgain, heading, row, section, signIn, toast } from "../harness/people.mjs";

const ANA = "ana@harbourlight.example";
const OWNER_MODE = { arguments: ["--mode", "owner"], timeout: 240_000 };
const NAME = "Acme & Sons <b>Ltd</b>";

journey(
  "a client is created, its people are invited and confirmed, and it is worked in, on a server without providers",
  async (house) => {
    const { look, end } = looker();
    const { url } = house.server;
    const { password } = await newAccount(url, ANA, await openTicket(url, ANA));
    const { page: ana } = await house.open("/");
    await signIn(ana, ANA, password);
    await heading(ana, "Clients").waitFor();
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

    await ana.getByRole("button", { name: "Invite people" }).first().click();
    const invitation = ana.getByRole("dialog", { name: "Invite people to the client" });
    await invitation.getByRole("textbox", { name: "E-mail addresses" }).fill("ben@harbourlight.example");
    await invitation.getByRole("radio", { name: /^Admin/ }).check();
    await invitation.getByRole("button", { name: "Invite 1 person" }).click();
    const link = await invitation.getByText(/accept-organization/).first().innerText();
    await invitation.getByRole("button", { name: "Done" }).click();
    const { profile, phrase } = await acceptInvitation(house, link, "Ben Okafor");

    await ana.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Clients" }).click();
    await client(ana, NAME).waitFor();
    assert.equal(await ana.locator("b", { hasText: /^Ltd$/ }).count(), 0, "a name is text, never markup");
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

    await section(ana, "Collections");
    await ana.getByRole("button", { name: "New collection" }).first().click();
    const collection = ana.getByRole("dialog", { name: "New collection" });
    await collection.getByRole("textbox", { name: "Name" }).fill("Servers");
    await collection.getByRole("button", { name: "Create collection" }).click();
    await row(ana, "Servers").waitFor();
    await section(ana, "Policies");
    await axe(ana);
    await section(ana, "Events");
    await eventually("the events tell who did what", async () => /Ana.*confirmed|confirmed/.test(await ana.getByRole("grid").innerText()));

    // The colleague, an Admin from now on, has the client in a list of their own.
    const { page: ben } = profile;
    await ben.goto("/clients");
    const field = ben.getByRole("textbox", { name: "Master password" });
    await heading(ben, "Clients").or(field).first().waitFor();
    if (await field.isVisible()) {
      await signIn(ben, "ben@harbourlight.example");
    }
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
  "who of ours sits where is seen at once, narrowed, and told by the domains one chooses",
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
