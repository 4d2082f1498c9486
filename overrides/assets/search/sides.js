// What two or more plans have in common, from their open data (`/du-lieu/ke-hoach/<plan>.json`). Nothing here is added up.

const nameKey = text => (text ?? "").normalize("NFC").toLocaleLowerCase("vi").replace(/\s+/g, " ").trim()

// All measures of a plan, those of targets first.
function measuresOf(plan) {
  const entries = [...plan.targets, ...plan.activities]
  return entries.flatMap(entry => (entry.measures ?? []).map(measure => ({ plan, entry, measure })))
}

const keyOf = ({ plan, entry, measure }) => `${plan.id}/${entry.id}/${measure.id}`
const uppersOf = ({ measure }) => (measure.contributes_to ?? []).map(upper => upper.measure ?? upper)

// Measures of several plans that belong together: one answers the other, both answer the same one, or they are called the
// same and count the same. Each group has at most one measure of a plan; measures that stand alone are left out.
function measureGroups(plans) {
  const groups = []
  for (const plan of plans)
    for (const item of measuresOf(plan)) {
      const keys = new Set([
        keyOf(item),
        ...uppersOf(item),
        `${nameKey(item.measure.name)}|${nameKey(item.measure.unit)}`,
      ])
      const group = groups.find(known => !known.items.has(plan.id) && [...keys].some(key => known.keys.has(key)))
      if (group) {
        group.items.set(plan.id, item)
        for (const key of keys) group.keys.add(key)
      } else groups.push({ keys, items: new Map([[plan.id, item]]) })
    }
  return groups.filter(group => group.items.size > 1)
}

// The years for which a measure has a figure.
function yearsOf({ plan, measure }) {
  const years = Object.keys(measure.by_year ?? {}).map(Number)
  if (years.length || measure.period === "term" || measure.period === "by_end") return years
  if (measure.period === "each_year" || plan.period.from === plan.period.to) return periodYears(plan)
  return []
}

function periodYears(plan) {
  const years = []
  for (let year = Number(plan.period.from); year <= Number(plan.period.to); year++) years.push(year)
  return years
}

// Years in which two plans of one unit promise the same thing: it must not be counted twice.
function overlapsOf(group) {
  const items = [...group.items.values()]
  const years = new Map()
  for (const item of items)
    for (const year of yearsOf(item)) {
      const key = `${item.plan.issuer} ${year}`
      years.set(key, (years.get(key) ?? 0) + 1)
    }
  return [
    ...new Set([...years].filter(([, times]) => times > 1).map(([key]) => Number(key.slice(key.lastIndexOf(" ") + 1)))),
  ].sort()
}

// For each year how many activities of each plan are due: null outside of the plan's period.
function workByYear(plans) {
  const all = new Set(plans.flatMap(periodYears))
  const due = (plan, year) => plan.activities.filter(activity => activity.years.includes(year)).length
  return [...all]
    .sort()
    .map(year => ({ year, counts: plans.map(plan => (periodYears(plan).includes(year) ? due(plan, year) : null)) }))
}

// Entries of several plans in rows: those that the editors call counterparts share one.
function entryRows(plans, entriesOf) {
  const rows = []
  plans.forEach((plan, place) => {
    for (const entry of entriesOf(plan)) {
      const key = `${plan.id}/${entry.id}`
      const others = new Set(entry.counterparts ?? [])
      const row = rows.find(
        cells =>
          !cells[place] &&
          cells.some(cell => cell && (others.has(cell.key) || (cell.entry.counterparts ?? []).includes(key))),
      )
      if (row) row[place] = { key, entry }
      else rows.push(plans.map((_, at) => (at === place ? { key, entry } : null)))
    }
  })
  return rows
}

export { entryRows, measureGroups, overlapsOf, workByYear }
