// A line of a table as CSV: the same rule as in `generator/data/csv_table.py`, which says why.

const FORMULA = /^(?:'*\s*[=+\-@＝＋－＠]|'*[\t\r\n])/

function csvCells(cells) {
  return cells.map(csvCell).join(",")
}

function csvCell(cell) {
  const text = String(cell ?? "")
  // A dash alone is what tables print for "nothing due".
  const safe = text !== "-" && FORMULA.test(text) ? `'${text}` : text
  return safe && `"${safe.replaceAll('"', '""')}"`
}

export { csvCells }
