// The list of a hundred thousand clients: a proxy before the real server answers it from the server's own list, grown,
// and passes on everything else as it is. The other table gets the same rows from it.

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";

const LIST = /^\/api\/providers\/[^/]+\/organizations$/;

/** Starts the proxy. `files` are paths it answers from the disk, each with its type. */
export async function serveList(target, rows, files) {
  let list;
  const server = http.createServer(async (request, response) => {
    const [path] = request.url.split("?");
    const file = files[path];
    if (file) {
      return response.writeHead(200, { "content-type": file.type }).end(await readFile(file.path));
    }
    if (path === "/bench/rows.json") {
      return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(list.data.map(shown)));
    }
    const headers = { ...request.headers, "accept-encoding": "identity" };
    const onward = http.request(target + request.url, { method: request.method, headers }, async (answer) => {
      if (answer.statusCode !== 200 || !LIST.test(path)) {
        response.writeHead(answer.statusCode, answer.headers);
        return answer.pipe(response);
      }
      list ??= grown(JSON.parse(Buffer.concat(await answer.toArray()).toString()), rows);
      const { "content-length": _, ...kept } = answer.headers;
      response.writeHead(200, kept).end(JSON.stringify(list));
    });
    onward.on("error", () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The server's list, its rows repeated under new ids until there are enough; their names are mixed, and numbered. */
function grown(list, count) {
  const id = (number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
  const day = 24 * 60 * 60 * 1_000;
  const data = Array.from({ length: count }, (_, number) => {
    const row = list.data[(number * 7) % list.data.length];
    const other = list.data[Math.floor(number / list.data.length) % list.data.length];
    const [begin, end] = [row.organizationName.split(" ")[0], other.organizationName.split(" ").slice(1).join(" ")];
    return {
      ...row,
      id: id(number * 2),
      organizationId: id(number * 2 + 1),
      organizationName: `${begin} ${end} ${(number * 7_919) % count}`,
      // Numbers and days that differ from row to row, or sorting by them would have nothing to do.
      seats: row.seats === null ? null : row.seats + ((number * 31) % 400),
      creationDate: new Date(Date.parse(row.creationDate) - ((number * 37) % 1_500) * day).toISOString(),
    };
  });
  return { ...list, data };
}

/** What a row shows, as the other table gets it: worked out beforehand, so that it has less to do than ours. */
function shown({ organizationName, plan, seats, occupiedSeats, userCount, creationDate }) {
  const used = occupiedSeats ?? userCount;
  const needs = seats !== null && used >= seats ? "Seats" : userCount === 0 ? "Members" : "–";
  const remaining = seats === null ? null : seats - used;
  return { name: organizationName, plan: plan.split(" (")[0], seats, used, remaining, needs, added: Date.parse(creationDate) };
}
