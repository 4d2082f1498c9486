// What is due today, from spans of days and the day that it is.
import assert from "node:assert/strict"
import { test } from "node:test"
import { markOf, readSpans } from "../../overrides/assets/site/due-marks.js"

const CASES = [
  // spans, today, mark
  ["2026-01-01/2026-03-31", "2025-12-31", ""],
  ["2026-01-01/2026-03-31", "2026-01-01", "quarter"],
  ["2026-01-01/2026-03-31", "2026-03-31", "month"],
  ["2026-01-01/2026-03-31", "2026-04-01", "overdue"],
  ["/2026-06-15", "2026-06-01", "month"],
  ["/2026-06-15", "2026-06-15", "month"],
  ["/2026-06-15", "2026-06-16", "overdue"],
  ["/2026-06-15", "2026-04-01", "quarter"],
  ["2026-11-28/2026-12-05", "2026-11-20", "month"],
  ["2026-03-08/2026-03-08 2026-10-20/2026-10-20", "2026-05-01", ""],
  ["2026-03-08/2026-03-08 2026-10-20/2026-10-20", "2026-10-21", "overdue"],
  ["2024-02-29/2024-02-29", "2024-02-01", "month"],
  ["", "2026-01-01", ""],
  ["2026-1-1/x", "2026-01-01", ""],
]

test("overdue, this month, this quarter", () => {
  for (const [spans, today, mark] of CASES) {
    const [year, month, day] = today.split("-").map(Number)
    assert.equal(markOf(readSpans(spans), new Date(year, month - 1, day, 12)), mark, `${spans} on ${today}`)
  }
})
