// Elements and sentences made from data. Text stays text: nothing here, or in what uses it, ever reads HTML out of a string.

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

// Loads a script; the promise is broken where it cannot be loaded.
function loadScript(src) {
  const script = make("script", { src })
  document.head.append(script)
  const ended = new Promise((load, error) => Object.assign(script, { onload: load, onerror: error }))
  return ended.finally(() => script.remove())
}

// Fills the `{places}` of a sentence.
const fillIn = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)

// A whole number in Vietnamese form: 2.500.
const formatNumber = number => String(number).replace(/\B(?=(\d{3})+$)/g, ".")

// A text without line breaks and blanks that mean nothing.
const inOneLine = text => text.replace(/\s+/g, " ").trim()

// What a heading says, without the sign that is a link to it.
function headingText(heading) {
  const copy = heading.cloneNode(true)
  copy.querySelector(".headerlink")?.remove()
  return inOneLine(copy.textContent)
}

export { fillIn, formatNumber, headingText, inOneLine, loadScript, make }
