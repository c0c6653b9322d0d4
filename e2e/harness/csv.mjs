// What a browser saves.

import { readFile } from "node:fs/promises";

/** Acts, and gives the file that the browser saves: its name and its text. */
export async function savedFile(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

/** Acts, and gives the rows of the CSV file that the browser saves, each by the names of its columns. */
export async function savedRows(page, act) {
  const { name, text } = await savedFile(page, act);
  const [columns, ...rows] = parse(text);
  return {
    name,
    columns,
    rows: rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]]))),
  };
}

/** RFC 4180. */
function parse(text) {
  const rows = [];
  let row = [];
  for (const [, quoted, plain, end] of text.replace(/^\uFEFF/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (end === "" && row.length === 0 && !quoted && !plain) {
      break;
    }
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
