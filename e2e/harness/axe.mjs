// axe-core in both themes. It goes in through the browser's protocol, which the Content-Security-Policy does not bind.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const SOURCE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with every violation on the page as it stands, in light and in dark. */
export async function axe(page, { themes = ["light", "dark"] } = {}) {
  const findings = [];
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    await page.evaluate(SOURCE);
    const violations = await page.evaluate(async (rules) => {
      const { violations } = await globalThis.axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(" ")}: ${failureSummary}`),
      );
    }, RULES);
    findings.push(...violations.map((violation) => `${theme}: ${violation}`));
  }
  await page.emulateMedia({ colorScheme: null });
  assert.deepEqual(findings, [], `axe finds nothing on ${page.url()}`);
}
