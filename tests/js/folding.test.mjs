// Folding by the vectors that the Python module is held to as well.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { exact, folded, pairs, syllables, tokens } from "../../overrides/assets/search/folding.js"

const vectors = JSON.parse(readFileSync(new URL("../search/folding.json", import.meta.url), "utf-8"))

// The vectors count places in code points, the module as `slice` does.
const inCodePoints = (text, place) => [...text.slice(0, place)].length

test("forms", () => {
  for (const vector of vectors.forms) {
    assert.equal(exact(vector.text), vector.exact, vector.about)
    assert.equal(folded(vector.text), vector.folded, vector.about)
  }
})

test("tone marks have one place, however they were typed", () => {
  for (const [right, ...others] of vectors.placement)
    for (const spelling of [right, ...others])
      for (const form of ["NFC", "NFD"])
        for (const typed of [spelling.normalize(form), spelling.normalize(form).toUpperCase()])
          assert.equal(exact(typed), right)
})

test("words that are right stay as they are", () => {
  for (const word of vectors.kept) assert.equal(exact(word), word)
})

test("tokens and their places", () => {
  for (const { about, text, tokens: expected } of vectors.tokens) {
    const found = tokens(text).map(({ text: word, start, end, form }) => [
      word,
      inCodePoints(text, start),
      inCodePoints(text, end),
      form,
    ])
    assert.deepEqual(
      found,
      expected.map(([word, start, end, form]) => [word, start, end, Boolean(form)]),
      about,
    )
    assert.deepEqual(
      syllables(text),
      expected.map(([word]) => word),
      about,
    )
  }
})

test("pairs of neighbours", () => {
  for (const { about, text, pairs: expected } of vectors.pairs) assert.deepEqual(pairs(text), expected, about)
})

test("what was folded once stays as it is", () => {
  for (const { text } of [...vectors.forms, ...vectors.tokens]) {
    assert.equal(folded(folded(text)), folded(text))
    assert.equal(exact(exact(text)), exact(text))
  }
})
