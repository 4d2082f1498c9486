// What two or more plans have in common, from their open data (`/du-lieu/ke-hoach/<plan>.json`). Nothing here is added up.

const nameKey = text => (text ?? "").normalize("NFC").toLocaleLowerCase("vi").replace(/\s+/g, " ").trim()

// The plan in `<plan>/<entry>` and `<plan>/<entry>/<measure>`.
const planOf = key => key.slice(0, key.indexOf("/"))

// All measures of a plan, those of targets first.
function measuresOf(plan) {
  const entries = [...plan.targets, ...plan.activities]
  return entries.flatMap(entry =>
    (entry.measures ?? []).map(measure => ({ key: `${plan.id}/${entry.id}/${measure.id}`, plan, entry, measure })),
  )
}

const uppersOf = item => (item?.measure.contributes_to ?? []).map(upper => upper.measure)

// The plans whose measures are answered by this plan's.
const plansAnswered = plan => [...new Set(measuresOf(plan).flatMap(uppersOf).map(planOf))]

// All keys that links lead to from a key, with itself.
function reachOf(key, linksOf, reached = new Set()) {
  if (reached.has(key)) return reached
  reached.add(key)
  for (const next of linksOf(key)) reachOf(next, linksOf, reached)
  return reached
}

// Where the links from a key end. In a cycle of links they end nowhere: the first key by name represents it.
function endsOf(key, linksOf) {
  const isEnd = end => [...reachOf(end, linksOf)].every(next => reachOf(next, linksOf).has(end))
  const ends = [...reachOf(key, linksOf)].filter(isEnd)
  return new Set(ends.map(end => [...reachOf(end, linksOf)].sort()[0]))
}

// Sets without common members: those that shared a member are joined.
function joinSets(sets) {
  let parts = []
  for (const set of sets) {
    const met = parts.filter(part => [...set].some(member => part.has(member)))
    parts = parts.filter(part => !met.includes(part))
    parts.push(new Set([...met, set].flatMap(part => [...part])))
  }
  return parts
}

// Items in rows, by links alone: a row has all that is linked, also through plans that are not shown. If links end at several
// items of one plan, each of these has a row, and an item that leads to two is in both: nothing says that the two are alike.
function linkedRows(items, linksOf) {
  const ends = new Map(items.map(item => [item, endsOf(item.key, linksOf)]))
  const leadingTo = part => items.filter(item => [...ends.get(item)].some(end => part.has(end)))
  const rows = joinSets(ends.values()).flatMap(part => {
    const isClear = new Set([...part].map(planOf)).size === part.size
    return isClear ? [leadingTo(part)] : [...part].map(end => leadingTo(new Set([end])))
  })
  const holds = (row, other) => other.every(item => row.includes(item))
  return rows.filter(
    (row, rowIndex) =>
      !rows.some(
        (other, otherIndex) =>
          otherIndex !== rowIndex && holds(other, row) && (other.length > row.length || otherIndex < rowIndex),
      ),
  )
}

// Rows in the order of their first items; in a row the items in the plans' order.
function inOrder(items, rows) {
  const itemIndexes = new Map(items.map((item, index) => [item, index]))
  const byIndex = (a, b) => itemIndexes.get(a) - itemIndexes.get(b)
  return rows.map(row => [...row].sort(byIndex)).sort(([a], [b]) => byIndex(a, b))
}

// The unit of a norm without "mỗi": norms for the same unit may be written with and without it.
function normKey({ plan, measure }) {
  const unit = plan.units?.[measure.per_unit]?.short_name
  return nameKey(unit ?? measure.per).replace(/^(mỗi|từng) (một )?/, "")
}

// What measures must share to be paired by name: counts, percentages, norms, totals and averages are not alike, nor are a
// figure of each year and one of the whole term.
function likenessOf(item) {
  const { name, unit, value, by_year, period, aggregate } = item.measure
  const isShare = [unit, value, ...Object.values(by_year ?? {})].some(text => text?.includes("%"))
  const kind = ["average", "min", "max"].includes(aggregate) ? aggregate : ""
  const when = period ?? (yearsOf(item).length ? "each_year" : "")
  return [nameKey(name), isShare ? "%" : nameKey(unit), when, normKey(item), kind].join("|")
}

// The plans about which the links of these items say something: true if measures of them are meant, false if the editors
// have found none.
function decisionsOf(items, known, plansAbove) {
  const decided = new Map()
  const reached = new Set(items.flatMap(item => [...reachOf(item.key, key => uppersOf(known.get(key)))]))
  for (const key of reached) decided.set(planOf(key), true)
  for (const key of reached) {
    const { contributes_to } = known.get(key)?.measure ?? {}
    if (contributes_to && !contributes_to.length)
      for (const plan of plansAbove(planOf(key))) if (!decided.has(plan)) decided.set(plan, false)
  }
  return decided
}

const isUnlinked = ({ items, decided }) => items.length === 1 && [...decided.values()].filter(Boolean).length === 1

// Whether links forbid joining these rows: both say something about one plan, and not both that it has none.
function areApart(rows) {
  const contradict = (row, other) =>
    [...row.decided].some(([plan, isLinked]) => other.decided.has(plan) && (isLinked || other.decided.get(plan)))
  // A plan may count one thing in two places. Names do not tell which of the two another plan means.
  const areOfOnePlan = (row, other) => isUnlinked(row) && isUnlinked(other) && row.items[0].plan === other.items[0].plan
  return rows.some((row, at) => rows.slice(at + 1).some(other => contradict(row, other) && !areOfOnePlan(row, other)))
}

// The rows with one name that may be joined: all, if links allow it; else those without links; else, as two groups, those
// without any decision, and those for which the editors have found no upper measure.
function joinable(alike) {
  const unlinked = alike.filter(isUnlinked)
  const whole = [alike, unlinked].find(rows => !areApart(rows))
  if (whole) return [whole]
  const isUndecided = row => row.decided.size === 1
  const parts = [unlinked.filter(isUndecided), unlinked.filter(row => !isUndecided(row))]
  return parts.filter(rows => !areApart(rows))
}

const joinedRow = rows => ({
  items: rows.flatMap(row => row.items),
  decided: new Map(
    rows.flatMap(row => [...row.decided]).sort(([, isLinked], [, isOtherLinked]) => isLinked - isOtherLinked),
  ),
})

// Rows with the same name joined, if no link forbids it.
function joinByName(rows) {
  const likenesses = new Set(rows.flatMap(row => row.items.map(likenessOf)))
  // Sorted, so that the order of plans in the address does not matter.
  return [...likenesses].sort().reduce((before, likeness) => {
    const parts = joinable(before.filter(row => row.items.some(item => likenessOf(item) === likeness)))
    const joined = parts.filter(part => part.length > 1)
    return [...before.filter(row => !joined.some(part => part.includes(row))), ...joined.map(joinedRow)]
  }, rows)
}

// Measures of several plans that belong together, by plan: one answers the other, or both answer the same one; without
// links, they have the same name and count the same. A plan may have several in a group; measures that stand alone are left
// out. `above` are plans that are not shown, through which links may lead.
function measureGroups(plans, above = []) {
  const shown = plans.flatMap(measuresOf)
  const known = new Map([...shown, ...above.flatMap(measuresOf)].map(item => [item.key, item]))
  const linksOfPlans = new Map(
    [...plans, ...above].map(plan => [plan.id, [...(plan.implements ?? []), ...plansAnswered(plan)]]),
  )
  const plansAbove = id => reachOf(id, plan => linksOfPlans.get(plan) ?? [])
  const rows = linkedRows(shown, key => uppersOf(known.get(key)))
  const joined = joinByName(rows.map(items => ({ items, decided: decisionsOf(items, known, plansAbove) })))
  const groups = inOrder(
    shown,
    joined.map(row => row.items),
  ).map(byPlan)
  return groups.filter(group => group.size > 1)
}

function byPlan(items) {
  const plans = new Map()
  for (const item of items) plans.set(item.plan.id, [...(plans.get(item.plan.id) ?? []), item])
  return plans
}

// Whether norms and totals are in one group, as the editors may link them.
function hasNormsBesideTotals(group) {
  const measures = [...group.values()].flat().map(item => item.measure)
  return measures.some(measure => measure.per) && measures.some(measure => !measure.per)
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

// Years in which two plans of one unit promise the same thing, which must not be counted twice.
function overlapsOf(group) {
  const plansOf = new Map()
  for (const item of [...group.values()].flat())
    for (const year of yearsOf(item)) {
      const key = `${item.plan.issuer} ${year}`
      plansOf.set(key, (plansOf.get(key) ?? new Set()).add(item.plan.id))
    }
  const keys = [...plansOf].filter(([, plans]) => plans.size > 1).map(([key]) => key)
  return [...new Set(keys.map(key => Number(key.slice(key.lastIndexOf(" ") + 1))))].sort()
}

// For each year how many activities of each plan are due: null outside the plan's period.
function workByYear(plans) {
  const all = new Set(plans.flatMap(periodYears))
  const due = (plan, year) => plan.activities.filter(activity => activity.years.includes(year)).length
  return [...all]
    .sort()
    .map(year => ({ year, counts: plans.map(plan => (periodYears(plan).includes(year) ? due(plan, year) : null)) }))
}

// Rows in which several plans meet; of other rows each item in its own row: that entries of one plan lead to the same entry
// of a plan that is not shown does not matter here.
function aloneApart(rows) {
  const meeting = rows.filter(row => new Set(row.map(({ plan }) => plan)).size > 1)
  const met = new Set(meeting.flat())
  return [...meeting, ...[...new Set(rows.flat())].filter(item => !met.has(item)).map(item => [item])]
}

// Entries of several plans in rows: counterparts share one. A row has a list for each plan.
function entryRows(plans, entriesOf) {
  const items = plans.flatMap(plan => entriesOf(plan).map(entry => ({ key: `${plan.id}/${entry.id}`, plan, entry })))
  const known = new Map(items.map(item => [item.key, item.entry]))
  const rows = linkedRows(items, key => known.get(key)?.counterparts ?? [])
  return inOrder(items, aloneApart(rows)).map(row =>
    plans.map(plan => row.filter(item => item.plan === plan).map(item => item.entry)),
  )
}

export { entryRows, hasNormsBesideTotals, measureGroups, overlapsOf, plansAnswered, workByYear }
