// The page /so-sanh/: the plans that the address names (`?ke-hoach=a&ke-hoach=b`) side by side.
import { fillIn, formatYears, make } from "./nodes.js"
import { entryRows, measureGroups, overlapsOf, workByYear } from "./sides.js"

const page = document.querySelector("[data-sides]")
const { words, addresses } = JSON.parse(page.querySelector("[data-setup]").textContent)
const chosen = [...new Set(new URLSearchParams(location.search).getAll("ke-hoach"))].filter(id =>
  /^[a-z0-9-]+$/.test(id),
)
const output = page.querySelector("[data-sides-result]")

// A page from disk may not fetch: the bundle has each plan as a script that hands it over.
function loadFromDisk(id) {
  return new Promise((resolve, reject) => {
    globalThis.sokehoachPlans ??= {}
    const handed = globalThis.sokehoachPlans
    const script = make("script", { src: `${addresses.data}${id}.js` })
    script.addEventListener("load", () => resolve(handed[id]))
    script.addEventListener("error", () => reject(new Error(id)))
    document.head.append(script)
  })
}

async function loadPlan(id) {
  if (location.protocol === "file:") return loadFromDisk(id)
  const response = await fetch(`${addresses.data}${id}.json`)
  if (!response.ok) throw new Error(id)
  return response.json()
}

const planLink = plan => make("a", { href: addresses.plan.replace("{plan}", plan.id) }, plan.short_title)
const entryLink = (address, plan, entry) =>
  make(
    "a",
    { href: address.replace("{plan}", plan.id).replace("{id}", entry.id) },
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

// A figure as printed, with how it binds and the years that have cells of their own.
function figureText({ measure }) {
  const sign = words[`comparator.${measure.comparator}`] ?? ""
  const unit = measure.unit && measure.unit !== "%" && !(measure.value ?? "").includes(measure.unit) ? measure.unit : ""
  const period = words[`period.${measure.period}`] ?? ""
  const value = measure.value ? [sign, measure.value, unit, period].filter(Boolean).join(" ") : ""
  const cells = Object.entries(measure.by_year ?? {}).map(([year, cell]) => `${year}: ${cell}`)
  return [value, cells.join("; ")].filter(Boolean).join(" — ")
}

function figures(plans) {
  const groups = measureGroups(plans)
  if (!groups.length) return [make("p", { class: "sk-dim" }, words.no_figures)]
  const rows = groups.map(group => {
    const [first] = group.items.values()
    const years = overlapsOf(group)
    const name = make("th", { scope: "row" }, first.measure.name)
    if (years.length)
      name.append(
        make("br"),
        make("small", { class: "sk-sides__overlap" }, fillIn(words.overlap, { years: formatYears(years) })),
      )
    const cells = plans.map(plan => {
      const item = group.items.get(plan.id)
      return make("td", {}, item ? figureText(item) : "–")
    })
    return make("tr", {}, name, ...cells)
  })
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
  const rows = entryRows(plans, entriesOf).map(cells =>
    make(
      "tr",
      {},
      ...cells.map((cell, place) => make("td", {}, cell ? entryLink(address, plans[place], cell.entry) : "–")),
    ),
  )
  return rows.length ? [table(caption, plans, rows)] : [make("p", { class: "sk-dim" }, words.none)]
}

function show(plans) {
  const parts = [
    ["figures", figures(plans)],
    ["years", years(plans)],
    ["targets", entries(plans, plan => plan.targets, addresses.target, words.targets_caption)],
    ["tasks", entries(plans, plan => plan.tasks, addresses.task, words.tasks_caption)],
  ]
  output.replaceChildren(...parts.flatMap(([name, nodes]) => [make("h2", { id: name }, words[name]), ...nodes]))
}

async function start() {
  for (const [place, select] of page.querySelectorAll("select").entries()) {
    const id = chosen[place]
    if (!id) continue
    if (![...select.options].some(option => option.value === id)) select.append(make("option", { value: id }, id))
    select.value = id
  }
  if (chosen.length < 2) return
  output.textContent = words.loading
  const loaded = await Promise.allSettled(chosen.map(loadPlan))
  const missing = chosen.filter((_, place) => !loaded[place].value)
  if (missing.length) output.textContent = fillIn(words.missing, { plans: missing.join(", ") })
  else show(loaded.map(result => result.value))
}

start()
