import { chip, crumbs, day, esc, facts, fill, h1, list, page, period, plural, programmeChips, prose, unitLinks } from "../lib/parts.js"
import { all } from "../lib/corpus.js"
import { shell, words } from "../lib/data.js"

export const data = {
  pagination: { data: "keys", size: 1, alias: "item" },
  keys: [...all.plans.keys()],
  eleventyExcludeFromCollections: true,
  permalink: ({ item }) => `/ke-hoach/${item}/`,
}

export function render({ item }) {
  const plan = all.plans.get(item)
  return page(`/ke-hoach/${plan.id}/`, plan.short, `${plan.title}. ${plan.issuerUnit.name}.`, up => {
    const link = other => `<a href="${up}ke-hoach/${other.id}/">${esc(other.short)}</a>`
    const [d, m, y] = day(plan.issued.date)
    const columns = columnsOf(plan)
    return `${crumbs(up, [["ke-hoach/", words.plans.title]])}
<div class="sk-letterhead">
<p class="sk-letterhead__issuer"><a href="${up}don-vi/${plan.issuer}/">${esc(plan.issuerUnit.name)}</a></p>
<p class="sk-letterhead__nation">${words.paper.nation}<br><strong>${words.paper.motto}</strong></p>
<p class="sk-letterhead__number">${words.plan.number}: ${plan.number}</p><p class="sk-letterhead__day">${fill(words.plan.day, { day: d, month: m, year: y })}</p></div>

${h1(plan.title)}
${shell.actions}
<header class="sk-document">
${facts([
      [words.plan.status, `<span class="sk-status sk-status--${plan.status}">${words.status[plan.status]}</span>`],
      [words.plan.period, period(plan)],
      [words.plan.kind, words.kind[plan.kind]],
      [words.plan.implements, (plan.implements ?? []).map(id => link(all.plans.get(id))).join(", ")],
      [words.plan.implemented_by, (all.implementedBy.get(plan.id) ?? []).map(link).join(", ")],
    ])}<p class="sk-count">${plural(plan.activities.length, "activities")} · <a href="${up}chi-tieu/#${plan.id}">${plural(plan.targets.length, "targets")}</a> · <a href="${up}nhiem-vu/#${plan.id}">${plural(plan.tasks.length, "tasks")}</a> · <a href="${up}du-lieu/ke-hoach/${plan.id}.json">${words.plan.data}</a></p>
<p class="sk-abridged">${words.plan.abridged} <strong>${esc(plan.source.document)}</strong>. </p>
</header>
${plan.ofYear.size > 1 ? filter(plan) : ""}
${list(plan.outline, heading => {
      const level = heading.depth ? "h3" : "h2"
      const targets = plan.targets.filter(target => target.section === heading.id)
      const own = plan.ofSection.get(heading.id) ?? []
      return `<${level} class="sk-h-${heading.kind}" id="${heading.id}">${esc(heading.full)}<a class="headerlink" href="#${heading.id}" title="${words.heading}">#</a></${level}>
${heading.kind === "task" ? `<div class="sk-under">\n<a class="sk-go" href="${up}nhiem-vu/${heading.key}/">${words.plan.task_page}</a>\n</div>\n` : ""}${
        plan.layout === "outline" ? outline(plan, targets, own, up, all) : targets.length || own.length ? table(plan, targets, own, columns, up, all) : ""}`
    })}<div class="sk-printed"><p><span>${words.paper.printed_plain}</span> ${fill(words.paper.official, { document: esc(plan.source.document) })}</p></div>`
  })
}

const filter = plan => `<div class="sk-filter" data-year-filter hidden>
<p>${words.plan.filter}</p>
<div role="group" aria-label="${words.plan.filter}">
<button type="button" data-year="" aria-pressed="true">${words.all} <small>${plan.activities.length}</small></button>
${list([...plan.ofYear.keys()].sort(), year => `<button type="button" data-year="${year}" aria-pressed="false">${year} <small>${plan.ofYear.get(year).length}</small></button>\n`)}</div>
<p class="sk-filter__found" data-year-found aria-live="polite"></p>
</div>`

function columnsOf(plan) {
  const years = [...new Set(plan.activities.flatMap(one => Object.keys(one.cells)))].sort()
  const column = filled => plan.activities.filter(filled).length * 3 >= plan.activities.length
  if (!years.length) for (let year = Number(plan.first); year <= Number(plan.last); year++) years.push(String(year))
  return {
    years,
    levels: column(one => one.levels_text || one.levelsShown.length),
    lead: column(one => one.lead.length),
    partners: column(one => one.partners.length),
    funding: column(one => one.funding),
  }
}

function table(plan, targets, own, columns, up, all) {
  const shown = ["levels", "lead", "partners", "funding"].filter(name => columns[name])
  const rows = activities => list(activities, one => row(one, plan, columns, up, all))
  return `<table class="sk-table sk-table--years" style="--years: ${columns.years.length}">
<thead><tr>
<th scope="col" class="sk-no">${words.column.no}</th>
<th scope="col" class="sk-what">${words.column.what}</th>
${list(columns.years, year => `<th scope="col" class="sk-cell"><a href="${up}nam/${year}/#${plan.id}">${year}</a></th>\n`)}${
    list(shown, name => `<th scope="col">${words.column[name]}</th>`)}</tr></thead>
${list(targets, target => `<tbody>
<tr class="sk-target-row" id="${target.id}"><th scope="rowgroup" colspan="${2 + columns.years.length + shown.length}"><a class="sk-target__label" href="${up}chi-tieu/${target.key}/">${esc(target.label)}</a> ${esc(target.statement)}${
    target.lead ? ` <span class="sk-who">${words.lead}: ${unitLinks(target.lead, up, all)}</span>` : ""}</th></tr>
${rows(plan.ofTarget.get(target.id) ?? [])}</tbody>
`)}${own.length ? `<tbody>\n${rows(own)}</tbody>\n` : ""}</table>
`
}

function row(one, plan, columns, up, all) {
  const label = (name, content) => `<td data-label="${words.column[name]}">${content}</td>`
  return `<tr class="sk-row" id="${one.id}" data-years="${one.due.join(" ") || "-"}">
<th scope="row" class="sk-no"><a href="#${one.id}" title="${words.plan.anchor}">${esc(one.label ?? "–")}</a></th>
<td class="sk-what"><span class="sk-title">${esc(one.title)}</span>
${one.when ? `<span class="sk-dim">${esc(one.when)}</span>` : ""}${body(one, plan, up, all, one.due.filter(year => !(year in one.cells)), !columns.lead, !columns.partners)}</td>
${list(columns.years, year => {
    const cell = one.cells[year]
    if (!cell) return `<td class="sk-cell sk-cell--empty" data-label="${year}"></td>\n`
    const link = one.due.includes(year) ? `<a class="sk-cell__year" href="${up}nam/${year}/#${plan.id}">${year}</a>` : `<span class="sk-cell__year">${year}</span>`
    return `<td class="sk-cell${cell.length > 12 ? " sk-cell--words" : ""}" data-label="${year}">${link} <b>${esc(cell)}</b></td>\n`
  })}${columns.levels ? label("levels", one.levels_text ? esc(one.levels_text) : one.levelsShown.map(level => words.level[level]).join(", ")) : ""}${
    columns.lead ? label("lead", unitLinks(one.lead, up, all)) : ""}${columns.partners ? label("partners", unitLinks(one.partners, up, all)) : ""}${
    columns.funding ? label("funding", esc(one.funding ?? "")) : ""}</tr>
`
}

function body(one, plan, up, all, years, withLead, withPartners) {
  return `${one.text ? `<div class="sk-prose">${prose(one.text)}</div>` : ""}
<p class="sk-links">
${one.targetEntry ? chip("target", `${up}chi-tieu/${one.targetEntry.key}/`, one.targetEntry.label) : ""}${
    one.taskEntry ? chip("task", `${up}nhiem-vu/${one.taskEntry.key}/`, one.taskEntry.shown) : ""}${
    list(years, year => `${chip("year", `${up}nam/${year}/#${plan.id}`, year)}\n`)}${programmeChips(one.programmes, up, all)}${
    withLead && one.lead.length ? `<span class="sk-who">${words.lead}: ${unitLinks(one.lead, up, all)}</span>` : ""}${
    withPartners && one.funding && plan.layout !== "years" ? `<span class="sk-who">${words.column.funding}: ${esc(one.funding)}</span>` : ""}${
    withPartners && one.partners.length ? `<span class="sk-who">${words.partners}: ${unitLinks(one.partners, up, all)}</span>` : ""}
</p>
`
}

function outline(plan, targets, own, up, all) {
  const bullets = activities => (activities.length ? `<ul class="sk-bullets">\n${list(activities, one => `<li class="sk-row" id="${one.id}" data-years="${one.due.join(" ") || "-"}">
${one.label ? `<a class="sk-label" href="#${one.id}">${esc(one.label)}</a> ` : ""}<span class="sk-title">${esc(one.title)}</span> <a class="sk-hash" href="#${one.id}" title="${words.plan.anchor}">#</a>
${one.when ? `<span class="sk-dim">${esc(one.when)}</span>` : ""}${one.levels_text ? `<span class="sk-dim">${esc(one.levels_text)}</span>` : ""}${body(one, plan, up, all, one.due, true, true)}</li>
`)}</ul>\n` : "")
  return `${targets.length ? `<ul class="sk-targets">\n${list(targets, target => `<li class="sk-target" id="${target.id}">
<p><a class="sk-target__label" href="${up}chi-tieu/${target.key}/">${esc(target.label)}</a> ${esc(target.statement)}</p>
${target.lead ? `<p class="sk-dim">${words.lead}: ${unitLinks(target.lead, up, all)}</p>` : ""}
${bullets(plan.ofTarget.get(target.id) ?? [])}</li>
`)}</ul>\n` : ""}${bullets(own)}`
}
