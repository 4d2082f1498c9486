// Elements made from data. Text stays text: no HTML is ever parsed from a string, here or in what uses this.

// An element; attributes that are false or null are left out, true ones are empty, functions are listeners.
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value)
    else if (value === true) node.setAttribute(name, "")
    else if (value !== false && value != null) node.setAttribute(name, value)
  }
  node.append(...children.filter(child => child != null && child !== ""))
  return node
}

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

// Fills the `{places}` of a sentence.
const fillIn = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)

// A whole number in Vietnamese form: 2.500.
const formatNumber = number => String(number).replace(/\B(?=(\d{3})+$)/g, ".")

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

export { arrange, fillIn, formatNumber, formatYears, make, write }
