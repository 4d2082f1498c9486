// Shares a page, an activity or a target: through the device, else by copying the address; and gives the code with which
// another site embeds a page's main part.
import { copyAndTell } from "./copy.js"
import { make } from "./make.js"

const NOTICE_TIME = 4000 // milliseconds that a notice beside a link stays
// Entries in lists have no sign of their own in the HTML, because it would be a tenth of their bytes.
const LISTED = ".sk-act__title, .sk-hit__title, .sk-rowlist > li > a[href*='chi-tieu/']"

function startSharing() {
  const statusLine = document.querySelector("[data-copied]")
  if (!statusLine) return
  document.addEventListener("click", event => {
    const link = event.target.closest(".sk-share")
    if (!link) return
    event.preventDefault()
    const entry = link.closest(".sk-row, .sk-target, .sk-target-row, li")
    const title = entry?.querySelector(`.sk-title, .sk-target__label, ${LISTED}`)?.textContent ?? document.title
    send(link.href, title.trim(), message => sayBeside(link, message), statusLine)
  })
  addSigns(statusLine.dataset.shareEntry)
  // The search's script adds cards later.
  document.addEventListener("sokehoach:cards", () => addSigns(statusLine.dataset.shareEntry))
  for (const button of document.querySelectorAll("[data-share]")) {
    if (!navigator.share) continue
    const sharing = button.cloneNode()
    sharing.removeAttribute("data-copy")
    sharing.textContent = button.dataset.share
    sharing.className = "sk-action sk-action--share"
    sharing.hidden = false
    sharing.addEventListener("click", () =>
      send(location.href, document.title, message => (statusLine.textContent = message), statusLine),
    )
    button.before(sharing)
  }
  for (const button of document.querySelectorAll("[data-embed]")) {
    button.addEventListener("click", async () => {
      const code = embedCode(location.href, document.title)
      const { failed } = statusLine.dataset
      statusLine.textContent = await copyAndTell(code, { copied: button.dataset.embed, failed })
    })
    button.hidden = false
  }
}

function addSigns(title) {
  for (const link of document.querySelectorAll(LISTED)) {
    const entry = link.closest("li")
    if (entry.querySelector(".sk-share")) continue
    const sign = make("a", { class: "sk-share", href: link.href, title })
    const line = entry.querySelector(".sk-hit__top") // of a card
    ;(line ?? entry).append(sign)
    if (!line) entry.classList.add("sk-shared")
  }
}

async function send(address, title, say, statusLine) {
  if (navigator.share) {
    try {
      await navigator.share({ title, url: address })
      return
    } catch (error) {
      if (error.name === "AbortError") return // the reader has cancelled
    }
  }
  say(await copyAndTell(address, statusLine.dataset))
}

function sayBeside(link, text) {
  link.parentElement.querySelector(".sk-share__said")?.remove()
  const notice = make("span", { class: "sk-share__said", role: "status" })
  link.after(notice)
  notice.textContent = text
  setTimeout(() => notice.remove(), NOTICE_TIME)
}

function embedCode(address, title) {
  const url = new URL(address)
  url.hash = ""
  url.searchParams.set("nhung", "1")
  const quoted = text => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")
  return `<iframe src="${quoted(url.href)}" title="${quoted(title)}" width="100%" height="480" loading="lazy"></iframe>`
}

// In a frame (?nhung=1) a page shows only its main part, and each link opens in the whole window.
function startEmbedded() {
  if (!new URLSearchParams(location.search).has("nhung")) return
  document.documentElement.classList.add("sk-embedded")
  const whole = new URL(location.href)
  whole.searchParams.delete("nhung")
  const source = make("a", { href: whole.href }, document.title)
  document.querySelector("article").append(make("p", { class: "sk-embedded__source" }, source))
  for (const link of document.querySelectorAll("article a")) link.target = "_top"
}

export { startEmbedded, startSharing }
