// The same rows in AG Grid Community, set up as its documentation advises for speed. Its rows arrive in plain text, with
// nothing to decrypt and nothing to work out, and its cells hold text alone.

const size = new URLSearchParams(location.search);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "");
const element = document.getElementById("grid");
element.style.width = `${size.get("width")}px`;
element.style.height = `${size.get("height")}px`;

let grid;
document.querySelector("button").addEventListener("click", async () => {
  const { columns, rows } = await (await fetch("/bench/rows.json")).json();
  grid = globalThis.agGrid.createGrid(element, {
    theme: globalThis.agGrid.themeQuartz.withParams({ wrapperBorder: false, wrapperBorderRadius: 0 }),
    rowData: rows,
    rowHeight: Number(size.get("rowHeight")),
    rowBuffer: 8,
    animateRows: false,
    cacheQuickFilter: true,
    quickFilterParser: (text) => fold(text).split(/\s+/).filter(Boolean),
    defaultColDef: { flex: 1, sortingOrder: ["asc", "desc"] },
    columnDefs: columns.map((field, place) => ({
      field,
      flex: place === 0 ? 2 : 1,
      sort: place === 0 ? "asc" : undefined,
      getQuickFilterText: ({ value }) => fold(String(value ?? "")),
    })),
  });
});
document.querySelector("input").addEventListener("input", ({ target }) => grid.setGridOption("quickFilterText", target.value));
