import { acts, chip, crumbs, esc, h1, h2, list, page, plural, programmeChips, unitLinks } from "../lib/parts.js"
import { all } from "../lib/corpus.js"
import { shell, words } from "../lib/data.js"

export const data = {
  pagination: { data: "keys", size: 1, alias: "item" },
  keys: [...all.plans.values()].flatMap(plan => plan.targets.map(target => target.key)),
  eleventyExcludeFromCollections: true,
  permalink: ({ item }) => `/chi-tieu/${item}/`,
}

const value = one => `${one.value ? `${one.comparator ? words.comparator[one.comparator] : ""} <strong>${esc(one.value)}</strong>${
  one.unit && one.unit !== "%" ? ` ${esc(one.unit)}` : ""}` : ""}${one.period ? ` <span class="sk-dim">${words.period[one.period]}</span>` : ""}`

export function render({ item }) {
  const target = all.entries.get(item)
  const plan = target.plan
  return page(`/chi-tieu/${target.key}/`, `${target.label} · ${plan.short}`, target.statement, up => {
    const activities = plan.ofTarget.get(target.id) ?? []
    const measures = target.measures ?? []
    const upper = measures.filter(own => own.contributes_to).map(own => {
      const [planId, id, measure] = own.contributes_to.split("/")
      const other = all.entries.get(`${planId}/${id}`)
      return [own, other, other.measures.find(one => one.id === measure)]
    })
    const lower = measures.flatMap(own => (all.contributors.get(`${target.key}/${own.id}`) ?? []).map(other => [own, other]))
    const counterparts = [...(all.counterparts.get(target.key) ?? [])].map(key => all.entries.get(key))
    const entry = other => `<a href="${up}chi-tieu/${other.key}/">${esc(other.plan.short)}, ${esc(other.label)}</a>: `
    const part = (title, items, render) => (items.length ? `<p class="sk-group">${title}</p>\n<ul class="sk-rowlist">\n${list(items, one => `<li>${render(one)}</li>\n`)}</ul>\n` : "")
    return `${crumbs(up, [[`chi-tieu/#${plan.id}`, words.targets.title], [`ke-hoach/${plan.id}/`, plan.short]])}
${h1(`${target.label}: ${target.title}`)}
${shell.actions}
<p class="sk-statement">${esc(target.statement)}</p>
<div class="sk-under"><a class="sk-go" href="${up}ke-hoach/${plan.id}/#${target.id}">${words.in_plan}</a>
${activities.length ? `<a class="sk-go sk-go--search" href="${up}hoat-dong/?chi-tieu=${plan.id}%2F${target.id}">${words.search_these}</a>` : ""}${
      target.taskEntry ? chip("task", `${up}nhiem-vu/${target.taskEntry.key}/`, target.taskEntry.shown) : ""}${programmeChips(target.programmes ?? [], up, all)}
${target.lead ? `<span>${words.target.lead}: ${unitLinks(target.lead, up, all)}</span>` : ""}</div>
${measures.length ? `${h2("chi-so", words.target.measures)}<div class="sk-figures">
${list(measures, one => `<figure class="sk-figure" id="${one.id}">
<figcaption><span class="sk-figure__name">${esc(one.name)}</span><span class="sk-figure__value">${value(one)}</span></figcaption>
</figure>
`)}</div>` : ""}
${activities.length ? `${h2("hoat-dong", words.activities.title)}<p class="sk-dim">${plural(activities.length, "activities")}</p>\n${acts(activities, up, all)}` : ""}${
      upper.length || lower.length || counterparts.length ? `${h2("doi-chieu", words.target.alignment)}<p class="sk-dim">${words.editorial}</p>
${part(words.target.upper, upper, ([own, other, measure]) => `${entry(other)}${esc(measure.name)} ${value(measure)} <span class="sk-dim">← ${esc(own.name)} ${value(own)}</span>`)}${
        part(words.target.lower, lower, ([own, other]) => `${entry(other.target)}${esc(other.measure.name)} ${value(other.measure)} <span class="sk-dim">→ ${esc(own.name)}</span>`)}${
        part(words.target.counterparts, counterparts, other => `${entry(other)}${esc(other.title)}`)}` : ""}
${shell.printed}`
  })
}
