// The page /so-sanh/: the plans that the address names (`?ke-hoach=a&ke-hoach=b`) side by side.
import { formatYears } from "./nodes.js"
import { fillIn, loadScript, make } from "../site/make.js"
import { entryRows, hasNormsBesideTotals, measureGroups, overlapsOf, plansAnswered, workByYear } from "./sides.js"

const page = document.querySelector("[data-sides]")
const { words, addresses } = JSON.parse(page.querySelector("[data-setup]").textContent)
const chosen = [...new Set(new URLSearchParams(location.search).getAll("ke-hoach"))].filter(id =>
  /^[a-z0-9-]+$/.test(id),
)
const output = page.querySelector("[data-sides-result]")

// A page from disk cannot fetch: the bundle has each plan as a script that passes the data on.
async function loadFromDisk(id) {
  globalThis.sokehoachPlans ??= {}
  await loadScript(`${addresses.data}${id}.js`)
  return globalThis.sokehoachPlans[id]
}

async function loadPlan(id) {
  if (location.protocol === "file:") return loadFromDisk(id)
  const response = await fetch(`${addresses.data}${id}.json`)
  if (!response.ok) throw new Error(id)
  return response.json()
}

const planLink = plan => make("a", { href: fillIn(addresses.plan, { plan: plan.id }) }, plan.short_title)
const entryLink = (address, plan, entry) =>
  make(
    "a",
    { href: fillIn(address, { plan: plan.id, id: entry.id }) },
    entry.label ? `${entry.label}. ${entry.title}` : entry.title,
  )

function table(caption, plans, rows, first = "", kind = "") {
  const head = make("tr", {}, first && make("th", { scope: "col" }, first))
  head.append(...plans.map(plan => make("th", { scope: "col" }, planLink(plan))))
  const body = make("tbody", {}, ...rows)
  return make(
    "div",
    { class: "sk-frame" },
    make("table", { class: `sk-matrix sk-sides ${kind}` }, make("caption", {}, caption), make("thead", {}, head), body),
  )
}

// The unit of a norm: as written, or the name of the unit that an id means.
const perText = ({ plan, measure }) =>
  measure.per && measure.per === measure.per_unit
    ? fillIn(words.per, { unit: plan.units[measure.per].short_name })
    : measure.per

// The cells of years as printed; the years of equal cells are told together. A cross is a year, no figure.
function cellsText(byYear) {
  const years = new Map()
  for (const [year, cell] of Object.entries(byYear))
    if (cell.toLowerCase() !== "x") years.set(cell, [...(years.get(cell) ?? []), Number(year)])
  return [...years].map(([cell, members]) => `${formatYears(members)}: ${cell}`).join("; ")
}

const isBareNumber = cell => /\d/.test(cell) && !/[\p{L}%]/u.test(cell)

// A figure as printed: how it binds, of what it is for each, the time, what it starts from, the years that have cells of
// their own.
function figure(item) {
  const { comparator, value, unit, period, baseline, by_year } = item.measure
  const gap = unit === "%" ? "" : " "
  const counted = unit && !value?.includes(unit) ? gap + unit : ""
  const number = value ? [words[`comparator.${comparator}`], value + counted].filter(Boolean).join(" ") : ""
  const cells = cellsText(by_year ?? {})
  const dim = [
    !value && unit && Object.values(by_year ?? {}).some(isBareNumber) && fillIn(words.counts_in, { unit }),
    perText(item),
    words[`period.${period}`],
    baseline && `${words.baseline} ${baseline}`,
  ].filter(Boolean)
  if (cells) dim.push(number || dim.length ? `(${cells})` : cells)
  return [number, ...dim.flatMap(text => [" ", make("span", { class: "sk-dim" }, text)])]
}

// The figures of one plan in a row; several have their names, if these differ.
function figuresCell(items) {
  if (!items) return make("td", {}, "–")
  const isNamed = new Set(items.map(item => item.measure.name)).size > 1
  const lines = items.map(item => make("div", {}, isNamed ? `${item.measure.name}: ` : "", ...figure(item)))
  return make("td", {}, ...lines)
}

// The name of a row, with what must be known before its figures are compared.
function figuresHead(group) {
  const [[first]] = group.values()
  const years = overlapsOf(group)
  const notes = [
    years.length && fillIn(words.overlap, { years: formatYears(years) }),
    hasNormsBesideTotals(group) && words.norms_and_totals,
  ].filter(Boolean)
  const lines = notes.flatMap(note => [make("br"), make("small", { class: "sk-sides__beware" }, note)])
  return make("th", { scope: "row" }, first.measure.name, ...lines)
}

function figures(plans, above) {
  const groups = measureGroups(plans, above)
  if (!groups.length) return [make("p", { class: "sk-dim" }, words.no_figures)]
  const rows = groups.map(group =>
    make("tr", {}, figuresHead(group), ...plans.map(plan => figuresCell(group.get(plan.id)))),
  )
  return [table(words.figures_caption, plans, rows, words.measure, "sk-sides--figures")]
}

function years(plans) {
  const rows = workByYear(plans).map(({ year, counts }) => {
    const cells = counts.map(count =>
      make(
        "td",
        { class: count === 0 && "sk-sides__none" },
        count === null ? "–" : count === 0 ? words.no_work : String(count),
      ),
    )
    return make("tr", {}, make("th", { scope: "row" }, String(year)), ...cells)
  })
  return [table(words.years_caption, plans, rows, words.year)]
}

function entries(plans, entriesOf, address, caption) {
  const cell = (plan, entriesOfPlan) => {
    const links = entriesOfPlan.map(entry => make("div", {}, entryLink(address, plan, entry)))
    return make("td", {}, ...(links.length ? links : ["–"]))
  }
  const rows = entryRows(plans, entriesOf).map(cells =>
    make("tr", {}, ...cells.map((entriesOfPlan, column) => cell(plans[column], entriesOfPlan))),
  )
  return rows.length ? [table(caption, plans, rows)] : [make("p", { class: "sk-dim" }, words.none)]
}

function show(plans, above) {
  const parts = [
    ["figures", figures(plans, above)],
    ["years", years(plans)],
    ["targets", entries(plans, plan => plan.targets, addresses.target, words.targets_caption)],
    ["tasks", entries(plans, plan => plan.tasks, addresses.task, words.tasks_caption)],
  ]
  output.replaceChildren(...parts.flatMap(([name, nodes]) => [make("h2", { id: name }, words[name]), ...nodes]))
}

// Shows in the lists which plans are chosen.
function fillForm() {
  for (const [index, select] of page.querySelectorAll("select").entries()) {
    const id = chosen[index]
    if (!id) continue
    if (![...select.options].some(option => option.value === id)) select.append(make("option", { value: id }, id))
    select.value = id
  }
}

async function start() {
  fillForm()
  if (chosen.length < 2) return
  output.textContent = words.loading
  const plans = []
  // The chosen plans, then those above that their measures answer: links may lead through a plan that is not shown.
  for (let ids = chosen; ids.length; ids = unknownAbove(plans)) {
    const loaded = await Promise.allSettled(ids.map(loadPlan))
    const missing = ids.filter((_, index) => !loaded[index].value)
    if (missing.length) {
      output.textContent = fillIn(words.missing, { plans: missing.join(", ") })
      return
    }
    plans.push(...loaded.map(result => result.value))
  }
  show(plans.slice(0, chosen.length), plans.slice(chosen.length))
}

// The plans that measures of these answer and that are not among them.
function unknownAbove(plans) {
  const known = new Set(plans.map(plan => plan.id))
  return [...new Set(plans.flatMap(plansAnswered))].filter(id => !known.has(id))
}

start()
