// Gives texts one spelling, for searching, counting and marking words.
// generator/language/folding.py is the same module in Python, with the reasons; tests/search/folding.json tests both.
// Places (start, end) count as in `String.prototype.slice`.

// The vowels of all rhymes; the tone mark is on the capital one.
const RHYMES = (
  "Ai Ao Au Ay Âu Ây Eo Êu Ia Iu Oi Ôi Ơi Ua Ui Ưa Ưi Ưu " +
  "iÊ iÊu oA oAi oAo oAy oĂ oE oEo oO uÂ uÂy uÊ uÊu uÔ uÔi uƠ uY uYa uYu uyÊ ưƠ ưƠi ưƠu yÊ yÊu"
).split(" ")
const SINGLE = "A Ă Â E Ê I O Ô Ơ U Ư Y".split(" ")
const TONES = "\u0300\u0309\u0303\u0301\u0323"
const VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"

// Signs that look the same become one. Old fonts and wrong keyboards write eth and the African D for đ.
const SIGNS = new Map([
  ...[..."‘’‚‛‹›′`\u02bb\u02bc"].map(sign => [sign, "'"]),
  ...[..."“”„‟«»"].map(sign => [sign, '"']),
  ...[..."‐‒–—―−"].map(sign => [sign, "-"]),
  ["⁄", "/"],
  ["∕", "/"],
  ["ð", "đ"],
  ["ɖ", "đ"],
  ["ς", "σ"],
  ["ß", "ss"],
])
const SIGN = new RegExp(`[${[...SIGNS.keys()].join("")}]`, "g")
const MARKS = "\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f"
const MARK = new RegExp(`[${MARKS}]+`, "g")
const RUN = new RegExp(`[gq]?[${VOWELS}]{2,}[${MARKS}]*`, "g") // a run with further marks is no rhyme
// i and y alone after these letters are spellings of one syllable: kĩ, kỹ; lí, lý; quí, quý; công ti, công ty.
const I_FOR_Y = new RegExp(`(^|[^\\p{L}\\p{N}${MARKS}])(qu|[hklmst])([iìỉĩíị])(?![\\p{L}\\p{N}${MARKS}])`, "gu")
const LOST_MARK = new RegExp(`(^|[^\\p{L}\\p{N}${MARKS}])[${MARKS}]+`, "gu") // a mark without a letter
// Signs without width: soft hyphens, zero-width signs, direction marks, variant selectors.
const UNSEEN =
  "\\u00ad\\u034f\\u061c\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff\\u{e0000}-\\u{e0fff}"
const HIDDEN = new RegExp(`[${UNSEEN}]+`, "gu")
const MOVING = new RegExp(`[İßẞ${MARKS}${UNSEEN}]`, "u") // these can change the length of the exact text
// A letter with its marks and signs that combine with it (Korean and Japanese half letters).
const CLUSTER = new RegExp(`[^][\\p{M}${UNSEEN}\\u1160-\\u11ff\\u3131-\\u318e\\uff9e-\\uffdc]*`, "gu")
const PLAIN = /^[a-z ]$/

const WORD = `[\\p{L}\\p{N}]+(?:[${MARKS}]+[\\p{L}\\p{N}]*)*`
const ATOM = `[0-9]+(?:[.,][0-9]+)+|${WORD}`
const ATOMS = new RegExp(ATOM, "gu")
const COMPOUND = new RegExp(`(?:${ATOM})(?:[\\-/.'&@_]?(?:${ATOM}))*`, "gu")
const JOINED = /[-/.,'&@_]|^0[0-9]/
const THOUSANDS = /^[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]{1,3})?$/
const DECIMAL = /^[0-9]+[.,][0-9]{1,3}$/
const DAY = /^(?:0[1-9]|[12][0-9]|3[01])\.(?:0?[1-9]|1[0-2])$/ // `20.10` means 20/10, not a decimal
const DATE = /^0?([1-9]|[12][0-9]|3[01])([-/.])0?([1-9]|1[0-2])\2([0-9]{4})$/
const BREAK = /[.,;:!?()[\]{}|•·。、\p{Cc}\u2028\u2029]/u
const LONGEST_FORM = 40 // longer chains (addresses, `a-a-a-…`) are indexed only by their words

// The text in one spelling that keeps its accents: composed, lower case, plain signs, tone marks on the main vowel.
const exact = text => placed(plain(text))

// The exact text without any marks, đ as d.
const folded = text => bare(plain(text))

// The words of a text: [{text, start, end, form}], in order, each form before its words. `form` is true for a second
// spelling of the words at this place (`217-qđ/tw` for `217`, `qđ`, `tw`; `2.500` for `2500`). An index has all tokens. A
// query must match each of its words, or a form that replaces them.
function tokens(text) {
  if (!MOVING.test(text) && text.normalize("NFKC") === text) return scanned(exact(text))
  const starts = []
  const ends = []
  let whole = ""
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    const part = PLAIN.test(cluster) ? cluster : plain(cluster)
    whole += part
    for (let i = 0; i < part.length; i++) {
      starts.push(index)
      ends.push(index + cluster.length)
    }
  }
  const tokensFound = scanned(placed(whole))
  for (const token of tokensFound) {
    token.start = starts[token.start]
    token.end = ends[token.end - 1]
  }
  return tokensFound
}

// The texts of all tokens.
const syllables = text => tokens(text).map(token => token.text)

// Pairs of neighbouring words, folded (`khoi_nghiep`); no pair crosses the end of a sentence or clause.
function pairs(text) {
  const source = folded(text)
  const wordPairs = []
  let before = ""
  let stopped = 0
  for (const { text: word, start, end, form } of scanned(source)) {
    if (form) continue
    if (before && !BREAK.test(source.slice(stopped, start))) wordPairs.push(`${before}_${word}`)
    before = word
    stopped = end
  }
  return wordPairs
}

// The exact text before tone marks are moved.
function plain(text) {
  const small = text.replace(HIDDEN, "").normalize("NFKC").toLowerCase()
  const signed = small.replace(SIGN, sign => SIGNS.get(sign)).normalize("NFKC")
  return signed.search(MARK) < 0 ? signed : signed.replace(LOST_MARK, "$1")
}

// Moves tone marks to the main vowel; the text keeps its length.
const placed = source => withY(source.replace(RUN, run => TONE_CORRECTIONS.get(run) ?? run))

const withY = text =>
  text.replace(I_FOR_Y, (_, before, onset, vowel) => before + onset + "yỳỷỹýỵ"["iìỉĩíị".indexOf(vowel)])

const bare = source => withY(source.normalize("NFD").replace(MARK, "").replaceAll("đ", "d").normalize("NFC"))

// The tokens of an exact or folded text, with their places in it.
function scanned(source) {
  const tokenList = []
  for (const { 0: text, index } of source.matchAll(COMPOUND)) {
    if (JOINED.test(text)) tokenList.push(...parted(text, index))
    else tokenList.push({ text, start: index, end: index + text.length, form: false })
  }
  return tokenList
}

// The forms and words of a text without spaces: a number, a date, a document's number.
function parted(compound, offset) {
  const tokenList = []
  const add = (text, start, end, form) => {
    if (!form || [...text].length <= LONGEST_FORM)
      tokenList.push({ text, start: offset + start, end: offset + end, form })
  }
  const words = atoms(compound).map(({ text, start }) => ({ text: word(text), start, end: start + text.length }))
  let usual = ""
  let stopped = 0
  for (const { text, start, end } of words) {
    usual += compound.slice(stopped, start).replaceAll("'", "") + text
    stopped = end
  }
  const date = DATE.exec(compound)
  if (date) usual = `${date[1]}/${date[3]}/${date[4]}`
  else if (DAY.test(compound)) usual = words.map(({ text }) => text).join("/")
  const alone = words.length === 1 ? words[0].text : ""
  for (const form of new Set([compound, usual])) if (form !== alone) add(form, 0, compound.length, true)
  for (const { text, start, end } of words) {
    const printed = compound.slice(start, end)
    if (printed !== text && !alone) add(printed, start, end, true)
    add(text, start, end, false)
  }
  return tokenList
}

function atoms(compound) {
  const atomList = []
  for (const { 0: text, index } of compound.matchAll(ATOMS)) {
    if (!/[.,]/.test(text) || THOUSANDS.test(text) || (DECIMAL.test(text) && !DAY.test(text)))
      atomList.push({ text, start: index })
    // 3.2.1 and 2024,2025 are several numbers
    else for (const digits of text.matchAll(/[0-9]+/g)) atomList.push({ text: digits[0], start: index + digits.index })
  }
  return atomList
}

// An atom as a word: a number has no thousands separator, no leading zeros, and a decimal point.
function word(atom) {
  if (THOUSANDS.test(atom)) return atom.replaceAll(".", "").replace(",", ".")
  if (DECIMAL.test(atom)) return atom.replace(",", ".")
  return /^[0-9]+$/.test(atom) ? atom.replace(/^0+(?=[0-9])/, "") : atom
}

// The right spelling of each run of vowels (with `g` or `q` before it) with a misplaced tone mark.
function toneCorrections() {
  const corrections = new Map()
  const toned = (letters, position, tone) =>
    letters.slice(0, position) + (letters[position] + tone).normalize("NFC") + letters.slice(position + 1)
  const onsets = ["gi", "qu"].flatMap(onset => [...SINGLE, ...RHYMES].map(rhyme => [onset, rhyme]))
  for (const onset of ["", "g"])
    for (const rhyme of RHYMES) if (!(onset + rhyme.toLowerCase()).startsWith("gi")) onsets.push([onset, rhyme])
  for (const [onset, rhyme] of onsets) {
    const letters = onset + rhyme.toLowerCase()
    const position = onset.length + rhyme.search(/\p{Lu}/u)
    for (const tone of TONES)
      for (let wrong = onset ? 1 : 0; wrong < letters.length; wrong++)
        corrections.set(toned(letters, wrong, tone), toned(letters, position, tone))
  }
  return corrections
}

const TONE_CORRECTIONS = toneCorrections()

export { exact, folded, pairs, syllables, tokens }
