// Parts of the page of the search: buttons, changes only where something differs, years as people read them.
import { make } from "../site/make.js"

// A button that does something with what is found; `attributes` have its listener.
const toolButton = (text, attributes) => make("button", { type: "button", class: "sk-find__tool", ...attributes }, text)

// Puts exactly these children into a parent; does nothing if they are there already, and keeps the focus.
function arrange(parent, children) {
  const same =
    parent.childNodes.length === children.length && children.every((child, i) => child === parent.childNodes[i])
  if (same) return
  const focused = document.activeElement
  parent.replaceChildren(...children)
  if (focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true })
}

// Changes a text only if it differs, so that a live region is not read again.
function write(node, text) {
  if (node.textContent !== text) node.textContent = text
}

// Years in words: 2022–2024, 2027.
function formatYears(years) {
  const spans = []
  for (const year of years) {
    const last = spans[spans.length - 1]
    if (last && last[1] === year - 1) last[1] = year
    else spans.push([year, year])
  }
  return spans.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ")
}

export { arrange, formatYears, toolButton, write }
