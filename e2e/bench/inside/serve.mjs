// The page of the other table, and its rows, from an origin of their own.

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";

const OTHER = path.join(import.meta.dirname, "../../node_modules/ag-grid-community");

const FILES = {
  "/bench/other.html": ["text/html", path.join(import.meta.dirname, "other.html")],
  "/bench/other.js": ["text/javascript", path.join(import.meta.dirname, "other.js")],
  "/bench/grid.js": ["text/javascript", path.join(OTHER, "dist/ag-grid-community.min.js")],
};

/** What figures are compared with, in words. */
export async function against() {
  const { version } = JSON.parse(await readFile(path.join(OTHER, "package.json"), "utf8"));
  return `AG Grid Community ${version.split(".")[0]}`;
}

/** Starts it; `show` sets the rows that are served next. */
export async function serveOther() {
  let shown;
  const server = http.createServer(async (request, response) => {
    const [address] = request.url.split("?");
    if (address === "/bench/rows.json") {
      return response.writeHead(200, { "content-type": "application/json" }).end(shown);
    }
    const file = FILES[address];
    return file
      ? response.writeHead(200, { "content-type": file[0] }).end(await readFile(file[1]))
      : response.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    show(rows) {
      shown = JSON.stringify(rows);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
