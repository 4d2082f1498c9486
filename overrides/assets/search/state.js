// The state of a search, as in the address: `?q=…&nam=2025&nam=2026&thang=q1&don-vi=…&sap-xep=nam`.
// A state is never changed, only replaced: {q, facets: {nam: [value]…}, sort}.
import { FACET_NAMES } from "./facet-names.js"

const LONGEST_TEXT = 500 // signs of typed text; a longer text was pasted, and its beginning is enough
const LONGEST_VALUE = 300
const MOST_CHOSEN = 50 // values of one facet
const BY_YEAR = "nam"
const FEWEST_LETTERS = 2

// Any address gives a state; meaningless parts are left out.
function readState(query) {
  const given = new URLSearchParams(query)
  const facets = {}
  for (const name of FACET_NAMES) {
    const values = given.getAll(name).filter(value => value && value.length <= LONGEST_VALUE)
    facets[name] = [...new Set(values)].slice(0, MOST_CHOSEN)
  }
  return { q: cleanText(given.get("q") ?? ""), facets, sort: given.get("sap-xep") === BY_YEAR ? "year" : "relevance" }
}

// The query of an address, with its question mark, or nothing.
function queryOf(state) {
  const query = new URLSearchParams()
  if (state.q) query.set("q", state.q)
  for (const name of FACET_NAMES) for (const value of state.facets[name]) query.append(name, value)
  if (state.sort === "year") query.set("sap-xep", BY_YEAR)
  const text = query.toString()
  return text && `?${text}`
}

// The typed text without signs that an address cannot have, and not too long.
function cleanText(text) {
  const clean = text.slice(0, LONGEST_TEXT).replace(/[\p{Cc}\p{Cs}]/gu, " ")
  return clean.trim() ? clean : ""
}

const withText = (state, text) => ({ ...state, q: cleanText(text) })

const withSort = (state, sort) => ({ ...state, sort })

// With a value chosen, or no longer chosen.
function withToggled(state, name, value) {
  const chosen = state.facets[name]
  const values = chosen.includes(value) ? chosen.filter(other => other !== value) : [...chosen, value]
  return { ...state, facets: { ...state.facets, [name]: values } }
}

const withoutFacets = state => ({ ...state, facets: readState("").facets })

// The chosen values as [facet, value], in the order of the facets.
const chosenValues = state => FACET_NAMES.flatMap(name => state.facets[name].map(value => [name, value]))

// The typed text, if it is enough to search for.
const searchText = state => ((state.q.match(/[\p{L}\p{N}]/gu) ?? []).length < FEWEST_LETTERS ? "" : state.q)

// Whether there is anything to search for.
const isActive = state => Boolean(searchText(state) || chosenValues(state).length)

export {
  chosenValues,
  cleanText,
  isActive,
  queryOf,
  readState,
  searchText,
  withSort,
  withText,
  withToggled,
  withoutFacets,
}
