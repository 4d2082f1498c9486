// Texts as runs of word numbers: each is tokenised once, and a keystroke only compares numbers.
// A run holds its words in order, 0 at the end of a part of a sentence, and the forms (`217-qđ/tw`) at its end.
import { folded, tokens } from "./folding.js"

const NO_WORD = 0
const SENTENCE_PART = /[.,;:!?()[\]{}|•·。、\p{Cc}\u2028\u2029]/u

// All words so far. The same pieces between two spaces occur again and again: each is tokenised once.
function newVocabulary() {
  return { exact: [""], folded: [""], numbers: new Map(), pieces: new Map() }
}

// Appends the words of `text` to the run.
function addWords(vocabulary, text, run) {
  const forms = []
  for (const piece of text.split(" ")) {
    if (!piece) continue
    let known = vocabulary.pieces.get(piece)
    if (!known) {
      known = readPiece(vocabulary, piece)
      vocabulary.pieces.set(piece, known)
    }
    for (const number of known.words) run.push(number)
    if (known.forms.length) forms.push(...known.forms)
  }
  for (const form of forms) run.push(NO_WORD, form)
  run.push(NO_WORD)
}

// Texts one after the other: {words, starts: where each begins, and the end of the last}.
function runOf(vocabulary, texts) {
  const words = []
  const starts = [0]
  for (const text of texts) {
    addWords(vocabulary, text, words)
    starts.push(words.length)
  }
  return { words: words.slice(), starts } // a copy: a list that has grown keeps room for more
}

function readPiece(vocabulary, piece) {
  const words = []
  const forms = []
  let stopped = 0
  for (const { text, start, end, form } of tokens(piece)) {
    if (form) forms.push(numberOf(vocabulary, text))
    else {
      if (SENTENCE_PART.test(piece.slice(stopped, start))) words.push(NO_WORD)
      words.push(numberOf(vocabulary, text))
      stopped = end
    }
  }
  if (SENTENCE_PART.test(piece.slice(stopped))) words.push(NO_WORD)
  return { words, forms }
}

function numberOf(vocabulary, word) {
  let number = vocabulary.numbers.get(word)
  if (number === undefined) {
    number = vocabulary.exact.length
    vocabulary.numbers.set(word, number)
    vocabulary.exact.push(word)
    vocabulary.folded.push(folded(word))
  }
  return number
}

export { addWords, newVocabulary, runOf }
