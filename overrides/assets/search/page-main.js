// The page of all activities (/hoat-dong/): typing and choosing change a state; the state becomes an address and a question
// to the worker; the answer becomes cards. Nothing is loaded before a letter is typed or a filter chosen; without
// JavaScript there is only the plain list.
import { csvOf, excelOf, jsonOf, save } from "./download.js"
import { newFilters } from "./filters.js"
import { newFinder } from "./finder.js"
import { loadLaterScriptsSoon } from "./later-scripts.js"
import { arrange, toolButton, write } from "./nodes.js"
import { copyText } from "../site/copy.js"
import { fillIn, formatNumber, make } from "../site/make.js"
import { chosenValues, cleanText, isActive, queryOf, readState, searchText } from "./state.js"
import { withSort, withText, withToggled, withoutFacets } from "./state.js"
import { activityAddress, askedWords, newResultView } from "./view.js"
import { newYearChart } from "./year-chart.js"

const EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
const PAGE_SIZE = 20
const MOST_RESTORED = 400 // cards shown again after "back", or printed

function startSearchPage(root) {
  const setup = JSON.parse(root.querySelector("[data-setup]").textContent)
  const say = (key, values = {}) => fillIn(setup.words[key], values)
  const part = name => root.querySelector(`[data-${name}]`)
  const form = root.querySelector("form")
  const box = form.querySelector("input[name=q]")
  const [sheet, summary, chosen, plain] = ["filters", "filters-said", "chosen", "plain"].map(part)
  const labels = new Map()
  let state = readState(location.search)
  let answer = null // the newest that is on the screen
  let hits = []
  let wanted = PAGE_SIZE // how many hits to show
  let saving = "" // the kind of file that is being made
  let printing = false // whether to print once all hits are shown
  let shownFacets = null // the choice that the filters show
  let returnTo = null // the activity from which the reader comes back

  const acts = {
    toggle: (name, value) => go(withToggled(state, name, value), true),
    sort: sort => go(withSort(state, sort), true),
    dropAll: () => go(withoutFacets(state), true),
    clear: () => clear(),
    retry: () => {
      view.wait(!hits.length)
      finder.retry()
    },
    more: showMore,
    download: startDownload,
    copy: copyAddress,
  }
  const view = newResultView(part("results"), say, setup.addresses, acts)
  const filters = newFilters(part("facets"), say, setup.addresses, acts.toggle)
  const chart = newYearChart(part("chart"), say, acts.toggle)
  const finder = newFinder(setup.addresses, receive, () => {
    stopDownload()
    view.fail()
    loadLaterScriptsSoon()
  })
  const labelOf = (name, value) => labels.get(`${name}:${value}`) ?? value
  learn(setup.facets)

  // ---- From state to state ----

  // `push`: a step that "back" undoes; typing replaces the address instead.
  function go(next, push) {
    if (queryOf(next) === queryOf(state)) return
    state = next
    wanted = PAGE_SIZE
    returnTo = null
    remember({}, push)
    ask()
  }

  function remember(note, push = false) {
    const address = new URL(location.href)
    address.search = queryOf(state)
    if (isActive(state)) address.hash = ""
    try {
      history[push ? "pushState" : "replaceState"](note, "", address)
    } catch {
      // Some browsers limit the addresses per minute; the next step sets this one too.
    }
  }

  function recall() {
    state = readState(location.search)
    box.value = state.q
    const note = history.state ?? {}
    wanted = Math.min(MOST_RESTORED, Math.max(PAGE_SIZE, Math.trunc(note.shown) || 0))
    returnTo = note.from ?? null
    ask()
  }

  // ---- Question and answer ----

  function ask() {
    stopDownload()
    printing = false
    const active = isActive(state)
    if (state.q || active) finder.prepare() // first: it works while the page is drawn
    // During typing, the parts around the results change only with the answer.
    if (root.dataset.state !== (active ? "active" : "idle") || state.facets !== shownFacets) showFrame(active)
    if (active) {
      view.wait(!answer)
      finder.ask(question({ from: 0, size: wanted }))
      return
    }
    finder.forget()
    loadLaterScriptsSoon()
    answer = null
    hits = []
    if (state.q) view.short()
    else view.hide()
  }

  // The button to print, which all pages have: here it prints all that is found, not only what is shown.
  function printAll(event) {
    if (!event.target.closest("[data-print]") || !answer || hits.length >= Math.min(answer.total, MOST_RESTORED)) return
    event.stopImmediatePropagation()
    printing = true
    wanted = MOST_RESTORED
    finder.ask(question({ from: 0, size: wanted }))
  }

  const question = range => ({
    q: searchText(state),
    facets: state.facets,
    sort: state.sort,
    from: 0,
    size: PAGE_SIZE,
    all: false,
    ...range,
  })

  function receive(given, asked) {
    if (!isActive(state)) return
    answer = given
    if (asked.all) hits = given.hits.slice(0, wanted)
    else hits = [...hits.slice(0, asked.from), ...given.hits]
    learn(given.facets)
    view.show(given, hits, state, searchText(state), labelOf, PAGE_SIZE)
    showFrame(true)
    loadLaterScriptsSoon()
    if (!given.complete) return
    if (saving && asked.all) finishDownload(given)
    if (returnTo) comeBack()
    if (printing) print()
    printing = false
  }

  function learn(facets) {
    for (const [name, values] of Object.entries(facets)) {
      for (const { value, label, plan } of values) labels.set(`${name}:${value}`, plan ? `${label} (${plan})` : label)
    }
  }

  // The parts around the results: filters, chips, chart; before the first answer as the page was built.
  function showFrame(active) {
    shownFacets = state.facets
    root.dataset.state = active ? "active" : "idle"
    document.documentElement.classList.toggle("sk-asked", active)
    plain.hidden = active
    const facts = active && answer ? answer : { facets: setup.facets, years: setup.years }
    filters.show(facts.facets, state, active && Boolean(answer))
    chart.show(facts.years, state.facets.nam)
    const values = chosenValues(state)
    arrange(chosen, values.length ? [make("span", { class: "sk-dim" }, say("chosen")), ...chipsOf(values)] : [])
    chosen.hidden = !values.length
    const number = values.length ? `(${values.length})` : ""
    const foundText = active && answer ? say("found", { n: formatNumber(answer.total) }) : ""
    write(summary, [number, foundText].filter(Boolean).join(" · ") || say("filters_idle"))
  }

  const chips = new Map()

  function chipsOf(values) {
    const nodes = values.map(([name, value]) => {
      const key = `${name}:${value}`
      if (!chips.has(key)) {
        const drop = () => {
          acts.toggle(name, value)
          view.focus()
        }
        const text = make("span")
        const chip = make("button", {
          type: "button",
          class: "sk-find__chip",
          "data-chip": name,
          click: drop,
        })
        chip.append(text, make("span", { class: "sk-find__cross", "aria-hidden": "true" }, "×"))
        chips.set(key, chip)
      }
      const chip = chips.get(key)
      write(chip.firstChild, labelOf(name, value))
      chip.setAttribute("aria-label", say("drop", { facet: say(`facet.${name}`), value: labelOf(name, value) }))
      chip.title = chip.getAttribute("aria-label")
      return chip
    })
    return values.length > 1 ? [...nodes, dropAll] : nodes
  }

  const dropAll = toolButton(say("drop_all"), { "data-drop-all": true, click: dropAllChosen })

  function dropAllChosen() {
    acts.dropAll()
    view.focus()
  }

  function showMore() {
    const from = hits.length
    wanted = from + PAGE_SIZE
    remember({ shown: wanted })
    finder.ask(question({ from, size: PAGE_SIZE }))
  }

  function comeBack() {
    const card = [...root.querySelectorAll("[data-activity]")].find(
      shownCard => shownCard.dataset.activity === returnTo,
    )
    returnTo = null
    card?.scrollIntoView({ block: "center" })
    card?.querySelector("a").focus({ preventScroll: true })
    remember({ shown: wanted })
  }

  // ---- Copies ----

  async function copyAddress(button) {
    const address = location.href
    if (await copyText(address)) view.flash(button, "copied")
    else prompt(say("copy_by_hand"), address)
  }

  function startDownload(kind) {
    saving = kind
    view.busyDownload(true)
    finder.ask(question({ all: true }))
  }

  function stopDownload() {
    saving = ""
    view.busyDownload(false)
  }

  function finishDownload(given) {
    const addressOf = hit => new URL(activityAddress(hit, setup.addresses), location.href).href
    const asked = { ...state, q: searchText(state), partial: given.partial, address: location.href }
    if (saving === "csv") save(`${say("file")}.csv`, "text/csv;charset=utf-8", csvOf(given.hits, say, addressOf))
    else if (saving === "xlsx") {
      const words = askedWords(state, asked.q, say, labelOf)
      save(`${say("file")}.xlsx`, EXCEL, excelOf(given.hits, say, addressOf, words, asked.address))
    } else save(`${say("file")}.json`, "application/json", jsonOf(given.hits, asked, addressOf))
    stopDownload()
  }

  // ---- Hands on the keyboard ----

  function clear() {
    box.value = ""
    go(withText(state, ""), false)
    box.focus()
  }

  function walk(step) {
    const links = view.links()
    const at = links.indexOf(document.activeElement)
    if (at < 0 && step < 0) return false
    const next = at + step < 0 ? box : links[at + step]
    next?.focus()
    return Boolean(next)
  }

  box.addEventListener("input", () => go(withText(state, box.value), false))
  form.addEventListener("submit", event => {
    event.preventDefault()
    if (matchMedia("(pointer: coarse)").matches) box.blur() // hides the keyboard, so that the results are visible
  })
  root.addEventListener("keydown", event => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const inResult = event.target.matches(".sk-hit__title")
    if (event.target !== box && !inResult) return
    if (event.key === "Escape") clear()
    else if (!["ArrowDown", "ArrowUp"].includes(event.key) || !walk(event.key === "ArrowDown" ? 1 : -1)) return
    event.preventDefault()
  })
  // Takes "/" before the header's own search, which uses it on all other pages.
  addEventListener(
    "keydown",
    event => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]")
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      event.stopImmediatePropagation()
      box.focus()
      box.select()
    },
    true,
  )
  root.addEventListener("click", event => {
    const card = event.target.closest("[data-activity]")
    if (card && event.target.closest("a")) remember({ shown: hits.length, from: card.dataset.activity })
  })
  addEventListener("popstate", recall)
  addEventListener("click", printAll, true)

  // On a desktop the filters always stand open beside the results; on a phone they are a sheet to open.
  const desk = matchMedia("(min-width: 60em)")
  const fit = () => (sheet.open = desk.matches)
  desk.addEventListener("change", fit)
  fit()
  form.hidden = sheet.hidden = false
  const early = cleanText(box.value) // typed before this script ran, or kept by the browser over a reload
  recall()
  if (early && !isActive(state)) {
    box.value = early
    go(withText(state, early), false)
  }
}

const root = document.querySelector("[data-search]")
if (root) startSearchPage(root)
