// Answers one question, in the shapes of the protocol (worker-main.js): from the store and an engine's findings.
import { FACET_NAMES } from "./facet-names.js"
import { applyChoice, facetValues, readChoice } from "./facets.js"
import { entryReadings, otherReadings } from "./keyboard.js"
import { lookUp } from "./lunr-engine.js"
import { pagesOf } from "./page-hits.js"
import { LEAST_LETTERS, readQuery } from "./query.js"
import { excerptOf, marksOf, rank } from "./ranking.js"
import { scanAll } from "./scan.js"
import { arrived, markOf, placeOf } from "./store.js"

const RERANKED = 200 // of an index's findings; the rest keep the index's order
const LONGEST_READ = 200 // letters
const MOST_HITS = 1000 // in one answer, unless all are asked for

// {total, partial, pages, reading, hits, facets, years} for a question {q, facets, sort, from, size, all}; `engine` null
// scans. Words typed with the Vietnamese keyboard off are read as meant (`reading`) if not all are found as typed, or if
// they are the shorthand of a target or task.
function answerTo(store, engine, question) {
  const answer = answerAsTyped(store, engine, question, "")
  const typed = question.q.slice(0, LONGEST_READ)
  const isEntry = entryReadings(typed).length && ["chi-tieu", "nhiem-vu"].includes(answer.pages[0]?.kind)
  if (answer.total && !answer.partial && !isEntry) return answer
  for (const reading of otherReadings(typed)) {
    const other = answerAsTyped(store, engine, { ...question, q: reading }, reading.trim())
    if (other.total && !other.partial) return other
  }
  return answer
}

function answerAsTyped(store, engine, question, reading) {
  const query = readQuery(question.q)
  const chosen = readChoice(store, question.facets)
  const asked = query.letters >= LEAST_LETTERS
  if (!asked && !chosen.length) {
    const facets = Object.fromEntries(FACET_NAMES.map(facet => [facet, []]))
    return { total: 0, partial: false, pages: [], reading, hits: [], facets, years: {} }
  }
  const candidates = asked
    ? engine
      ? lookUp(store, engine, query)
      : scanAll(store, query)
    : { numbers: arrived(store), partial: false }
  const { numbers, counts } = applyChoice(store, chosen, candidates.numbers)
  const from = Math.max(0, Math.trunc(question.from) || 0)
  const size = Math.min(MOST_HITS, Math.max(0, Math.trunc(question.size ?? 20) || 0))
  const most = question.all || question.sort === "year" ? Infinity : from + size
  const ranked = asked ? best(store, engine, query, numbers, candidates.frequency, most) : { numbers, trusted: 0 }
  if (question.sort === "year") sortByYear(store, ranked.numbers, question.facets?.nam)
  const shown = question.all ? ranked.numbers : ranked.numbers.slice(from, from + size)
  return {
    total: numbers.length,
    partial: candidates.partial,
    pages: asked && !from ? pagesOf(store, question.q) : [],
    reading,
    hits: shown.map(number => hitOf(store, number, question.all ? null : query, ranked.trusted)),
    facets: facetValues(store, chosen, counts),
    years: yearsOf(store, counts),
  }
}

function best(store, engine, query, numbers, frequency, most) {
  if (!engine) return rank(store, query, numbers, frequency, most)
  const ranked = rank(store, query, numbers.slice(0, RERANKED), frequency, most)
  return { ...ranked, numbers: [...ranked.numbers, ...numbers.slice(RERANKED)] }
}

// Sorts by first day, in the chosen years if there are any; without a day, after all days of the year; without a year, last.
function sortByYear(store, numbers, chosenYears = []) {
  const keyOf = number => {
    const [chunk, row] = placeOf(store, number)
    const years = chunk.columns.years[row].filter(year => !chosenYears.length || chosenYears.includes(String(year)))
    const days = chunk.columns.days[row].split(" ").flatMap(span => span.split("/").find(Boolean) ?? [])
    const inYears = days.filter(day => !chosenYears.length || chosenYears.includes(day.slice(0, 4))).sort()
    return inYears[0] ?? (years.length ? `${years[0]}~` : "~")
  }
  const keys = new Map(numbers.map(number => [number, keyOf(number)]))
  numbers.sort((a, b) => (keys.get(a) === keys.get(b) ? 0 : keys.get(a) < keys.get(b) ? -1 : 1))
}

// What a click on a year's bar would give: the counts by year, without the filter of years.
function yearsOf(store, counts) {
  const years = {}
  store.entries.forEach(({ facet, value }, number) => {
    if (facet === "nam" && counts[number]) years[value] = counts[number]
  })
  return years
}

// An activity as the page shows it; without a query the excerpt is its whole text, unmarked.
function hitOf(store, number, query, trusted) {
  const [{ data, columns }, row] = placeOf(store, number)
  const [planId, planTitle] = data.plans[columns.plan[row]]
  const title = columns.title[row]
  const more = columns.more[row]
  const excerpt = query ? excerptOf(more, query, trusted) : { text: more, marks: [] }
  const inner = (dictionary, index) =>
    index < 0 ? null : { id: dictionary[index][1], label: dictionary[index][2], title: dictionary[index][3] }
  const units = numbers =>
    numbers.map(unit => ({ id: store.manifest.units[unit][0], name: store.manifest.units[unit][1] }))
  const served = targetIndex => {
    const [plan, id, label, title] = data.targets[targetIndex]
    const [ofPlan, ofTitle] = [...data.plans, ...data.above][plan]
    return { plan: ofPlan, planTitle: ofPlan === planId ? "" : ofTitle, id, label, title }
  }
  return {
    key: `${planId}/${columns.id[row]}`,
    plan: { id: planId, title: planTitle, mark: markOf(store, data.plans[columns.plan[row]]) },
    label: columns.label[row],
    title,
    titleMarks: query ? marksOf(title, query, trusted) : [],
    excerpt: excerpt.text,
    excerptMarks: excerpt.marks,
    years: columns.years[row],
    when: columns.when[row],
    days: columns.days[row],
    reading: columns.reading[row],
    lead: units(columns.lead[row]),
    partners: units(columns.partners[row]),
    levelsUnits: units(columns.levels_units[row]),
    rows: rolesIn(columns.rows[row].map(units)),
    target: inner(data.targets, columns.target[row]),
    serves: columns.serves[row].map(served),
    task: inner(data.tasks, columns.task[row]),
  }
}

// The units that have a role only in sub-rows, by the names in a hit.
const rolesIn = ([lead = [], partners = [], levelsUnits = []]) => ({ lead, partners, levelsUnits })

export { answerTo }
