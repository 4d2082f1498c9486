// The engine with an index: lunr.js looks up each word; generator/search/lunr_index.py has written the postings.
// Words are looked up one by one and cached, so that a keystroke costs only the changed word. An entry (a unit, a plan) that
// has the word matches all its activities.
import { bestMatches } from "./scan.js"
import { membersOf } from "./store.js"

const BOOSTS = { title: 3, more: 1, names: 1 }
const OF_BEGINNING = 0.1 // the score of a beginning of the last word; ranking.js weighs it more exactly
const MOST_KEPT = 50 // words

// Completes the index: lunr's builder computes from the postings what it usually computes from the texts.
function openIndex(store, { fields, entries, terms, postings }) {
  const builder = new self.lunr.Builder()
  const documents = number => (number < store.count ? String(number) : entries[number - store.count])
  for (const field of fields) builder.field(field, { boost: BOOSTS[field] })
  builder.documentCount = store.count + entries.length
  const words = terms.split(" ")
  const numbers = words.map(() => [])
  words.forEach((term, termIndex) => {
    const posting = Object.assign(Object.create(null), { _index: termIndex })
    builder.invertedIndex[term] = posting
    for (const field of fields) {
      posting[field] = Object.create(null)
      let number = 0
      for (const gap of postings[field][termIndex]) {
        number += gap
        numbers[termIndex].push(number)
        const name = documents(number)
        const key = `${field}/${name}`
        posting[field][name] = {}
        builder._documents[name] ??= {}
        builder.fieldTermFrequencies[key] ??= Object.create(null)
        builder.fieldTermFrequencies[key][term] = 1
        builder.fieldLengths[key] = (builder.fieldLengths[key] ?? 0) + 1
      }
    }
  })
  return { index: builder.build(), words, numbers, documents, kept: new Map(), members: null, of: 0 }
}

// As `scanAll`, but the best by lunr's scores first.
function lookUp(store, engine, query) {
  const arrivedChunks = store.chunks.filter(chunk => chunk.columns).length
  if (engine.of !== arrivedChunks)
    Object.assign(engine, { members: membersOf(store), of: arrivedChunks, kept: new Map() })
  const scores = new Float64Array(store.count)
  const masks = new Int32Array(store.count)
  const frequency = query.words.map(({ folded }, wordIndex) => {
    const prefix = query.prefix && wordIndex === query.words.length - 1
    const ofWord = scoresOf(store, engine, folded, prefix)
    let activityCount = 0
    for (let number = 0; number < store.count; number++)
      if (ofWord[number]) {
        activityCount++
        masks[number] |= 1 << wordIndex
        scores[number] += ofWord[number]
      }
    return activityCount
  })
  const numbers = []
  for (const chunk of store.chunks)
    if (chunk.columns)
      for (let number = chunk.base; number < chunk.base + chunk.entries.length; number++)
        if (masks[number]) numbers.push(number)
  const foundMasks = numbers.map(number => masks[number])
  const best = bestMatches(store, query, numbers, foundMasks, frequency)
  best.numbers.sort((a, b) => scores[b] - scores[a] || a - b)
  return { ...best, frequency }
}

function scoresOf(store, engine, word, prefix) {
  const key = prefix ? `${word}*` : word
  let scores = engine.kept.get(key)
  if (!scores) {
    scores = new Float64Array(store.count)
    const add = (name, score) => {
      if (!name.includes(":")) scores[name] += score
      else for (const number of engine.members[store.entryNumbers.get(name)] ?? []) scores[number] += score
    }
    addScores(engine.index, word, add)
    if (prefix) for (const number of beginningWith(engine, word)) add(engine.documents(number), OF_BEGINNING)
    if (engine.kept.size >= MOST_KEPT) engine.kept.clear()
    engine.kept.set(key, scores)
  }
  return scores
}

// The scores of `index.query` for one word, whose vector is one number. lunr's own way, by a list of all matches, took
// 40 ms for a word that is in most of 5,000 activities.
function addScores(index, word, add) {
  const posting = index.invertedIndex[word]
  if (!posting) return
  for (const field of index.fields)
    for (const name of Object.keys(posting[field])) {
      const { elements } = index.fieldVectors[`${field}/${name}`]
      add(name, elements[pairStart(elements, posting._index) + 1])
    }
}

// Where a word's pair begins in a vector; its pairs of number and weight are sorted by number.
function pairStart(elements, wanted) {
  let [low, high] = [0, elements.length / 2]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (elements[2 * middle] <= wanted) low = middle
    else high = middle
  }
  return 2 * low
}

// The documents with a longer word that begins so, by the postings: lunr's wildcard took 75 ms for one letter.
function beginningWith(engine, beginning) {
  let low = 0
  let high = engine.words.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (engine.words[middle] < beginning) low = middle + 1
    else high = middle
  }
  const documentNumbers = new Set()
  for (; engine.words[low]?.startsWith(beginning); low++)
    if (engine.words[low] !== beginning) for (const number of engine.numbers[low]) documentNumbers.add(number)
  return documentNumbers
}

export { lookUp, openIndex }
