// The engine without an index: every keystroke scans the words of all loaded chunks.
import { allWords, wordMasks } from "./query.js"
import { chunkOf, entryRun, runsOf } from "./store.js"

const NEAR_BEST = 0.75 // of the best partial match: what another must have found

// {numbers: activities in the store's order, partial, frequency: for each word of the query, in how many activities}.
function scanAll(store, query) {
  const chunks = store.chunks.filter(chunk => chunk.columns)
  const entries = store.entries.map((_, number) => entryRun(store, number))
  for (const chunk of chunks) for (let row = 0; row < chunk.entries.length; row++) runsOf(store, chunk, row)
  const { folded } = wordMasks(store.vocabulary, query)
  const all = allWords(query)
  const ofEntry = Int32Array.from(entries, run => run.reduce((mask, word) => mask | folded[word], 0))
  const numbers = []
  const foundMasks = []
  for (const chunk of chunks) {
    for (let row = 0; row < chunk.entries.length; row++) {
      let mask = 0
      for (const word of chunk.runs[row].words) mask |= folded[word]
      for (const entry of chunk.entries[row]) mask |= ofEntry[entry]
      if (mask & all) {
        numbers.push(chunk.base + row)
        foundMasks.push(mask & all)
      }
    }
  }
  const frequency = query.words.map((_, wordIndex) =>
    foundMasks.reduce((sum, mask) => sum + ((mask >> wordIndex) & 1), 0),
  )
  return { ...bestMatches(store, query, numbers, foundMasks, frequency), frequency }
}

// Those in which every word was found; if there are none, those near the best: many words, rare words.
// `masks` are those of the words found in each.
function bestMatches(store, query, numbers, masks, frequency) {
  const all = allWords(query)
  const gatheredMasks = query.whole.length ? withoutScattered(store, query, numbers, masks) : masks
  if (gatheredMasks.includes(all))
    return { numbers: numbers.filter((_, hitIndex) => gatheredMasks[hitIndex] === all), partial: false }
  const rarity = rarityOf(store, frequency)
  const weights = gatheredMasks.map(mask => weightOf(withoutParts(mask, query.whole), rarity))
  const best = weights.reduce((most, weight) => Math.max(most, weight), 0)
  const near = numbers.filter((_, hitIndex) => weights[hitIndex] && weights[hitIndex] >= NEAR_BEST * best)
  return { numbers: near, partial: near.length > 0 }
}

// A document's number that was found only in parts was not found: 629/QĐ-TTg is not 939/QĐ-TTg.
const withoutParts = (mask, wholes) =>
  wholes.reduce((left, whole) => ((left & whole) === whole ? left : left & ~whole), mask)

// Nor was one whose parts are not neighbours: 8/3 is not the 8 of 16/8/2019 and the 3 of a directive.
function withoutScattered(store, query, numbers, masks) {
  for (const number of numbers) {
    const chunk = chunkOf(store, number)
    runsOf(store, chunk, number - chunk.base)
    for (const entry of chunk.entries[number - chunk.base]) entryRun(store, entry)
  }
  const { folded } = wordMasks(store.vocabulary, query)
  const stands = (number, whole) => {
    const chunk = chunkOf(store, number)
    const row = number - chunk.base
    const runs = [runsOf(store, chunk, row).words, ...chunk.entries[row].map(entry => entryRun(store, entry))]
    return runs.some(run => standsIn(run, folded, whole))
  }
  return masks.map((mask, hitIndex) =>
    query.whole.reduce(
      (left, whole) => ((left & whole) === whole && !stands(numbers[hitIndex], whole) ? left & ~whole : left),
      mask,
    ),
  )
}

// Whether the words of a mask, neighbours in the query, are neighbours in a run too.
function standsIn(words, folded, whole) {
  const first = whole & -whole
  for (let at = 0; at < words.length; at++) {
    let bit = first
    for (let next = at; next < words.length && whole & bit && folded[words[next]] & bit; next++) bit <<= 1
    if (!(whole & bit)) return true
  }
  return false
}

// How rare each word of the query is, from the number of activities that have it.
function rarityOf(store, frequency) {
  return frequency.map(count => Math.log(1 + store.count / Math.max(1, count)))
}

const weightOf = (mask, rarity) => rarity.reduce((sum, rare, wordIndex) => sum + ((mask >> wordIndex) & 1) * rare, 0)

function bitCount(mask) {
  let count = 0
  for (; mask; mask &= mask - 1) count++
  return count
}

export { bestMatches, bitCount, rarityOf, scanAll, standsIn, weightOf }
