// du-lieu/hoat-dong.json and du-lieu/ke-hoach/<plan>.json.
import { all } from "../lib/corpus.js"

const NUMBER = /^\s*(?:>=|<=|[≥≤><=~])?\s*(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)\s*%?(?:\s+[^\d]*)?$/

export const data = {
  pagination: { data: "keys", size: 1, alias: "item" },
  keys: ["", ...all.plans.keys()],
  eleventyExcludeFromCollections: true,
  permalink: ({ item }) => (item ? `/du-lieu/ke-hoach/${item}.json` : "/du-lieu/hoat-dong.json"),
}

export function render({ item }) {
  const plan = all.plans.get(item)
  const content = plan ? planData(plan, all) : { activities: [...all.plans.values()].flatMap(one => one.activities.map(activityData)) }
  return JSON.stringify(content, null, 1) + "\n"
}

function parsed(cell) {
  let digits = NUMBER.exec(cell)?.[1]
  if (!digits) return null
  if (/^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/.test(digits)) digits = digits.replaceAll(".", "")
  return Number(digits.replace(",", "."))
}

function activityData(one) {
  const numbers = Object.entries(one.cells).map(([year, cell]) => [year, parsed(cell)]).filter(([, value]) => value !== null)
  return {
    id: one.id, plan: one.plan.id, label: one.label, section: one.inSection, target: one.target ?? null, task: one.taskEntry?.id ?? null,
    title: one.title, text: one.text?.trim(), when: one.when ?? null, years: one.due.map(Number), by_year: one.cells, numbers: Object.fromEntries(numbers),
    levels: one.levelsShown, levels_text: one.levels_text, roles: one.roles ?? {}, lead: one.lead, partners: one.partners,
    funding: one.funding ?? null, programmes: one.programmes, url: `ke-hoach/${one.plan.id}/#${one.id}`,
  }
}

function planData(plan, all) {
  const heading = ({ id, kind, label, title, parent, counterparts }) => ({ id, kind, label, title, parent, counterparts })
  const lists = [plan.activities, plan.targets]
  const units = new Set([plan.issuer, ...lists.flatMap(some => some.flatMap(one => [...(one.lead ?? []), ...(one.partners ?? [])]))])
  const programmes = new Set(lists.flatMap(some => some.flatMap(one => one.programmes ?? [])))
  return {
    id: plan.id, title: plan.title, short_title: plan.short, kind: plan.kind, status: plan.status, number: plan.number, issued: plan.issued,
    issuer: plan.issuer, period: plan.period, layout: plan.layout, implements: plan.implements ?? [], source: plan.source,
    tasks: plan.tasks.map(heading), sections: plan.outline.filter(one => one.kind === "section").map(heading), outline: plan.outline.map(one => one.id),
    targets: plan.targets.map(one => ({ id: one.id, label: one.label, title: one.title, statement: one.statement, section: one.section, task: one.taskEntry?.id,
      lead: one.lead, measures: one.measures, counterparts: one.counterparts, programmes: one.programmes, url: `chi-tieu/${one.key}/` })),
    activities: plan.activities.map(activityData),
    units: Object.fromEntries([...units].map(id => { const { name, short, kind, level, parent } = all.units.get(id); return [id, { name, short_name: short, kind, level, parent }] })),
    programmes: Object.fromEntries([...programmes].map(id => [id, all.programmes.get(id).short])),
    url: `ke-hoach/${plan.id}/`,
  }
}
