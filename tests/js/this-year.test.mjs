// Which year a page takes for this one, from the years in which something is due.
import assert from "node:assert/strict"
import { test } from "node:test"
import { nearestYear, readCounts } from "../../overrides/assets/site/this-year.js"

test("this year, else the nearest, of two as near the earlier one", () => {
  for (const [years, today, expected] of [
    [[2022, 2023, 2024], 2023, 2023],
    [[2022, 2023], 2030, 2023],
    [[2026, 2030], 2020, 2026],
    [[2024, 2026], 2025, 2024],
    [[], 2025, null],
  ])
    assert.equal(nearestYear(years, today), expected)
})

test("what is no number of a year is passed over", () => {
  assert.deepEqual(
    [...readCounts("2025:93 2026:88")],
    [
      [2025, 93],
      [2026, 88],
    ],
  )
  assert.deepEqual([...readCounts("")], [])
  assert.deepEqual([...readCounts("2025 x:1 2026:1")], [[2026, 1]])
})
