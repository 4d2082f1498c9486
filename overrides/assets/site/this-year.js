// The parts of a page that depend on the present year. A page that was built in December is right in January: it has the
// numbers of all years, and without JavaScript links to the list of years.
import { fillIn, formatNumber } from "./make.js"

// The number of activities by year, from `2025:93 2026:88`.
const readCounts = text =>
  new Map(text.split(" ").flatMap(pair => (/^\d+:\d+$/.test(pair) ? [pair.split(":").map(Number)] : [])))

// This year if something is due in it, else the nearest year with something due; of two equally near the earlier one.
function nearestYear(years, today) {
  const [nearest] = [...years].sort((a, b) => Math.abs(a - today) - Math.abs(b - today) || a - b)
  return nearest ?? null
}

// Fills each `[data-this-year]`: its address, and inside it the number and the words that name the year.
function showThisYear(now) {
  for (const link of document.querySelectorAll("[data-this-year]")) {
    const counts = readCounts(link.dataset.thisYear)
    const year = nearestYear(counts.keys(), now.getFullYear())
    if (year === null) continue
    link.href = fillIn(link.dataset.address, { year })
    const number = link.querySelector("[data-number]")
    if (number) number.textContent = formatNumber(counts.get(year))
    const words = link.querySelector("[data-words]")
    words.textContent = fillIn(words.dataset.words, { year })
  }
}

// In a narrow window a table with columns of years shows the first ones. It is scrolled to this year.
function showColumnOfThisYear(now) {
  for (const head of document.querySelectorAll(".sk-frame thead th")) {
    if (head.textContent.trim() !== String(now.getFullYear())) continue
    const frame = head.closest(".sk-frame")
    const beyond = head.getBoundingClientRect().right - frame.getBoundingClientRect().right
    if (beyond > 0) frame.scrollLeft += Math.ceil(beyond)
  }
}

export { nearestYear, readCounts, showColumnOfThisYear, showThisYear }
