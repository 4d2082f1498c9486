// Which measures and entries of plans stand in one row, whatever the order of the plans in the address.
import assert from "node:assert/strict"
import { test } from "node:test"
import {
  entryRows,
  hasNormsBesideTotals,
  measureGroups,
  overlapsOf,
  plansAnswered,
} from "../../overrides/assets/search/sides.js"

// A measure of households; `answers` names the measures of other plans, `null` says that the editors have found none.
function measure(id, given = {}) {
  const { answers, ...fields } = given
  const links = answers === null ? [] : answers && [answers].flat().map(key => ({ measure: key }))
  return {
    id,
    name: "Hộ thoát nghèo",
    unit: "hộ",
    value: "5",
    period: "each_year",
    ...fields,
    ...(links && { contributes_to: links }),
  }
}

const plan = (id, measures, given = {}) => ({
  id,
  status: "published",
  issuer: id,
  period: { from: 2024, to: 2025 },
  targets: [{ id: "ct", measures }],
  activities: [],
  ...given,
})

const permutations = list =>
  list.length < 2
    ? [list]
    : list.flatMap(first => permutations(list.filter(other => other !== first)).map(rest => [first, ...rest]))

// The rows in words, sorted: `a:m1+m2 b:m1`. They must be the same for every order of the plans.
function rowsOf(plans, above = []) {
  const [rows, ...others] = permutations(plans).map(ordered =>
    measureGroups(ordered, above)
      .map(group =>
        [...group]
          .map(([id, items]) => `${id}:${items.map(item => item.measure.id).join("+")}`)
          .sort()
          .join(" "),
      )
      .sort(),
  )
  for (const other of others) assert.deepEqual(other, rows)
  return rows
}

test("a link decides, whatever other measures are called", () => {
  const upper = plan("n", [measure("year"), measure("end", { period: "by_end" })])
  assert.deepEqual(rowsOf([upper, plan("p", [measure("m", { period: "by_end", answers: "n/ct/end" })])]), ["n:end p:m"])
  // Another measure of the lower plan bears the same name; it is not the one that answers.
  const two = plan("p", [measure("same"), measure("linked", { name: "Hộ", answers: "n/ct/year" })])
  assert.deepEqual(rowsOf([plan("n", [measure("year")]), two]), ["n:year p:linked"])
})

test("names pair only like with like", () => {
  for (const [one, other] of [
    [{}, { unit: "người" }],
    [{}, { unit: undefined }],
    [{}, { period: "by_end" }],
    [{}, { period: undefined }],
    [{}, { per: "mỗi cơ sở Hội" }],
    [{ per: "mỗi huyện" }, { per: "mỗi cơ sở Hội" }],
    [{}, { value: "80%" }],
    [{}, { aggregate: "average" }],
  ])
    assert.deepEqual(rowsOf([plan("n", [measure("m", one)]), plan("p", [measure("m", other)])]), [])
})

test("names pair across spellings", () => {
  for (const [one, other] of [
    [{}, { name: "hộ  thoát nghèo" }],
    [{ per: "mỗi cơ sở Hội" }, { per: "từng một cơ sở hội" }],
    [
      { unit: "%", value: "80%" },
      { unit: undefined, value: "90%" },
    ],
    [{}, { period: undefined, value: undefined, by_year: { 2024: "5" } }],
  ])
    assert.deepEqual(rowsOf([plan("n", [measure("m", one)]), plan("p", [measure("m", other)])]), ["n:m p:m"])
  const year = { period: { from: 2024, to: 2024 } }
  const annual = plan("p", [measure("m", { period: undefined })], year)
  assert.deepEqual(rowsOf([plan("n", [measure("m")]), annual]), ["n:m p:m"])
})

test("an id of a unit and its name are one norm", () => {
  const units = { xa: { short_name: "Hội xã" } }
  const named = plan("n", [measure("m", { per: "mỗi Hội xã" })])
  assert.deepEqual(rowsOf([named, plan("p", [measure("m", { per: "xa", per_unit: "xa" })], { units })]), ["n:m p:m"])
})

test("what answers no measure is not paired with a plan above by its name", () => {
  const upper = plan("n", [measure("m"), measure("other", { name: "Khác" })])
  const none = measure("m", { answers: null })
  assert.deepEqual(rowsOf([upper, plan("p", [none], { implements: ["n"] })]), [])
  // A plan is above, too, where another measure answers one of it.
  const linked = plan("p", [none, measure("o", { answers: "n/ct/other" })])
  assert.deepEqual(rowsOf([upper, linked]), ["n:other p:o"])
  // Of a plan beside nothing is said, so that the two of them are paired.
  const beside = plan("q", [none], { implements: ["n"] })
  assert.deepEqual(rowsOf([plan("p", [none], { implements: ["n"] }), beside]), ["p:m q:m"])
  assert.deepEqual(rowsOf([upper, plan("p", [none], { implements: ["n"] }), beside]), ["p:m q:m"])
  assert.deepEqual(
    rowsOf([plan("p", [none], { implements: ["n"] }), plan("q", [measure("m", { answers: "n/ct/m" })])]),
    [],
  )
})

test("links lead from a commune through a province to the nation", () => {
  const nation = plan("n", [measure("decoy"), measure("m", { name: "Hộ nghèo" })])
  const province = plan("p", [measure("m", { name: "Giúp hộ", answers: "n/ct/m" }), measure("decoy")])
  const commune = plan("c", [measure("m", { answers: "p/ct/m" })])
  assert.deepEqual(rowsOf([nation, province, commune]), ["c:m n:m p:m", "n:decoy p:decoy"])
  assert.deepEqual(rowsOf([nation, commune], [province]), ["c:m n:m"])
  assert.deepEqual(plansAnswered(commune), ["p"])
})

test("plans that answer the same measure share its row, shown or not", () => {
  const nation = plan("n", [measure("m")])
  const lower = ["a", "b"].map(id => plan(id, [measure("m", { name: id, answers: "n/ct/m" })]))
  assert.deepEqual(rowsOf(lower), ["a:m b:m"])
  assert.deepEqual(rowsOf([nation, ...lower]), ["a:m b:m n:m"])
  // Two that answer different measures of a plan are different things, also where it is not shown.
  const differing = ["x", "y"].map((id, at) => plan("ab"[at], [measure("m", { answers: `n/ct/${id}` })]))
  assert.deepEqual(rowsOf(differing), [])
})

test("several measures of a plan that answer one stand together", () => {
  const lower = plan("p", [measure("a", { answers: "n/ct/m" }), measure("b", { name: "Khác", answers: "n/ct/m" })])
  assert.deepEqual(rowsOf([plan("n", [measure("m")]), lower]), ["n:m p:a+b"])
  const one = plan("p", [measure("a", { answers: ["n/ct/x", "n/ct/y"] }), measure("b", { answers: "n/ct/y" })])
  const upper = plan("n", [measure("x"), measure("y", { period: "term" })])
  assert.deepEqual(rowsOf([upper, one]), ["n:x p:a", "n:y p:a+b"])
  // It answers two plans, one measure in each.
  const two = plan("p", [measure("a", { answers: ["n/ct/m", "k/ct/m"] })])
  assert.deepEqual(rowsOf([plan("n", [measure("m")]), plan("k", [measure("m", { name: "Khác" })]), two]), [
    "k:m n:m p:a",
  ])
})

test("a third plan without links joins by its name", () => {
  const nation = plan("n", [measure("m")])
  const linked = plan("p", [measure("m", { name: "Khác", answers: "n/ct/m" })])
  assert.deepEqual(rowsOf([nation, linked, plan("q", [measure("m")])]), ["n:m p:m q:m"])
  assert.deepEqual(rowsOf([nation, linked, plan("q", [measure("m", { name: "Khác" })])]), ["n:m p:m q:m"])
  // Where two could be meant it stands beside the one that no link says something about.
  const two = plan("n", [measure("m"), measure("free")])
  assert.deepEqual(rowsOf([two, linked, plan("q", [measure("m")])]), ["n:free q:m", "n:m p:m"])
})

test("the terms of a unit are paired by name though each answers a plan of its own time", () => {
  const [old, now] = ["old", "new"].map(id => plan(id, [measure("m", { answers: `n-${id}/ct/m` })]))
  assert.deepEqual(rowsOf([old, now]), ["new:m old:m"])
})

test("two measures of one name are not told apart", () => {
  assert.deepEqual(rowsOf([plan("n", [measure("a"), measure("b")]), plan("p", [measure("m")])]), ["n:a+b p:m"])
})

test("rows and cells keep the order of the first plan", () => {
  const upper = plan("n", [measure("x", { name: "X" }), measure("y", { name: "Y" })])
  const lower = plan("p", [measure("y", { name: "Y" }), measure("x", { answers: "n/ct/x" })])
  const names = plans => measureGroups(plans).map(group => [...group.values()][0][0].measure.id)
  assert.deepEqual(names([upper, lower]), ["x", "y"])
  assert.deepEqual(names([lower, upper]), ["y", "x"])
})

test("a norm beside a total is told", () => {
  const upper = plan("n", [measure("m", { per: "mỗi xã" })])
  const groupWith = fields => measureGroups([upper, plan("p", [measure("m", { answers: "n/ct/m", ...fields })])])[0]
  assert.equal(hasNormsBesideTotals(groupWith({})), true)
  assert.equal(hasNormsBesideTotals(groupWith({ per: "mỗi cơ sở Hội" })), false)
})

test("years overlap where plans of one unit promise the same, not where one plan does so twice", () => {
  const issued = { issuer: "hoi" }
  const term = plan("n", [measure("a"), measure("b")], issued)
  const year = { period: { from: 2025, to: 2025 } }
  const [own] = measureGroups([term, plan("p", [measure("m")], { ...issued, ...year })])
  assert.deepEqual(overlapsOf(own), [2025])
  const [others] = measureGroups([term, plan("p", [measure("m")], year)])
  assert.deepEqual(overlapsOf(others), [])
  for (const status of ["draft", "superseded", "withdrawn"]) {
    const [old] = measureGroups([{ ...term, status }, plan("p", [measure("m")], issued)])
    assert.deepEqual(overlapsOf(old), [], "a plan and the one that takes its place are no two promises")
  }
})

test("counterparts share a row, through each other and whatever the order", () => {
  const withTargets = (id, targets) => ({ id, targets })
  const nation = withTargets("n", [{ id: "x" }, { id: "y", counterparts: ["p/alone"] }])
  const province = withTargets("p", [
    { id: "both", counterparts: ["n/x"] },
    { id: "too", counterparts: ["n/x"] },
    { id: "alone", counterparts: ["n/y"] },
  ])
  const commune = withTargets("c", [{ id: "m", counterparts: ["p/both"] }, { id: "own" }])
  for (const plans of permutations([nation, province, commune])) {
    const rows = entryRows(plans, one => one.targets).map(cells =>
      plans.map((one, place) => `${one.id}:${cells[place].map(entry => entry.id).join("+")}`).sort(),
    )
    assert.deepEqual(rows.map(row => row.join(" ")).sort(), ["c: n:y p:alone", "c:m n:x p:both+too", "c:own n: p:"])
  }
})

test("an entry with two counterparts in one plan stands beside both, which stay two", () => {
  const nation = { id: "n", targets: [{ id: "x" }, { id: "y" }] }
  const lower = {
    id: "p",
    targets: [
      { id: "a", counterparts: ["n/x"] },
      { id: "b", counterparts: ["n/x", "n/y"] },
    ],
  }
  const rows = entryRows([nation, lower], one => one.targets)
  assert.deepEqual(
    rows.map(cells => cells.map(entries => entries.map(entry => entry.id).join("+")).join(" ")),
    ["x a+b", "y b"],
  )
})

test("entries of one plan that share only what is not shown have a row each", () => {
  const province = {
    id: "p",
    targets: [
      { id: "a", counterparts: ["n/x"] },
      { id: "b", counterparts: ["n/x"] },
    ],
  }
  const other = { id: "q", targets: [{ id: "c" }] }
  const rows = entryRows([province, other], plan => plan.targets)
  assert.deepEqual(
    rows.map(cells => cells.map(entries => entries.map(entry => entry.id).join("+")).join("|")),
    ["a|", "b|", "|c"],
  )
})
