// How well what is typed names a page.
import assert from "node:assert/strict"
import { test } from "node:test"
import { documentReadings, otherReadings } from "../../overrides/assets/search/keyboard.js"
import { WHOLE_NAME, namesOf, shareOfName, withoutFillers, wordsOf } from "../../overrides/assets/search/names.js"

const share = (names, typed) => shareOfName(names, wordsOf(typed))

test("a name is whole with its kind, with whose it is, and without fillers", () => {
  const unit = namesOf("don-vi", "Ban KT · Hội LHPN Đồng Nai", ["Ban Kinh tế"])
  for (const typed of ["ban kt", "BAN KINH TẾ", "ban kinh tế hội lhpn đồng nai"])
    assert.equal(share(unit, typed), WHOLE_NAME, typed)
  assert.notEqual(share(unit, "Hội LHPN Đồng Nai"), WHOLE_NAME)
  const plan = namesOf("ke-hoach", "Thái Nguyên 2021–2026", ["11/KH-BCH"])
  for (const typed of ["11/KH-BCH", "số 11/kh-bch", "kế hoạch số 11/KH-BCH", "11/KH-BCH ngày 31/12/2021"])
    assert.equal(share(plan, withoutFillers(typed)), WHOLE_NAME, typed)
})

test("the fuller the name, the greater the share", () => {
  const [near, far] = ["Hội LHPN tỉnh Đồng Nai", "Câu lạc bộ Hội Phụ nữ hưu trí tỉnh Đồng Nai"].map(name =>
    namesOf("don-vi", name, []),
  )
  assert.ok(share(near, "hội đồng nai") > share(far, "hội đồng nai"))
  assert.equal(share(near, "hội thái nguyên"), 0)
  assert.ok(share(near, "hội lhpn tỉnh đồng n") > 0)
})

test("a document by its figure, and only by one that tells enough", () => {
  assert.deepEqual(documentReadings("quyết định 938/qđ-ttg"), ["quyết định 938 ", "đề án 938 "])
  assert.deepEqual(documentReadings("12/kh-bch"), [])
  assert.ok(otherReadings("939\u200b/QĐ\u2011TTg").includes("939 "))
})

test("letters before a figure are an abbreviation where they are no syllable or capitals", () => {
  for (const typed of ["DA938", "da938", "DA8", "da8"]) {
    assert.equal(otherReadings(typed)[0], typed.toLowerCase().replace("da", "da "), typed)
  }
  assert.equal(otherReadings("DA1")[0], "da 1")
  assert.equal(otherReadings("phu5 nu74")[0], "phụ nữ")
})
