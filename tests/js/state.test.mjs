// The address and the state say the same; whatever stands in an address gives a state.
import assert from "node:assert/strict"
import { test } from "node:test"
import { FACET_NAMES } from "../../overrides/assets/search/facet-names.js"
import {
  chosenValues,
  isActive,
  queryOf,
  readState,
  searchText,
  withSort,
  withText,
  withToggled,
  withoutFacets,
} from "../../overrides/assets/search/state.js"

const ADDRESSES = [
  "",
  "?q=kh%E1%BB%9Fi+nghi%E1%BB%87p",
  "?q=a%26b%3D%23&nam=2025&nam=2026&sap-xep=nam",
  "?nam=2025&don-vi=hoi-lhpn&nhiem-vu=national-2022-2027%2Fnv1&kinh-phi=Ng%C3%A2n+s%C3%A1ch",
]

test("an address is read and written back", () => {
  for (const address of ADDRESSES) assert.equal(queryOf(readState(address)), address)
})

test("what means nothing is left out", () => {
  const state = readState("?nam=&nam=2025&nam=2025&utm_source=x&sap-xep=abc&q=%20%20")
  assert.deepEqual(state.facets.nam, ["2025"])
  assert.deepEqual([state.q, state.sort], ["", "relevance"])
  assert.equal(queryOf(state), "?nam=2025")
})

test("hostile addresses stay small", () => {
  const values = Array.from({ length: 500 }, (_, number) => `don-vi=${number}`)
  const state = readState(`?q=${"a".repeat(10_000)}%00%1B&${values.join("&")}&nam=${"9".repeat(400)}`)
  assert.equal(state.q.length, 500)
  assert.equal(state.facets["don-vi"].length, 50)
  assert.deepEqual(state.facets.nam, [])
  assert.equal(readState("?q=a%00b%ED%A0%80").q.includes("\0"), false)
})

test("steps give new states and leave the old one", () => {
  const start = Object.freeze(readState("?q=htx&nam=2025"))
  const chosen = withToggled(start, "nam", "2026")
  assert.deepEqual(chosen.facets.nam, ["2025", "2026"])
  assert.deepEqual(withToggled(chosen, "nam", "2025").facets.nam, ["2026"])
  assert.deepEqual(withToggled(withToggled(start, "cap", "province"), "cap", "province"), start)
  assert.deepEqual(chosenValues(withoutFacets(chosen)), [])
  assert.equal(withoutFacets(chosen).q, "htx")
  assert.equal(queryOf(withSort(withText(start, ""), "year")), "?nam=2025&sap-xep=nam")
  assert.deepEqual(start, readState("?q=htx&nam=2025"))
})

test("one letter is not searched for, a filter is", () => {
  assert.equal(isActive(readState("?q=a")), false)
  assert.equal(searchText(readState("?q=a.")), "")
  assert.equal(searchText(readState("?q=đ5")), "đ5")
  for (const name of FACET_NAMES) assert.equal(isActive(readState(`?${name}=x`)), true)
})
