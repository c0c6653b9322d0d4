// What a gateway costs: the same requests to a server and through a gateway before it, in turns, over one open connection each.

import http from "node:http";
import { performance } from "node:perf_hooks";

import { startServer } from "../harness.mjs";
import { fill, request, setUp } from "./server/provider.mjs";
import { beside, median, report, say } from "./stage.mjs";

const CLIENTS = 1_000;
const ROUNDS = 300;

const server = await startServer({ arguments: ["--limit-token", "off", "--limit-sign-in", "off"] });
const gateway = await startServer({ arguments: ["--upstream", server.url] });
try {
  const token = await setUp(server);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path, options) => request(agent, server.url + path, token, options);
  const provider = JSON.parse((await ask("/api/accounts/profile")).body).providers[0].id;
  say(`creating clients until there are ${CLIENTS}`);
  await fill(ask, provider, CLIENTS);

  // What a portal asks for when it is opened and its overview is looked at.
  const asked = [
    "/api/accounts/profile",
    `/api/providers/${provider}/organizations`,
    `/api/providers/${provider}/events`,
    `/api/providers/${provider}/users`,
  ];
  const figures = {
    "gateway.p50": await compare(asked),
    // Hardly anything but the way there and back: the answer of a server that has nothing to look up.
    "gateway.p50.least": await compare(["/api/config"]),
  };
  agent.destroy();
  report(figures);

  /** The middle round of requests one after the other, through the gateway beside directly; the time is that of one request. */
  async function compare(paths) {
    const rounds = { [server.url]: [], [gateway.url]: [] };
    for (let round = -20; round < ROUNDS; round++) {
      for (const url of Object.keys(rounds)) {
        const asked = performance.now();
        for (const path of paths) {
          await request(agent, url + path, token);
        }
        if (round >= 0) {
          rounds[url].push((performance.now() - asked) / paths.length);
        }
      }
    }
    return beside(median(rounds[gateway.url]), median(rounds[server.url]), "ms", "a direct call");
  }
} finally {
  await gateway.dispose();
  await server.dispose();
}
