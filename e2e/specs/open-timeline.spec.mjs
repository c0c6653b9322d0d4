// Open to everyone: the timeline in each of its arrangements, and what opens above and beside it.

import { eventually, journey, looker, startProxy } from "../harness.mjs";
import { found, narrow, unfold } from "../harness/events.mjs";
import { lookAndLeave, lookAtMenu } from "../harness/looks.mjs";
import { enterDemo, go, row } from "../harness/people.mjs";

journey(
  "the arrangements, the chart and its table",
  async (house) => {
    const { look, end } = looker();
    const { page } = await enterDemo(house);
    await go(page, "Timeline");
    await found(page);
    await look(page, "timeline, days");
    await page.getByRole("radio", { name: "Sessions", exact: true }).check({ force: true });
    await page.locator('.rows [data-line="session"]').first().waitFor();
    await page.locator('.rows [data-line="session"]').first().click();
    await page.locator('.rows [data-line="inside"]').first().waitFor();
    await look(page, "timeline, sessions");
    await page.getByRole("radio", { name: "People", exact: true }).check({ force: true });
    await row(page, "Ben Okafor").locator(".cell.lane").waitFor();
    await look(page, "timeline, people");
    await page.getByRole("radio", { name: "Clients", exact: true }).check({ force: true });
    await row(page, "Acme Robotics").locator(".cell.lane").waitFor();
    await look(page, "timeline, clients");
    await page.getByRole("radio", { name: "Days", exact: true }).check({ force: true });
    await page.getByRole("button", { name: "Table", exact: true }).click();
    await look(page, "timeline, chart as a table");
    end();
  },
  { demo: true, timeout: 240_000 },
);

journey(
  "filters, highlights, gaps, views, exports and the verifier",
  async (house) => {
    const { look, end } = looker();
    const { page } = await enterDemo(house);
    await go(page, "Timeline");
    await found(page);
    const open = (name) => async () => {
      await unfold(page);
      await page.getByRole("button", { name, exact: true }).click();
    };
    await lookAtMenu(page, look, "timeline, filters", open("Filter"));
    for (const kind of ["Client", "Type", "Address"]) {
      await page.getByRole("button", { name: "Filter", exact: true }).click();
      await page.getByRole("menuitem", { name: `${kind}…` }).click();
      await page.getByRole("dialog").getByRole("listitem").first().waitFor();
      await lookAndLeave(page, look, `timeline, filter by ${kind}`);
    }
    await lookAtMenu(page, look, "timeline, rules", open("Rules"));
    await lookAtMenu(page, look, "timeline, exports", () => page.locator(".head").getByRole("button", { name: "Export", exact: true }).click());
    await page.locator(".head").getByRole("button", { name: "Export", exact: true }).click();
    await page.getByRole("menuitem", { name: /^Verify/ }).click();
    await lookAndLeave(page, look, "timeline, verifying");
    await page.getByRole("button", { name: "Views", exact: true }).click();
    await page.getByRole("menuitem", { name: "Save this view…" }).click();
    await lookAndLeave(page, look, "timeline, saving a view");
    await page.getByRole("button", { name: /^Highlights/ }).click();
    await row(page, "Failed sign-ins").first().waitFor();
    await look(page, "timeline, highlights alone");
    await row(page, "Failed sign-ins").first().locator(".cell.who").click();
    await page.getByRole("button", { name: /^Show the \d+ events? behind it$/ }).first().click();
    await page.locator("ol.behind > li").first().waitFor();
    await look(page, "timeline, what is behind a highlight");
    await page.keyboard.press("Escape");
    await narrow(page, "Client", "Møller & Sønner Shipping", "Not");
    await narrow(page, "Person", "Ben Okafor");
    await look(page, "timeline, narrowed");
    await page.getByRole("searchbox").fill("zzz");
    await page.getByRole("heading", { name: "Nothing matches" }).waitFor();
    await look(page, "timeline, nothing matches");
    end();
  },
  { demo: true, timeout: 300_000 },
);

journey(
  "logs with gaps",
  async (house) => {
    const { look, end } = looker();
    const proxy = await startProxy(house.server.url);
    try {
      let failed = 0;
      proxy.tamper(/^GET \/api\/organizations\/[^/]+\/events/, (answer) => ({ ...answer, status: failed++ % 2 ? 404 : 500, body: "{}" }));
      const { page } = await enterDemo(house, { baseURL: proxy.url });
      await go(page, "Timeline");
      await found(page);
      await page.getByRole("button", { name: "24 logs have gaps" }).click();
      const dialog = page.getByRole("dialog", { name: "Logs with gaps" });
      await eventually("each of them is told", async () => (await dialog.getByRole("listitem").count()) === 24);
      await lookAndLeave(page, look, "timeline, gaps");
    } finally {
      await proxy.close();
    }
    end();
  },
  { demo: true, timeout: 180_000 },
);
