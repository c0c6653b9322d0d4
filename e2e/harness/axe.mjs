// axe-core in both themes. It goes in through the browser's protocol, which the Content-Security-Policy does not bind.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const SOURCE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const RULES = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
/** All that can differ when only the colours do. */
const RULES_OF_COLOUR = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

const WIDTHS = [2560, 1440, 1024, 390];
const WIDTHS_WITH_AXE = [1440, 390];

/** A folder that gets a picture of everything looked at, for people who want to look too. */
const PICTURES = process.env.PORTAL_E2E_PICTURES;

/** Fails with every violation on the page as it stands, in light and in dark. */
export async function axe(page) {
  assert.deepEqual(await violations(page), [], `axe finds nothing on ${page.url()}`);
}

/**
 * Looks at states of pages, one after the other: by axe in both themes on a desk and on a telephone, and at every width
 * for what sticks out. What was found fails at the end, all of it at once.
 */
export function looker() {
  const findings = [];
  return {
    /** `again` brings the state back after the window was resized, where that ends it. */
    async look(page, what, options) {
      findings.push(...(await look(page, what, options)));
    },
    end: () => assert.deepEqual(findings, [], "axe finds nothing, and nothing sticks out"),
  };
}

async function look(page, what, { again } = {}) {
  const findings = [];
  const desk = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await again?.();
    const [whole, seen] = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const measure = () => resolve([document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]);
          requestAnimationFrame(() => requestAnimationFrame(measure));
        }),
    );
    if (whole > seen) {
      findings.push(`${what}, ${width} wide: sticks out by ${whole - seen}`);
    }
    if (WIDTHS_WITH_AXE.includes(width)) {
      const found = await violations(page, `${what}, ${width} wide`);
      findings.push(...found.map((violation) => `${what}, ${width} wide, ${violation}`));
    }
  }
  // The journey goes on as it was before the look, not on a telephone.
  await page.setViewportSize(desk);
  return findings;
}

async function violations(page, what) {
  const findings = [];
  for (const theme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: theme });
    if (PICTURES && what) {
      await mkdir(PICTURES, { recursive: true });
      const name = `${what}, ${theme}`.replaceAll(/[^a-z0-9]+/gi, "-");
      await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
    }
    if (!(await page.evaluate(() => "axe" in globalThis))) {
      await page.evaluate(SOURCE);
    }
    const found = await page.evaluate(async (rules) => {
      const { violations } = await globalThis.axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(" ")}: ${failureSummary}`),
      );
    }, theme === "light" ? RULES : RULES_OF_COLOUR);
    findings.push(...found.map((violation) => `${theme}: ${violation}`));
  }
  await page.emulateMedia({ colorScheme: null });
  return findings;
}
