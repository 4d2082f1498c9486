// The search in the header: a dialog that finds pages by name and links to the search of activities. It is made when it is
// first opened; without JavaScript, and in browsers without dialogs, its button links to that search.
import { withMarks } from "./marks.js"
import { fillIn, loadScript, make } from "../site/make.js"

const { words, activities } = self.sokehoachHeader
const FOLDER = new URL(".", document.currentScript.src)
const BASE = new URL("../../", FOLDER) // the site's root
const fill = (key, values) => fillIn(words[key], values)

const opener = document.querySelector("[data-seek]")
if (opener && self.HTMLDialogElement) startHeader(opener)

function startHeader(opener) {
  let dialog = null
  const open = event => {
    event.preventDefault()
    dialog ??= newDialog()
    if (!dialog.open) dialog.showModal()
    dialog.querySelector("input").select()
  }
  opener.addEventListener("click", event => {
    if (!(event.ctrlKey || event.metaKey || event.shiftKey)) open(event)
  })
  addEventListener("keydown", event => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable], dialog")
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) open(event)
  })
}

function newDialog() {
  const box = make("input", {
    type: "search",
    class: "sk-seek__box",
    "aria-label": words.label,
    placeholder: words.placeholder,
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "search",
  })
  const close = make("button", { type: "button", class: "sk-seek__close", "aria-label": words.close }, "×")
  const form = make("form", { class: "sk-seek__form", role: "search" }, box, close)
  const offer = make("a", { class: "sk-seek__offer", "data-search-offer": true })
  const status = make("p", { class: "sk-seek__status", role: "status" })
  const list = make("ol", { class: "sk-seek__list" })
  const dialog = make("dialog", { class: "sk-seek", "aria-label": words.label }, form, offer, status, list)
  document.body.append(dialog)

  const links = () => [offer, ...list.querySelectorAll("a")]
  const show = answer => {
    status.classList.toggle("sk-seek__status--failed", Boolean(answer.failed))
    if (answer.failed) status.textContent = fill("failed", { what: answer.failed })
    else status.textContent = answer.items.length ? fill("found", { n: answer.items.length }) : words.none
    list.replaceChildren(...(answer.items ?? []).map(itemOf))
  }
  const ask = newAsker(show)
  const typed = () => {
    const q = box.value.trim()
    offer.textContent = q ? fill("offer_query", { q }) : words.offer
    const search = new URL(activities, BASE)
    if (q) search.search = new URLSearchParams({ q })
    offer.href = search.href
    if (q) return ask(q)
    ask("")
    status.textContent = ""
    list.replaceChildren()
  }
  box.addEventListener("input", typed)
  close.addEventListener("click", () => dialog.close())
  dialog.addEventListener("click", event => event.target === dialog && dialog.close()) // a click outside the dialog
  form.addEventListener("submit", event => {
    event.preventDefault()
    ;(list.querySelector("a") ?? offer).click()
  })
  dialog.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const all = [box, ...links()]
    all[Math.min(Math.max(all.indexOf(document.activeElement) + step, 0), all.length - 1)].focus()
  })
  typed()
  return dialog
}

function itemOf({ location, kind, title, titleMarks, text, textMarks, missing }) {
  const link = make("a", { class: "sk-seek__link", href: new URL(location, BASE).href })
  // `Chỉ tiêu 2: …` already says its kind.
  if (kind && !title.startsWith(`${kind} `)) link.append(make("span", { class: "sk-seek__kind" }, kind), " ")
  link.append(make("strong", {}, ...withMarks(title, titleMarks)))
  if (text) link.append(make("span", { class: "sk-seek__text" }, ...withMarks(text, textMarks)))
  if (missing.length)
    link.append(make("span", { class: "sk-seek__missing" }, fill("missing", { words: missing.join(", ") })))
  return make("li", {}, link)
}

// Asks the worker; only the answer to the newest question is shown. Files that could not be loaded are reported.
function newAsker(show) {
  const address = new URL("header-worker.js", FOLDER).href
  let newest = 0
  let send = null
  const receive = answer => answer && answer.id === newest && show(answer)
  const fail = () => {
    send = null // the next letter tries again
    show({ id: newest, failed: "header-worker.js" })
  }
  const start = location.protocol === "file:" ? startInPage : startWorker

  function startWorker() {
    const worker = new Worker(address)
    worker.addEventListener("message", ({ data }) => receive(data))
    worker.addEventListener("error", event => {
      event.preventDefault()
      fail()
    })
    return question => worker.postMessage(question)
  }

  // Browsers start no worker from disk, so this one runs in the page.
  function startInPage() {
    const loaded = loadScript(address)
    return question => loaded.then(() => self.sokehoachHeader.answer(question)).then(receive, fail)
  }

  return q => {
    const id = ++newest
    if (!q) return
    send ??= start()
    send({ id, q })
  }
}
