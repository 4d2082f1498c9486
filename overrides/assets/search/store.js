// The store as the worker holds it: chunks as they arrive (generator/search/store.py has their shape), and the entries,
// that is the values of all facets. An entry has words too: an activity is found by the names of its units or its plan.
// In a split store facet columns come for many chunks at once, and each chunk's texts alone, when they are asked for.
import { addWords, newVocabulary } from "./words.js"

const STORE_VERSION = 2
const FACETS = ["nam", "don-vi", "nhiem-vu", "chi-tieu", "ke-hoach", "cap", "kinh-phi", "chuong-trinh"]
const RUNS = 3 // of each activity: title, more, also

// What an answer cannot do without yet: the names of files. Thrown; the worker fetches them and asks again.
class Missing extends Error {
  constructor(files) {
    super(files.join(" "))
    this.files = files
  }
}

function newStore(manifest) {
  if (manifest.version !== STORE_VERSION) throw new Error(`store version ${manifest.version}`)
  const chunks = manifest.text ? manifest.chunks.flatMap(group => chunksOf(group, manifest.text)) : manifest.chunks.map(newChunk)
  let base = 0
  for (const chunk of chunks) {
    chunk.base = base
    base += chunk.count
  }
  const places = new Uint16Array(base)
  chunks.forEach((chunk, place) => places.fill(place, chunk.base, chunk.base + chunk.count))
  const vocabulary = newVocabulary()
  const store = { manifest, chunks, chunkOf: places, count: base, entries: [], entryNumbers: new Map(), vocabulary }
  store.unitEntries = manifest.units.map(([id, name, text]) => entryOf(store, "don-vi", id, name, `${name} · ${text}`))
  store.programmeEntries = manifest.programmes.map(([id, name, text]) =>
    entryOf(store, "chuong-trinh", id, name, `${name} · ${text}`),
  )
  store.levelEntries = manifest.levels.map(([id, name]) => entryOf(store, "cap", id, name, name))
  return store
}

// `columns` those that have arrived, `read` whether the texts are among them; `file` brings the facets, `texts` the texts.
const newChunk = summary => ({ summary, file: summary.file, texts: null, count: summary.count, base: 0, columns: null, read: false })

// The chunks of a group of a split store, as many activities in each as in a file of texts.
function chunksOf(summary, size) {
  return Array.from({ length: Math.ceil(summary.count / size) }, (_, place) => ({
    ...newChunk(summary),
    texts: `${summary.texts}-${place}.js`,
    count: Math.min(size, summary.count - place * size),
  }))
}

// The number of a facet's value, new or known. `plan` is the short title of the plan that a task or target is of.
function entryOf(store, facet, value, label, text, plan = "") {
  const key = `${facet}:${value}`
  let number = store.entryNumbers.get(key)
  if (number === undefined) {
    number = store.entries.length
    store.entryNumbers.set(key, number)
    store.entries.push({ facet, value, label, text, plan, run: null })
  }
  return number
}

// Takes a file's data in: that of a chunk, of a group's facets, or of a chunk's texts.
function addFile(store, name, data) {
  const texts = store.chunks.find(chunk => chunk.texts === name)
  if (texts) {
    Object.assign(texts.columns, data.columns)
    texts.read = true
    return
  }
  const chunks = store.chunks.filter(chunk => chunk.file === name)
  const entries = entriesOf(store, data)
  let from = 0
  for (const chunk of chunks) {
    const to = from + chunk.count
    chunk.data = data
    chunk.columns = Object.fromEntries(Object.entries(data.columns).map(([key, column]) => [key, column.slice(from, to)]))
    chunk.entries = entries.slice(from, to)
    chunk.read = !chunk.texts
    from = to
  }
}

// For each activity of a file the numbers of its entries.
function entriesOf(store, data) {
  const { columns } = data
  const plans = data.plans.map(([id, title, number, text]) =>
    entryOf(store, "ke-hoach", id, title, [title, number, text].join(" · ")),
  )
  const inner = facet => ([plan, id, label, title]) => {
    const [planId, planTitle] = data.plans[plan]
    const shown = label ? `${label}. ${title}` : title
    return entryOf(store, facet, `${planId}/${id}`, shown, `${label} · ${title}`, planTitle)
  }
  const targets = data.targets.map(inner("chi-tieu"))
  const tasks = data.tasks.map(inner("nhiem-vu"))
  const fundings = data.fundings.map(text => entryOf(store, "kinh-phi", text, text, text))
  data.entries = { plans, targets, tasks, fundings }
  return columns.plan.map((plan, row) => {
    const found = [plans[plan]]
    if (columns.target[row] >= 0) found.push(targets[columns.target[row]])
    if (columns.task[row] >= 0) found.push(tasks[columns.task[row]])
    for (const year of columns.years[row]) found.push(entryOf(store, "nam", String(year), String(year), `năm ${year}`))
    for (const level of columns.levels[row]) found.push(store.levelEntries[level])
    for (const unit of new Set([...columns.lead[row], ...columns.partners[row]])) found.push(store.unitEntries[unit])
    for (const programme of columns.programmes[row]) found.push(store.programmeEntries[programme])
    for (const funding of columns.funding[row]) found.push(fundings[funding])
    return found
  })
}

// The activities of each entry that is known so far.
function membersOf(store) {
  const members = store.entries.map(() => [])
  for (const chunk of store.chunks)
    if (chunk.columns)
      chunk.entries.forEach((entries, row) => {
        for (const entry of entries) members[entry].push(chunk.base + row)
      })
  return members
}

// Refuses to go on without the texts of these activities.
function needTexts(store, numbers) {
  const files = new Set()
  for (const number of numbers) {
    const chunk = chunkOf(store, number)
    if (!chunk.read) files.add(chunk.texts)
  }
  if (files.size) throw new Missing([...files])
}

// The texts of a chunk as runs of words, one after the other: {words, starts}, RUNS for each activity; read when needed.
function runsOf(store, chunk) {
  if (!chunk.runs) {
    const { title, when, more, also, label } = chunk.columns
    const words = []
    const starts = [0]
    for (let row = 0; row < title.length; row++)
      for (const text of [title[row], `${when[row]} · ${more[row]}`, `${label[row]} · ${also[row]}`]) {
        addWords(store.vocabulary, text, words)
        starts.push(words.length)
      }
    chunk.runs = { words: Int32Array.from(words), starts }
  }
  return chunk.runs
}

// The names of an entry as a run of words.
function entryRun(store, number) {
  const entry = store.entries[number]
  if (!entry.run) addWords(store.vocabulary, entry.text, (entry.run = []))
  return entry.run
}

// The chunk of an activity by its number; its row there is the number less the chunk's base.
const chunkOf = (store, number) => store.chunks[store.chunkOf[number]]

// Both at once, where few are asked for.
function placeOf(store, number) {
  const chunk = chunkOf(store, number)
  return [chunk, number - chunk.base]
}

// The numbers of all activities that have arrived, in the store's order.
function arrived(store) {
  const numbers = []
  for (const chunk of store.chunks)
    if (chunk.columns) for (let row = 0; row < chunk.count; row++) numbers.push(chunk.base + row)
  return numbers
}

// The JSON in a file of the store: between its first comma and its last parenthesis.
const dataOf = text => JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")))

export { FACETS, Missing, RUNS, addFile, arrived, chunkOf, dataOf, entryRun, membersOf, newStore, needTexts, placeOf, runsOf }
