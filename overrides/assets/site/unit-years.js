// A unit's page shows one year: that of the address (#nam-2025), else this year, else the nearest. The page has all years,
// so it is right on any day, and complete without JavaScript.
import { tellOnPaper } from "./paper.js"
import { nearestYear } from "./this-year.js"

function startUnitYears(nav) {
  const blocks = blocksOf(nav)
  if (blocks.size < 2) return
  const all = document.querySelector("[data-all-years]")
  const paperNote = document.querySelector("[data-year-printed]")

  const show = year => {
    for (const [each, elements] of blocks)
      for (const element of elements) element.hidden = Boolean(year) && each !== year
    for (const link of nav.querySelectorAll("[data-year]"))
      if (link.dataset.year === year) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
    all.hidden = !year
    tellOnPaper(paperNote, paperNote.dataset.yearPrinted, year && { year })
  }
  const asked = () => /^#nam-(\d+)$/.exec(location.hash)?.[1]

  all.addEventListener("click", () => show(""))
  addEventListener("hashchange", () => {
    if (!blocks.has(asked())) return
    show(asked())
    document.getElementById(`nam-${asked()}`).scrollIntoView()
  })
  show(blocks.has(asked()) ? asked() : String(nearestYear([...blocks.keys()].map(Number), new Date().getFullYear())))
  // Until now the other years stood above the one in the address.
  if (blocks.has(asked())) document.getElementById(`nam-${asked()}`).scrollIntoView()
}

// The elements from the heading of each year up to the next heading of its kind.
function blocksOf(nav) {
  const blocks = new Map()
  for (const link of nav.querySelectorAll("[data-year]")) {
    const heading = document.getElementById(`nam-${link.dataset.year}`)
    if (!heading) continue
    const elements = [heading]
    let next = heading.nextElementSibling
    while (next && next.tagName !== "H2" && !next.matches(".sk-printed, .sk-screen")) {
      elements.push(next)
      next = next.nextElementSibling
    }
    blocks.set(link.dataset.year, elements)
  }
  return blocks
}

export { startUnitYears }
