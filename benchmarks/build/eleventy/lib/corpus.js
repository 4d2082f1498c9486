// The plans of a content tree, linked: what every entry inherits, and what belongs to a unit, year, task …
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { load } from "js-yaml"
import { words } from "./data.js"

const LEVELS = ["central", "province", "district", "commune", "branch"]

const read = (content, folder) => readdirSync(join(content, folder)).filter(name => name.endsWith(".yml"))
  .map(name => load(readFileSync(join(content, folder, name), "utf8"), { filename: name }))

const push = (map, key, value) => { const list = map.get(key); if (list) list.push(value); else map.set(key, [value]) }

function corpus(content) {
  const byName = new Intl.Collator("vi")
  const units = read(content, "units").map(unit => ({ ...unit, short: unit.short_name ?? unit.name }))
    .sort((a, b) => byName.compare(a.name, b.name))
  const programmes = read(content, "programmes").map(one => ({ ...one, short: one.short_name ?? one.name }))
    .sort((a, b) => byName.compare(a.short, b.short))
  const all = {
    units: new Map(units.map(unit => [unit.id, unit])),
    programmes: new Map(programmes.map(one => [one.id, one])),
    plans: new Map(), entries: new Map(), led: new Map(), partnered: new Map(), targetsLed: new Map(), ofYear: new Map(),
    ofProgramme: new Map(), targetsOf: new Map(), issued: new Map(), implementedBy: new Map(), counterparts: new Map(),
    contributors: new Map(), children: new Map(), members: new Map(),
  }
  for (const unit of units) {
    if (unit.parent) push(all.children, unit.parent, unit)
    for (const group of unit.member_of ?? []) push(all.members, group, unit)
  }
  const plans = read(content, "plans").sort((a, b) =>
    b.period.to - a.period.to || b.period.from - a.period.from || (a.id < b.id ? -1 : 1))
  for (const plan of plans) all.plans.set(plan.id, linked(plan, all))
  return all
}

function linked(plan, all) {
  const [first, last] = [String(plan.period.from), String(plan.period.to)]
  Object.assign(plan, { first, last, short: plan.short_title ?? plan.title, headings: new Map(), targetsById: new Map() })
  Object.assign(plan, { ofTask: new Map(), ofTarget: new Map(), ofSection: new Map(), ofYear: new Map() })
  const taskOf = new Map()
  const counterpart = (own, other) => {
    for (const [from, to] of [[own, other], [other, own]]) {
      if (!all.counterparts.has(from)) all.counterparts.set(from, new Set())
      all.counterparts.get(from).add(to)
    }
  }
  for (const heading of plan.outline) {
    const label = heading.label
    const sign = !label ? "" : /[.)]$/.test(label) ? "" : label.includes(" ") ? ":" : "."
    heading.full = label ? `${label}${sign} ${heading.title}` : heading.title
    heading.plan = plan
    heading.key = `${plan.id}/${heading.id}`
    heading.depth = heading.parent ? plan.headings.get(heading.parent).depth + 1 : 0
    heading.shown = label?.includes(" ") ? label : `${words.task.one} ${label ?? heading.id}`
    taskOf.set(heading.id, heading.kind === "task" ? heading : taskOf.get(heading.parent))
    plan.headings.set(heading.id, heading)
    all.entries.set(heading.key, heading)
    for (const other of heading.counterparts ?? []) counterpart(heading.key, other)
  }
  plan.tasks = plan.outline.filter(heading => heading.kind === "task")
  plan.targets ??= []
  for (const target of plan.targets) {
    target.plan = plan
    target.key = `${plan.id}/${target.id}`
    target.taskEntry = target.task ? plan.headings.get(target.task) : taskOf.get(target.section)
    plan.targetsById.set(target.id, target)
    all.entries.set(target.key, target)
    for (const unit of target.lead ?? []) push(all.targetsLed, unit, target)
    for (const one of target.programmes ?? []) push(all.targetsOf, one, target)
    for (const other of target.counterparts ?? []) counterpart(target.key, other)
    for (const measure of target.measures ?? [])
      if (measure.contributes_to) push(all.contributors, measure.contributes_to, { target, measure })
  }
  for (const one of plan.activities) {
    const target = one.target && plan.targetsById.get(one.target)
    const section = one.section ?? target?.section
    one.plan = plan
    one.inSection = section
    one.targetEntry = target
    one.taskEntry = taskOf.get(section) ?? target?.taskEntry
    one.lead ??= target?.lead ?? []
    one.partners ??= []
    one.programmes ??= []
    one.cells = one.by_year ?? {}
    one.due = yearsOf(one, first, last)
    const spoken = one.levels ?? Object.keys(one.roles ?? {}).map(role => (role === "local" ? "province" : role))
    one.levelsShown = LEVELS.filter(level => spoken.includes(level))
    for (const unit of one.lead) push(all.led, unit, one)
    for (const unit of one.partners) if (!one.lead.includes(unit)) push(all.partnered, unit, one)
    for (const year of one.due) { push(all.ofYear, year, one); push(plan.ofYear, year, one) }
    for (const programme of one.programmes) push(all.ofProgramme, programme, one)
    if (one.taskEntry) push(plan.ofTask, one.taskEntry.id, one)
    if (target) push(plan.ofTarget, target.id, one)
    else push(plan.ofSection, section, one)
  }
  plan.issuerUnit = all.units.get(plan.issuer)
  push(all.issued, plan.issuer, plan)
  for (const other of plan.implements ?? []) push(all.implementedBy, other, plan)
  return plan
}

function yearsOf(one, first, last) {
  if (one.years) {
    const [from, to = from] = String(one.years).split("-").map(Number)
    return Array.from({ length: to - from + 1 }, (_, place) => String(from + place))
  }
  const due = Object.keys(one.cells).filter(year => one.cells[year] !== "-" && one.cells[year] !== "–")
  return due.length || first !== last ? due : [first]
}

// Read once, and kept away from Eleventy's data: that would be merged anew for each page.
export const all = corpus(process.env.CONTENT)
