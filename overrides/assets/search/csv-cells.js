// A line of a table as CSV; the rule and its reasons are in `generator/data/csv_table.py`.

const FORMULA = /^(?:'*\s*[=+\-@＝＋－＠]|'*[\t\r\n])/

function csvCells(cells) {
  return cells.map(csvCell).join(",")
}

function csvCell(cell) {
  const text = String(cell ?? "")
  // Tables print a single dash for "nothing due".
  const safe = text !== "-" && FORMULA.test(text) ? `'${text}` : text
  return safe && `"${safe.replaceAll('"', '""')}"`
}

export { csvCells }
