import { capped, countByYear, crumbs, day, esc, facts, h1, h2, list, listing, note, number, page, plural, targetList } from "../lib/parts.js"
import { all } from "../lib/corpus.js"
import { shell, words } from "../lib/data.js"

export const data = {
  pagination: { data: "keys", size: 1, alias: "item" },
  keys: [...all.units.keys()],
  eleventyExcludeFromCollections: true,
  permalink: ({ item }) => `/don-vi/${item}/`,
}

function matrix(rows, up, caption) {
  const years = [...new Set(rows.flatMap(([, counts]) => Object.keys(counts)))].sort()
  return `<div class="sk-frame"><table class="sk-matrix"><caption>${caption}</caption>
<thead><tr><th scope="col">${words.unit.one}</th>${list(years, year => `<th scope="col">${year}</th>`)}</tr></thead>
<tbody>
${list(rows, ([unit, counts]) => `<tr><th scope="row"><a href="${up}don-vi/${unit.id}/">${esc(unit.short)}</a></th>${list(years, year =>
    `<td>${counts[year] ? `<a href="${up}don-vi/${unit.id}/#nam-${year}">${number(counts[year])}</a>` : '<span class="sk-dim">·</span>'}</td>`)}</tr>\n`)}</tbody></table></div>\n`
}

export function render({ item }) {
  const unit = all.units.get(item)
  const parent = all.units.get(unit.parent)
  const inside = unit.kind === "department" || unit.kind === "group"
  return page(`/don-vi/${unit.id}/`, parent && inside ? `${unit.short} · ${parent.short}` : unit.short, unit.name, up => {
    const of = (map, id) => map.get(id) ?? []
    const led = of(all.led, unit.id), partnered = of(all.partnered, unit.id)
    const counts = countByYear(partnered, countByYear(led))
    const counted = of(all.children, unit.id).map(child => [child, countByYear(of(all.led, child.id))])
    const departments = counted.filter(([, years]) => Object.keys(years).length)
    const others = counted.filter(([, years]) => !Object.keys(years).length)
    const ledInside = new Set(departments.filter(([child]) => child.kind === "department").flatMap(([child]) => all.led.get(child.id))).size
    const groups = (unit.member_of ?? []).map(id => [all.units.get(id), countByYear(of(all.partnered, id), countByYear(of(all.led, id)))])
      .filter(([, years]) => Object.keys(years).length)
    const inner = (all.plans.size > 60 ? of(all.children, unit.id) : []).flatMap(child => of(all.issued, child.id))
    const targets = of(all.targetsLed, unit.id)
    const aliases = [...(unit.short !== unit.name ? [unit.short] : []), ...(unit.aliases ?? [])]
    const columns = (id, title, units, name) => (units.length ? `${h2(id, title)}<ul class="sk-columns">\n${list(units, other =>
      `<li><a href="${up}don-vi/${other.id}/">${esc(name(other))}</a></li>\n`)}</ul>\n` : "")
    return `${crumbs(up, [["don-vi/", words.units.title], ...(parent ? [[`don-vi/${parent.id}/`, parent.short]] : [])])}
${h1(unit.name)}
${shell.actions}
${facts([
      [words.unit.kind, words.unit_kind[unit.kind] + (unit.level ? `, ${words.level[unit.level].toLowerCase()}` : "")],
      [words.unit.parent, parent && `<a href="${up}don-vi/${parent.id}/">${esc(parent.name)}</a>`],
      [words.unit.aliases, esc(aliases.join("; "))],
      [words.unit.valid, unit.valid_to && `${words.unit.to} ${day(unit.valid_to).join("/")}`],
      [words.unit.plans, of(all.issued, unit.id).map(plan => `<a href="${up}ke-hoach/${plan.id}/">${esc(plan.short)}</a>`).join(", ")],
    ])}${note(unit.note)}${led.length || partnered.length || ledInside ? `<p class="sk-lead">${
      words.unit.summary.replace("{led}", plural(led.length, "activities")).replace("{partnered}", plural(partnered.length, "activities"))}${
      ledInside ? ` ${words.unit.inside.replace("{n}", plural(ledInside, "activities"))}` : ""}</p>
${led.length || partnered.length ? `<p><a class="sk-go sk-go--search" href="${up}hoat-dong/?don-vi=${unit.id}">${words.search_these}</a></p>` : ""}
<nav class="sk-yearnav" aria-label="${words.unit.years}">
${list(Object.entries(counts), ([year, count]) => `<a href="#nam-${year}">${year} <small>${count}</small></a>\n`)}</nav>
` : ""}${departments.length ? h2("cac-ban", words.unit.departments) + matrix(departments, up, words.unit.departments_caption) : ""}${
      columns("truc-thuoc", words.unit.children, others.map(([child]) => child), other => other.short)}${
      inner.length ? `${h2("ke-hoach-cap-duoi", words.plans.inner)}<ul class="sk-columns">\n${list(inner, plan =>
        `<li><a href="${up}ke-hoach/${plan.id}/">${esc(plan.short)}</a></li>\n`)}</ul>\n` : ""}${
      groups.length ? h2("viec-chung", words.unit.groups) + matrix(groups, up, words.unit.groups_caption) : ""}${
      columns("thanh-vien", words.unit.members, of(all.members, unit.id), other => other.name)}${
      targets.length ? h2("chi-tieu", words.unit.targets) + targetList(targets.slice(0, 60), up) : ""}${
      list(Object.keys(counts), year => {
        const [first, second] = [led, partnered].map(some => some.filter(one => one.due.includes(year)))
        return `${h2(`nam-${year}`, words.year.title.replace("{year}", year))}<p class="sk-dim"><a href="${up}nam/${year}/">${words.unit.year_page.replace("{year}", year)}</a></p>
${first.length ? `<p class="sk-role">${words.unit.leads}</p>\n${listing(capped(first, 80), up, all, `don-vi=${unit.id}&amp;nam=${year}`, { year, lead: false })}` : ""}${
          second.length ? `<p class="sk-role">${words.unit.partners_in}</p>\n${listing(capped(second, 80), up, all, `don-vi=${unit.id}&amp;nam=${year}`, { year })}` : ""}`
      })}
${shell.printed}`
  })
}
