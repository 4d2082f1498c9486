// A table as an Excel workbook: one sheet of texts and one that describes it. A workbook is a ZIP file of a few XML files;
// without compression it needs no library.

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const PACKAGE = "http://schemas.openxmlformats.org/package/2006"
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
const LONGEST_CELL = 32_767 // letters that Excel takes
const [HEAD, TEXT] = [1, 2] // styles

// `sheets`: [{name, widths, rows: [[text, …]…]}]; the first row of each is its head. Returns the bytes.
function workbookOf(sheets) {
  const parts = [
    ["/xl/workbook.xml", `${TYPE}.sheet.main+xml`],
    ["/xl/styles.xml", `${TYPE}.styles+xml`],
    ...sheets.map((_, index) => [`/xl/worksheets/sheet${index + 1}.xml`, `${TYPE}.worksheet+xml`]),
  ]
  const overrides = parts.map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`).join("")
  const listed = sheets.map(({ name }, index) => sheetEntry(name, index + 1)).join("")
  const inner = sheets.map((_, index) => ["worksheet", `worksheets/sheet${index + 1}.xml`])
  const files = {
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types">${DEFAULTS}${overrides}</Types>`,
    "_rels/.rels": relations([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${listed}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([...inner, ["styles", "styles.xml"]]),
    "xl/styles.xml": STYLES,
  }
  sheets.forEach((sheet, index) => {
    files[`xl/worksheets/sheet${index + 1}.xml`] = sheetXml(sheet)
  })
  return zipOf(Object.entries(files).map(([name, text]) => [name, XML + text]))
}

const sheetEntry = (name, number) => `<sheet name="${escapeXml(name)}" sheetId="${number}" r:id="rId${number}"/>`

const DEFAULTS =
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'

const STYLES = `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="12"/><name val="Times New Roman"/></font><font><b/><sz val="12"/><name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf fontId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

function relations(pairs) {
  const entries = pairs.map(([type, target], index) => relation(`rId${index + 1}`, type, target)).join("")
  return `<Relationships xmlns="${PACKAGE}/relationships">${entries}</Relationships>`
}

const relation = (id, type, target) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`

function sheetXml({ widths, rows }) {
  const columns = widths.map(columnXml).join("")
  const lines = rows.map((cells, row) => rowXml(cells, row)).join("")
  const last = letterOf(widths.length - 1) + rows.length
  return `<worksheet xmlns="${MAIN}">${FROZEN}<cols>${columns}</cols><sheetData>${lines}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`
}

const FROZEN =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'

const columnXml = (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`

function rowXml(cells, row) {
  const inner = cells.map((cell, column) => cellXml(letterOf(column) + (row + 1), cell, row ? TEXT : HEAD)).join("")
  return `<row r="${row + 1}">${inner}</row>`
}

// All cells are texts, so that nothing is taken for a formula.
function cellXml(cellAddress, value, style) {
  const text = String(value ?? "").slice(0, LONGEST_CELL)
  return text
    ? `<c r="${cellAddress}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`
    : ""
}

const letterOf = column => String.fromCharCode(65 + column) // of at most 26 columns

// Without the signs that XML does not take.
const escapeXml = text =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/g, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")

// A ZIP file whose entries are stored uncompressed: for each a header and its bytes, then the directory.
function zipOf(files) {
  const parts = []
  const directory = []
  let offset = 0
  for (const [name, text] of files) {
    const [nameBytes, bytes] = [name, text].map(each => new TextEncoder().encode(each))
    // version 2.0, names in UTF-8, stored, 1 January 1980
    const facts = [
      [20, 2],
      [0x800, 2],
      [0, 2],
      [0, 2],
      [0x21, 2],
      [crcOf(bytes), 4],
    ]
    facts.push([bytes.length, 4], [bytes.length, 4], [nameBytes.length, 2], [0, 2])
    const head = littleEndian([[0x04034b50, 4], ...facts])
    parts.push(head, nameBytes, bytes)
    const directoryFacts = [
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [offset, 4],
    ] // comment, disk, attributes, offset of its header
    directory.push(littleEndian([[0x02014b50, 4], [20, 2], ...facts, ...directoryFacts]), nameBytes)
    offset += head.length + nameBytes.length + bytes.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const count = files.length
  const end = [
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [size, 4],
    [offset, 4],
    [0, 2],
  ]
  return new Blob([...parts, ...directory, littleEndian(end)])
}

function littleEndian(values) {
  const bytes = new Uint8Array(values.reduce((sum, [, size]) => sum + size, 0))
  let at = 0
  for (const [value, size] of values) for (let byte = 0; byte < size; byte++) bytes[at++] = value >>> (8 * byte)
  return bytes
}

function crcOf(bytes) {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

export { workbookOf }
