"""The pages that cut across plans: tasks, targets, years, units, programmes; each with its index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.language.catalogue import catalogue
from generator.language.vietnamese import parse_number
from generator.link.model import LEVELS, Activity, Corpus, Measure, Plan, Target, Unit
from generator.pages.links import PROGRAMMES, TARGETS, TASKS, UNITS, YEARS
from generator.pages.listing import MOST_PLANS, count_by_year, list_by_plan, unit_matrix
from generator.pages.render import Options, Page


def task_pages(corpus: Corpus, options: Options) -> Iterator[Page]:
    """`/nhiem-vu/` and one page a task."""
    words = catalogue(options.language)
    plans = [plan for plan in corpus.plans.values() if plan.tasks]
    yield _index_by_plan(TASKS, "tasks", plans, options)
    for plan in plans:
        for task in plan.tasks:
            activities = corpus.of_task.get(task.key, ())
            inside = [heading for heading in plan.headings if _is_inside(corpus, heading.key, task.key)]
            yield Page(
                f"{TASKS}/{task.key}",
                "task.md.j2",
                f"{task.label or words.text('site.task.one')} · {plan.short_title}",
                task.title,
                {
                    "task": task,
                    "plan": plan,
                    "headings": [heading for heading in inside if heading.kind != "breakthrough"],
                    "breakthroughs": [heading for heading in inside if heading.kind == "breakthrough"],
                    "targets": [target for target in plan.targets if target.task == task.id],
                    "groups": _by_section(activities),
                    "activities": activities,
                    "counts": count_by_year(activities),
                    "counterparts": [corpus.headings[key] for key in corpus.counterparts.get(task.key, ())],
                },
            )


def target_pages(corpus: Corpus, options: Options) -> Iterator[Page]:
    """`/chi-tieu/` and one page a target."""
    plans = [plan for plan in corpus.plans.values() if plan.targets]
    yield _index_by_plan(TARGETS, "targets", plans, options)
    for plan in plans:
        for target in plan.targets:
            activities = corpus.of_target.get(target.key, ())
            yield Page(
                f"{TARGETS}/{target.key}",
                "target.md.j2",
                f"{target.label} · {plan.short_title}",
                target.statement,
                {
                    "target": target,
                    "plan": plan,
                    "task": corpus.headings.get(f"{plan.id}/{target.task}"),
                    "charts": [(measure, chart_of(measure), total_of(measure)) for measure in target.measures],
                    "activities": activities,
                    "upper": [
                        (measure, *_measure(corpus, measure.contributes_to))
                        for measure in target.measures
                        if measure.contributes_to
                    ],
                    "lower": [
                        (measure, *_measure(corpus, key))
                        for measure in target.measures
                        for key in corpus.contributors.get(f"{target.key}/{measure.id}", ())
                    ],
                    "counterparts": [corpus.targets[key] for key in corpus.counterparts.get(target.key, ())],
                },
            )


def year_pages(corpus: Corpus, options: Options) -> Iterator[Page]:
    """`/nam/` and one page a year: what is due, by plan and unit."""
    words = catalogue(options.language)
    years = sorted(corpus.of_year)
    counts = {year: len(corpus.of_year[year]) for year in years}
    context = {"counts": counts, "plans_of": {year: _plans(corpus, corpus.of_year[year]) for year in years}}
    yield Page(YEARS, "years.md.j2", words.text("site.years.title"), words.text("site.years.lead"), context)
    for year in years:
        activities = corpus.of_year[year]
        leads = sorted({unit for activity in activities for unit in activity.lead}, key=list(corpus.units).index)
        by_lead = {unit: sum(unit in activity.lead for activity in activities) for unit in leads}
        listing = list_by_plan(corpus, activities)
        yield Page(
            f"{YEARS}/{year}",
            "year.md.j2",
            words.text("site.year.title", year=year),
            words.text("site.year.lead", year=year),
            {
                "year": year,
                "years": years,
                "listing": listing,
                "leads": sorted(by_lead.items(), key=lambda pair: -pair[1]),
                "groups": {plan.id: _by_lead(corpus, members) for plan, members in listing.groups},
            },
        )


def unit_pages(corpus: Corpus, options: Options) -> Iterator[Page]:
    """`/don-vi/` and one page a unit: what it must do in each year."""
    words = catalogue(options.language)

    def of_kind(kind: str) -> list[Unit]:
        members = [unit for unit in corpus.units.values() if unit.kind == kind]
        return sorted(members, key=lambda unit: LEVELS.index(unit.level) if unit.level else len(LEVELS))

    def count(unit: Unit) -> int:
        return len(corpus.led_by.get(unit.id, ())) + len(corpus.partnered_by.get(unit.id, ()))

    context = {"count": count, "of_kind": of_kind}
    yield Page(UNITS, "units.md.j2", words.text("site.units.title"), words.text("site.units.lead"), context)
    for unit in corpus.units.values():
        led, partnered = corpus.led_by.get(unit.id, ()), corpus.partnered_by.get(unit.id, ())
        departments = unit_matrix(corpus.children.get(unit.id, ()), corpus.led_by)
        listed = {child.id for child, _ in departments}
        both = {activity.key: activity for activity in (*led, *partnered)}.values()
        years = count_by_year(both)
        yield Page(
            f"{UNITS}/{unit.id}",
            "unit.md.j2",
            corpus.unit_title(unit),
            words.text("site.unit.lead", name=unit.name),
            {
                "unit": unit,
                "led": led,
                "partnered": partnered,
                "years": years,
                "of_year": {
                    year: (
                        list_by_plan(corpus, (one for one in led if year in one.years), 80),
                        list_by_plan(corpus, (one for one in partnered if year in one.years), 80),
                    )
                    for year in years
                },
                "undated": list_by_plan(corpus, (one for one in both if not one.years), 80),
                "led_inside": _led_inside(corpus, unit),
                "departments": departments,
                "others": [child for child in corpus.children.get(unit.id, ()) if child.id not in listed],
                "groups": unit_matrix(_groups_of(corpus, unit), {**corpus.partnered_by, **_all_of(corpus)}),
                "targets": corpus.targets_led_by.get(unit.id, ()),
                "plans": corpus.plans_of_unit.get(unit.id, ()),
            },
        )


def programme_pages(corpus: Corpus, options: Options) -> Iterator[Page]:
    """`/chuong-trinh/` and one page a programme."""
    words = catalogue(options.language)
    counts = {
        id_: len(corpus.of_programme.get(id_, ())) + len(corpus.targets_of_programme.get(id_, ()))
        for id_ in corpus.programmes
    }
    title, lead = words.text("site.programmes.title"), words.text("site.programmes.lead")
    yield Page(PROGRAMMES, "programmes.md.j2", title, lead, {"counts": counts})
    for programme in corpus.programmes.values():
        activities = corpus.of_programme.get(programme.id, ())
        yield Page(
            f"{PROGRAMMES}/{programme.id}",
            "programme.md.j2",
            programme.short_name,
            programme.name,
            {
                "programme": programme,
                "listing": list_by_plan(corpus, activities),
                "counts": count_by_year(activities),
                "targets": corpus.targets_of_programme.get(programme.id, ()),
            },
        )


def chart_of(measure: Measure) -> Sequence[tuple[int, str, float | None]]:
    """The bars of a measure: year, printed value, and its height from 0 to 1 (None where it is no number)."""
    numbers = {year: parse_number(cell) for year, cell in measure.by_year.items()}
    highest = max((number for number in numbers.values() if number is not None), default=0)
    return [
        (year, cell, None if (number := numbers[year]) is None or not highest else number / highest)
        for year, cell in measure.by_year.items()
    ]


def total_of(measure: Measure) -> float | None:
    """What a measure's years add up to, where they are meant to be added and all are numbers."""
    numbers = [parse_number(cell) for cell in measure.by_year.values()]
    if measure.aggregate != "sum" or len(numbers) < 2 or None in numbers:
        return None
    return sum(number for number in numbers if number is not None)


def _index_by_plan(folder: str, name: str, plans: Sequence[Plan], options: Options) -> Page:
    words = catalogue(options.language)
    context = {"plans": plans, "detailed": len(plans) <= MOST_PLANS}
    return Page(folder, f"{name}.md.j2", words.text(f"site.{name}.title"), words.text(f"site.{name}.lead"), context)


def _measure(corpus: Corpus, key: str) -> tuple[Target, Measure]:
    plan, target_id, measure_id = key.split("/")
    target = corpus.targets[f"{plan}/{target_id}"]
    return target, next(measure for measure in target.measures if measure.id == measure_id)


def _is_inside(corpus: Corpus, key: str, above: str) -> bool:
    heading = corpus.headings[key]
    while heading.parent:
        heading = corpus.headings[f"{heading.plan}/{heading.parent}"]
        if heading.key == above:
            return True
    return False


def _by_section(activities: Sequence[Activity]) -> list[tuple[str, list[Activity]]]:
    """Runs of activities under the same heading, in the document's order."""
    return [(section, list(members)) for section, members in groupby(activities, key=lambda one: one.section)]


def _by_lead(corpus: Corpus, activities: Sequence[Activity]) -> list[tuple[list[Unit], list[Activity]]]:
    """Activities grouped by who leads them, in the order in which the leads first appear; without a lead, last."""
    groups: dict[tuple[str, ...], list[Activity]] = {}
    for activity in activities:
        groups.setdefault(activity.lead, []).append(activity)
    ordered = sorted(groups.items(), key=lambda pair: not pair[0])
    return [([corpus.units[unit] for unit in lead], members) for lead, members in ordered]


def _plans(corpus: Corpus, activities: Sequence[Activity]) -> int:
    return len({activity.plan for activity in activities})


def _groups_of(corpus: Corpus, unit: Unit) -> list[Unit]:
    """The groups that a unit belongs to."""
    return [corpus.units[group] for group in unit.member_of]


def _led_inside(corpus: Corpus, unit: Unit) -> int:
    """How many activities the departments of a union lead."""
    inside = corpus.children.get(unit.id, ())
    return len({one.key for child in inside if child.kind == "department" for one in corpus.led_by.get(child.id, ())})


def _all_of(corpus: Corpus) -> dict[str, Sequence[Activity]]:
    """By unit, all that it leads or partners in."""
    units = {*corpus.led_by, *corpus.partnered_by}
    return {unit: (*corpus.led_by.get(unit, ()), *corpus.partnered_by.get(unit, ())) for unit in units}
