// On a phone, puts the headings and years of a long plan within reach of the thumb, made from the page itself. Without
// JavaScript, and on a desktop with its table of contents, nothing is missing.

const FEWEST = 3 // headings that are worth a list

function startJump() {
  const words = document.querySelector("[data-jump]")?.dataset.jump
  const headings = [...document.querySelectorAll(".sk-h-outer[id]")]
  if (!words || headings.length < FEWEST) return
  const jump = document.createElement("details")
  jump.className = "sk-jump"
  const summary = document.createElement("summary")
  summary.textContent = words
  const panel = document.createElement("div")
  panel.className = "sk-jump__panel"
  panel.append(...yearButtons(jump), ...headings.map(heading => linkTo(heading)))
  panel.addEventListener("click", event => {
    if (event.target.closest("a, button")) jump.open = false
  })
  addEventListener("keydown", event => {
    if (event.key !== "Escape" || !jump.open) return
    if (jump.contains(document.activeElement)) summary.focus() // a closed element must not have the focus
    jump.open = false
  })
  jump.append(summary, panel)
  document.querySelector("article").append(jump)
}

function linkTo(heading) {
  const link = document.createElement("a")
  link.href = `#${heading.id}`
  const text = heading.cloneNode(true)
  for (const mark of text.querySelectorAll(".headerlink")) mark.remove()
  link.textContent = text.textContent.trim()
  return link
}

// Each presses the button of the filter by year, and scrolls to it.
function yearButtons(jump) {
  const filter = document.querySelector("[data-year-filter]")
  if (!filter) return []
  const line = document.createElement("p")
  line.className = "sk-jump__years"
  for (const button of filter.querySelectorAll("button[data-year]")) {
    const copy = document.createElement("button")
    copy.type = "button"
    copy.textContent = button.firstChild.textContent.trim()
    copy.addEventListener("click", () => {
      button.click()
      jump.open = false
      filter.scrollIntoView()
    })
    line.append(copy)
  }
  return [line]
}

export { startJump }
