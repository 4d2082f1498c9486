import { bars, card, countedPlans, esc, fill, h1, h2, isLocal, list, number, page, plural, shownYears } from "../lib/parts.js"
import { all } from "../lib/corpus.js"
import { words } from "../lib/data.js"

const LEVELS = ["central", "province", "district", "commune", "branch"]
const DETAILED = 60

// The home page and the eight index pages: our words for it, and what stands below its title.
const INDEXES = {
  "/": ["home", home],
  "/ke-hoach/": ["plans", plans],
  "/nhiem-vu/": ["tasks", (all, up) => byPlan(all, up, "tasks", "nhiem-vu", "ofTask")],
  "/chi-tieu/": ["targets", (all, up) => byPlan(all, up, "targets", "chi-tieu", "ofTarget")],
  "/nam/": ["years", years],
  "/don-vi/": ["units", units],
  "/chuong-trinh/": ["programmes", programmes],
  "/hoat-dong/": ["activities", activities],
  "/du-lieu/": ["data", openData],
}

export const data = {
  pagination: { data: "addresses", size: 1, alias: "item" },
  addresses: Object.keys(INDEXES),
  eleventyExcludeFromCollections: true,
  permalink: ({ item }) => item,
}

export function render({ item: url }) {
  const [name, main] = INDEXES[url]
  const { title, lead } = words[name]
  return page(url, title, lead, up => `${h1(title)}\n${url === "/" ? "" : `<p class="sk-lead">${lead}</p>\n`}${main(all, up)}`)
}

const shown = all => [...all.plans.values()].filter(plan => all.plans.size <= DETAILED || !isLocal(plan.issuerUnit))
const inner = (all, up) => (all.plans.size > DETAILED ? `${h2("cap-duoi", words.plans.inner)}<ul class="sk-columns">\n${countedPlans(all, up)}</ul>\n` : "")
const byLevel = (all, plans = [...all.plans.values()]) => LEVELS.map(level => [level, plans.filter(plan => plan.issuerUnit.level === level)])
  .filter(([, members]) => members.length)

function home(all, up) {
  const counts = countsOf(all)
  const year = String(new Date().getFullYear())
  const targets = [...all.plans.values()].reduce((sum, plan) => sum + plan.targets.length, 0)
  const door = (path, count, text) => `<li><a href="${up}${path}/"><b>${number(count)}</b> ${text}</a></li>\n`
  return `<div class="sk-hero">
<p class="sk-hero__lead">${words.home.lead}</p>
<form class="sk-search" action="${up}hoat-dong/" method="get" role="search" data-home-search>
<label class="sk-hidden" for="sk-q">${words.home.search}</label>
<input id="sk-q" type="search" name="q" placeholder="${words.home.placeholder}" autocomplete="off">
<button type="submit">${words.home.search}</button>
</form>
<ul class="sk-doors">
${door(`nam/${year}`, counts[year] ?? 0, words.home.due.replace("{year}", year))}${door("don-vi", all.units.size, words.home.units)}${
    door("chi-tieu", targets, words.home.targets)}${door("chuong-trinh", all.programmes.size, words.home.programmes)}</ul>
</div>
${h2("ke-hoach", words.home.plans)}${list(byLevel(all), ([level, members]) => `<p class="sk-group">${words.level[level]}${
    members.length > 12 ? ` <a href="${up}ke-hoach/#${level}">${words.home.all_plans.replace("{n}", members.length)}</a>` : ""}</p>
<ul class="sk-cards">
${list(members.slice(0, 12), plan => card(plan, up))}</ul>
`)}${h2("nam", words.home.years)}${bars(counts, up)}<p><a class="sk-go" href="${up}nam/${year}/">${words.home.this_year.replace("{year}", year)}</a></p>
${h2("dong-gop", words.home.contribute)}<p>${words.home.contribute_text}</p>
<p><a class="sk-go" href="${up}dong-gop/">${words.home.contribute_go}</a> <a class="sk-go" href="${up}du-lieu/">${words.home.data_go}</a></p>`
}

function plans(all, up) {
  return list(byLevel(all, shown(all)), ([level, members]) => `${h2(level, words.level[level])}<ul class="sk-cards">\n${list(members, plan => card(plan, up))}</ul>\n`) + inner(all, up)
}

function byPlan(all, up, entries, folder, index) {
  return list(shown(all), plan => `${h2(plan.id, plan.short)}<p class="sk-dim"><a href="${up}ke-hoach/${plan.id}/">${esc(plan.title)}</a></p>
${all.plans.size <= DETAILED ? `<ul class="sk-rowlist">
${list(plan[entries], one => `<li><a href="${up}${folder}/${one.key}/"><span class="sk-label">${esc(one.shown ?? one.label)}</span> ${esc(one.title)}</a> ${
    plan[index].has(one.id) ? `<span class="sk-dim">${plural(plan[index].get(one.id).length, "activities")}</span>` : ""}</li>\n`)}</ul>` :
    `<p>${plural(plan[entries].length, entries)}</p>`}
`) + inner(all, up)
}

const countsOf = all => Object.fromEntries([...all.ofYear].map(([year, some]) => [year, some.length]))

function years(all, up) {
  const counts = countsOf(all)
  return `${bars(counts, up)}<ul class="sk-rowlist">
${list(Object.keys(counts).reverse(), year => `<li><a href="${up}nam/${year}/"><span class="sk-label">${year}</span></a> ${plural(counts[year], "activities")} <span class="sk-dim">${
    plural(new Set(all.ofYear.get(year).map(one => one.plan)).size, "plans")}</span></li>\n`)}</ul>`
}

function units(all, up) {
  const place = unit => (unit.level ? LEVELS.indexOf(unit.level) : LEVELS.length)
  const line = unit => {
    const count = (all.led.get(unit.id)?.length ?? 0) + (all.partnered.get(unit.id)?.length ?? 0)
    return `<a href="${up}don-vi/${unit.id}/">${esc(unit.name)}</a>${unit.short !== unit.name ? ` <span class="sk-dim">(${esc(unit.short)})</span>` : ""}${
      count ? ` <span class="sk-dim">${number(count)}</span>` : ""}`
  }
  const few = [...all.units.values()].filter(unit => unit.kind === "union").length <= 100
  return list(["union", "partner", "group"], kind => {
    const members = [...all.units.values()].filter(unit => unit.kind === kind && (few || !isLocal(unit)) && (kind !== "group" || !unit.parent)).sort((a, b) => place(a) - place(b))
    if (!members.length) return ""
    const tree = unit => {
      const inner = (all.children.get(unit.id) ?? []).filter(child => child.kind !== "union")
      const local = few ? [] : (all.children.get(unit.id) ?? []).filter(child => child.kind === "union" && isLocal(child))
      return `<div class="sk-tree">\n<p class="sk-tree__top">${line(unit)}${local.length ? ` <a class="sk-dim" href="${up}don-vi/${unit.id}/">${words.units.inner.replace("{n}", local.length)}</a>` : ""}</p>\n${inner.length ? `<ul>\n${list(inner, child => `<li>${line(child)}</li>\n`)}</ul>` : ""}\n</div>\n`
    }
    return h2(kind, words.units[kind]) + (kind === "partner" ? `<ul class="sk-columns">\n${list(members, unit => `<li>${line(unit)}</li>\n`)}</ul>\n` : list(members, tree))
  })
}

function programmes(all, up) {
  return list(["project", "programme", "campaign", "movement", "fund", "directive"], kind => {
    const members = [...all.programmes.values()].filter(one => one.kind === kind)
    return members.length ? `${h2(kind, words.programme_kind[kind])}<ul class="sk-rowlist">
${list(members, one => `<li><a href="${up}chuong-trinh/${one.id}/"><span class="sk-label">${esc(one.short)}</span>${one.name !== one.short ? ` ${esc(one.name)}` : ""}</a> <span class="sk-dim">${
      plural((all.ofProgramme.get(one.id)?.length ?? 0) + (all.targetsOf.get(one.id)?.length ?? 0), "mentions")}</span></li>\n`)}</ul>\n` : ""
  })
}

function activities(all, up) {
  const indexes = [["nam", "years"], ["don-vi", "units"], ["ke-hoach", "plans"], ["nhiem-vu", "tasks"], ["chi-tieu", "targets"], ["chuong-trinh", "programmes"]]
  const browse = `<nav class="sk-find__browse" aria-label="${words.activities.browse}"><span>${words.activities.browse}</span> ${
    list(indexes, ([folder, name]) => `<a href="${up}${folder}/">${words[name].title}</a> `)}</nav>\n`
  if (all.plans.size > DETAILED)
    return `${browse}<h2>${words.activities.plain}</h2>\n<ul class="sk-plainlist">\n${list(shown(all), plan =>
      `<li id="${plan.id}"><a href="${up}ke-hoach/${plan.id}/">${esc(plan.title)}</a> <span class="sk-dim">${plural(plan.activities.length, "activities")}</span></li>\n`)}${countedPlans(all, up)}</ul>`
  return browse + list([...all.plans.values()], plan => `<h2 id="${plan.id}">${esc(plan.short)}</h2>
<p class="sk-dim"><a href="${up}ke-hoach/${plan.id}/">${esc(plan.title)}</a> · ${plural(plan.activities.length, "activities")}</p>
<ul class="sk-plainlist">
${list(plan.activities, one => `<li><a href="${up}ke-hoach/${plan.id}/#${one.id}">${one.label ? `<span class="sk-label">${esc(one.label)}</span> ` : ""}${esc(one.title)}</a> <span class="sk-dim">${shownYears(one.due)}</span></li>\n`)}</ul>
`)
}

function openData(all, up) {
  const count = [...all.plans.values()].reduce((sum, plan) => sum + plan.activities.length, 0)
  return `${h2("tep", words.data.files)}<ul class="sk-rowlist">
<li><a href="${up}du-lieu/hoat-dong.json"><code>du-lieu/hoat-dong.json</code></a> ${fill(words.data.all, { n: count })}</li>
${list([...all.plans.values()].slice(0, DETAILED), plan => `<li><a href="${up}du-lieu/ke-hoach/${plan.id}.json"><code>du-lieu/ke-hoach/${plan.id}.json</code></a> <a href="${up}ke-hoach/${plan.id}/">${esc(plan.short)}</a></li>\n`)}</ul>
${h2("hoat-dong", words.data.activity)}<div class="sk-frame"><table class="sk-plain"><thead><tr><th scope="col">${words.data.field}</th><th scope="col">${words.data.meaning}</th></tr></thead><tbody>
${list(Object.entries(words.data.fields), ([field, text]) => `<tr><td><code>${field}</code></td><td>${esc(text)}</td></tr>\n`)}</tbody></table></div>
${h2("con-so", words.data.numbers)}<p>${esc(words.data.numbers_text)}</p>`
}
