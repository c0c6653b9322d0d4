// The page as assistive technology meets it.

/** Role and name of what has the focus, such as `button "Invite"`. */
export async function focused(page) {
  const protocol = await page.context().newCDPSession(page);
  try {
    const { result } = await protocol.send("Runtime.evaluate", { expression: "document.activeElement" });
    const { nodes } = await protocol.send("Accessibility.getPartialAXTree", {
      objectId: result.objectId,
      fetchRelatives: false,
    });
    const [node] = nodes;
    return `${node?.role?.value} "${node?.name?.value ?? ""}"`;
  } finally {
    await protocol.detach();
  }
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
