// A client from its creation to its end, and its provider after it.

import assert from "node:assert/strict";

import { eventually, journey, names } from "../harness.mjs";
import {
  PASSWORD,
  choose,
  client,
  createClient,
  createInvitedAccount,
  enterDemo,
  go,
  heading,
  row,
  setUpProvider,
  toast,
} from "../harness/people.mjs";

const HOUSE = { provider: "Harbour Light IT", name: "Ana Ruiz", email: "ana@harbourlight.example" };

journey(
  "an owner accepts in a browser of their own and is confirmed by the phrase both see; the client is unlinked and the provider deleted",
  async (house) => {
    const { page: ana } = await setUpProvider(house, HOUSE);
    const link = await createClient(ana, { name: "Pier Nine Yachts", owner: "pia@piernine.example" });

    // Until an owner is confirmed the client cannot be unlinked, and until it is the provider cannot be deleted.
    await choose(ana, "Pier Nine Yachts", "Unlink");
    const refusal = ana.getByRole("dialog", { name: /^Unlink/ });
    await refusal.getByText("The client has no confirmed owner of its own yet.").first().waitFor();
    assert.equal(await refusal.getByRole("button", { name: "Unlink" }).getAttribute("aria-disabled"), "true");
    await ana.keyboard.press("Escape");
    await go(ana, "Settings");
    await ana.getByRole("paragraph").filter({ hasText: "1 client is still linked. Unlink it first." }).waitFor();
    assert.equal(await ana.getByRole("button", { name: "Delete provider…" }).getAttribute("aria-disabled"), "true");

    const { page: pia } = await house.open(link);
    await eventually("the token leaves the address bar", () => !pia.url().includes("token="));
    await createInvitedAccount(pia, "Pia Vester");
    await heading(pia, "One step left: confirmation").waitFor();
    const told = await pia.getByText(/^[a-z]+(-[a-z]+){4}$/).innerText();

    await go(ana, "Clients");
    await client(ana, "Pier Nine Yachts").click();
    await heading(ana, "Pier Nine Yachts").waitFor();
    await ana.getByRole("button", { name: "Confirm", exact: true }).click();
    const comparison = ana.getByRole("dialog", { name: /^Confirm .*Pia Vester/ });
    await comparison.getByText(told).waitFor();
    const confirm = comparison.getByRole("button", { name: /^Confirm/ });
    assert.equal(await confirm.getAttribute("aria-disabled"), "true", "nobody is confirmed before comparing");
    await comparison.getByRole("checkbox", { name: "I have compared all five words" }).check();
    await confirm.click();
    await toast(ana, /Pia Vester.* is confirmed/).waitFor();
    await ana.getByText("One confirmed owner.").waitFor();

    await go(ana, "Timeline");
    await eventually("the events name the owner", async () =>
      (await names(ana, "row")).some((row) => /Ana Ruiz.*confirmed.*(Pia Vester|pia@piernine)/.test(row)),
    );

    await go(ana, "Clients");
    await choose(ana, "Pier Nine Yachts", "Unlink");
    const unlink = ana.getByRole("dialog", { name: /^Unlink/ });
    await unlink.getByRole("textbox").fill("Pier Nine");
    await unlink.getByRole("button", { name: "Unlink" }).click();
    await unlink.getByText(/^This does not match/).waitFor();
    await unlink.getByRole("textbox").fill("Pier Nine Yachts");
    await unlink.getByRole("button", { name: "Unlink" }).click();
    await ana.getByRole("heading", { name: "No clients yet" }).waitFor();
    await pia.getByRole("link", { name: "Choose where to go" }).click();
    await pia.getByText("Pier Nine Yachts").waitFor();

    await go(ana, "Settings");
    await ana.getByRole("button", { name: "Delete provider…" }).click();
    const end = ana.getByRole("dialog", { name: /^Delete .*Harbour Light IT/ });
    await end.getByRole("textbox", { name: /^Type/ }).fill(HOUSE.provider);
    await end.getByRole("textbox", { name: "Master password" }).fill("not the password");
    await end.getByRole("button", { name: "Delete provider" }).click();
    await end.getByText("The master password is wrong.").waitFor();
    await end.getByRole("textbox", { name: "Master password" }).fill(PASSWORD);
    await end.getByRole("button", { name: "Delete provider" }).click();
    await heading(ana, "Choose where to go").waitFor();
    await ana.getByText("Nothing is open to you yet").waitFor();
  },
);

journey(
  "an organization of one's own becomes a client",
  async (house) => {
    const { page } = await enterDemo(house);
    await page.getByRole("button", { name: "Add existing" }).click();
    const dialog = page.getByRole("dialog", { name: "Add an existing organization" });
    await dialog.getByRole("row").filter({ hasText: "Harbour Light Training" }).getByRole("button", { name: "Next" }).click();
    await dialog.getByText(/Harbour Light Training.* becomes a client of .*Harbour Light/).waitFor();
    await dialog.getByRole("button", { name: "Back" }).click();
    await dialog.getByRole("row").filter({ hasText: "Harbour Light Training" }).getByRole("button", { name: "Next" }).click();
    await dialog.getByRole("button", { name: "Add as client" }).click();
    await toast(page, /Harbour Light Training.* is a client now/).waitFor();
    await client(page, "Harbour Light Training").click();
    await heading(page, "Harbour Light Training").waitFor();
    await page.getByText("Opens with the provider key").waitFor();
  },
  { demo: true },
);

journey(
  "a client is renamed, the name taken back, and its seats are set with what that does to the pool",
  async (house) => {
    const { page } = await enterDemo(house);
    await choose(page, "Ashdown Accountants", "Rename");
    const rename = page.getByRole("dialog", { name: "Rename the client" });
    await rename.getByRole("textbox", { name: "Name" }).fill("Ashdown & Daughters");
    await rename.getByRole("button", { name: "Rename" }).click();
    await client(page, "Ashdown & Daughters").waitFor();
    await toast(page, /Renamed to/).getByRole("button", { name: "Undo" }).click();
    await client(page, "Ashdown Accountants").waitFor();

    const before = await row(page, "Ashdown Accountants").locator(".cell.seats").innerText();
    await choose(page, "Ashdown Accountants", "Manage seats");
    const seats = page.getByRole("dialog", { name: /^Seats of .*Ashdown/ });
    await seats.getByText(/assigned$/).waitFor();
    await seats.getByRole("spinbutton", { name: "Seats" }).fill("0");
    await seats.getByText("More seats than that are in use.").first().waitFor();
    const set = seats.getByRole("button", { name: "Set seats", exact: true });
    assert.equal(await set.getAttribute("aria-disabled"), "true");
    assert.equal(await set.evaluate((button) => button.ariaDescribedByElements[0].textContent), "More seats than that are in use.");
    await seats.getByRole("spinbutton", { name: "Seats" }).fill("21");
    await seats.getByText(/\d+ → \d+ assigned/).waitFor();
    await seats.getByRole("button", { name: "Set seats" }).click();
    await toast(page, /Ashdown.* has 21 seats/).waitFor();
    await row(page, "Ashdown Accountants").filter({ hasText: "of 21" }).waitFor();
    assert.doesNotMatch(before, /of 21/);
  },
  { demo: true },
);
