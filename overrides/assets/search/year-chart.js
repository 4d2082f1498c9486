// The activities by year as bars; a click on a bar adds or removes the filter of its year.
import { arrange } from "./nodes.js"
import { formatNumber, make } from "../site/make.js"

const MOST_BARS = 40

function newYearChart(root, say, choose) {
  const bars = new Map()
  const list = make("ol", { class: "sk-bars sk-find__bars" })
  root.append(make("figcaption", { class: "sk-find__caption" }, say("chart")), list)

  function barOf(year) {
    if (!bars.has(year)) {
      const button = make(
        "button",
        { type: "button", "data-chart-year": year, click: () => choose("nam", String(year)) },
        make("span", { class: "sk-bars__bar" }, make("b")),
        make("span", { class: "sk-bars__year" }, String(year)),
      )
      bars.set(year, { button, item: make("li", {}, button) })
    }
    return bars.get(year)
  }

  return {
    // `counts` by year; `chosen` years as text.
    show(counts, chosen) {
      const years = Object.keys(counts)
        .map(Number)
        .filter(Number.isInteger)
        .sort((a, b) => a - b)
      const first = years[0]
      const last = years[years.length - 1]
      const gapless = last - first < MOST_BARS
      const drawn = gapless ? Array.from({ length: last - first + 1 }, (_, i) => first + i) : years.slice(-MOST_BARS)
      const highest = Math.max(...years.map(year => counts[year]))
      root.hidden = years.length < 2
      if (root.hidden) return
      arrange(
        list,
        drawn.map(year => {
          const { button, item } = barOf(year)
          const count = counts[year] ?? 0
          const bar = button.firstChild
          bar.style.setProperty("--share", `${Math.round((100 * count) / highest)}%`)
          bar.classList.toggle("sk-bars__bar--none", !count)
          bar.firstChild.textContent = formatNumber(count)
          button.disabled = !count && !chosen.includes(String(year))
          button.title = say("bar", { year, n: formatNumber(count) })
          button.setAttribute("aria-pressed", String(chosen.includes(String(year))))
          return item
        }),
      )
    },
  }
}

export { newYearChart }
