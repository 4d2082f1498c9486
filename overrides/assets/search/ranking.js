// Sorts what was found, in the same way for every engine, and finds the letters of a text to mark.
//
// A word counts by its rarity and its place: title before further text before names and other spellings. Two typed words
// that are neighbours in the text count more: syllables are few and each is everywhere, so `khởi nghiệp` is more than
// `khởi` and `nghiệp`. Words typed with accents match first as typed.
import { tokens, folded } from "./folding.js"
import { LAST_IS_WHOLE, MOST_WORDS, allWords, wordMasks } from "./query.js"
import { bitCount, rarityOf, weightOf } from "./scan.js"
import { RUNS, chunkOf, entryRun, runsOf } from "./store.js"

const TITLE = 0
const NAMES = 2 // and 1 the further text
const FIELD_WEIGHTS = [1, 0.55, 0.4]
const NEIGHBOURS = 1.2 // for two words side by side, besides each alone
const ONLY_FOLDED = 0.4 // for a word typed with accents, found with others
const ONLY_BEGINNING = 0.75 // for the last word, found as the beginning of a longer one
const OTHER_FIGURE = 0.3 // the same for a number: 5 is seldom meant as the beginning of 500
const AS_TYPED = 3 // for a document's number, a date or a figure in its typed form
const FULL_TITLE = 0.2 // for a title that has only typed words
const ABOVE_ALL_SCORES = 1e5
const OFTEN = 0.25 // of what was found

// A text's match: masks of the words found, of those with the typed accents, and of neighbours likewise.
const MASKS = 4
const [WORDS, EXACT, PAIRS, EXACT_PAIRS] = [0, 1, 2, 3]
const TITLE_LENGTH = 3 * MASKS // in words, after the masks of the three fields
const SLOTS = TITLE_LENGTH + 1 // of one activity

// {numbers: the best `most` first, the rest as they came, trusted: mask of the words whose accents are taken as meant}.
function rank(store, query, numbers, frequency, most) {
  const matches = matchesOf(store, query, numbers)
  const trusted = query.accented ? trustedWords(query, numbers.length, matches) : 0
  const rarity = rarityOf(store, frequency)
  const all = allWords(query)
  const scores = new Float64Array(numbers.length)
  for (let index = 0; index < numbers.length; index++) {
    const at = index * SLOTS
    const weightOfFound = weightOf(anywhere(matches, at, WORDS) & all, rarity)
    const asTyped = (anywhere(matches, at, EXACT) & trusted) === trusted ? 1 : 0
    scores[index] = (2 * weightOfFound + asTyped) * ABOVE_ALL_SCORES + scoreOf(query, matches, at, rarity, trusted)
  }
  return { numbers: bestFirst(numbers, scores, most), trusted }
}

// Sorts only the best: readers seldom look at all fifty thousand.
function bestFirst(numbers, scores, most) {
  const least = most < numbers.length ? scores.slice().sort()[numbers.length - most] : -1
  const first = []
  const rest = []
  numbers.forEach((number, index) => {
    if (scores[index] >= least) first.push(index)
    else rest.push(number)
  })
  first.sort((a, b) => scores[b] - scores[a] || numbers[a] - numbers[b])
  return [...first.map(index => numbers[index]), ...rest]
}

const anywhere = (matches, at, mask) => matches[at + mask] | matches[at + MASKS + mask] | matches[at + 2 * MASKS + mask]

// Where each activity has the words of the query, from its texts and the names of its entries.
function matchesOf(store, query, numbers) {
  const seen = new Uint8Array(store.entries.length)
  for (const number of numbers) {
    const chunk = chunkOf(store, number)
    runsOf(store, chunk, number - chunk.base)
    for (const entry of chunk.entries[number - chunk.base]) seen[entry] = 1
  }
  seen.forEach((is, entry) => {
    if (is) entryRun(store, entry)
  })
  const masks = wordMasks(store.vocabulary, query)
  const ofEntries = new Int32Array(store.entries.length * MASKS)
  seen.forEach((is, entry) => {
    if (!is) return
    const run = entryRun(store, entry)
    matchRun(run, 0, run.length, masks, query.pairs, ofEntries, entry * MASKS)
  })
  const matches = new Int32Array(numbers.length * SLOTS)
  numbers.forEach((number, index) => {
    const chunk = chunkOf(store, number)
    const row = number - chunk.base
    const { words, starts } = chunk.runs[row]
    const at = index * SLOTS
    for (let field = 0; field < RUNS; field++) {
      const count = matchRun(words, starts[field], starts[field + 1], masks, query.pairs, matches, at + field * MASKS)
      if (field === TITLE) matches[at + TITLE_LENGTH] = count
    }
    for (const entry of chunk.entries[row]) {
      const field = fieldOf(store.entries[entry])
      for (let mask = 0; mask < MASKS; mask++) matches[at + field * MASKS + mask] |= ofEntries[entry * MASKS + mask]
    }
  })
  return matches
}

// A typed year asks for what is due in it: that counts more than a year in a sentence.
const fieldOf = entry => (entry.facet === "nam" ? TITLE : NAMES)

// Adds the match of a run of words to the four masks at `at`; returns the number of its words.
function matchRun(words, start, end, masks, pairs, into, at) {
  let [before, beforeExact, count] = [0, 0, 0]
  for (let wordIndex = start; wordIndex < end; wordIndex++) {
    const word = words[wordIndex]
    const foundMask = masks.folded[word]
    if (word) count++
    if (foundMask) {
      const exact = masks.exact[word]
      into[at + WORDS] |= foundMask
      into[at + EXACT] |= exact
      into[at + PAIRS] |= (before << 1) & foundMask & pairs
      into[at + EXACT_PAIRS] |= (beforeExact << 1) & exact & pairs
      beforeExact = exact
    } else beforeExact = 0
    before = foundMask
  }
  return count
}

// Accents count as meant if the texts have them so. A word that occurs nowhere as typed, or that often stands beside its
// neighbour only with other accents (`kỷ năng` for `kỹ năng`), was mistyped: it is matched folded.
function trustedWords(query, count, matches) {
  const seen = [0, 0, 0, 0]
  const beside = query.words.map(() => 0) // in how many activities the word stands beside the one before it
  for (let index = 0; index < count; index++) {
    const at = index * SLOTS
    for (let mask = 0; mask < MASKS; mask++) seen[mask] |= anywhere(matches, at, mask)
    const pairs = anywhere(matches, at, PAIRS)
    if (pairs) for (let word = 1; word < beside.length; word++) beside[word] += (pairs >> word) & 1
  }
  let trusted = 0
  for (let word = 0; word < query.words.length; word++) {
    const often = [word, word + 1].some(pair => beside[pair] >= OFTEN * count)
    const sides = ((1 << word) | (1 << (word + 1))) & query.pairs
    if ((seen[EXACT] >> word) & 1 && !(often && !(seen[EXACT_PAIRS] & sides))) trusted |= 1 << word
  }
  return trusted
}

// The weight of the best field in which a bit is set.
function bestFieldWeight(matches, at, words, exact, bit, strict) {
  let best = 0
  for (let field = 0; field < 3; field++) {
    if (!(matches[at + field * MASKS + words] & bit)) continue
    const weight = FIELD_WEIGHTS[field] * (strict && !(matches[at + field * MASKS + exact] & bit) ? ONLY_FOLDED : 1)
    if (weight > best) best = weight
  }
  return best
}

function scoreOf(query, matches, at, rarity, trusted) {
  const last = query.words.length - 1
  let score = 0
  let total = 0
  for (let word = 0; word <= last; word++) {
    const bit = 1 << word
    const rare = rarity[word]
    let weight = bestFieldWeight(matches, at, WORDS, EXACT, bit, trusted & bit)
    if (word === last && query.prefix) {
      const whole = bestFieldWeight(matches, at, WORDS, EXACT, LAST_IS_WHOLE, trusted & bit)
      weight = Math.max(whole, weight * (/^[0-9]/.test(query.words[word].folded) ? OTHER_FIGURE : ONLY_BEGINNING))
    }
    score += rare * weight
    total += rare
    if (query.pairs & bit) {
      const strict = trusted & bit && trusted & (bit >> 1)
      score += NEIGHBOURS * (rare + rarity[word - 1]) * bestFieldWeight(matches, at, PAIRS, EXACT_PAIRS, bit, strict)
    }
  }
  for (let form = 0; form < query.forms.length; form++)
    score += AS_TYPED * total * bestFieldWeight(matches, at, WORDS, EXACT, 1 << (MOST_WORDS + form), false)
  const inTitle = bitCount(matches[at + TITLE * MASKS + WORDS] & allWords(query))
  return score + (FULL_TITLE * total * inTitle) / Math.max(inTitle, matches[at + TITLE_LENGTH], 1)
}

// The places in a text to mark: [[start, end]…], neighbours joined.
function marksOf(text, query, trusted) {
  const marks = []
  for (const token of tokens(text)) {
    if (!isTyped(token, query, trusted)) continue
    const last = marks[marks.length - 1]
    if (last && !text.slice(last[1], token.start).trim()) last[1] = Math.max(last[1], token.end)
    else marks.push([token.start, token.end])
  }
  return marks
}

function isTyped(token, query, trusted) {
  const bare = folded(token.text)
  const terms = token.form ? query.forms : query.words
  const end = query.words[query.words.length - 1]?.end
  return terms.some((term, termIndex) => {
    const strict = !token.form && (trusted >> termIndex) & 1
    const [spelling, wanted] = strict ? [token.text, term.exact] : [bare, term.folded]
    return query.prefix && term.end === end ? spelling.startsWith(wanted) : spelling === wanted
  })
}

const LONGEST_EXCERPT = 220
const BEFORE_MARK = 40

// The part of a text with the most marks: {text, marks}.
function excerptOf(text, query, trusted) {
  const marks = marksOf(text, query, trusted)
  if (text.length <= LONGEST_EXCERPT) return { text, marks }
  let start = 0
  let most = 0
  for (const [at] of marks) {
    const from = Math.max(0, at - BEFORE_MARK)
    const within = marks.filter(mark => mark[0] >= from && mark[1] <= from + LONGEST_EXCERPT)
    const letters = within.reduce((sum, mark) => sum + mark[1] - mark[0], 0)
    if (letters > most) [start, most] = [from, letters]
  }
  if (start) start = text.indexOf(" ", start) + 1 || start
  let end = Math.min(text.length, start + LONGEST_EXCERPT)
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + LONGEST_EXCERPT / 2)
  const [before, after] = [start ? "… " : "", end < text.length ? " …" : ""]
  const kept = marks.filter(mark => mark[0] >= start && mark[1] <= end)
  return {
    text: before + text.slice(start, end) + after,
    marks: kept.map(mark => mark.map(offset => offset - start + before.length)),
  }
}

export { excerptOf, marksOf, rank }
