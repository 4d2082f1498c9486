import { bars, capped, countByYear, crumbs, esc, facts, h1, h2, listing, note, page, targetList } from "../lib/parts.js"
import { all } from "../lib/corpus.js"
import { shell, words } from "../lib/data.js"

export const data = {
  pagination: { data: "keys", size: 1, alias: "item" },
  keys: [...all.programmes.keys()],
  eleventyExcludeFromCollections: true,
  permalink: ({ item }) => `/chuong-trinh/${item}/`,
}

export function render({ item }) {
  const one = all.programmes.get(item)
  return page(`/chuong-trinh/${one.id}/`, one.short, one.name, up => {
    const activities = all.ofProgramme.get(one.id) ?? []
    const counts = countByYear(activities)
    const targets = all.targetsOf.get(one.id) ?? []
    return `${crumbs(up, [["chuong-trinh/", words.programmes.title]])}
${h1(one.short)}
${shell.actions}
${one.name !== one.short ? `<p class="sk-statement">${esc(one.name)}</p>` : ""}
${facts([
      [words.programme.kind, words.programme_kind[one.kind]],
      [words.programme.number, one.number && esc(one.number)],
      [words.plan.period, one.period && (one.period.from === one.period.to ? one.period.from : `${one.period.from}–${one.period.to}`)],
      [words.unit.aliases, esc((one.aliases ?? []).join("; "))],
    ])}${note(one.note)}${activities.length ? `<p><a class="sk-go sk-go--search" href="${up}hoat-dong/?chuong-trinh=${one.id}">${words.search_these}</a></p>` : ""}
${Object.keys(counts).length > 1 ? bars(counts, up) : ""}${targets.length ? h2("chi-tieu", words.targets.title) + targetList(targets, up) : ""}${
      activities.length ? h2("hoat-dong", words.activities.title) + listing(capped(activities), up, all, `chuong-trinh=${one.id}`) : ""}
${shell.printed}`
  })
}
