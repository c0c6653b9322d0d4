// Looking at what stands open for a moment: a menu, a dialog.

import { row } from "./people.mjs";

/** Opens the menu of a row. */
export async function menuOf(page, words) {
  await row(page, words).getByRole("button", { name: /^(More actions|Actions) for/ }).click();
}

/** Looks at a menu. It closes when the window changes its size, so it is opened for each. */
export async function lookAtMenu(page, look, what, open) {
  const again = async () => {
    await page.getByRole("menu").waitFor({ state: "detached" });
    await open();
    await page.getByRole("menu").waitFor();
  };
  await look(page, what, { again });
  await page.keyboard.press("Escape");
}

/** Looks at the dialog that is open, and closes it. */
export async function lookAndLeave(page, look, what) {
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await look(page, what);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
}
