// A page and what it compares, from an origin of their own.

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";

/** Serves files, each by its address as its media type and its path. Clocks are finer where nothing of another origin can be reached. */
export async function serveFiles(files) {
  const server = http.createServer(async (request, response) => {
    const file = files[request.url];
    if (!file) {
      return response.writeHead(404).end();
    }
    const headers = {
      "content-type": file[0],
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    };
    return response.writeHead(200, headers).end(await readFile(file[1]));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
