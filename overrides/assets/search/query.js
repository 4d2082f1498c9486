// The typed text as words to find. Everything typed is data; only the quotation mark has a meaning, as readers know it from
// elsewhere: words between two of them are found only side by side.
// A word's index in the query is its bit in all masks, so that a text's match is a few integers.
import { folded, tokens } from "./folding.js"

const LEAST_LETTERS = 2
const LONGEST_QUERY = 1000 // letters; a longer text was pasted, and its beginning is enough
const MOST_WORDS = 24
const MOST_FORMS = 5 // bits 24 to 28
const LAST_IS_WHOLE = 1 << 29 // the last word was found whole, not as the beginning of a longer one

// A number with its letters, as of a document or date (`939/QĐ-TTg`, `20/10`): its parts mean nothing alone.
const NUMBERED = /^(?=.*[0-9])[^\s]*[-/][^\s]*$/
const QUOTED = /["“”„«»]([^"“”„«»]+)(?:["“”„«»]|$)/gu
const ENDS_IN_WORD = /[\p{L}\p{N}\p{M}]$/u
const ACCENT = /\P{ASCII}/u

// {words: [{exact, folded}], forms: likewise, prefix: whether the last word may be the beginning of one,
//  pairs: mask of words that stand beside the one before, accented: whether any mark was typed,
//  whole: masks of words that only count together}
function readQuery(typed) {
  const text = String(typed ?? "").slice(0, LONGEST_QUERY)
  const words = []
  const forms = []
  const numbered = []
  let stopped = 0
  let pairs = 0
  for (const token of tokens(text)) {
    const word = { exact: token.text, folded: folded(token.text), start: token.start, end: token.end }
    if (token.form) {
      if (NUMBERED.test(token.text)) numbered.push(token)
      if (forms.length < MOST_FORMS) forms.push(word)
    } else if (words.length < MOST_WORDS) {
      if (words.length && !/[.,;:!?()]/.test(text.slice(stopped, token.start))) pairs |= 1 << words.length
      words.push(word)
      stopped = token.end
    }
  }
  const last = words[words.length - 1]
  const maskOf = ({ start, end }) =>
    words.reduce(
      (mask, word, wordIndex) => (word.start >= start && word.end <= end ? mask | (1 << wordIndex) : mask),
      0,
    )
  const prefix = words.length > 0 && ENDS_IN_WORD.test(text) && last.end === text.length
  const phrases = [...text.matchAll(QUOTED)].map(({ index, 0: quoted }) => ({
    start: index,
    end: index + quoted.length,
  }))
  return {
    words,
    forms,
    prefix,
    pairs,
    accented: words.some(word => ACCENT.test(word.exact)),
    whole: [...numbered.map(maskOf), ...phrases.flatMap(phrase => runsOfNeighbours(maskOf(phrase), pairs))],
    letters: words.reduce((sum, word) => sum + word.folded.length, 0),
  }
}

// The words of a mask as masks of those side by side, two at least: `"5 không, 3 sạch"` are two phrases.
function runsOfNeighbours(mask, pairs) {
  const runs = []
  for (let bit = 1; bit && bit <= mask; bit <<= 1) {
    if (!(mask & bit)) continue
    if (pairs & bit && runs.length) runs.push(runs.pop() | bit)
    else runs.push(bit)
  }
  return runs.filter(run => run & (run - 1))
}

// The bits of all words of the query.
const allWords = query => (1 << query.words.length) - 1

// For each word of the vocabulary the bits of the query's words that it matches, folded and exact.
function wordMasks(vocabulary, query) {
  const masks = { folded: new Int32Array(vocabulary.exact.length), exact: new Int32Array(vocabulary.exact.length) }
  for (const form of ["folded", "exact"]) {
    const bits = new Map()
    const beginnings = []
    const terms = query.words.map((term, wordIndex) => [term, wordIndex])
    for (const [formIndex, term] of query.forms.entries()) terms.push([term, MOST_WORDS + formIndex])
    for (const [term, termIndex] of terms) {
      const last = termIndex === query.words.length - 1
      const bit = (1 << termIndex) | (last ? LAST_IS_WHOLE : 0)
      bits.set(term[form], (bits.get(term[form]) ?? 0) | bit)
      if (query.prefix && term.end === query.words[query.words.length - 1].end)
        beginnings.push([term[form], 1 << termIndex])
    }
    vocabulary[form].forEach((word, number) => {
      let mask = bits.get(word) ?? 0
      for (const [beginning, bit] of beginnings) if (word.startsWith(beginning)) mask |= bit
      masks[form][number] = mask
    })
  }
  return masks
}

export { LAST_IS_WHOLE, LEAST_LETTERS, MOST_WORDS, allWords, readQuery, wordMasks }
