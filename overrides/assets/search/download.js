// Saves the found activities as a file: Excel for people, CSV and JSON for programs.
import { csvCells } from "./csv-cells.js"
import { rowRolesOf } from "./roles.js"
import { workbookOf } from "./workbook.js"

const BOM = "\ufeff" // without it a spreadsheet assumes an old code page
const CSV_COLUMNS =
  "plan status label title years when lead partners levels_units row_units target serves task url".split(" ")
const WIDTHS = [18, 14, 8, 60, 14, 18, 26, 26, 26, 26, 36, 24, 16, 40] // of the columns in Excel, in letters

// `hits` as the worker gives them; `addressOf(hit)` is absolute.
function csvOf(hits, say, addressOf) {
  const lines = tableOf(hits, say, addressOf)
  return BOM + lines.map(line => `${csvCells(line)}\r\n`).join("")
}

// `asked`: the question in words.
function excelOf(hits, say, addressOf, asked, address) {
  const facts = [
    [say("printed_what"), asked],
    [say("column.url"), address],
  ]
  return workbookOf([
    { name: say("sheet"), widths: WIDTHS, rows: tableOf(hits, say, addressOf) },
    { name: say("source"), widths: [20, 90], rows: facts },
  ])
}

function tableOf(hits, say, addressOf) {
  const rows = hits.map(hit => [
    hit.plan.title,
    hit.plan.mark,
    hit.label,
    hit.title,
    hit.years.join(", "),
    hit.when,
    namesOf(hit.lead),
    namesOf(hit.partners),
    namesOf(hit.levelsUnits),
    rowRolesOf(hit, say)
      .map(([role, units]) => `${role}: ${namesOf(units, ", ")}`)
      .join("; "),
    hit.target && [hit.target.label, hit.target.title].filter(Boolean).join(": "),
    hit.serves
      .map(servedTarget =>
        [servedTarget.label || servedTarget.title, servedTarget.planTitle].filter(Boolean).join(" · "),
      )
      .join("; "),
    hit.task?.label,
    addressOf(hit),
  ])
  return [CSV_COLUMNS.map(name => say(`column.${name}`)), ...rows]
}

const namesOf = (units, between = "; ") => units.map(unit => unit.name).join(between)
const idsOf = units => units.map(unit => unit.id)

// `query` as it was asked; `address` of this page.
function jsonOf(hits, { q, facets, sort, partial, address }, addressOf) {
  const chosen = Object.fromEntries(Object.entries(facets).filter(([, values]) => values.length))
  const activities = hits.map(hit => ({
    id: hit.key.slice(hit.plan.id.length + 1),
    plan: hit.plan.id,
    plan_title: hit.plan.title,
    plan_status: hit.plan.mark || null,
    label: hit.label || null,
    title: hit.title,
    years: hit.years,
    when: hit.when || null,
    lead: idsOf(hit.lead),
    partners: idsOf(hit.partners),
    levels_units: idsOf(hit.levelsUnits),
    row_units: {
      lead: idsOf(hit.rows.lead),
      partners: idsOf(hit.rows.partners),
      levels_units: idsOf(hit.rows.levelsUnits),
    },
    target: hit.target?.id ?? null,
    serves: hit.serves.map(servedTarget => `${servedTarget.plan}/${servedTarget.id}`),
    task: hit.task?.id ?? null,
    url: addressOf(hit),
  }))
  const head = { address, query: { q, ...chosen, sort }, partial, total: activities.length }
  return `${JSON.stringify({ ...head, activities }, null, 1)}\n`
}

// Gives a text or bytes to the browser's downloads.
function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement("a")
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

export { csvOf, excelOf, jsonOf, save }
