// Pages that a query names: a plan by its number or name, a unit, a programme, a target, a task. They stand before the
// activities, each with its kind; who gives a name exactly finds its page first.
import { PART, wordsOf } from "./names.js"
import { allWords, wordMasks } from "./query.js"
import { entryRun } from "./store.js"

const KINDS = ["ke-hoach", "chuong-trinh", "don-vi", "chi-tieu", "nhiem-vu"] // of two that match alike the first
const MOST_PAGES = 3

// [{kind, value, label, plan, exact}]: those with all words of the query, the exact ones first, then the shortest names.
function pagesOf(store, query, typed) {
  const wanted = wordsOf(typed)
  store.entries.forEach((_, number) => {
    entryRun(store, number) // puts its words into the vocabulary
  })
  const masks = wordMasks(store.vocabulary, query)
  const all = allWords(query)
  const found = []
  store.entries.forEach((entry, number) => {
    const kind = KINDS.indexOf(entry.facet)
    if (kind < 0) return
    const mask = entryRun(store, number).reduce((sum, word) => sum | masks.folded[word], 0)
    if ((mask & all) !== all) return
    const parts = entry.text.split(PART)
    // Behind a plan's short title, number and title stand the names of its issuer, which has a page of its own.
    const names = [...(entry.facet === "ke-hoach" ? parts.slice(0, 3) : parts), `${entry.label} ${entry.plan}`]
    const exact = names.some(name => wordsOf(name) === wanted)
    const named = wordsOf(entry.label).includes(wanted)
    found.push({ entry, kind, rank: exact ? 0 : named ? 1 : 2, exact })
  })
  found.sort((a, b) => a.rank - b.rank || a.kind - b.kind || a.entry.label.length - b.entry.label.length)
  return found
    .slice(0, MOST_PAGES)
    .map(({ entry, exact }) => ({ kind: entry.facet, value: entry.value, label: entry.label, plan: entry.plan, exact }))
}

export { pagesOf }
