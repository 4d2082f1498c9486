// What Material's scripts need before they run, as a file, because a strict policy forbids scripts inside a page.
// A page loads this in its head, so that it is never shown in the wrong colours.

const script = document.currentScript
const root = new URL("..", script.src) // this file lies in assets/

const key = (name, scope) => `${scope.pathname}.${name}`

// A number that differs if texts differ; it identifies notices that were closed.
function hashText(text) {
  let hash = 0
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.codePointAt(0)) | 0
  return hash
}

// A stored value, or null, also if the browser stores nothing.
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

// While scripts load, the space for what they will show is kept, so that nothing moves: `sk-scripted`, and `sk-asked` if the
// address has a question. A browser that refuses a script removes the space.
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
  // The page for missing addresses is shown at any depth, so all its links are relative to the site's root.
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
