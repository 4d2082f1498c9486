// Pages that a query names (a plan by number or name, a unit, a programme, a target, a task), and the filter of a month or
// quarter. They come before the activities, each with its kind; an exactly typed name puts its page first.
import { folded } from "./folding.js"
import { documentReadings, entryReadings } from "./keyboard.js"
import { WHOLE_NAME, PART, namesOf, shareOfName, withoutFillers, wordsOf } from "./names.js"
import { allWords, readQuery, wordMasks } from "./query.js"
import { standsIn } from "./scan.js"
import { LEVELLESS, entryRun } from "./store.js"
import { addWords } from "./words.js"

const KINDS = ["ke-hoach", "chuong-trinh", "don-vi", "chi-tieu", "nhiem-vu"] // the order of equally good matches
const UNITS = ["don-vi"]
const MOST_PAGES = 3
const OF_YEAR = /(?:^|\s)(?:(?:việc|viec)\s+)?(?:(?:của|cua)\s+)?(?:(?:năm|nam)\s+)?(20[0-9]{2})(?=\s|$)/u
// `việc tháng 3 năm 2026`, `quy 2`, `tháng 3/2026`: the month or quarter, the year.
const OF_PERIOD =
  /(?:^|\s)(?:viec\s+)?(?:trong\s+)?(thang\s+0?(?:[1-9]|1[0-2])|quy\s+(?:[1-4]|i{1,3}|iv))(?:\s*[/-]\s*|\s+(?:nam\s+)?|(?=\s|$))(20[0-9]{2})?(?=\s|$)/u

// [{kind, value, label, plan, share, year}]: those that the query names, else those whose document it names in another way,
// else units with a year that it asks for. Targets and tasks named by shorthand come before those that only begin so.
function pagesOf(store, typed) {
  const text = withoutFillers(typed)
  const isWhole = ({ share }) => share === WHOLE_NAME
  const pages = pagesNamed(store, text)
  const entries = entryReadings(text).flatMap(reading => pagesNamed(store, reading).filter(isWhole))
  if (pages.length || entries.length)
    return [...pages.filter(isWhole), ...entries, ...pages.filter(page => !isWhole(page))].slice(0, MOST_PAGES)
  for (const reading of documentReadings(text)) {
    const meant = pagesNamed(store, reading).filter(isWhole)
    if (meant.length) return meant
  }
  const periods = periodsOf(store, text)
  if (periods.length) return periods
  const [words, year] = OF_YEAR.exec(text) ?? []
  const units = year ? pagesNamed(store, text.replace(words, " ").trim(), UNITS) : []
  return units.map(page => ({ ...page, year }))
}

// The month or quarter in a text, with the year and unit beside it, if something is due then.
function periodsOf(store, text) {
  const plain = folded(text)
  const [words, name, year] = OF_PERIOD.exec(plain) ?? []
  if (!words) return []
  const rest = plain.replace(words, " ").trim()
  const [unit] = rest ? pagesNamed(store, rest, UNITS) : []
  if (rest && !unit) return []
  const number = store.periodEntries.findIndex(entry => isPeriod(store.entries[entry], name))
  const unitEntry = unit && store.entryNumbers.get(`don-vi:${unit.value}`)
  const isThen = ([of, period]) => period === number && (!year || of === +year)
  const hasWork = ({ columns, choices }) =>
    columns?.periods.some((pairs, row) => pairs.some(isThen) && (!unit || choices[row].includes(unitEntry)))
  if (!store.chunks.some(hasWork)) return []
  const { facet, value, label } = store.entries[store.periodEntries[number]]
  return [{ kind: facet, value, label, plan: unit?.label ?? "", unit: unit?.value, year }]
}

// `Quý II` is `quy ii` and `quy 2`.
function isPeriod({ label, value }, name) {
  const [kind, figure] = name.split(/\s+/)
  const [ofKind, ...known] = [...folded(label).split(" "), value.replace(/^q/, "")]
  return kind === ofKind && known.includes(figure.replace(/^0/, ""))
}

// Those with all words of a text, best named first.
function pagesNamed(store, text, kinds = KINDS) {
  const query = readQuery(text)
  if (!query.words.length) return []
  const typed = wordsOf(text)
  store.entries.forEach((entry, number) => {
    entryRun(store, number)
    readOthers(store, entry)
  })
  const masks = wordMasks(store.vocabulary, query)
  const all = allWords(query)
  const maskOf = run => run.reduce((sum, word) => sum | masks.folded[word], 0) & all
  const matches = []
  store.entries.forEach((entry, number) => {
    const kind = kinds.indexOf(entry.facet)
    if (kind < 0) return
    const run = entryRun(store, number)
    const ownWordsMask = maskOf(run) | maskOf(entry.others)
    if (!ownWordsMask || (ownWordsMask | maskOf(entry.around)) !== all) return
    if (!query.whole.every(whole => standsIn(run, masks.folded, whole))) return
    readNames(entry)
    const share = shareOfName(entry.names, typed)
    const rank = share === WHOLE_NAME ? 0 : entry.title.includes(` ${typed.join(" ")}`) ? 1 : 2
    matches.push({ entry, kind, share, rank })
  })
  const byKind = (a, b) => a.kind - b.kind
  const byLength = (a, b) => a.entry.label.length - b.entry.label.length
  const levelOf = ({ entry: { facet, value, label } }) =>
    facet !== "don-vi" ? 0 : label.includes(PART) ? LEVELLESS : store.levelRanks.get(value) // a department is after its union
  const byLevel = (a, b) => levelOf(a) - levelOf(b)
  const byShare = (a, b) => b.share - a.share || (a.share ? byKind(a, b) : byLength(a, b))
  const byName = (a, b) => byKind(a, b) || byLevel(a, b) || byLength(a, b)
  matches.sort((a, b) => a.rank - b.rank || (a.rank === 2 && byShare(a, b)) || byName(a, b))
  return matches.slice(0, MOST_PAGES).map(({ entry, share }) => ({
    kind: entry.facet,
    value: entry.value,
    label: withoutKind(entry),
    plan: entry.plan,
    share,
  }))
}

// `7. Thoát nghèo` for `Chỉ tiêu 7. Thoát nghèo`: the page shows its kind before it.
function withoutKind(entry) {
  const kind = `${kindOf(entry)} `
  const rest = entry.label.slice(kind.length)
  return folded(entry.label).startsWith(kind) && /^[0-9IVX]/.test(rest) ? rest : entry.label
}

// Handles what people say instead of an entry's names and around them: its kind, the plan that it belongs to.
function readOthers(store, entry) {
  if (entry.others) return
  entry.others = []
  addWords(store.vocabulary, entry.also, entry.others)
  entry.around = []
  addWords(store.vocabulary, kindOf(entry) + PART + entry.plan, entry.around)
}

// Reads the names of an entry that has all the words.
function readNames(entry) {
  if (entry.names) return
  entry.title = ["", ...wordsOf(`${kindOf(entry)} ${entry.label}`)].join(" ")
  const parts = entry.text.replace(`${entry.label}${PART}`, "").split(PART)
  // After a plan's number and title come the names of its issuer, which has its own page; its `plan` is a mark.
  const isPlan = entry.facet === "ke-hoach"
  entry.names = namesOf(entry.facet, entry.label, isPlan ? parts.slice(0, 2) : parts, isPlan ? "" : entry.plan)
}

const kindOf = entry => entry.facet.replace("-", " ")

export { pagesOf }
