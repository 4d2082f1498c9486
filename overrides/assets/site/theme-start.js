// What Material's scripts ask for before they run, in a file: a strict policy lets nothing run that stands in a page.
// A page loads this in its head, so that it is never shown in the wrong colours.

const script = document.currentScript
const root = new URL("..", script.src) // this file lies in assets/

const key = (name, scope) => `${scope.pathname}.${name}`

// A number that differs where texts differ; notices that were closed are known by it.
function hashText(text) {
  let hash = 0
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.codePointAt(0)) | 0
  return hash
}

// A value that was remembered, or null: also where the browser remembers nothing.
function recall(name, storage, scope = root) {
  try {
    return JSON.parse((storage ?? localStorage).getItem(key(name, scope)))
  } catch {
    return null
  }
}

function remember(name, value, storage, scope = root) {
  try {
    ;(storage ?? localStorage).setItem(key(name, scope), JSON.stringify(value))
  } catch {
    // the page works without
  }
}

// The colours that the reader has chosen, else those of the system.
function chooseColours(body) {
  const colours =
    recall("__palette")?.color ?? (matchMedia("(prefers-color-scheme: dark)").matches && { scheme: "slate" })
  for (const [name, value] of Object.entries(colours || {})) body.setAttribute(`data-md-color-${name}`, value)
}

// While scripts come, the room of what they will show is kept, so that nothing moves: `sk-scripted`, and `sk-asked` where the
// address asks something. A browser that does not take a script gives the room back.
function keepRoom() {
  const { classList } = document.documentElement
  classList.add("sk-scripted")
  if (location.search.length > 1) classList.add("sk-asked")
  const giveBack = ({ target }) => {
    if (target === self || target.tagName === "SCRIPT") classList.remove("sk-scripted", "sk-asked")
  }
  addEventListener("error", giveBack, true)
  addEventListener("load", () => removeEventListener("error", giveBack, true))
}

function start() {
  self.__md_scope = root
  keepRoom()
  self.__md_hash = hashText
  self.__md_get = recall
  self.__md_set = remember
  // The page for addresses that are none is shown at any depth: all its addresses are those of the site's root.
  if ("root" in script.dataset)
    document.head.prepend(Object.assign(document.createElement("base"), { href: root.href }))
  const observer = new MutationObserver(() => {
    if (!document.body) return
    observer.disconnect()
    chooseColours(document.body)
  })
  observer.observe(document.documentElement, { childList: true })
}

if (!self.__md_scope) start()
