// What every measurement starts from: the demo's provider on a server of its own, and the figures' shape.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { startServer } from "../harness.mjs";

/** Plays the small demo into a fresh folder and starts the server on it; `administrator` can sign in. */
export async function stage() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "portal-bench-"));
  const data = path.join(folder, "data");
  say("playing the demo in");
  await promisify(execFile)(required("PORTAL_DEMO"), ["--data", data, "--size", "small"]);
  const signIns = await readFile(path.join(data, "demo-sign-ins.txt"), "utf8");
  const [, email, password] = /^sign-in: (\S+) (\S+) \(Provider Admin\)/m.exec(signIns);
  const server = await startServer({ data });
  return {
    server,
    administrator: { email, password },
    async close() {
      await server.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Progress, where it does not disturb the figures. */
export function say(text) {
  process.stderr.write(`  ${text}\n`);
}

/** Prints the figures as the one thing on standard output. */
export function report(figures) {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

/** A figure beside another's, smaller being better. */
export function beside(ours, theirs, unit, against) {
  return { ours: round(ours), theirs: round(theirs), unit, ratio: round(ours / theirs), against };
}

/** A figure that stands alone. */
export function alone(ours, unit) {
  return { ours: round(ours), unit };
}

export function median(figures) {
  return percentile(figures, 0.5);
}

export function percentile(figures, share) {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function required(variable) {
  const value = process.env[variable];
  if (!value) {
    throw new Error(`${variable} is not set: \`cargo xtask bench\` sets it`);
  }
  return value;
}

function round(figure) {
  return Number(figure.toPrecision(4));
}
