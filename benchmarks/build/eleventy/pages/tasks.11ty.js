import { acts, bars, countByYear, crumbs, esc, grouped, h1, h2, list, page, plural } from "../lib/parts.js"
import { all } from "../lib/corpus.js"
import { shell, words } from "../lib/data.js"

export const data = {
  pagination: { data: "keys", size: 1, alias: "item" },
  keys: [...all.plans.values()].flatMap(plan => plan.tasks.map(task => task.key)),
  eleventyExcludeFromCollections: true,
  permalink: ({ item }) => `/nhiem-vu/${item}/`,
}

export function render({ item }) {
  const task = all.entries.get(item)
  const plan = task.plan
  return page(`/nhiem-vu/${task.key}/`, `${task.label} · ${plan.short}`, task.title, up => {
    const activities = plan.ofTask.get(task.id) ?? []
    const counts = countByYear(activities)
    const targets = plan.targets.filter(target => target.taskEntry === task)
    const counterparts = [...(all.counterparts.get(task.key) ?? [])].map(key => all.entries.get(key))
    return `${crumbs(up, [[`nhiem-vu/#${plan.id}`, words.tasks.title], [`ke-hoach/${plan.id}/`, plan.short]])}
${h1(task.full)}
${shell.actions}
<div class="sk-under"><a class="sk-go" href="${up}ke-hoach/${plan.id}/#${task.id}">${words.in_plan}</a> <a class="sk-go sk-go--search" href="${up}hoat-dong/?nhiem-vu=${plan.id}%2F${task.id}">${words.search_these}</a></div>
${Object.keys(counts).length > 1 ? bars(counts, up) : ""}${targets.length ? `${h2("chi-tieu", words.targets.title)}<ul class="sk-targets">
${list(targets, target => `<li class="sk-target"><p><a class="sk-target__label" href="${up}chi-tieu/${target.key}/">${esc(target.label)}</a> ${esc(target.statement)}</p></li>\n`)}</ul>\n` : ""}
${h2("hoat-dong", words.activities.title)}<p class="sk-dim">${plural(activities.length, "activities")}</p>
${list([...grouped(activities, one => one.inSection)], ([section, members]) => `${section === task.id ? "" :
      `<p class="sk-group"><a href="${up}ke-hoach/${plan.id}/#${section}">${esc(plan.headings.get(section).full)}</a></p>\n`}${acts(members, up, all)}`)}${
      counterparts.length ? `${h2("tuong-ung", words.task.counterparts)}<p class="sk-dim">${words.editorial}</p>
<ul class="sk-rowlist">
${list(counterparts, other => `<li><a href="${up}nhiem-vu/${other.key}/">${esc(other.full)}</a> <span class="sk-dim">${esc(other.plan.short)}</span></li>\n`)}</ul>` : ""}
${shell.printed}`
  })
}
