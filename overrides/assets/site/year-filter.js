// The year filter of a plan's page. The address keeps the choice (?nam=2025), so that it can be sent to others;
// without JavaScript the filter does not appear and the plan is shown complete.
import { tellOnPaper } from "./paper.js"

function startYearFilter(filter) {
  const rows = [...document.querySelectorAll(".sk-row")]
  const groups = [...document.querySelectorAll(".sk-table, .sk-table tbody, .sk-bullets")]
  const buttons = [...filter.querySelectorAll("button")]
  const countText = filter.querySelector("[data-year-found]")
  const paperNote = document.querySelector("[data-year-printed]")
  const total = rows.filter(row => row.id).length

  const show = year => {
    // A bullet stays if one inside it stays: walk from the innermost outwards.
    for (const row of [...rows].reverse()) {
      const matchesYear = !year || row.dataset.years.split(" ").includes(year)
      row.hidden = !matchesYear && !row.querySelector(".sk-row:not([hidden])")
    }
    for (const group of [...groups].reverse()) group.hidden = !group.querySelector(".sk-row:not([hidden])")
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.year === year))
    const left = rows.filter(row => row.id && !row.hidden).length
    countText.textContent = year ? `${left} / ${total}` : ""
    const words = year === "-" ? paperNote.dataset.undatedPrinted : paperNote.dataset.yearPrinted
    tellOnPaper(paperNote, words, year && { year, n: left, all: total })
  }

  // A link to a row that is not due in the chosen year is meant for the row, so the whole plan is shown.
  const chosen = () => {
    const year = new URLSearchParams(location.search).get("nam") ?? ""
    const wanted = rows.find(row => row.id && location.hash === `#${row.id}`)
    const hides = wanted && !wanted.dataset.years.split(" ").includes(year)
    return buttons.some(button => button.dataset.year === year) && !hides ? year : ""
  }

  filter.addEventListener("click", event => {
    const button = event.target.closest("button")
    if (!button) return
    const address = new URL(location.href)
    address.hash = ""
    if (button.dataset.year) address.searchParams.set("nam", button.dataset.year)
    else address.searchParams.delete("nam")
    history.pushState(null, "", address)
    show(button.dataset.year)
  })
  addEventListener("popstate", () => show(chosen()))
  addEventListener("hashchange", () => {
    show(chosen())
    document.getElementById(location.hash.slice(1))?.scrollIntoView()
  })

  filter.hidden = false
  show(chosen())
}

export { startYearFilter }
