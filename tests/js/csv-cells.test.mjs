// Cells of CSV by the cases that the Python module is held to as well.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { csvCells } from "../../overrides/assets/search/csv-cells.js"

const { lines } = JSON.parse(readFileSync(new URL("../data/csv_cells.json", import.meta.url), "utf-8"))

test("cells are written as the site's own tables have them", () => {
  for (const [cells, line] of lines) assert.equal(csvCells(cells), line)
})
