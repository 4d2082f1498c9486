// Who does what on the card of a hit: each role with its own word, sub-rows apart.
import assert from "node:assert/strict"
import { test } from "node:test"
import { rolesOf } from "../../overrides/assets/search/roles.js"

const say = (key, values) => (values ? `${key}(${values.role})` : key)
const nobody = { lead: [], partners: [], levelsUnits: [] }

test("each role stands apart, and nobody's is not told", () => {
  const hit = { lead: ["a"], partners: [], levelsUnits: ["b"], rows: nobody }
  assert.deepEqual(rolesOf(hit, say), [
    ["lead", ["a"]],
    ["facet.cap", ["b"]],
  ])
})

test("who leads a sub-row is not told to be a partner", () => {
  const hit = { ...nobody, partners: ["a"], rows: { ...nobody, lead: ["b"], partners: ["c"] } }
  assert.deepEqual(rolesOf(hit, say), [
    ["partners", ["a"]],
    ["in_row(lead)", ["b"]],
    ["in_row(partners)", ["c"]],
  ])
})
