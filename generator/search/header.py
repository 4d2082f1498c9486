"""What the search in the site's header finds: pages by their titles, plans, targets, tasks, units, programmes.

The entries come from the model, not from the pages' HTML: no page is parsed for them, and activities stay out. Pages
written by hand come into the index by Material's own search plugin. The browser's side is `header-*.js`: Material's
interface asks our worker, which reads the entries when the first letter is typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import orjson

from generator.assets.scripts import bundle, minified
from generator.incremental import Build, MemoKind
from generator.incremental.memo import MemoKey
from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.pages.links import (
    ACTIVITIES,
    DATA,
    FIELDS,
    PLANS,
    PROGRAMMES,
    RULES,
    SCRIPTS,
    TARGETS,
    TASKS,
    UNITS,
    YEARS,
    Links,
)
from generator.pages.page import Options
from generator.search.abbreviations import other_spellings
from generator.search.texts import joined, plan_text, programme_text, unit_text

_INDEXES = {
    "": "home",
    PLANS: "plans",
    TARGETS: "targets",
    TASKS: "tasks",
    YEARS: "years",
    UNITS: "units",
    PROGRAMMES: "programmes",
    ACTIVITIES: "activities",
    DATA: "data",
    FIELDS: "fields",
    RULES: "rules",
}
_RESULT_TEXTS = ("placeholder", "none", "one", "other", "term.missing")

HEADER = MemoKind[Sequence[Sequence[Any]]]("header")


class Entry(NamedTuple):
    """One result to be: an address from the site's root, and what is shown and searched.

    `kind` says what it is (`Chỉ tiêu`), `also` holds other spellings of the title's words, which are
    found but not shown.
    """

    location: str
    title: str
    text: str
    kind: str = ""
    also: str = ""


def header_entries(corpus: Corpus, options: Options, build: Build) -> list[dict[str, str]]:
    """All entries as data. Where two match alike, the first comes first."""
    return [entry._asdict() for entry in _entries(corpus, options, build)]


def header_files(corpus: Corpus, options: Options, build: Build) -> dict[str, str | bytes]:
    """Path and text of the entries and of the scripts that search them; all load from disk too."""
    entries = orjson.dumps([tuple(entry) for entry in _entries(corpus, options, build)])
    setup = json.dumps(_setup(options), ensure_ascii=False)
    return {
        f"{SCRIPTS}/header-entries.js": b"sokehoachEntries(%b)\n" % entries,
        f"{SCRIPTS}/header-worker.js": minified(bundle("search/header-main.js")),
        f"{SCRIPTS}/header-page.js": f"self.sokehoachHeader = {setup};\n{minified(bundle('search/header-page.js'))}",
    }


def _setup(options: Options) -> dict[str, object]:
    """What the page's side needs to know: the address of the search of activities, and words."""
    words = catalogue(options.language)
    return {
        "activities": Links("", options.index).page(ACTIVITIES),
        "offer": words.text("site.header.offer"),
        "offer_query": words.text("site.header.offer_query", q="{q}"),
        "translations": {f"search.result.{key}": words.text(f"site.header.result.{key}") for key in _RESULT_TEXTS},
    }


def _entries(corpus: Corpus, options: Options, build: Build) -> Iterator[Entry]:
    words = catalogue(options.language)
    to = Links("", options.index)

    def kind(key: str) -> str:
        return words.text(f"site.header.kind.{key}")

    inner = [inner_entries(corpus, plan, options, build) for plan in corpus.plans]
    for plan in corpus.plans.values():
        yield _entry(to.plan(plan), plan.short_title, joined([plan_text(corpus, plan), plan.number]), kind("plan"))
    for folder, key in _INDEXES.items():
        yield _entry(to.page(folder), words.text(f"site.{key}.title"), words.text(f"site.{key}.lead"))
    for year in sorted(corpus.of_year):
        title, lead = words.text("site.year.title", year=year), words.text("site.year.lead", year=year)
        yield _entry(to.year(year), title, lead, kind("year"))
    yield from (Entry(*entry) for entry in _named_entries(corpus, build, to, kind("unit"), kind("programme")))
    for part in (0, 1):
        yield from (Entry(*entry) for parts in inner for entry in parts[part])


def _named_entries(corpus: Corpus, build: Build, to: Links, unit: str, programme: str) -> Sequence[Sequence[str]]:
    """The entries of units, and those of programmes: thousands, which no edit of a plan changes."""

    def compute() -> Sequence[Sequence[str]]:
        units = (_entry(to.unit(one), corpus.unit_title(one), unit_text(one), unit) for one in corpus.units.values())
        programmes = (
            _entry(to.programme(one), one.short_name, programme_text(one), programme)
            for one in corpus.programmes.values()
        )
        return list(map(tuple, (*units, *programmes)))

    return build.memo(HEADER, ("names", to.index, unit), compute)


def inner_entries(corpus: Corpus, id_: str, options: Options, build: Build) -> Sequence[Sequence[Any]]:
    """The entries of a plan's tasks, and those of its targets, kept."""

    def compute() -> Sequence[Sequence[Any]]:
        plan, to, words = corpus.plans[id_], Links("", options.index), catalogue(options.language)
        task, target = (words.text(f"site.header.kind.{key}") for key in ("task", "target"))
        tasks = [_entry(to.task(one), one.full_title, plan.short_title, task) for one in plan.tasks]
        targets = [
            _entry(to.target(one), one.full_title, joined([plan.short_title, one.statement]), target)
            for one in plan.targets
        ]
        return [list(map(tuple, tasks)), list(map(tuple, targets))]

    return build.memo(HEADER, inner_key(id_, options), compute)


def inner_key(plan: str, options: Options) -> MemoKey:
    """Return the key of the memo with the entries of a plan."""
    return plan, options.index, options.language


def _entry(location: str, title: str, text: str, kind: str = "") -> Entry:
    return Entry(location, title, text, kind, " · ".join(other_spellings(title)))
