// Shows what is found: the number, the cards, and what to do if nothing is found.
import { withMarks } from "./marks.js"
import { arrange, formatYears, toolButton, write } from "./nodes.js"
import { fillIn, formatNumber, make } from "../site/make.js"
import { rolesOf } from "./roles.js"
import { chosenValues, queryOf, readState, withToggled } from "./state.js"

const RESULT_LINK = "[data-activity] .sk-hit__title"

// `acts`: what the view's buttons do.
function newResultView(root, say, addresses, acts) {
  const total = make("p", { class: "sk-find__total", tabindex: "-1", "aria-atomic": "true" })
  const sorts = ["relevance", "year"].map(sort =>
    make("button", { type: "button", "data-sort": sort, click: () => acts.sort(sort) }, say(`sort_${sort}`)),
  )
  const sorting = make("div", { class: "sk-find__sort", role: "group", "aria-label": say("sort"), "aria-live": "off" })
  sorting.append(make("span", { "aria-hidden": "true" }, say("sort")), ...sorts)
  const copy = toolButton(say("copy"), { "data-copy": true, click: () => acts.copy(copy) })
  const files = ["xlsx", "csv", "json"].map(kind => {
    const text = kind === "xlsx" ? "Excel" : kind.toUpperCase()
    return toolButton(text, { "data-download": kind, click: () => acts.download(kind) })
  })
  for (const file of files) file.setAttribute("aria-label", `${say("download")} ${file.textContent}`)
  const download = make(
    "div",
    { class: "sk-find__download" },
    make("span", { "aria-hidden": "true" }, say("download")),
    ...files,
  )
  const copies = make("div", { class: "sk-find__copies", "aria-live": "off" }, copy, download)
  const notice = make("div", { class: "sk-find__notice", hidden: true })
  const pages = make("ul", { class: "sk-pages", "aria-label": say("pages"), "aria-live": "off" })
  const list = make("ol", { class: "sk-hits", "aria-live": "off" })
  const more = make("button", { type: "button", class: "sk-find__more", "data-more": true, click: () => acts.more() })
  const shown = make("p", { class: "sk-find__shown sk-dim" })
  const printed = make("p", { class: "sk-printed" })
  const foot = make("div", { class: "sk-find__foot", "aria-live": "off" }, shown, more)
  const head = make("div", { class: "sk-find__head" }, total, sorting, copies)
  root.append(printed, head, pages, notice, list, foot)
  const empty = hidden => {
    for (const part of [sorting, copies, list, foot]) part.hidden = hidden
    if (hidden) arrange(pages, [])
    head.hidden = false
  }
  const begin = busy => {
    root.hidden = false
    root.setAttribute("aria-busy", busy)
    total.removeAttribute("data-total")
  }
  const tellOnly = text => {
    write(total, text)
    arrange(list, [])
    empty(true)
    notice.hidden = true
  }

  return {
    focus: () => total.focus({ preventScroll: true }),
    // A question is on its way; the results of the one before are still shown.
    wait(first) {
      begin("true")
      if (first) tellOnly(say("loading"))
    },
    // One letter is not enough to search for.
    short() {
      begin("false")
      tellOnly(say("short"))
    },
    hide() {
      root.hidden = true
      root.setAttribute("aria-busy", "false")
      total.removeAttribute("data-total")
      write(total, "")
      arrange(list, [])
      arrange(notice, [])
    },
    show(answer, hits, state, text, labelOf, pageSize) {
      root.hidden = false
      root.setAttribute("aria-busy", String(!answer.complete))
      total.dataset.total = answer.total
      total.dataset.complete = answer.complete
      write(total, say(answer.complete ? "found" : "reading", { n: formatNumber(answer.total) }))
      for (const button of sorts) button.setAttribute("aria-pressed", String(button.dataset.sort === state.sort))
      empty(!answer.total)
      arrange(
        pages,
        answer.pages.map(page => pageCard(page, say, addresses)),
      )
      write(sorts[0], say(text ? "sort_relevance" : "sort_document"))
      const old = new Map([...list.children].map(card => [card.dataset.activity, card]))
      arrange(
        list,
        hits.map(hit => updateCard(old.get(hit.key), hit, say, addresses)),
      )
      const left = answer.total - hits.length
      document.dispatchEvent(new Event("sokehoach:cards"))
      const part = left > 0 ? say("shown", { shown: formatNumber(hits.length), n: formatNumber(answer.total) }) : ""
      write(shown, part)
      write(more, say("more_results", { n: formatNumber(Math.min(left, pageSize)) }))
      more.hidden = left <= 0
      const asked = askedWords(state, text, say, labelOf)
      write(printed, [say("printed", { q: asked, n: formatNumber(answer.total) }), part].filter(Boolean).join(". "))
      const noticeKey = answer.reading ? "understood" : answer.partial ? "partial" : ""
      notice.hidden = !noticeKey && Boolean(answer.total || !answer.complete)
      notice.className = "sk-find__notice"
      if (answer.total) arrange(notice, noticeKey ? [make("p", {}, say(noticeKey, { q: answer.reading }))] : [])
      else if (answer.complete) arrange(notice, emptyNotice(state, text, say, labelOf, acts))
    },
    fail() {
      root.hidden = false
      root.setAttribute("aria-busy", "false")
      if (!list.children.length) {
        empty(true)
        head.hidden = true
      }
      notice.hidden = false
      notice.className = "sk-find__notice sk-find__notice--failed"
      const retry = toolButton(say("retry"), { click: () => acts.retry() })
      arrange(notice, [make("p", {}, say("failed")), retry])
    },
    busyDownload(busy) {
      for (const file of files) file.disabled = busy
    },
    links: () => [...root.querySelectorAll(RESULT_LINK)],
    // A short word on a button.
    flash(button, word) {
      button.textContent = say(word)
      setTimeout(() => (button.textContent = say("copy")), 2500)
    },
  }
}

// What may help if nothing is found: removing a filter, other words.
function emptyNotice(state, text, say, labelOf, acts) {
  const chosen = chosenValues(state)
  const key = !text ? "none_filtered" : chosen.length ? "none_chosen" : "none"
  const buttons = chosen.map(([name, value]) => {
    const words = say("drop", { facet: say(`facet.${name}`), value: labelOf(name, value) })
    return toolButton(words, { "data-suggest": name, click: () => acts.toggle(name, value) })
  })
  if (chosen.length > 1) buttons.push(toolButton(say("drop_all"), { click: () => acts.dropAll() }))
  if (text) buttons.push(toolButton(say("clear"), { click: () => acts.clear() }))
  return [
    make("p", { class: "sk-find__none" }, say(key, { q: text.trim() })),
    ...(text ? [make("p", {}, say("advice"))] : []),
    make("div", { class: "sk-find__suggest" }, ...buttons),
  ]
}

// The card of a hit; an existing one with the same content is kept, with its focus.
function updateCard(card, hit, say, addresses) {
  const content = JSON.stringify(hit)
  if (card?.sokehoachContent === content) return card
  const fresh = cardOf(hit, say, addresses)
  fresh.sokehoachContent = content
  if (card?.contains(document.activeElement))
    queueMicrotask(() => fresh.querySelector("a").focus({ preventScroll: true }))
  return fresh
}

function cardOf(hit, say, addresses) {
  const label = hit.label ? [make("span", { class: "sk-label" }, hit.label), " "] : []
  const title = make("a", { class: "sk-hit__title", href: activityAddress(hit, addresses) })
  title.append(...label, ...withMarks(hit.title, hit.titleMarks))
  const excerpt = hit.excerpt ? make("p", { class: "sk-hit__text" }, ...withMarks(hit.excerpt, hit.excerptMarks)) : null
  const address = (kind, values) => fillIn(addresses[kind], encodeValues(values))
  const plan = hit.plan.id
  const time = timeOf(hit, say)
  const link = unit => make("a", { href: address("unit", { id: unit.id }) }, unit.name)
  const roles = rolesOf(hit, say).map(([role, units]) =>
    make("span", { class: "sk-hit__role" }, `${role}: `, ...units.flatMap((unit, i) => [i ? ", " : "", link(unit)])),
  )
  if (!hit.lead.length) roles.unshift(make("span", { class: "sk-hit__role" }, say("no_lead")))
  const labelled = (entry, word) => (/\s/.test(entry.label) ? entry.label : `${word} ${entry.label || entry.id}`)
  const targetName = target => (target.label ? labelled(target, say("facet.chi-tieu")) : target.title)
  const inner = ["target", "task"]
    .filter(kind => hit[kind])
    .map(kind => {
      const { label, title } = hit[kind]
      return make(
        "a",
        { class: `sk-chip sk-chip--${kind}`, href: address(kind, { plan, id: hit[kind].id }) },
        kind === "task" ? labelled(hit[kind], say("task.one")) : label ? `${targetName(hit[kind])}: ${title}` : title,
      )
    })
  const top = make("p", { class: "sk-hit__top" })
  top.append(
    make("a", { class: "sk-hit__plan", href: address("plan", { plan }) }, hit.plan.title),
    hit.plan.mark ? make("span", { class: "sk-mark" }, hit.plan.mark) : "",
    time,
  )
  const served = hit.serves.map(servedTarget =>
    make(
      "a",
      {
        class: "sk-chip sk-chip--target sk-chip--editors",
        href: address("target", { plan: servedTarget.plan, id: servedTarget.id }),
      },
      [targetName(servedTarget), servedTarget.planTitle].filter(Boolean).join(" · "),
    ),
  )
  if (served.length) served.unshift(make("span", { class: "sk-hit__editors" }, `${say("serves")}:`))
  const meta = make("p", { class: "sk-hit__meta" }, ...roles, ...inner, ...served)
  return make("li", { class: "sk-hit", "data-activity": hit.key }, title, top, excerpt, meta)
}

// A page that the query names: its kind, its name, its plan or the year that is asked for.
function pageCard(page, say, addresses) {
  const { kind, value, label, plan, year } = page
  const href = kind === "thang" ? filterAddress(page) : pageAddress(page, addresses)
  const link = make("a", { class: "sk-page__link", href }, label)
  const card = make("li", { class: "sk-page", "data-page": `${kind}/${value}` })
  card.append(make("span", { class: "sk-page__kind" }, say(`facet.${kind}`)), " ", link)
  const of = [year && `${say("facet.nam")} ${year}`, (kind === "thang" || !year) && plan].filter(Boolean).join(" · ")
  if (of) card.append(" ", make("span", { class: "sk-dim" }, of))
  return card
}

function pageAddress({ kind, value, year }, addresses) {
  const [first, id] = value.split("/")
  const address = fillIn(addresses.page[kind], encodeValues({ plan: first, id: id ?? first }))
  return year ? `${address}#nam-${year}` : address
}

// This page with the filters of a month or quarter, of its year and its unit.
function filterAddress({ value, year, unit }) {
  const chosen = Object.entries({ nam: year, thang: value, "don-vi": unit }).filter(([, filterValue]) => filterValue)
  return queryOf(chosen.reduce((state, [facet, filterValue]) => withToggled(state, facet, filterValue), readState("")))
}

// The printed words first, with the days if they say more; for words that only name years, the years.
function timeOf(hit, say) {
  const years = formatYears(hit.years)
  const words = hit.days ? hit.when || hit.reading : years || hit.when || say("undated")
  const days = hit.days && hit.when && hit.reading ? ` (${hit.reading})` : ""
  const title = hit.days ? years : years && hit.when
  const time = make("span", { class: "sk-hit__years", title: title || null }, `${words}${days}`)
  // Activities of drafts and superseded plans are not due.
  if (hit.days && !hit.plan.mark) time.setAttribute("data-due", hit.days)
  return time
}

const encodeValues = values =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, encodeURIComponent(value)]))

// The question in words: the text and the chosen filters.
function askedWords(state, text, say, labelOf) {
  const chosen = chosenValues(state).map(([name, value]) => [say(`facet.${name}`), labelOf(name, value)].join(": "))
  return [text && `“${text.trim()}”`, ...chosen].filter(Boolean).join("; ")
}

function activityAddress(hit, addresses) {
  const plan = hit.plan.id
  return fillIn(addresses.activity, encodeValues({ plan, id: hit.key.slice(plan.length + 1) }))
}

export { activityAddress, askedWords, newResultView }
