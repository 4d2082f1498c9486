"""The page of all activities: the search with its first facets, and a plain list for browsers without JavaScript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.assets import published_assets
from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.model.entities import LEVELS, Plan
from generator.pages.links import ACTIVITIES, PLANS, PROGRAMMES, STORE, TARGETS, TASKS, UNITS, Links
from generator.pages.listing import overview_of
from generator.pages.page import Options, Page, index_page

FIRST_VALUES = 8
"""How many values of a long facet the page itself has, before the store is loaded."""


def activities_page(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Yield `/hoat-dong/`."""
    texts = catalogue(options.language).texts
    to = Links(ACTIVITIES, options.index)
    assets = published_assets()
    setup = {
        "words": _words(texts),
        "facets": _facets(corpus, texts),
        "years": {year: len(due) for year, due in corpus.of_year.items()},
        "addresses": {
            "worker": to.file(assets.worker),
            "store": to.file(f"{STORE}/"),
            "activity": to.page(f"{PLANS}/{{plan}}", "{id}"),
            "plan": to.page(f"{PLANS}/{{plan}}"),
            "target": to.page(f"{TARGETS}/{{plan}}/{{id}}"),
            "task": to.page(f"{TASKS}/{{plan}}/{{id}}"),
            "unit": to.page(f"{UNITS}/{{id}}"),
            "page": {
                PLANS: to.page(f"{PLANS}/{{id}}"),
                TARGETS: to.page(f"{TARGETS}/{{plan}}/{{id}}"),
                TASKS: to.page(f"{TASKS}/{{plan}}/{{id}}"),
                UNITS: to.page(f"{UNITS}/{{id}}"),
                PROGRAMMES: to.page(f"{PROGRAMMES}/{{id}}"),
            },
            "all": {folder: to.page(folder) for folder in (PLANS, UNITS, PROGRAMMES)},
        },
    }
    page = index_page(
        ACTIVITIES,
        "activities",
        options,
        hide=("navigation", "toc"),
        overview=overview_of(corpus, list(corpus.plans.values())),
        setup=setup,
        stylesheet=to.file(assets.search_stylesheet),
    )
    yield replace(page, is_search=True)


def _words(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the words of the search, with those that it shares with the site."""
    prefix = "site.search."
    shared = ("site.lead", "site.partners", "site.undated", "site.no_lead", "site.task.one")
    return {key.removeprefix(prefix): text for key, text in texts.items() if key.startswith(prefix)} | {
        key.removeprefix("site."): texts[key] for key in shared
    }


def _facets(corpus: Corpus, texts: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Return the facets that are offered before the store is loaded, in the form of the worker's answer."""
    levels, periods = corpus.levels, corpus.periods
    units = Counter({unit: len(led) for unit, led in corpus.led_by.items()})
    for others in (corpus.partnered_by, corpus.performed_by):
        units.update({unit: len(activities) for unit, activities in others.items()})
    return {
        "nam": _values((year, str(year), len(due)) for year, due in corpus.of_year.items()),
        "thang": _values((period, texts[f"site.period_name.{period}"], number) for period, number in periods.items()),
        "ke-hoach": [
            {**value, "plan": _mark(corpus.plans[value["value"]], texts)}
            for value in _most((id_, plan.short_title, plan.size.activities) for id_, plan in corpus.plans.items())
        ],
        "don-vi": _most((id_, corpus.unit_title(unit), units[id_]) for id_, unit in corpus.units.items()),
        "cap": _values((level, texts[f"site.level.{level}"], levels[level]) for level in LEVELS),
        "chuong-trinh": _most(
            (id_, programme.short_name, len(corpus.of_programme.of(id_)))
            for id_, programme in corpus.programmes.items()
        ),
    }


def _mark(plan: Plan, texts: Mapping[str, str]) -> str:
    return "" if plan.in_force else texts[f"site.status.{plan.status}"]


def _values(values: Iterable[tuple[object, str, int]]) -> list[dict[str, Any]]:
    return [{"value": str(value), "label": label, "count": count} for value, label, count in values if count]


def _most(values: Iterable[tuple[object, str, int]]) -> list[dict[str, Any]]:
    return _values(sorted(values, key=lambda value: -value[2])[:FIRST_VALUES])
