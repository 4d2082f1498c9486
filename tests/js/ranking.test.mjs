// The order of what is found, the marks in it, and the excerpt, over a store of a few activities.
import assert from "node:assert/strict"
import { test } from "node:test"
import { readQuery } from "../../overrides/assets/search/query.js"
import { excerptOf, marksOf, rank } from "../../overrides/assets/search/ranking.js"
import { scanAll } from "../../overrides/assets/search/scan.js"
import { addFile, newStore } from "../../overrides/assets/search/store.js"

const UNITS = [["ban-tg", "Ban TG-CSLP", "Ban Tuyên giáo - Chính sách luật pháp"]]

// A store of one chunk: each activity is {title, more, years, lead}, its other columns are empty.
function storeOf(activities) {
  const column = read => activities.map(read)
  const manifest = {
    version: 7,
    units: UNITS,
    programmes: [],
    levels: [],
    periods: [],
    statuses: [["published", "Đã ban hành"]],
    chunks: [{ file: "chunk.js", count: activities.length, years: null, plans: ["p"], units: [], above: [] }],
  }
  const store = newStore(manifest)
  addFile(store, "chunk.js", {
    plans: [["p", "Kế hoạch", "11/KH-BCH", "", 0]],
    above: [],
    targets: [],
    tasks: [],
    fundings: [],
    columns: {
      id: column((_, number) => `hd${number}`),
      plan: column(() => 0),
      target: column(() => -1),
      serves: column(() => []),
      task: column(() => -1),
      title: column(one => one.title),
      more: column(one => one.more ?? ""),
      also: column(() => ""),
      label: column(() => ""),
      when: column(() => ""),
      years: column(one => one.years ?? []),
      lead: column(one => one.lead ?? []),
      partners: column(() => []),
      levels_units: column(() => []),
      rows: column(() => []),
      levels: column(() => []),
      periods: column(() => []),
      days: column(() => ""),
      reading: column(() => ""),
      programmes: column(() => []),
      funding: column(() => []),
    },
  })
  return store
}

function found(activities, typed) {
  const store = storeOf(activities)
  const query = readQuery(typed)
  const { numbers, partial, frequency } = scanAll(store, query)
  const ranked = rank(store, query, numbers, frequency, Number.POSITIVE_INFINITY)
  return { titles: ranked.numbers.map(number => activities[number].title), partial, trusted: ranked.trusted }
}

const titles = (texts, typed) =>
  found(
    texts.map(title => ({ title })),
    typed,
  ).titles

test("all words must match, the last as a beginning", () => {
  const texts = ["Hỗ trợ khởi nghiệp", "Hỗ trợ vốn", "Khởi công nhà"]
  assert.deepEqual(titles(texts, "ho tro ngh"), ["Hỗ trợ khởi nghiệp"])
})

test("where nothing matches all, the best partial matches follow", () => {
  const answer = found([{ title: "Hỗ trợ khởi nghiệp" }, { title: "Hỗ trợ vốn" }], "hỗ trợ khởi nghiệp xylophone")
  assert.deepEqual([answer.titles[0], answer.partial], ["Hỗ trợ khởi nghiệp", true])
})

test("accents that were typed come first as typed", () => {
  assert.deepEqual(titles(["Ban hoa", "Bán hòa", "Bàn hoá"], "bàn hoá"), ["Bàn hoá", "Ban hoa", "Bán hòa"])
})

test("neighbours weigh more than words that are scattered", () => {
  const texts = ["Nghiệp vụ cho cán bộ mới khởi sự", "Thi ý tưởng khởi nghiệp cho cán bộ"]
  assert.deepEqual(titles(texts, "khoi nghiep"), [texts[1], texts[0]])
})

test("the title weighs more than the text, the text more than names", () => {
  const activities = [
    { title: "Hội nghị", lead: [0] },
    { title: "Tập huấn", more: "về tuyên giáo" },
    { title: "Công tác tuyên giáo" },
  ]
  assert.deepEqual(found(activities, "tuyen giao").titles, ["Công tác tuyên giáo", "Tập huấn", "Hội nghị"])
})

test("a year is what is due in it before a year in a sentence", () => {
  const activities = [
    { title: "Tổng kết", more: "giai đoạn trước năm 2025" },
    { title: "Sơ kết", years: [2025] },
  ]
  assert.deepEqual(found(activities, "2025").titles, ["Sơ kết", "Tổng kết"])
})

test("the number of a plan is found as typed", () => {
  assert.deepEqual(titles(["Hội nghị"], "11/KH-BCH"), ["Hội nghị"])
})

test("an accent that stands nowhere is taken as mistyped", () => {
  const activities = [{ title: "Tập huấn kỹ năng" }, { title: "Rèn kỹ năng" }]
  const answer = found(activities, "kỷ năng")
  assert.equal(answer.titles.length, 2)
  assert.equal(answer.trusted & 1, 0)
})

const marked = (text, typed) => marksOf(text, readQuery(typed), 0).map(([start, end]) => text.slice(start, end))

test("marks stand on whole words and join neighbours", () => {
  assert.deepEqual(marked("Hỗ trợ khởi nghiệp, hỗ trợ vốn", "ho tro"), ["Hỗ trợ", "hỗ trợ"])
  assert.deepEqual(marked("Khởi nghiệp", "ngh"), ["nghiệp"])
  assert.deepEqual(marked("Theo Quyết định 217-QĐ/TW", "217-qđ/tw"), ["217-QĐ/TW"])
})

test("a long text gives the part with the most marks", () => {
  const text = `${"Mở đầu dài dòng. ".repeat(40)}Hỗ trợ phụ nữ khởi nghiệp. ${"Kết thúc. ".repeat(40)}`
  const excerpt = excerptOf(text, readQuery("phu nu khoi nghiep"), 0)
  assert.ok(excerpt.text.length < 240)
  assert.deepEqual(
    excerpt.marks.map(([start, end]) => excerpt.text.slice(start, end)),
    ["phụ nữ khởi nghiệp"],
  )
})
