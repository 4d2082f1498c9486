// On a phone, puts the headings and years of a long plan within reach of the thumb, made from the page itself. Without
// JavaScript, and on a desktop with its table of contents, nothing is missing.
import { headingText, make } from "./make.js"

const FEWEST = 3 // headings that are worth a list

function startJump() {
  const words = document.querySelector("[data-jump]")?.dataset.jump
  const headings = [...document.querySelectorAll(".sk-h-outer[id]")]
  if (!words || headings.length < FEWEST) return
  const summary = make("summary", {}, words)
  const jump = make("details", { class: "sk-jump" }, summary)
  const links = headings.map(heading => make("a", { href: `#${heading.id}` }, headingText(heading)))
  const panel = make("div", { class: "sk-jump__panel" }, ...yearButtons(jump), ...links)
  panel.addEventListener("click", event => {
    if (event.target.closest("a, button")) jump.open = false
  })
  addEventListener("keydown", event => {
    if (event.key !== "Escape" || !jump.open) return
    if (jump.contains(document.activeElement)) summary.focus() // a closed element must not have the focus
    jump.open = false
  })
  jump.append(panel)
  document.querySelector("article").append(jump)
}

// Each presses the button of the filter by year, and scrolls to it.
function yearButtons(jump) {
  const filter = document.querySelector("[data-year-filter]")
  if (!filter) return []
  const copies = [...filter.querySelectorAll("button[data-year]")].map(button => {
    const click = () => {
      button.click()
      jump.open = false
      filter.scrollIntoView()
    }
    return make("button", { type: "button", click }, button.firstChild.textContent.trim())
  })
  return [make("p", { class: "sk-jump__years" }, ...copies)]
}

export { startJump }
