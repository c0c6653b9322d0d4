// The official command-line client, against a server that speaks TLS with a certificate of our own.

import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

const FOLDER = path.join(import.meta.dirname, "../tls");
const CERTIFICATE = path.join(FOLDER, "localhost.crt");
const CLIENT = createRequire(import.meta.url).resolve("@bitwarden/cli/build/bw.js");

/** What makes a server speak TLS. */
export const TLS = ["--tls-cert", CERTIFICATE, "--tls-key", path.join(FOLDER, "localhost.key")];

/** The client with a settings folder of its own; gives what it prints, fails with what it complains of. */
export function officialClient(folder) {
  const env = {
    ...process.env,
    BITWARDENCLI_APPDATA_DIR: folder,
    NODE_EXTRA_CA_CERTS: CERTIFICATE,
    BW_NOINTERACTION: "true",
  };
  return async (...request) => {
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [CLIENT, ...request], { env, timeout: 120_000 });
      return stdout.trim();
    } catch (problem) {
      throw new Error(`bw ${request[0]}: ${problem.stderr || problem.message}`);
    }
  };
}
