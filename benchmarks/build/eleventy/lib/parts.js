// Parts that several pages share. `up` is the way from a page to the site's root.
import markdownIt from "markdown-it"
import { shell, words } from "./data.js"

const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" }
export const esc = text => (/[&<>"']/.test(text) ? text.replace(/[&<>"']/g, sign => ESCAPED[sign]) : text)
const markdown = markdownIt({ breaks: true })
export const prose = text => markdown.render(text)
export const number = value => (value < 1000 ? String(value) : String(value).replace(/\B(?=(\d{3})+$)/g, "."))
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])
export const list = (items, render) => items.map(render).join("")
export const plural = (count, name) => `${number(count)} ${words.count[name]}`

export function page(url, title, description, main) {
  const depth = url.split("/").length - 2
  const up = "../".repeat(depth) || "./"
  const cut = shell[depth]
  return `${cut[0]}${esc(description)}${cut[1]}${esc(title)}${cut[2]}${esc(title)}${cut[3]}\n${main(up)}\n${cut[4]}`
}

const slug = text => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replace(/[^a-z0-9]+/g, "-")
const permalink = id => `<a class="headerlink" href="#${id}" title="${words.heading}">#</a>`
export const h1 = title => { const id = slug(title); return `<h1 id="${id}">${esc(title)}${permalink(id)}</h1>` }
export const h2 = (id, title) => `<h2 id="${id}">${esc(title)}${permalink(id)}</h2>\n`
export const crumbs = (up, trail) => `<nav class="sk-crumbs" aria-label="${words.crumbs}"><a href="${up}">${words.home.short}</a>${
  list(trail, ([href, text]) => ` <span aria-hidden="true">›</span> <a href="${up}${href}">${esc(text)}</a>`)}</nav>\n`

export const unitLinks = (ids, up, all, anchor = "") => ids.map(id => {
  const unit = all.units.get(id)
  return `<a href="${up}don-vi/${id}/${anchor}" title="${esc(unit.name)}">${esc(unit.short)}</a>`
}).join(", ")
export const chip = (kind, href, text, title) =>
  `<a class="sk-chip sk-chip--${kind}" href="${href}"${title ? ` title="${esc(title)}"` : ""}>${esc(text)}</a>`
export const programmeChips = (ids, up, all) => list(ids, id => {
  const one = all.programmes.get(id)
  return chip("programme", `${up}chuong-trinh/${id}/`, one.short, one.name) + "\n"
})
export const period = plan => (plan.first === plan.last ? plan.first : `${plan.first}–${plan.last}`)

export function shownYears(years) {
  const parts = []
  for (const year of years) {
    const last = parts.at(-1)
    if (last && Number(year) === Number(last.at(-1)) + 1) last.push(year)
    else parts.push([year])
  }
  return parts.map(part => (part.length === 1 ? part[0] : `${part[0]}–${part.at(-1)}`)).join(", ")
}

export const countByYear = (activities, counts = {}) => {
  for (const one of activities) for (const year of one.due) counts[year] = (counts[year] ?? 0) + 1
  return counts
}

export function bars(counts, up) {
  const highest = Math.max(...Object.values(counts))
  return `<ol class="sk-bars">\n${list(Object.entries(counts), ([year, count]) =>
    `<li><a href="${up}nam/${year}/" aria-label="${fill(words.year.due, { year, n: count })}"><span class="sk-bars__bar" style="--share: ${
      Math.round((100 * count) / highest)}%"><b>${number(count)}</b></span><span class="sk-bars__year">${year}</span></a></li>\n`)}</ol>\n`
}

// An activity in a list outside of its plan: what, for which task and target, when, who.
export function acts(activities, up, all, { year, lead = true } = {}) {
  const anchor = year ? `#nam-${year}` : ""
  return `<ul class="sk-acts">\n${list(activities, one => {
    const cell = year && one.cells[year]
    return `<li class="sk-act">
<a class="sk-act__title" href="${up}ke-hoach/${one.plan.id}/#${one.id}">${one.label ? `<span class="sk-label">${esc(one.label)}</span> ` : ""}${esc(one.title)}</a>
${cell && cell.toLowerCase() !== "x" ? `<span class="sk-act__cell">${esc(cell)}</span>` : ""}<span class="sk-act__meta">
${lead ? `<span>${unitLinks(one.lead, up, all, anchor)}</span>` : ""}${year ? "" : `<span>${one.when ? esc(one.when) : shownYears(one.due)}</span>`}${
      one.targetEntry ? `<a href="${up}chi-tieu/${one.targetEntry.key}/">${esc(one.targetEntry.label)}</a>` : ""}${
      one.taskEntry ? `<a href="${up}nhiem-vu/${one.taskEntry.key}/">${esc(one.taskEntry.shown)}</a>` : ""}</span>
</li>
`})}</ul>\n`
}

// Whole plans until `most` activities are listed; the others are counted.
export function capped(activities, most = 300) {
  const byPlan = Map.groupBy ? Map.groupBy(activities, one => one.plan) : grouped(activities, one => one.plan)
  const groups = [], rest = []
  let listed = 0
  for (const [plan, members] of byPlan) {
    if (groups.length && listed + members.length > most) rest.push([plan, members.length])
    else { groups.push([plan, members]); listed += members.length }
  }
  return { groups, rest, total: activities.length }
}

export function grouped(items, key) {
  const groups = new Map()
  for (const one of items) {
    const name = key(one)
    if (!groups.has(name)) groups.set(name, [])
    groups.get(name).push(one)
  }
  return groups
}

const query = year => (year ? `?nam=${year}` : "")
const COUNTED = 30
export const rest = (found, up, search, year) => (found.rest.length ? `<p>${words.rest}</p>\n<ul class="sk-columns">\n${list(found.rest.slice(0, COUNTED), ([plan, count]) =>
  `<li><a href="${up}ke-hoach/${plan.id}/${query(year)}">${esc(plan.short)}</a> <span class="sk-dim">${number(count)}</span></li>\n`)}${
  found.rest.length > COUNTED ? `<li><a href="${up}hoat-dong/?${search}">${words.rest_more.replace("{n}", plural(found.rest.length - COUNTED, "plans"))}</a></li>\n` : ""}</ul>\n` : "")
export const listing = (found, up, all, search, { year, lead } = {}) => list(found.groups, ([plan, members]) =>
  `<p class="sk-group"><a href="${up}ke-hoach/${plan.id}/${query(year)}">${esc(plan.short)}</a> <span class="sk-dim">${plural(members.length, "activities")}</span></p>\n${
    acts(members, up, all, { year, lead })}`) + rest(found, up, search, year)

// Plans of communes: counted where there are many plans.
export const isLocal = unit => unit.level === "commune" || unit.level === "branch"
export const countedPlans = (all, up) => {
  const counts = new Map()
  for (const { issuerUnit } of all.plans.values())
    if (isLocal(issuerUnit)) counts.set(issuerUnit.parent, (counts.get(issuerUnit.parent) ?? 0) + 1)
  return list([...counts], ([id, count]) =>
    `<li><a href="${up}don-vi/${id}/#ke-hoach-cap-duoi">${esc(all.units.get(id).short)}</a> <span class="sk-dim">${plural(count, "plans")}</span></li>\n`)
}
export const targetList = (targets, up) => `<ul class="sk-rowlist">\n${list(targets, target =>
  `<li><a href="${up}chi-tieu/${target.key}/"><span class="sk-label">${esc(target.label)}</span> ${esc(target.title)}</a> <span class="sk-dim">${esc(target.plan.short)}</span></li>\n`)}</ul>\n`
export const note = text => (text ? `<div class="sk-note"><strong>${words.note}</strong> ${prose(text)}</div>\n` : "")
export const facts = pairs => `<dl class="sk-facts">\n${list(pairs.filter(([, value]) => value), ([name, value]) =>
  `<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>\n`
export const card = (plan, up) => `<li class="sk-card">
<a class="sk-card__title" href="${up}ke-hoach/${plan.id}/">${esc(plan.short)}</a>
<span class="sk-card__kicker">${words.kind[plan.kind]} · ${period(plan)}</span>
<span class="sk-card__text">${esc(plan.title)}</span>
<span class="sk-card__foot">${plural(plan.activities.length, "activities")} · ${plural(plan.targets.length, "targets")} · ${plural(plan.tasks.length, "tasks")}</span>
</li>
`
export const day = date => { const [d, m, y] = date.split("/").map(Number); return [String(d).padStart(2, "0"), m < 3 ? `0${m}` : String(m), y] }
