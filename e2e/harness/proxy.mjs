// A line between browser and server that can be cut, held and tampered with. The shared worker's requests go through it
// like any other, which Playwright's own interception does not reach.

import { once } from "node:events";
import http from "node:http";

/** Starts one in front of a server; close it. */
export async function startProxy(target) {
  const seen = [];
  const rules = [];
  const sockets = new Set();
  const upstream = new http.Agent({ keepAlive: false });
  let port = 0;
  let server;

  async function handle(request, response) {
    const call = `${request.method} ${request.url}`;
    seen.push(call);
    const rule = rules.find(({ pattern }) => pattern.test(call));
    const body = Buffer.concat(await request.toArray());
    // A worker's address is the proxy's, and so is the one the server is asked for.
    const headers = { ...request.headers, ...(rule && { "accept-encoding": "identity" }) };
    const onward = http.request(target + request.url, { method: request.method, headers, agent: upstream });
    // Without a server behind it the line is dead, as it would be without the proxy.
    onward.on("error", () => response.destroy());
    onward.end(body);
    const [answer] = await once(onward, "response");
    if (!rule) {
      response.writeHead(answer.statusCode, answer.headers);
      return answer.pipe(response);
    }
    const { "content-length": _, "transfer-encoding": __, ...kept } = answer.headers;
    const given = { status: answer.statusCode, headers: kept, body: Buffer.concat(await answer.toArray()).toString() };
    const changed = (await rule.change(given, call)) ?? given;
    if (changed === DROPPED) {
      return response.destroy();
    }
    response.writeHead(changed.status, { ...changed.headers, "content-length": Buffer.byteLength(changed.body) });
    response.end(changed.body);
  }

  async function listen() {
    server = http.createServer((request, response) => {
      handle(request, response).catch(() => response.destroy());
    });
    server.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    });
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    ({ port } = server.address());
  }

  async function cut() {
    const closed = once(server, "close");
    server.close();
    sockets.forEach((socket) => socket.destroy());
    await closed;
  }

  await listen();
  return {
    url: `http://127.0.0.1:${port}`,
    /** Every call so far, as method and address. */
    seen: () => [...seen],
    /**
     * Lets `change` make another answer of each that a call matching `pattern` gets; gives what undoes it. What `change`
     * waits for, the browser waits for too; `DROPPED` loses the answer.
     */
    tamper(pattern, change) {
      const rule = { pattern, change };
      rules.unshift(rule);
      return () => rules.splice(rules.indexOf(rule), 1);
    },
    /** Ends every connection and takes none. */
    cut,
    /** Takes connections again, at the same address. */
    mend: listen,
    close: () => cut(),
  };
}

/** Instead of an answer: the connection ends, though the server has done what was asked. */
export const DROPPED = Symbol("dropped");

/** A change of what an answer's JSON says. */
export function json(change) {
  return (answer) => {
    if (answer.status !== 200) {
      return answer;
    }
    const said = JSON.parse(answer.body);
    return { ...answer, body: JSON.stringify(change(said) ?? said) };
  };
}
