// A short text of a unit's year to send on: as many lines of the sheet as a message takes, and the page's address.
import { copyAndTell } from "./copy.js"
import { fillIn, inOneLine } from "./make.js"

const LONGEST = 500 // letters; Zalo shows so much of a message without folding it

// Shows the button, which does nothing without JavaScript, and makes it work.
function startMessages() {
  for (const button of document.querySelectorAll("[data-message]")) {
    const statusLine = button.parentElement.querySelector("[data-copied]")
    button.addEventListener("click", async () => {
      const text = messageOf(
        button.dataset.message,
        linesOf(document),
        button.dataset.more,
        location.href.split("#")[0],
      )
      statusLine.textContent = await copyAndTell(text, statusLine.dataset)
    })
    button.hidden = false
  }
}

// Each activity once, even if a union's sheet also lists it for a department.
function linesOf(page) {
  const rows = [...page.querySelectorAll(".sk-sheet__row:not(.sk-sheet__row--sub)")].map(row => [row, row.cells[2]])
  const inside = [...page.querySelectorAll(".sk-sheet__lines > li")].map(item => [
    item,
    item.querySelector(":scope > .sk-sheet__count"),
  ])
  const lines = new Map()
  for (const [entry, count] of [...rows, ...inside]) {
    const title = entry.querySelector(".sk-sheet__title")
    const words = [title, count].map(part => inOneLine(part.textContent))
    if (!lines.has(title.href)) lines.set(title.href, words.filter(Boolean).join(": "))
  }
  return [...lines.values()].map(line => `- ${line}`)
}

// The first line, as many others as fit, how many are left out, and the address, which is never cut.
function messageOf(first, lines, more, address) {
  for (let shown = lines.length; shown >= 0; shown--) {
    const left = lines.length - shown
    const rest = left ? [fillIn(more, { n: left })] : []
    const text = [first, ...lines.slice(0, shown), ...rest, address].join("\n")
    if (text.length <= LONGEST || !shown) return text
  }
}

export { startMessages }
