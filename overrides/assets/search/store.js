// The store in the worker: chunks as they arrive (generator/search/activity_store.py has their shape), and the entries, which
// are the values of all facets. An entry has words too: an activity is found by the names of its units or its plan.
import { addWords, newVocabulary, runOf } from "./words.js"

const STORE_VERSION = 7
const IN_FORCE = "published"
const LEVELLESS = 99 // after every level
const RUNS = 3 // of each activity: title, more, also

function newStore(manifest) {
  if (manifest.version !== STORE_VERSION) throw new Error(`store version ${manifest.version}`)
  const chunks = manifest.chunks.map(summary => ({
    summary,
    file: summary.file,
    count: summary.count,
    base: 0,
    columns: null,
  }))
  let base = 0
  for (const chunk of chunks) {
    chunk.base = base
    base += chunk.count
  }
  const indexes = new Uint16Array(base)
  chunks.forEach((chunk, chunkIndex) => {
    indexes.fill(chunkIndex, chunk.base, chunk.base + chunk.count)
  })
  const vocabulary = newVocabulary()
  const store = { manifest, chunks, chunkOf: indexes, count: base, entries: [], entryNumbers: new Map(), vocabulary }
  const named = (facet, [id, name, text, also]) => entryOf(store, facet, id, name, `${name} · ${text}`, "", also)
  store.unitEntries = manifest.units.map(unit => named("don-vi", unit))
  const levels = manifest.levels.map(([id]) => id)
  store.levelRanks = new Map(manifest.units.map(([id, , , , level]) => [id, levels.indexOf(level) + 1 || LEVELLESS]))
  store.programmeEntries = manifest.programmes.map(programme => named("chuong-trinh", programme))
  store.periodEntries = manifest.periods.map(([id, name]) => entryOf(store, "thang", id, name, ""))
  store.levelEntries = manifest.levels.map(([id, name]) => entryOf(store, "cap", id, name, name))
  // Without words: a typed status word is looked for in activities' texts, not as the status of plans.
  store.statusEntries = manifest.statuses.map(([id, name]) => entryOf(store, "tinh-trang", id, name, ""))
  return store
}

// The status of a chunk's plan that is not in force: a draft, or superseded.
function markOf(store, plan) {
  const [status, name] = store.manifest.statuses[plan[4]]
  return status === IN_FORCE ? "" : name
}

// The number of a facet's value, new or known. `plan` is the short title of a task's or target's plan, or the mark of a plan
// that is not in force; `also` are other spellings that find its page.
function entryOf(store, facet, value, label, text, plan = "", also = "") {
  const key = `${facet}:${value}`
  let number = store.entryNumbers.get(key)
  if (number === undefined) {
    number = store.entries.length
    store.entryNumbers.set(key, number)
    store.entries.push({ facet, value, label, text, plan, also, run: null })
  }
  return number
}

// Adds the data of a chunk's file. `entries` have the words that find an activity; `choices` are for filters: besides the
// entries also the targets that the editors align it with, whose words are not the document's.
function addFile(store, name, data) {
  const chunk = store.chunks.find(candidate => candidate.file === name)
  const targets = targetsOf(store, data)
  const entries = entriesOf(store, data, targets)
  const choices = entries.map((rowEntries, row) => {
    const served = data.columns.serves[row]
    return served.length
      ? [...new Set([...rowEntries, ...served.map(targetIndex => targets[targetIndex])])]
      : rowEntries
  })
  Object.assign(chunk, { data, columns: data.columns, entries, choices, runs: [] })
}

// The entries of a file's targets, with those of plans above that its activities serve.
function targetsOf(store, data) {
  const plans = [...data.plans, ...data.above]
  return data.targets.map(target => innerEntry(store, "chi-tieu", plans, target))
}

function innerEntry(store, facet, plans, [planIndex, id, label, title, also]) {
  const [plan, planTitle] = plans[planIndex]
  const shown = label ? `${label}. ${title}` : title
  return entryOf(store, facet, `${plan}/${id}`, shown, `${label} · ${title}`, planTitle, also)
}

// For each activity of a file the numbers of its entries.
function entriesOf(store, data, targets) {
  const { columns } = data
  const plans = data.plans.map(plan => {
    const [id, title, number, text, , also] = plan
    return entryOf(store, "ke-hoach", id, title, [title, number, text].join(" · "), markOf(store, plan), also)
  })
  const tasks = data.tasks.map(task => innerEntry(store, "nhiem-vu", data.plans, task))
  const fundings = data.fundings.map(text => entryOf(store, "kinh-phi", text, text, text))
  return columns.plan.map((plan, row) => {
    const rowEntries = [plans[plan], store.statusEntries[data.plans[plan][4]]]
    if (columns.target[row] >= 0) rowEntries.push(targets[columns.target[row]])
    if (columns.task[row] >= 0) rowEntries.push(tasks[columns.task[row]])
    for (const year of columns.years[row])
      rowEntries.push(entryOf(store, "nam", String(year), String(year), `năm ${year}`))
    const periods = new Set(columns.periods[row].map(([, period]) => period))
    for (const period of periods) rowEntries.push(store.periodEntries[period])
    for (const level of columns.levels[row]) rowEntries.push(store.levelEntries[level])
    const roles = [columns.lead[row], columns.partners[row], columns.levels_units[row], ...columns.rows[row]]
    for (const unit of new Set(roles.flat())) rowEntries.push(store.unitEntries[unit])
    for (const programme of columns.programmes[row]) rowEntries.push(store.programmeEntries[programme])
    for (const funding of columns.funding[row]) rowEntries.push(fundings[funding])
    return rowEntries
  })
}

// The activities of each known entry.
function membersOf(store) {
  const members = store.entries.map(() => [])
  for (const chunk of store.chunks)
    if (chunk.columns)
      chunk.entries.forEach((entries, row) => {
        for (const entry of entries) members[entry].push(chunk.base + row)
      })
  return members
}

// The texts of an activity as a run of words with RUNS parts; read when needed.
function runsOf(store, chunk, row) {
  if (!chunk.runs[row]) {
    const { title, when, more, also, label } = chunk.columns
    const texts = [title[row], `${when[row]} · ${more[row]}`, `${label[row]} · ${also[row]}`]
    chunk.runs[row] = runOf(store.vocabulary, texts)
  }
  return chunk.runs[row]
}

// The names of an entry as a run of words.
function entryRun(store, number) {
  const entry = store.entries[number]
  if (!entry.run) {
    entry.run = []
    addWords(store.vocabulary, entry.text, entry.run)
  }
  return entry.run
}

// The chunk of an activity by its number; its row there is the number less the chunk's base.
const chunkOf = (store, number) => store.chunks[store.chunkOf[number]]

// Both at once, for single activities.
function placeOf(store, number) {
  const chunk = chunkOf(store, number)
  return [chunk, number - chunk.base]
}

// The numbers of all loaded activities, in the store's order.
function arrived(store) {
  const numbers = []
  for (const chunk of store.chunks)
    if (chunk.columns) for (let row = 0; row < chunk.count; row++) numbers.push(chunk.base + row)
  return numbers
}

// The JSON in a file of the store: between its first comma and its last parenthesis.
const dataOf = text => JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")))

export { LEVELLESS, RUNS, addFile, arrived, chunkOf, dataOf, entryRun, markOf, membersOf, newStore, placeOf, runsOf }
