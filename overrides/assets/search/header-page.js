// The page's side of the search in the header; it runs before Material's script. Material is told of our worker, a line
// that leads to the search of activities stands above the results, and from disk the page is its own worker.

const { activities, offer, offer_query: offerQuery, translations } = self.sokehoachHeader
const place = document.getElementById("__config")
const box = document.querySelector("[data-md-component=search] input")
if (document.querySelector("[data-search]")) putQueryAside()
if (place && box) startHeader(place, box)

// Material's search takes `?q=` of every page for itself, as soon as its script runs: on the page of the search of
// activities, whose query it is, it is out of the address until then.
function putQueryAside() {
  const address = location.href
  if (!location.search) return
  history.replaceState(history.state, "", location.pathname + location.hash)
  document.addEventListener("DOMContentLoaded", () => history.replaceState(history.state, "", address))
}

function startHeader(place, box) {
  const config = JSON.parse(place.textContent)
  const base = self.__md_scope ?? new URL(config.base, location) // the page of addresses that are none knows it no other way
  config.base = base.href
  config.search = new URL("assets/search/header-worker.js", base).href
  Object.assign(config.translations, translations)
  place.textContent = JSON.stringify(config)
  if (location.protocol === "file:") self.Worker = workerFromDisk(self.Worker, config.search)
  offerActivities(box, new URL(activities, base))
}

// Browsers start no worker from disk: this one runs in the page.
function workerFromDisk(Native, address) {
  class PageWorker extends EventTarget {
    #loaded = new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject })
      document.head.append(script)
    })

    async postMessage(message) {
      await this.#loaded
      const data = await self.sokehoachHeader.answer(message)
      if (data) this.dispatchEvent(new MessageEvent("message", { data }))
    }

    terminate() {}
  }
  return function Worker(url, options) {
    return String(url) === address ? new PageWorker() : new Native(url, options)
  }
}

// Activities are not in the header's index: one line always leads to their own search, with what was typed. Material's
// keys work on it: the arrows reach it, and Enter takes it (the score of 0) where nothing else was found.
function offerActivities(box, address) {
  const meta = document.querySelector(".md-search-result__meta")
  meta.textContent = translations["search.result.placeholder"]
  const link = document.createElement("a")
  const text = document.createElement("span")
  text.dataset.mdScore = "0"
  link.className = "sk-offer"
  link.dataset.searchOffer = ""
  link.tabIndex = -1
  link.append(text)
  meta.after(link)
  const show = () => {
    const typed = box.value.trim()
    text.textContent = typed ? offerQuery.replace("{q}", () => typed) : offer
    link.href = typed ? `${address}?${new URLSearchParams({ q: typed })}` : address
  }
  show()
  box.addEventListener("input", () => {
    show()
    box.dispatchEvent(new Event("keyup")) // Material hears keys only: what is pasted or spoken counts too
  })
  box.addEventListener("focus", show) // a browser or Material may have filled the box
  box.form.addEventListener("reset", () => setTimeout(show))
}
