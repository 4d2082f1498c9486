// The worker of the header's search: page → worker {id, q}; worker → page {id, items} or {id, failed: what and why}.
// It loads the entries when the first letter is typed. Matching and order are those of the search of activities.
//
// From disk, where a browser starts no worker, the page loads this script itself (header-page.js) and calls `answer`.
import { folded, tokens } from "./folding.js"
import { documentReadings, entryReadings, otherReadings } from "./keyboard.js"
import { PART, WHOLE_NAME, namesOf, shareOfName, withoutFillers, wordsOf } from "./names.js"
import { readQuery } from "./query.js"
import { excerptOf, marksOf, rank } from "./ranking.js"
import { scanAll } from "./scan.js"
import { newVocabulary, runOf } from "./words.js"

const IN_WORKER = typeof document === "undefined"
const FILE = "header-entries.js"
const ENTRIES = new URL(FILE, IN_WORKER ? location.href : document.currentScript.src).href
const MOST_SHOWN = 30 // longer lists are not read
const LABELLED = ["chi-tieu", "nhiem-vu"] // folders of entries with a label
const MOST_OF_NAME = 0.5 // of a name: this share of typed words means the name

const header = { store: null, entries: null, newest: 0 }

// The answer to a question, or nothing if a newer one has come meanwhile.
async function answer({ id, q }) {
  const mine = ++header.newest
  await new Promise(done => setTimeout(done)) // lets newer questions in the queue come first
  if (mine !== header.newest) return null
  try {
    header.entries ??= loadEntries()
    const entries = await header.entries
    header.store ??= newHeaderStore(entries.map(entryFrom))
  } catch (error) {
    header.entries = null
    return { id, failed: `${FILE}: ${error.message}` } // the next letter tries again
  }
  return mine === header.newest ? { id, items: itemsOf(header.store, String(q)) } : null
}

// The file's name has no hash: the server is asked whether it has changed. From disk only a script can be loaded.
async function loadEntries() {
  if (IN_WORKER) {
    const answer = await fetch(ENTRIES, { cache: "no-cache" })
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    const text = await answer.text()
    if (!text.startsWith("sokehoachEntries(")) throw new Error(answer.headers.get("content-type") ?? "?")
    return JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")))
  }
  return new Promise((resolve, reject) => {
    self.sokehoachEntries = resolve
    const failed = () => reject(new Error("file:"))
    document.head.append(Object.assign(document.createElement("script"), { src: ENTRIES, onerror: failed }))
  })
}

const entryFrom = ([location, title, text, kind, also]) => ({ location, title, text, kind, also })

// The entries as one chunk of the store for the engine and the ranking: three runs of words for each. Its columns exist but
// are empty, because a chunk without columns counts as not loaded.
function newHeaderStore(entries) {
  const vocabulary = newVocabulary()
  const runs = entries.map(({ title, text, kind, also }) => runOf(vocabulary, [title, text, `${kind} · ${also}`]))
  const chunk = { base: 0, columns: {}, entries: entries.map(() => []), runs }
  const chunkOf = new Uint16Array(entries.length) // all are in chunk 0
  return { count: entries.length, entries: [], chunks: [chunk], chunkOf, vocabulary, pages: entries }
}

// The found entries; else an entry or document named in another way; if no entry has all words as typed, the result of
// another reading of the keys.
function itemsOf(store, typed) {
  const asTyped = findEntries(store, typed)
  if (!asTyped.items.some(({ named }) => named))
    for (const read of [entryReadings, documentReadings])
      for (const reading of read(withoutFillers(typed))) {
        const { items } = findEntries(store, reading)
        if (items.length && items[0].named) return items
      }
  if (!asTyped.partial && asTyped.items.length) return asTyped.items
  for (const reading of otherReadings(typed)) {
    const other = findEntries(store, reading)
    if (!other.partial && other.items.length) return other.items
  }
  return asTyped.items
}

function findEntries(store, typed) {
  const text = withoutFillers(typed)
  const query = readQuery(text)
  const typedWords = wordsOf(text)
  if (!query.words.length) return { items: [], partial: false }
  const { numbers, partial, frequency } = scanAll(store, query)
  const { numbers: ranked, trusted } = rank(store, query, numbers, frequency, MOST_SHOWN)
  const items = namedFirst(store, ranked, typedWords)
    .slice(0, MOST_SHOWN)
    .map(number => {
      const { location, title, text: further, kind } = store.pages[number]
      const excerpt = excerptOf(further, query, trusted)
      return {
        location,
        kind,
        title,
        titleMarks: marksOf(title, query, trusted),
        text: excerpt.text,
        textMarks: excerpt.marks,
        named: rankOfEntry(store.pages[number], typedWords) < 0,
        missing: partial ? missingIn(store.pages[number], query).map(({ start, end }) => text.slice(start, end)) : [],
      }
    })
  return { items, partial }
}

// An exactly typed name or number puts its page first; the guide comes after what plans hold.
function namedFirst(store, ranked, typed) {
  const ranks = new Map(ranked.map(number => [number, rankOfEntry(store.pages[number], typed)]))
  return ranked.slice().sort((a, b) => ranks.get(a) - ranks.get(b)) // equal ranks keep their order
}

// How much of an entry's best name the typed words make up, as its rank; the guide comes last.
function rankOfEntry(entry, typed) {
  const { location, title, text, kind } = entry
  if (!kind) return location.startsWith("dong-gop") ? 2 : 1
  const parts = text.split(PART)
  // Of a plan's text only its title and number are its own names; the rest names its issuer.
  const ownNames = location.startsWith("ke-hoach/")
    ? parts.filter((part, index) => !index || /[0-9]/.test(part))
    : parts
  const folder = location.split("/")[0]
  // The label of a target or task, before the colon, is also a name.
  if (LABELLED.includes(folder)) ownNames.push(title.split(":")[0])
  entry.names ??= namesOf(folder, title, ownNames)
  const share = shareOfName(entry.names, typed)
  return share === WHOLE_NAME ? -1 : share >= MOST_OF_NAME ? 1 - share : 1
}

// The typed words that an entry lacks.
function missingIn({ title, text, kind, also }, query) {
  const here = tokens([title, text, kind, also].join(PART)).map(token => folded(token.text))
  const isHere = (word, wordIndex) =>
    here.some(
      entryWord =>
        entryWord === word || (query.prefix && wordIndex === query.words.length - 1 && entryWord.startsWith(word)),
    )
  return query.words.filter((word, wordIndex) => !isHere(word.folded, wordIndex))
}

if (IN_WORKER) {
  self.addEventListener("message", async ({ data }) => {
    const message = await answer(data)
    if (message) self.postMessage(message)
  })
} else self.sokehoachHeader.answer = answer
