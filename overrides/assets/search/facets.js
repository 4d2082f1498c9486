// Counts from the columns which activities pass the chosen filters, and how many would pass with each further value.
// Several values of one facet widen the result, several facets narrow it: a value's count uses only the other facets' filters.
import { FACET_NAMES } from "./facet-names.js"
import { chunkOf } from "./store.js"

const MOST_VALUES = 200 // of one facet in an answer, besides the chosen values

// The chosen values by facet, as sets of entry numbers; an unknown value matches no activity.
function readChoice(store, given) {
  const chosen = []
  for (const facet of FACET_NAMES) {
    const values = Array.isArray(given?.[facet]) ? given[facet].map(String) : []
    if (values.length) {
      // An unknown value has the number `undefined`, which no activity has.
      chosen.push({ facet, values, numbers: new Set(values.map(value => store.entryNumbers.get(`${facet}:${value}`))) })
    }
  }
  return chosen
}

// The numbers of months and quarters by name; an unknown one has the number -1, which no activity has.
const periodNumbers = (store, values) =>
  new Set(values.map(value => store.periodEntries.indexOf(store.entryNumbers.get(`thang:${value}`))))

// Months and quarters are those of the chosen years: an activity of March 2025 and of all of 2026 is not in March 2026.
// Gives a function of an activity's index: the year and period entries that match under the other filter of the two.
function newPeriodCheck(store, chosen) {
  const periods = chosen.find(chosenFacet => chosenFacet.facet === "thang")
  const years = chosen.find(chosenFacet => chosenFacet.facet === "nam")
  if (!periods && !years) return null
  const allowed = years && new Set(years.values.map(Number))
  const numbers = periods && periodNumbers(store, periods.values)
  return (chunk, row) => {
    const pairs = chunk.columns.periods[row]
    const inYears = allowed ? pairs.filter(([year]) => allowed.has(year)) : pairs
    const inPeriods = numbers ? pairs.filter(([, period]) => numbers.has(period)) : null
    return {
      passes: !numbers || inYears.some(([, period]) => numbers.has(period)),
      // what a further value of each of the two facets would match
      periods: new Set(inYears.map(([, period]) => store.periodEntries[period])),
      years: inPeriods && new Set(inPeriods.map(([year]) => store.entryNumbers.get(`nam:${year}`))),
    }
  }
}

// {numbers: the activities that pass, in the given order, counts: by entry number}.
function applyChoice(store, chosen, numbers) {
  const counts = new Int32Array(store.entries.length)
  const passed = []
  const periodCheck = newPeriodCheck(store, chosen)
  for (const number of numbers) {
    const chunk = chunkOf(store, number)
    const row = number - chunk.base
    const time = periodCheck?.(chunk, row)
    const choices = chunk.choices[row]
    let missed = null
    let misses = 0
    for (const chosenFacet of chosen)
      if (!choices.some(entry => chosenFacet.numbers.has(entry))) {
        missed = chosenFacet.facet
        if (++misses > 1) break
      }
    // Year and period match, but not together: the activity counts only for another year or period.
    const apart = !misses && time && !time.passes
    if (misses > 1) continue
    if (!misses && !apart) passed.push(number)
    if (missed && missed !== "nam" && missed !== "thang" && time && !time.passes) continue
    for (const entry of choices) {
      const { facet } = store.entries[entry]
      if (misses ? facet !== missed : apart && facet !== "nam" && facet !== "thang") continue
      if (time && facet === "thang" && !time.periods.has(entry)) continue
      if (time?.years && facet === "nam" && !time.years.has(entry)) continue
      counts[entry]++
    }
  }
  return { numbers: passed, counts }
}

// The facets of an answer: {nam: [{value, label, count, plan}]…}; years in order, levels as given, others by count. `plan`
// is the plan's short title if the value is a task or target, its mark if the value is a plan, else "".
function facetValues(store, chosen, counts) {
  const facets = Object.fromEntries(FACET_NAMES.map(facet => [facet, []]))
  store.entries.forEach(({ facet, value, label, plan }, number) => {
    if (counts[number]) facets[facet].push({ value, label, count: counts[number], plan })
  })
  for (const facet of FACET_NAMES) {
    const wanted = chosen.find(chosenFacet => chosenFacet.facet === facet)?.values ?? []
    const order =
      facet === "nam"
        ? (a, b) => a.value - b.value
        : facet === "cap" || facet === "thang"
          ? () => 0
          : (a, b) => b.count - a.count
    const values = facets[facet].sort(order)
    facets[facet] = values.filter((facetValue, rank) => rank < MOST_VALUES || wanted.includes(facetValue.value))
    for (const value of new Set(wanted))
      if (!facets[facet].some(facetValue => facetValue.value === value)) {
        const entry = store.entries[store.entryNumbers.get(`${facet}:${value}`)]
        facets[facet].push({ value, label: entry?.label ?? value, count: 0, plan: entry?.plan ?? "" })
      }
  }
  return facets
}

// How many facets rule out a whole chunk, from the manifest alone: with one, the chunk still counts for other values of
// that facet; with two, nothing in it can count, and it is not loaded.
function ruledOut(store, chosen, { years, plans, units, above }) {
  const holds = {
    nam: value => years !== null && +value >= years[0] && +value <= years[1],
    "don-vi": value => units.some(unit => store.manifest.units[unit][0] === value),
    "ke-hoach": value => plans.includes(value),
    "nhiem-vu": value => plans.includes(value.split("/")[0]),
    "chi-tieu": value => [...plans, ...above].includes(value.split("/")[0]),
  }
  return chosen.filter(({ facet, values }) => holds[facet] && !values.some(holds[facet])).length
}

export { applyChoice, facetValues, readChoice, ruledOut }
