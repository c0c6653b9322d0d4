// The portal's server as a process of its own, on a free port, with a data folder that is thrown away.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { access, cp, mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { eventually } from "./wait.mjs";

const PROGRAM = process.env.PORTAL_SERVER ?? path.resolve(import.meta.dirname, "../../target/debug/portal-server");

/** Data folders with a demo in them, played in once for all specs: the small one, and the one of a server without providers. */
const DEMOS = { provider: process.env.PORTAL_DEMO_DATA, owner: process.env.PORTAL_OWNER_DEMO_DATA };

/**
 * Starts a server and waits until it answers.
 *
 * `data` names a folder to keep; without it a fresh one is made and removed, with a copy of a demo's data in it if
 * `demo`: of that named, or of the small one. `arguments` and `env` are passed on.
 */
export async function startServer({ data, demo, port, arguments: extra = [], env = {} } = {}) {
  await access(PROGRAM).catch(() => {
    throw new Error(`${PROGRAM} is not there: build it with \`cargo build -p portal-server\`, or name it in PORTAL_SERVER`);
  });
  const folder = data ?? (await mkdtemp(path.join(os.tmpdir(), "portal-e2e-")));
  if (demo) {
    const played = DEMOS[demo === true ? "provider" : demo];
    assert.ok(played, "PORTAL_DEMO_DATA and PORTAL_OWNER_DEMO_DATA name folders that portal-demo has filled");
    await cp(played, folder, { recursive: true });
  }
  const listen = port ?? (await freePort());
  const scheme = extra.includes("--tls-cert") ? "https" : "http";
  const url = `${scheme}://127.0.0.1:${listen}`;
  const environment = { ...process.env, ...env };
  let child;
  let words = "";

  async function start() {
    child = spawn(PROGRAM, ["serve", "--listen", `127.0.0.1:${listen}`, "--data", folder, ...extra], { env: environment });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => (words += text));
    }
    await eventually("the server answers GET /alive", async () => {
      assert.equal(child.exitCode, null, `the server ended by itself:\n${words}`);
      return scheme === "https" ? listens(listen) : (await fetch(`${url}/alive`).catch(() => undefined))?.ok;
    });
  }

  async function end(signal) {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
    }
  }

  await start();
  return {
    url,
    port: listen,
    data: folder,
    /** Everything the server has said so far. */
    words: () => words,
    pid: () => child.pid,
    /** SIGTERM, as an operator stops it; it must drain and exit clean. */
    async stop() {
      await end("SIGTERM");
      assert.equal(child.exitCode, 0, `the server exits clean on SIGTERM:\n${words}`);
    },
    /** SIGKILL, as a power cut stops it. */
    kill: () => end("SIGKILL"),
    /** Starts again on the same port and data. */
    start,
    /** Runs another command of the server's program on the same data folder; gives its standard output. */
    async command(...request) {
      const { stdout } = await promisify(execFile)(PROGRAM, [...request, "--data", folder], { env: environment });
      return stdout;
    },
    async dispose() {
      await end("SIGTERM");
      if (data === undefined) {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Whether somebody listens on a port. */
async function listens(port) {
  const socket = net.connect(port, "127.0.0.1");
  const open = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  return open;
}

/** A port nobody listens on. */
export async function freePort() {
  const socket = net.createServer().listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}
