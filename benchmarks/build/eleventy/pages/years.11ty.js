import { acts, capped, crumbs, esc, grouped, h1, h2, list, number, page, plural, rest } from "../lib/parts.js"
import { all } from "../lib/corpus.js"
import { shell, words } from "../lib/data.js"

export const data = {
  pagination: { data: "keys", size: 1, alias: "item" },
  keys: [...all.ofYear.keys()].sort(),
  eleventyExcludeFromCollections: true,
  permalink: ({ item }) => `/nam/${item}/`,
}

export function render({ item: year }) {
  const title = words.year.title.replace("{year}", year)
  return page(`/nam/${year}/`, title, title, up => {
    const activities = all.ofYear.get(year)
    const found = capped(activities)
    const counts = new Map()
    for (const one of activities) for (const id of one.lead) counts.set(id, (counts.get(id) ?? 0) + 1)
    const leads = [...all.units.values()].filter(unit => counts.has(unit.id)).sort((a, b) => counts.get(b.id) - counts.get(a.id))
    const summary = { year, activities: number(found.total), plans: number(found.groups.length + found.rest.length) }
    return `${crumbs(up, [["nam/", words.years.title]])}
${h1(title)}
${shell.actions}
<nav class="sk-yearnav" aria-label="${words.years.title}">
${list([...all.ofYear.keys()].sort(), other => `<a href="${up}nam/${other}/"${other === year ? ' aria-current="page"' : ""}>${other}</a>\n`)}</nav>
<p class="sk-lead">${words.year.summary.replace(/\{(\w+)\}/g, (_, name) => summary[name])}</p>
<p><a class="sk-go sk-go--search" href="${up}hoat-dong/?nam=${year}">${words.search_these}</a></p>
${h2("don-vi", words.year.by_unit)}<ul class="sk-columns">
${list(leads.slice(0, 60), unit => `<li><a href="${up}don-vi/${unit.id}/#nam-${year}">${esc(unit.short)}${
      unit.kind === "department" && unit.parent ? ` <span class="sk-dim">${esc(all.units.get(unit.parent).short)}</span>` : ""}</a> <b>${number(counts.get(unit.id))}</b></li>\n`)}</ul>
${leads.length > 60 ? `<p><a href="${up}don-vi/">${words.units.all}</a></p>` : ""}
${list(found.groups, ([plan, members]) => `${h2(plan.id, plan.short)}<p class="sk-dim"><a href="${up}ke-hoach/${plan.id}/?nam=${year}">${esc(plan.title)}</a> · ${plural(members.length, "activities")}</p>
${list([...grouped(members, one => one.lead.join(" "))], ([, some]) => `<p class="sk-group">${some[0].lead.map(id =>
      `<a href="${up}don-vi/${id}/#nam-${year}">${esc(all.units.get(id).short)}</a>`).join(", ")} <span class="sk-dim">${plural(some.length, "activities")}</span></p>
${acts(some, up, all, { year, lead: false })}`)}`)}${rest(found, up, `nam=${year}`, year)}
${shell.printed}`
  })
}
