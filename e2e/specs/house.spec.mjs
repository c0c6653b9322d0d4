// The house before anybody signs in: it answers, says how it may be used, and opens for everyone.

import assert from "node:assert/strict";

import { axe, eventually, journey, names } from "../harness.mjs";

journey("the app opens, and every address of it can be reloaded", async ({ open, server }) => {
  const ana = await open("/");
  await eventually("the page has a heading", async () => (await names(ana.page, "heading")).length > 0);
  for (const address of ["/", "/clients", "/providers/6d0f9f5e-0d2c-4d5c-9a39-111111111111/events?type=1000"]) {
    const answer = await fetch(server.url + address, { headers: { accept: "text/html" } });
    assert.equal(answer.status, 200, address);
    assert.match(answer.headers.get("content-type"), /^text\/html/, address);
    assert.match(await answer.text(), /<script type="module" src="\/boot\.js"/, address);
  }
});

journey("every answer says how a browser may use it", async ({ server }) => {
  for (const address of ["/", "/boot.js", "/core-boot.js", "/no-such-file.js"]) {
    const { headers } = await fetch(server.url + address);
    const policy = directives(headers.get("content-security-policy"));
    assert.deepEqual(policy["default-src"], ["'none'"], address);
    assert.deepEqual(policy["script-src"], ["'self'", "'wasm-unsafe-eval'"], address);
    assert.deepEqual(policy["frame-ancestors"], ["'none'"], address);
    assert.deepEqual(policy["base-uri"], ["'none'"], address);
    assert.ok(!Object.values(policy).flat().includes("'unsafe-inline'"), address);
    assert.equal(headers.get("x-content-type-options"), "nosniff", address);
    assert.ok(headers.get("referrer-policy"), address);
  }
});

journey("what is named by its contents is kept for ever, and nothing else", async ({ server }) => {
  const page = await navigate(server);
  assert.match(page.headers.get("cache-control"), /no-cache/);
  assert.ok(page.headers.get("etag"));
  const [, js, wasm] = /data-js="([^"]+)" data-wasm="([^"]+)"/.exec(await page.text());
  for (const [address, type] of [
    [js, "text/javascript"],
    [wasm, "application/wasm"],
  ]) {
    const { status, headers } = await fetch(server.url + address);
    assert.equal(status, 200, address);
    assert.match(headers.get("cache-control"), /max-age=31536000, immutable/, address);
    assert.ok(headers.get("content-type").startsWith(type), address);
  }
  for (const address of ["/boot.js", "/core-boot.js", "/core.js", "/core_bg.wasm"]) {
    const { status, headers } = await fetch(server.url + address);
    assert.equal(status, 200, address);
    assert.match(headers.get("cache-control"), /no-cache/, address);
    const again = await fetch(server.url + address, { headers: { "if-none-match": headers.get("etag") } });
    assert.equal(again.status, 304, address);
  }
});

journey("a file that is not there is said to be missing, and never kept", async ({ server }) => {
  for (const address of ["/no-such-file.js", "/portal-0000000000000000_bg.wasm", "/style/none.css"]) {
    const { status, headers } = await fetch(server.url + address);
    assert.equal(status, 404, address);
    assert.doesNotMatch(headers.get("cache-control") ?? "", /immutable/, address);
  }
});

journey("files go over the network compressed once, at their smallest", async ({ server }) => {
  const [, wasm] = /data-wasm="([^"]+)"/.exec(await (await navigate(server)).text());
  const whole = await fetch(server.url + wasm, { headers: { "accept-encoding": "identity" } });
  const small = await fetch(server.url + wasm, { headers: { "accept-encoding": "br" } });
  assert.equal(whole.headers.get("content-encoding"), null);
  assert.equal(small.headers.get("content-encoding"), "br");
  assert.match(small.headers.get("vary") ?? "", /accept-encoding/i);
  assert.deepEqual(Buffer.from(await small.arrayBuffer()), Buffer.from(await whole.arrayBuffer()));
});

journey("the sign-in page is open to everyone, in both themes", async ({ open }) => {
  const ana = await open("/");
  await ana.page.getByRole("textbox").first().waitFor();
  await axe(ana.page);
});

journey("the server stops clean and starts again where it was", async ({ server }) => {
  await server.stop();
  await server.start();
  assert.equal((await fetch(`${server.url}/alive`)).status, 200);
});

journey("a page that complains does not go unheard, and markup with a script in it goes nowhere", async ({ browser, open }) => {
  const { page } = await open("/");
  await eventually("the app stands", async () => (await names(page, "heading")).length > 0);
  const refused = await page.evaluate(() => {
    setTimeout(() => {
      throw new Error("nobody caught me");
    });
    try {
      document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=\"document.title = 'taken over'\">");
      return false;
    } catch (problem) {
      return problem instanceof TypeError;
    }
  });
  assert.ok(refused);
  for (const heard of [/TrustedHTML/, /uncaught: nobody caught me/]) {
    await eventually(`${heard} is heard`, () => browser.complaints().some((complaint) => heard.test(complaint)));
  }
  browser.takeComplaints();
  assert.notEqual(await page.title(), "taken over");
});

/** Asks as a browser does when a person opens the portal. */
function navigate(server) {
  return fetch(server.url, { headers: { accept: "text/html" } });
}

function directives(policy) {
  assert.ok(policy, "there is a policy");
  const words = policy.split(";").map((directive) => directive.trim().split(/\s+/));
  return Object.fromEntries(words.map(([name, ...values]) => [name, values]));
}
