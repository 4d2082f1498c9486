// Reads words that were typed with the Vietnamese keyboard off, in Telex (`phuj nuwx`) or VNI (`phu5 nu74`).
import { exact } from "./folding.js"

const [GRAVE, HOOK, TILDE, ACUTE, DOT] = ["\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
const [ROOF, BREVE, HORN] = ["\u0302", "\u0306", "\u031b"]
const TELEX_TONES = { f: GRAVE, r: HOOK, x: TILDE, s: ACUTE, j: DOT }
const VNI_TONES = { 1: ACUTE, 2: GRAVE, 3: HOOK, 4: TILDE, 5: DOT }
const VOWEL = /[aeiouy]/

const ABBREVIATION = /(^|[^\p{L}\p{N}])\p{Lu}{2,4}[0-9]/u // `DA1`: capitals before a figure are no syllable with a mark

// The readings of a query that differ from it, the likelier one first: as Telex, as VNI, a day with a point, an entry or
// document by its figure, letters and figures apart.
function otherReadings(typed) {
  const text = exact(typed) // without invisible characters, and with plain signs
  const days = text.replace(/(^|\s)([1-9])\.(1[0-2]|[1-9])(?=\s|$)/g, "$1$2/$3") // 8.3 is mostly a label, else 8/3
  const apart = text.replace(/(\p{L})(?=[0-9])|([0-9])(?=\p{L})/gu, "$1$2 ") // of `đề án939`, `217qđ`
  const readings = [readWords(text, telexWord), readWords(text, vniWord), ...entryReadings(text), days]
  const first = ABBREVIATION.test(typed) ? [apart] : []
  return [...new Set([...first, ...readings, ...documentReadings(text), apart])].filter(reading => reading !== text)
}

// A target or task by its shorthand: `ct2`, `NV 1`. `CT 05`, with a zero, is the number of a document. The space after
// the figure makes it a whole word.
function entryReadings(typed) {
  const text = exact(typed)
  const reading = text
    .replace(/(^|\s)ct\s*(?=[1-9][0-9]?(?:\s|$))/g, "$1chỉ tiêu ")
    .replace(/(^|\s)nv\s*(?=[1-9][0-9]?(?:\s|$))/g, "$1nhiệm vụ ")
  return reading === text ? [] : [reading.replace(/[0-9]$/, "$& ")]
}

// A document by its figure: `939/QĐ-TTg`, the decision 939, approved Đề án 939. Fewer digits are ambiguous. The space
// after a figure makes it a whole word.
function documentReadings(text) {
  const figures = text.replace(/([0-9]{3,})[/-][\p{L}/-]+/gu, "$1 ")
  const approved = figures.replace(/(^|\s)(?:quyết định|quyet dinh|qđ|qd)\s+(?=[0-9]{3})/u, "$1đề án ")
  return [figures, approved].filter(reading => reading !== text)
}

const readWords = (typed, read) => typed.replace(/[A-Za-z][A-Za-z0-9]*/g, word => read(word.toLowerCase()) ?? word)

// The word that the keys mean, or null if they are not Telex. Keys may come after the letter or at the word's end.
function telexWord(word) {
  const letters = []
  let tone = ""
  for (const key of word) {
    const vowel = letters.some(({ letter }) => VOWEL.test(letter))
    const last = letters[letters.length - 1]
    if (TELEX_TONES[key] && vowel) tone = TELEX_TONES[key]
    else if (key === "w" && putHorn(letters)) continue
    else if (key === "w") letters.push({ letter: "u", mark: HORN })
    else if (key === "d" && letters[0]?.letter === "d" && letters[0].mark !== "-") letters[0].mark = "-"
    else if (last && "aeo".includes(key) && last.letter === key && !last.mark) last.mark = ROOF
    else letters.push({ letter: key, mark: "" })
  }
  return wordOf(letters, tone, word)
}

// A figure that marks nothing is a figure: `an939` is no word with marks.
function vniWord(word) {
  const letters = []
  let tone = ""
  for (const key of word) {
    if (VNI_TONES[key]) {
      if (tone) return null
      tone = VNI_TONES[key]
    } else if (/[0-9]/.test(key)) {
      if (!putMark(letters, key)) return null
    } else letters.push({ letter: key, mark: "" })
  }
  return wordOf(letters, tone, word)
}

// Gives a letter the mark of a VNI key; returns whether there is such a letter.
function putMark(letters, key) {
  if (key === "7") return putHorn(letters, /[ou]/)
  const [on, sign] = { 6: [/[aeo]/, ROOF], 8: [/a/, BREVE], 9: [/d/, "-"] }[key] ?? []
  const markedLetter = sign && [...letters].reverse().find(({ letter, mark }) => on.test(letter) && !mark)
  if (markedLetter) markedLetter.mark = sign
  return Boolean(markedLetter)
}

// Gives the last a, o or u its mark; `uo` gets it on both.
function putHorn(letters, on = /[aou]/) {
  let at = letters.length - 1
  while (at >= 0 && !(on.test(letters[at].letter) && !letters[at].mark)) at--
  if (at < 0) return false
  letters[at].mark = letters[at].letter === "a" ? BREVE : HORN
  if (letters[at].letter === "o" && letters[at - 1]?.letter === "u" && !letters[at - 1].mark)
    letters[at - 1].mark = HORN
  return true
}

function wordOf(letters, tone, word) {
  const at = letters.findIndex(({ letter }) => VOWEL.test(letter))
  if (at < 0 && tone) return null
  const last = letters[letters.length - 1]
  if (last.letter === "a" && last.mark) return null // no syllable ends in ă or â: `da938` is Đề án 938
  const text = letters.map(({ letter, mark }, index) => {
    const whole = mark === "-" ? "đ" : letter + mark
    return index === at ? whole + tone : whole
  })
  const read = exact(text.join(""))
  return read === word ? null : read
}

export { documentReadings, entryReadings, otherReadings }
