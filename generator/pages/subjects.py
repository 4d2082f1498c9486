"""The pages of a year, a unit and a programme, across plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.language.catalogue import catalogue
from generator.language.vietnamese import sort_key
from generator.model.corpus import Corpus
from generator.model.entities import Plan, Programme, Unit
from generator.model.queries import Activities
from generator.pages.downloads import calendar_ways, unit_downloads, year_downloads
from generator.pages.links import PROGRAMMES, UNITS, YEARS
from generator.pages.listing import MOST_PLANS, Listing, activities_with, list_by_plan, unit_matrix
from generator.pages.page import Options, Page
from generator.pages.trails import section_step, trail_of_unit
from generator.pages.unit_work import (
    carriers_of,
    departments_of,
    end_of,
    inherited_work,
    searched_units,
    work_of_unit,
)

MOST_OF_UNIT = 80
"""Activities that a unit's page lists for one year; further ones are counted by plan."""


def year_page(corpus: Corpus, year: int, options: Options) -> Iterator[Page]:
    """Yield the page of what is due in a year, by plan and unit."""
    words = catalogue(options.language)
    activities = corpus.of_year.of(year)
    counts: Counter[str] = Counter()
    for lead, number in activities.in_force.leads.items():
        counts.update(dict.fromkeys(carriers_of(corpus, lead, year), number))
    leads = sorted(counts, key=lambda unit: (-counts[unit], sort_key(corpus.units[unit].name)))
    listing = list_by_plan(corpus, activities)
    yield Page(
        f"{YEARS}/{year}",
        "year.md.j2",
        words.text("site.year.title", year=year),
        words.text("site.year.lead", year=year),
        {
            "year": year,
            "downloads": year_downloads(corpus, year, options),
            "years": list(corpus.of_year),
            "listing": listing,
            "leads": [(unit, counts[unit]) for unit in leads],
            "groups": {plan.id: _by_lead(corpus, members) for plan, members in listing.groups},
        },
        trail=[section_step(YEARS, words)],
    )


def unit_page(corpus: Corpus, unit: Unit, options: Options) -> Iterator[Page]:
    """Yield the page of a unit's work in each year."""
    words = catalogue(options.language)
    children = corpus.children.get(unit.id, ())
    departments = unit_matrix((child, corpus.led_by.of(child.id)) for child in departments_of(corpus, unit))
    department_ids = {child.id for child, _ in departments}
    groups = [corpus.units[group] for group in unit.member_of]
    downloads = unit_downloads(corpus, unit, options)
    yield Page(
        f"{UNITS}/{unit.id}",
        "unit.md.j2",
        corpus.unit_title(unit),
        words.text("site.unit.lead", name=unit.name),
        {
            "unit": unit,
            "downloads": downloads,
            "calendar": calendar_ways(downloads, options),
            **_work_by_year(corpus, unit),
            "departments": departments,
            "others": [child for child in children if child.id not in department_ids],
            "groups": unit_matrix((group, activities_with(corpus, group)) for group in groups),
            "targets": corpus.targets_led_by.get(unit.id, ()),
            "plans": corpus.plans_of_unit.get(unit.id, ()),
            "inner_plans": _inner_plans(corpus, children),
        },
        trail=trail_of_unit(corpus, unit, words),
        subject=unit,
    )


def _work_by_year(corpus: Corpus, unit: Unit) -> Mapping[str, Any]:
    """Return a unit's own and inherited work: by year, and without a year."""
    parts = led, performed, partnered = (
        corpus.led_by.of(unit.id),
        corpus.performed_by.of(unit.id),
        corpus.partnered_by.of(unit.id),
    )
    work, inherited = activities_with(corpus, unit), inherited_work(corpus, unit)
    all_work = work_of_unit(corpus, unit)
    years = sorted({*work.years, *(year for part in inherited for year in part.years)})

    def listed(activities: Activities) -> Listing:
        return list_by_plan(corpus, activities, MOST_OF_UNIT)

    return {
        "led": led.in_force,
        "partnered": partnered.in_force,
        "performed": performed.in_force,
        "years": years,
        "sheets": all_work.years,
        "counts": {year: all_work.count(year, all_work.in_year(year)) for year in all_work.years},
        "searched": searched_units(corpus, unit),
        "shared": len(all_work.shares["shared"].without(work)),
        "led_inside": len(all_work.shares["inside"]),
        "ends": {year: end_of(unit, year) for year in years},
        "of_year": {year: tuple(listed(part.in_year(year)) for part in parts) for year in years},
        "taken_over": {
            year: [(part.unit, listed(part.in_year(year))) for part in inherited if year in part.years]
            for year in years
        },
        "undated": listed(work.in_year(None)),
        "undated_taken_over": [(part.unit, listed(part.undated)) for part in inherited if part.undated],
        "set_aside": len(work.set_aside),
    }


def programme_page(corpus: Corpus, programme: Programme, options: Options) -> Iterator[Page]:
    """Yield the page of the activities and targets that carry out a programme."""
    activities = corpus.of_programme.of(programme.id)
    yield Page(
        f"{PROGRAMMES}/{programme.id}",
        "programme.md.j2",
        programme.short_name,
        programme.name,
        {
            "programme": programme,
            "listing": list_by_plan(corpus, activities),
            "counts": activities.in_force.years,
            "targets": corpus.targets_of_programme.get(programme.id, ()),
        },
        trail=[section_step(PROGRAMMES, catalogue(options.language))],
        subject=programme,
    )


def _by_lead(corpus: Corpus, activities: Activities) -> list[tuple[list[Unit], Activities]]:
    """Return activities by lead, in the order of each lead's first activity; those without a lead last."""
    ordered = sorted(activities.by_lead().items(), key=lambda pair: not pair[0])
    return [([corpus.units[unit] for unit in lead], members) for lead, members in ordered]


def _inner_plans(corpus: Corpus, children: Iterable[Unit]) -> list[Plan]:
    """Return the plans of the unions below, if the index of plans only counts them and links here."""
    plans = [plan for child in children for plan in corpus.plans_of_unit.get(child.id, ())]
    # Test in this order: else a change of any plan's title or size would be a change for all units.
    return plans if plans and len(corpus.plans) > MOST_PLANS else []
