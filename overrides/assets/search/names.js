// Compares names: their words, folded, whatever is between them, and how well a query matches a page's names.
import { exact, folded, tokens } from "./folding.js"

const PART = " · " // between the names in a text
const WHOLE_NAME = 2 // above every share

// The words that a name does not need: `số` before a figure, the day of a document after its number.
const withoutFillers = text =>
  exact(text)
    .replace(/(^|[^\p{L}\p{N}])s[oố]\s+(?=[0-9])/gu, "$1")
    .replace(/([0-9]\S*)\s+ng[aà]y\s+[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}/gu, "$1")

const wordsOf = text =>
  tokens(withoutFillers(text))
    .filter(token => !token.form)
    .map(token => folded(token.text))

// The names of a page, each as its words. `kind` is the folder of its address (`ke-hoach`), `label` its title, `parts` its
// other names, `plan` the plan that it belongs to. People say the kind before a name, and the issuer after it.
function namesOf(kind, label, parts, plan = "") {
  const [short, owner = plan] = kind === "don-vi" ? label.split(PART) : [label]
  const names = [short, ...parts]
  const all = [...names, ...(owner ? names.map(name => `${name} ${owner}`) : [])]
  return [...all, ...all.map(name => `${kind.replace("-", " ")} ${name}`)].map(wordsOf)
}

// The share of the best name that the typed words make up, 0 if no name has them all. The last word may be a beginning.
function shareOfName(names, typed) {
  const wanted = typed.join(" ")
  const last = typed.length - 1
  const has = (name, word, wordIndex) =>
    name.some(nameWord => (wordIndex === last ? nameWord.startsWith(word) : nameWord === word))
  return names.reduce((best, name) => {
    if (name.join(" ") === wanted) return WHOLE_NAME
    const share = typed.length / name.length
    return share > best && share <= 1 && typed.every((word, wordIndex) => has(name, word, wordIndex)) ? share : best
  }, 0)
}

export { WHOLE_NAME, PART, namesOf, shareOfName, withoutFillers, wordsOf }
