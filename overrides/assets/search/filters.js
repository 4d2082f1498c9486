// The facets: further values to choose, with the number of activities for each.
import { folded } from "./folding.js"
import { arrange, write } from "./nodes.js"
import { formatNumber, make } from "../site/make.js"
import { FACET_NAMES } from "./facet-names.js"

const SHOWN_VALUES = 8
const YEARS_SHOWN = 30 // years are short and stand side by side
const MOST_ANSWERED = 200 // values of a facet in the worker's answer

// Shows facets in `root`; `choose(facet, value)` is called for a click.
function newFilters(root, say, addresses, choose) {
  const panels = new Map(FACET_NAMES.map(name => [name, newPanel(name, say, addresses.all[name], choose)]))
  arrange(
    root,
    [...panels.values()].map(panel => panel.node),
  )
  return {
    show(facets, state, complete) {
      for (const [name, panel] of panels) panel.show(facets[name] ?? [], state.facets[name], complete)
    },
  }
}

function newPanel(name, say, all, choose) {
  const title = make("p", { class: "sk-facet__name", id: `sk-facet-${name}` }, say(`facet.${name}`))
  if (name === "don-vi") title.append(" ", make("small", {}, say("role")))
  const find = make("input", { class: "sk-facet__find", type: "text", placeholder: say("find_value"), hidden: true })
  find.setAttribute("aria-label", [say("find_value"), say(`facet.${name}`)].join(": "))
  const list = make("ul", { class: `sk-facet__values sk-facet__values--${name}` })
  const note = make("p", { class: "sk-facet__note", hidden: true })
  const more = make("button", { class: "sk-facet__more", type: "button", "aria-expanded": "false" })
  const link = all ? make("a", { class: "sk-facet__more", href: all }, say(`all.${name}`)) : null
  const node = make("div", { class: "sk-facet", role: "group", "aria-labelledby": title.id, "data-facet-group": name })
  node.append(title, find, list, note, more, ...(link ? [link] : []))
  const most = name === "nam" || name === "thang" ? YEARS_SHOWN : SHOWN_VALUES
  const buttons = new Map()
  let values = []
  let chosen = []
  let whole = false
  let open = false

  function draw() {
    const wanted = folded(open ? find.value.trim() : "")
    const shown = values.filter((facetValue, rank) =>
      open
        ? folded(`${facetValue.label} ${facetValue.plan ?? ""}`).includes(wanted)
        : rank < most || chosen.includes(facetValue.value),
    )
    arrange(
      list,
      shown.map(facetValue => buttonOf(facetValue).parentNode),
    )
    const tooMany = open && values.length >= MOST_ANSWERED
    note.hidden = shown.length > 0 && !tooMany
    write(note, shown.length ? say("only_values", { n: MOST_ANSWERED }) : say("no_value"))
    const rest = values.length - most
    more.hidden = !whole || rest <= 0
    more.setAttribute("aria-expanded", String(open))
    write(more, open ? say("fewer_values") : say("more_values", { n: formatNumber(rest) }))
    find.hidden = !open || values.length <= most
    list.classList.toggle("sk-facet__values--open", open)
    if (link) link.hidden = whole || values.length < most
  }

  function buttonOf({ value, label, count, plan }) {
    let button = buttons.get(value)
    if (!button) {
      const text = make(
        "span",
        { class: "sk-facet__label" },
        make("span", {}, label),
        plan ? make("small", {}, plan) : "",
      )
      const attributes = { type: "button", "data-facet": name, "data-value": value, click: () => choose(name, value) }
      button = make("button", attributes, text, make("b", { class: "sk-facet__count" }))
      button.title = plan ? `${label} (${plan})` : label
      make("li", {}, button)
      buttons.set(value, button)
    }
    if (button.dataset.count !== String(count)) {
      button.dataset.count = count
      button.lastChild.textContent = formatNumber(count)
    }
    const pressed = String(chosen.includes(value))
    if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed)
    return button
  }

  more.addEventListener("click", () => {
    open = !open
    find.value = ""
    draw()
    if (open && !matchMedia("(pointer: coarse)").matches) find.focus() // on a phone the keyboard would hide the list
  })
  find.addEventListener("input", draw)
  find.addEventListener("keydown", event => {
    if (event.key !== "Escape" || event.isComposing) return
    event.stopPropagation()
    if (!find.value && open) {
      more.click()
      more.focus()
      return
    }
    find.value = ""
    draw()
  })

  return {
    node,
    // `complete`: these are all values, not only the first ones.
    show(all, picked, complete) {
      values = all.filter(facetValue => facetValue.count > 0 || picked.includes(facetValue.value))
      chosen = picked
      whole = complete
      if (values.length <= most) open = false
      node.hidden = !values.length || (name === "tinh-trang" && values.length < 2 && !picked.length)
      draw()
    },
  }
}

export { newFilters }
