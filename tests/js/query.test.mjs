// What is typed as words, forms and neighbours.
import assert from "node:assert/strict"
import { test } from "node:test"
import { LAST_IS_WHOLE, allWords, readQuery, wordMasks } from "../../overrides/assets/search/query.js"

const wordsOf = typed => readQuery(typed).words.map(word => word.folded)

test("words without their accents", () => {
  assert.deepEqual(wordsOf("Hỗ trợ  PHỤ NỮ"), ["ho", "tro", "phu", "nu"])
  assert.equal(readQuery("ho tro").accented, false)
  assert.equal(readQuery("ho trợ").accented, true)
})

test("nothing typed is no query", () => {
  for (const typed of ["", "  ", "…", null, undefined]) {
    const query = readQuery(typed)
    assert.deepEqual([query.words, query.letters, query.prefix, allWords(query)], [[], 0, false, 0])
  }
})

test("only a last word that may go on is a beginning", () => {
  assert.equal(readQuery("khởi ngh").prefix, true)
  for (const typed of ["khởi ngh ", "khởi ngh,", "(khởi ngh)"]) assert.equal(readQuery(typed).prefix, false, typed)
})

test("neighbours end where a part of a sentence ends", () => {
  assert.equal(readQuery("khởi nghiệp sáng tạo").pairs, 0b1110)
  assert.equal(readQuery("khởi nghiệp, sáng tạo").pairs, 0b1010)
})

test("the number of a document is a form beside its words", () => {
  const { words, forms } = readQuery("217-QĐ/TW")
  assert.deepEqual(
    words.map(word => word.folded),
    ["217", "qd", "tw"],
  )
  assert.deepEqual(
    forms.map(form => form.folded),
    ["217-qd/tw"],
  )
})

test("a pasted text is cut, its masks stay apart", () => {
  const query = readQuery("từ ".repeat(5000))
  assert.equal(query.words.length, 24)
  assert.equal(allWords(query), 2 ** 24 - 1)
  assert.equal(allWords(query) & LAST_IS_WHOLE, 0)
})

test("masks say which words of the query a word is", () => {
  const vocabulary = { exact: ["hội", "hỗ", "hỗn", "trợ"], folded: ["hoi", "ho", "hon", "tro"] }
  const masks = wordMasks(vocabulary, readQuery("trợ hỗ"))
  assert.deepEqual([...masks.exact], [0, 0b10 | LAST_IS_WHOLE, 0b10, 0b01])
  assert.deepEqual([...masks.folded], [0b10, 0b10 | LAST_IS_WHOLE, 0b10, 0b01])
})

test("words in quotation marks are found side by side only", () => {
  for (const typed of ['"hòa giải"', "“hòa giải”", "«hòa giải»", '"hòa giải']) {
    assert.deepEqual(readQuery(typed).whole, [0b11], typed)
  }
  assert.deepEqual(readQuery('phong trào "5 không, 3 sạch" phụ nữ').whole, [0b1100, 0b110000])
  assert.deepEqual(readQuery('"hội" và "phụ nữ"').whole, [0b1100])
  assert.deepEqual(readQuery('hòa giải "').whole, [])
})
