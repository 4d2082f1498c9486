// Exactly what is found, as a file: CSV for a spreadsheet, JSON for a program.

const BOM = "\ufeff" // without it a spreadsheet takes the text for an old code page
const CSV_COLUMNS = ["plan", "status", "label", "title", "years", "when", "lead", "target", "serves", "task", "url"]

// `hits` as the worker gives them; `addressOf(hit)` is absolute.
function csvOf(hits, say, addressOf) {
  const rows = hits.map(hit => [
    hit.plan.title,
    hit.plan.mark,
    hit.label,
    hit.title,
    hit.years.join(", "),
    hit.when,
    hit.lead.map(unit => unit.name).join("; "),
    hit.target?.label,
    hit.serves.map(one => [one.label || one.id, one.planTitle].filter(Boolean).join(" · ")).join("; "),
    hit.task?.label,
    addressOf(hit),
  ])
  const lines = [CSV_COLUMNS.map(name => say(`column.${name}`)), ...rows]
  return BOM + lines.map(line => `${line.map(csvCell).join(",")}\r\n`).join("")
}

// A spreadsheet takes a cell that begins with one of these for a formula.
function csvCell(value) {
  const text = String(value ?? "")
  const safe = /^\s*[=+\-@]|^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

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
    lead: hit.lead.map(unit => unit.id),
    target: hit.target?.id ?? null,
    serves: hit.serves.map(one => `${one.plan}/${one.id}`),
    task: hit.task?.id ?? null,
    url: addressOf(hit),
  }))
  const head = { address, query: { q, ...chosen, sort }, partial, total: activities.length }
  return `${JSON.stringify({ ...head, activities }, null, 1)}\n`
}

// Hands a text to the browser's downloads.
function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement("a")
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

export { csvOf, jsonOf, save }
