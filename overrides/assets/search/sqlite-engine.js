// The engine for more activities than a browser should load: SQLite looks words up in an index of which it reads only the
// parts that it needs; generator/search/sqlite_index.py wrote it and says which terms there are. Words are looked up one
// by one and kept, so that a keystroke pays for the word that changed.
import { MOST_WORDS, LAST_IS_WHOLE } from "./query.js"
import { EXACT, EXACT_PAIRS, MASKS, MORE, PAIRS, SLOTS, TITLE, TITLE_LENGTH, WORDS, fieldOf, rank, rankMatches } from "./ranking.js"
import { bestMatches } from "./scan.js"
import { openFile } from "./sqlite-file.js"
import { Missing, membersOf, needTexts, placeOf } from "./store.js"

const [ROW, DONE] = [100, 101] // what SQLite says of a step
const MOST_LISTS = 80 // kept
const RERANKED_BY_TEXT = 200 // of what was found
const MOST_TEXTS = 12 // files of texts that are read to rank
const READ_AHEAD = 4 // parts at most, where one list goes on and on

// The engine before it runs: parts of the index may arrive already.
function newSqlite(settings) {
  const file = { parts: new Array(settings.parts).fill(null), part: settings.part, missing: -1 }
  return { settings, file, sqlite3: null, database: null, statements: {}, lists: new Map(), awaited: new Map(), documents: null, members: null }
}

// Starts SQLite from its WebAssembly bytes; rejects where the browser cannot.
async function startSqlite(engine, wasmBinary) {
  const quiet = () => {}
  self.sqlite3ApiConfig = { debug: quiet, log: quiet, warn: quiet, error: quiet, disable: { vfs: NO_STORAGE } }
  engine.sqlite3 = await self.sqlite3InitModule({ wasmBinary, print: quiet, printErr: quiet })
}

// The browser's own storages, none of which we use.
const NO_STORAGE = { kvvfs: true, opfs: true, "opfs-vfs": true, "opfs-wl": true, "opfs-sahpool": true }

const partName = (settings, number) => `${settings.index}-${number}.bin`

// The parts that every question needs: the roots of the tables.
const firstParts = ({ settings }) => Array.from({ length: settings.first }, (_, number) => partName(settings, number))

// Takes a part in.
function addPart({ settings, file }, name, bytes) {
  file.parts[parseInt(name.slice(settings.index.length + 1), 10)] = bytes
}

// As `scanAll`; throws `Missing`. The facets of all activities must be here.
function findBySqlite(store, engine, query) {
  engine.members ??= membersOf(store)
  const masks = new Int32Array(store.count)
  const frequency = query.words.map(({ folded }, place) => {
    const bit = 1 << place
    let found = 0
    const add = number => {
      if (!(masks[number] & bit)) found++
      masks[number] |= bit
    }
    const { numbers, entries } = listOf(store, engine, "words", folded, isPrefix(query, place))
    numbers.forEach(add)
    for (const entry of entries) engine.members[entry].forEach(add)
    return found
  })
  needParts(engine)
  const numbers = []
  masks.forEach((mask, number) => mask && numbers.push(number))
  return { ...bestMatches(store, query, numbers, numbers.map(number => masks[number]), frequency), frequency }
}

const isPrefix = (query, place) => query.prefix && place === query.words.length - 1

// The order by the index, and of its beginning by the texts: as many as lie in a few files.
function rankBySqlite(store, engine, query, numbers, frequency) {
  const isFew = numbers.length <= RERANKED_BY_TEXT && textsOf(store, numbers).length === numbers.length
  const order = isFew ? numbers : rankMatches(store, query, numbers, listMatches(store, engine, query, numbers), frequency, numbers.length).numbers
  const read = textsOf(store, order)
  needTexts(store, read)
  const ranked = rank(store, query, read, frequency, read.length)
  return { ...ranked, numbers: [...ranked.numbers, ...order.slice(read.length)] }
}

// The first of `numbers`, as far as their texts are in few files.
function textsOf(store, numbers) {
  const files = new Set()
  const first = numbers.slice(0, RERANKED_BY_TEXT)
  const end = first.findIndex(number => files.add(store.chunkOf[number]).size > MOST_TEXTS)
  return end < 0 ? first : first.slice(0, end)
}

// What `matchesOf` tells from the texts, as far as the index tells it.
function listMatches(store, engine, query, numbers) {
  const places = new Int32Array(store.count).fill(-1)
  numbers.forEach((number, place) => (places[number] = place))
  const matches = new Int32Array(numbers.length * SLOTS)
  numbers.forEach((number, place) => {
    const [chunk, row] = placeOf(store, number)
    matches[place * SLOTS + TITLE_LENGTH] = chunk.columns.words[row]
  })
  const put = (number, field, mask, bit) => {
    if (places[number] >= 0) matches[places[number] * SLOTS + field * MASKS + mask] |= bit
  }
  const putList = (table, term, prefix, fields, mask, bit) => {
    const list = listOf(store, engine, table, term, prefix)
    for (const field of fields) for (const number of list.numbers) put(number, field, mask, bit)
    for (const entry of list.entries) {
      const field = fieldOf(store.entries[entry])
      for (const number of engine.members[entry]) put(number, field, mask, bit)
    }
  }
  const last = query.words.length - 1
  query.words.forEach(({ exact, folded }, place) => {
    const prefix = isPrefix(query, place)
    const bit = 1 << place
    const whole = bit | (place === last ? LAST_IS_WHOLE : 0)
    putList("words", folded, prefix, [MORE], WORDS, bit)
    if (place === last) putList("words", folded, false, [MORE], WORDS, whole)
    putList("places", `${folded}!t`, false, [TITLE], WORDS, whole)
    if (query.accented) putList("places", `${folded}!x!${exact}`, false, [TITLE, MORE], EXACT, whole)
    if (!(query.pairs & bit)) return
    const before = query.words[place - 1]
    putList("places", `${before.folded}!p!${folded}`, prefix, [MORE], PAIRS, bit)
    putList("places", `${before.folded}!q!${folded}`, prefix, [TITLE], PAIRS, bit)
    if (query.accented)
      putList("places", `${before.folded}!r!${before.exact}_${exact}`, prefix, [TITLE, MORE], EXACT_PAIRS, bit)
  })
  query.forms.forEach(({ folded, end }, place) => {
    const prefix = query.prefix && end === query.words[last].end
    putList("places", `!f!${folded}`, prefix, [MORE], WORDS, 1 << (MOST_WORDS + place))
  })
  needParts(engine)
  return matches
}

// Refuses to go on without the parts that lists have asked for.
function needParts({ awaited, settings, file }) {
  const parts = new Set([...awaited.values()].flat().filter(part => !file.parts[part]))
  if (parts.size) throw new Missing([...parts].map(part => partName(settings, part)))
}

// The documents that have a term, or one that begins so: {numbers: of activities, entries: the facets' values}. Empty where
// parts are missing: `needParts` then tells all that several lists miss.
function listOf(store, engine, table, term, prefix) {
  const key = `${table} ${term}${prefix ? "*" : ""}`
  let list = engine.lists.get(key)
  if (list) return list
  list = { numbers: [], entries: [] }
  const rows = rowsOf(engine, key, table, `"${term.replaceAll('"', '""')}"${prefix ? "*" : ""}`)
  if (!rows) return list
  const documents = documentsOf(store, engine)
  for (const row of rows) {
    if (row <= store.count) list.numbers.push(row - 1)
    else list.entries.push(documents[row - 1 - store.count])
  }
  if (engine.lists.size >= MOST_LISTS) engine.lists.clear()
  engine.lists.set(key, list)
  return list
}

// The numbers of a term's rows, or null where a part is missing on the way.
function rowsOf(engine, key, table, match) {
  const { sqlite3, file, awaited } = engine
  const { sqlite3_step: step, sqlite3_column_int: column } = sqlite3.wasm.exports
  const rows = []
  file.missing = -1
  try {
    engine.database ??= openFile(sqlite3, file)
    const statement = (engine.statements[table] ??= engine.database.prepare(`select rowid from ${table} where ${table} match ?`))
    statement.bind(1, match)
    let said = step(statement.pointer)
    for (; said === ROW; said = step(statement.pointer)) rows.push(column(statement.pointer, 0))
    statement.reset()
    if (said !== DONE) throw new Error(`SQLite said ${said}`)
  } catch (fault) {
    if (file.missing < 0) throw fault
  }
  if (file.missing < 0) {
    awaited.delete(key)
    return rows
  }
  // Where a list goes on over several parts, more and more of them at a time.
  const before = awaited.get(key)
  const size = before?.at(-1) === file.missing - 1 ? Math.min(READ_AHEAD, 2 * before.length) : 1
  const parts = Array.from({ length: size }, (_, place) => file.missing + place)
  awaited.set(key, parts.filter(part => part < file.parts.length && (part === file.missing || !file.parts[part])))
  return null
}

// The entries in the order in which the index has them after the activities (generator/search/documents.py).
function documentsOf(store, engine) {
  if (!engine.documents) {
    const groups = [...new Set(store.chunks.map(chunk => chunk.data))]
    const ofPlan = ({ plans, targets, tasks, entries }) =>
      plans.flatMap((_, plan) => [
        entries.plans[plan],
        ...entries.targets.filter((_, place) => targets[place][0] === plan),
        ...entries.tasks.filter((_, place) => tasks[place][0] === plan),
      ])
    const fundings = new Set(groups.flatMap(({ entries }) => entries.fundings))
    const years = new Set(groups.flatMap(({ columns }) => columns.years.flat()))
    engine.documents = [
      ...[store.unitEntries, store.programmeEntries, store.levelEntries].flat(),
      ...groups.flatMap(ofPlan),
      ...fundings,
      ...[...years].sort((a, b) => a - b).map(year => store.entryNumbers.get(`nam:${year}`)),
    ]
  }
  return engine.documents
}

export { addPart, findBySqlite, firstParts, newSqlite, rankBySqlite, startSqlite }
