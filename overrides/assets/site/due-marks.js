// Marks what is due now or overdue, by the browser's clock: a page that was built in December is right in January.
// `[data-due]` holds days as `2026-01-01/2026-03-31`, a deadline as `/2026-06-30`; several are separated by spaces.
import { make } from "./make.js"

const readSpans = text =>
  text.split(" ").flatMap(part => {
    const [, first, last] = part.match(/^(\d{4}-\d{2}-\d{2})?\/(\d{4}-\d{2}-\d{2})$/) ?? []
    return last ? [[first ?? last, last]] : []
  })

const isoDay = (year, month, day) => {
  const date = new Date(Date.UTC(year, month, day))
  return date.toISOString().slice(0, 10)
}

// "overdue" if all days have passed, "month" if work begins or ends in it, "quarter" if it is due in it, else nothing.
function markOf(spans, now) {
  const [year, month] = [now.getFullYear(), now.getMonth()]
  const today = isoDay(year, month, now.getDate())
  const open = spans.filter(([, last]) => last >= today)
  if (!open.length) return spans.length ? "overdue" : ""
  const begins = [isoDay(year, month, 1), isoDay(year, month - (month % 3), 1)]
  const ends = [isoDay(year, month + 1, 0), isoDay(year, month - (month % 3) + 3, 0)]
  const inside = (day, period) => day >= begins[period] && day <= ends[period]
  if (open.some(([first, last]) => inside(last, 0) || (inside(first, 0) && last <= isoDay(year, month + 1, 15))))
    return "month"
  return open.some(([first, last]) => first <= ends[1] && last >= begins[1]) ? "quarter" : ""
}

// Puts a mark at the end of each time; the words are at the page's actions.
function showDueMarks(root, now) {
  const words = root.querySelector("[data-due-month]")?.dataset
  if (!words) return
  for (const time of root.querySelectorAll("[data-due]")) {
    const name = markOf(readSpans(time.dataset.due), now)
    if (!name || time.querySelector(".sk-due")) continue
    const title = name === "overdue" ? words.dueOverdueSays : null
    const text = words[`due${name[0].toUpperCase()}${name.slice(1)}`]
    time.append(" ", make("span", { class: `sk-due sk-due--${name}`, title }, text))
  }
}

export { markOf, readSpans, showDueMarks }
