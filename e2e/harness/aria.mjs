// The page as assistive technology meets it.

import assert from "node:assert/strict";

import { eventually } from "./wait.mjs";

/** Waits until this has the focus, by role and name: what assistive technology is told follows a key press a moment later. */
export async function hasFocus(page, wanted) {
  let last;
  const right = async () => {
    last = await focused(page);
    return wanted instanceof RegExp ? wanted.test(last) : wanted === last;
  };
  await eventually(`the focus on ${wanted}`, right).catch(() => {
    throw new Error(`${wanted} was to have the focus, and ${last} has it`);
  });
}

/** Role and name of what has the focus, such as `button "Invite"`; `nothing` where nothing has. */
export async function focused(page) {
  const protocol = await page.context().newCDPSession(page);
  try {
    // Under load, what has just been shown is for a moment not known to assistive technology.
    return await eventually("assistive technology knows what has the focus", async () => {
      const { result } = await protocol.send("Runtime.evaluate", { expression: "document.activeElement" });
      if (result.className === "HTMLBodyElement") {
        return "nothing";
      }
      const { nodes } = await protocol.send("Accessibility.getPartialAXTree", {
        objectId: result.objectId,
        fetchRelatives: false,
      });
      const [node] = nodes;
      return !node || node.ignored ? undefined : `${node.role?.value} "${node.name?.value ?? ""}"`;
    });
  } finally {
    await protocol.detach();
  }
}

/** Presses Tab until something has the focus, as a person would; not for ever. */
export async function tabTo(page, wanted) {
  const passed = [];
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press("Tab");
    const here = await focused(page);
    if (typeof wanted === "string" ? here === wanted : wanted.test(here)) {
      return;
    }
    passed.push(here);
  }
  assert.fail(`${wanted} is not reached by Tab, which passes ${passed.join(", ")}`);
}

/** The names of everything visible with a role, in the page's order. */
export async function names(page, role) {
  const lines = (await outline(page)).split("\n").map((line) => line.trim().replace(/^- /, ""));
  return lines.filter((line) => line.split(/[\s:]/, 1)[0] === role).map((line) => /"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? "");
}

/** Roles and names of the page, or a part of it, as an indented outline. */
export function outline(page, selector = "body") {
  return page.locator(selector).ariaSnapshot();
}
