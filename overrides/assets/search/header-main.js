// The worker behind the search in the header. It speaks the language of Material's own (messages with the numbers below),
// so that Material's interface stays as it is, but it answers READY at once and reads the entries at the first letter
// typed: Material's builds its index on every page load. Matching and order are those of the search of activities.
//
// From disk, where a browser starts no worker, the page loads this script itself (header-page.js) and calls `answer`.
import { folded, tokens } from "./folding.js"
import { PART, wordsOf } from "./names.js"
import { readQuery } from "./query.js"
import { excerptOf, marksOf, rank } from "./ranking.js"
import { scanAll } from "./scan.js"
import { addWords, newVocabulary } from "./words.js"

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3]
const IN_WORKER = typeof document === "undefined"
const ENTRIES = new URL("header-entries.js", IN_WORKER ? location.href : document.currentScript.src).href
const MOST_SHOWN = 100 // nobody reads on, and Material draws what it is given

const header = { written: [], store: null, newest: 0 }

// The answer to a message, or nothing when a newer question has come meanwhile.
async function answer({ type, data }) {
  if (type === SETUP) {
    header.written = data.docs.map(fromMaterial)
    return { type: READY }
  }
  if (type !== QUERY) return null
  const mine = ++header.newest
  const query = readQuery(data)
  if (!query.words.length) return { type: RESULT, data: { items: [] } }
  await new Promise(done => setTimeout(done)) // what was typed meanwhile is in the queue
  if (mine !== header.newest) return null
  try {
    header.store ??= newHeaderStore(allEntries(header.written, (await loadEntries()).map(fromModel)))
  } catch {
    return { type: RESULT, data: { items: [] } } // the next letter tries again; the search of activities is still offered
  }
  return mine === header.newest ? { type: RESULT, data: { items: itemsOf(header.store, query) } } : null
}

// The file's name tells nothing of its content: a server is asked whether it has changed. From disk only a script can be read.
async function loadEntries() {
  if (IN_WORKER) {
    const answer = await fetch(ENTRIES, { cache: "no-cache" })
    if (!answer.ok) throw new Error(ENTRIES)
    const text = await answer.text()
    return JSON.parse(text.slice(text.indexOf("(") + 1, text.lastIndexOf(")")))
  }
  return new Promise((resolve, reject) => {
    self.sokehoachEntries = resolve
    const script = Object.assign(document.createElement("script"), { src: ENTRIES, onerror: reject })
    document.head.append(script)
  })
}

// A page that is known from the model counts once, also where it was replaced by one written by hand.
function allEntries(written, known) {
  const locations = new Set(known.map(entry => entry.location))
  return [...written.filter(entry => !locations.has(pageOf(entry.location))), ...known]
}

const pageOf = location => location.replace(/#.*/, "")

const fromModel = ([location, title, text, kind, also]) => ({ location, title, text, kind, also })

// A page written by hand, or a part of one: Material's index holds it as HTML.
const fromMaterial = ({ location, title, text }) => ({
  location,
  title: textOf(title),
  text: textOf(text),
  kind: "",
  also: "",
})

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" }
const textOf = html =>
  html
    .replace(/<[^>]*>/g, " ")
    .replace(/&(?:lt|gt|quot|#x27|amp);/g, sign => ENTITIES[sign])
    .replace(/\s+/g, " ")
    .trim()

// The entries as one chunk of the store that the engine and the ranking read: three runs of words for each. Its columns are
// there, though empty, because a chunk without columns has not arrived.
function newHeaderStore(entries) {
  const vocabulary = newVocabulary()
  const words = []
  const starts = [0]
  for (const { title, text, kind, also } of entries)
    for (const run of [title, text, `${kind} · ${also}`]) {
      addWords(vocabulary, run, words)
      starts.push(words.length)
    }
  const runs = { words: Int32Array.from(words), starts }
  const chunk = { base: 0, columns: {}, entries: entries.map(() => []), runs }
  const chunkOf = new Uint16Array(entries.length) // all are in chunk 0
  return { count: entries.length, entries: [], chunks: [chunk], chunkOf, vocabulary, pages: entries }
}

// Results as Material draws them: each is a page; parts of a page written by hand are drawn under it.
function itemsOf(store, query) {
  const { numbers, partial, frequency } = scanAll(store, query)
  const { numbers: ranked, trusted } = rank(store, query, numbers, frequency, MOST_SHOWN)
  const pages = new Map()
  const first = namedFirst(store, ranked, query)
  first.slice(0, MOST_SHOWN).forEach((number, place) => {
    const entry = store.pages[number]
    const title = { text: entry.title, marks: marksOf(entry.title, query, trusted) }
    const excerpt = excerptOf(entry.text, query, trusted)
    const item = {
      location: entry.location,
      title: markedHtml(title),
      text: markedHtml(excerpt),
      score: MOST_SHOWN - place,
      terms: { ...longestMarked([title, excerpt]), ...(partial && missingIn(entry, query)) },
      ...(entry.kind && { tags: [escaped(entry.kind)] }),
    }
    const page = pageOf(entry.location)
    pages.set(page, [...(pages.get(page) ?? []), item])
  })
  for (const [location, items] of pages)
    if (!items.some(item => item.location === location)) {
      const page = store.pages.find(entry => entry.location === location)
      items.push({ location, title: escaped(page?.title ?? location), text: "", score: 0, terms: {} })
    }
  return [...pages.values()]
}

// Who gives a name or number exactly finds its page first; the guide comes after what plans hold.
function namedFirst(store, ranked, query) {
  const wanted = query.words.map(word => word.folded).join(" ")
  const places = new Map(ranked.map(number => [number, placeOf(store.pages[number], wanted)]))
  return ranked.slice().sort((a, b) => places.get(a) - places.get(b)) // what is alike stays in its order
}

function placeOf({ location, title, text, kind, also }, wanted) {
  const parts = text.split(PART)
  // Of a plan's text only its title and number are names of its own; the rest names its issuer.
  const own = location.startsWith("ke-hoach/") ? parts.filter((part, place) => !place || /[0-9]/.test(part)) : parts
  const names = [title, ...also.split(PART), ...own]
  if (kind && names.some(name => wordsOf(name) === wanted)) return 0
  return location.startsWith("dong-gop") ? 2 : 1
}

// What Material marks on the page that is opened.
function longestMarked(texts) {
  const slices = texts.flatMap(({ text, marks }) => marks.map(mark => text.slice(...mark)))
  const longest = slices.reduce((best, slice) => (slice.length > best.length ? slice : best), "")
  return longest && { [longest]: true }
}

// The typed words that an entry has not; Material names them.
function missingIn({ title, text, kind, also }, query) {
  const here = tokens([title, text, kind, also].join(" · ")).map(token => folded(token.text))
  const isHere = (word, place) =>
    here.some(one => one === word || (query.prefix && place === query.words.length - 1 && one.startsWith(word)))
  return Object.fromEntries(
    query.words.filter((word, place) => !isHere(word.folded, place)).map(word => [word.exact, false]),
  )
}

function markedHtml({ text, marks }) {
  let html = ""
  let stopped = 0
  for (const [start, end] of marks) {
    html += `${escaped(text.slice(stopped, start))}<mark>${escaped(text.slice(start, end))}</mark>`
    stopped = end
  }
  return html + escaped(text.slice(stopped))
}

const escaped = text => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)

if (IN_WORKER) {
  self.addEventListener("message", async ({ data }) => {
    const message = await answer(data)
    if (message) self.postMessage(message)
  })
} else self.sokehoachHeader.answer = answer
