"""The search in the site's header: pages by title, plans, targets, tasks, units, programmes.

The entries come from the model, not from the pages' HTML, and have no activities. Hand-written pages have an entry for
each part. The browser's side is `header-*.js`: a dialog asks a worker, which loads the entries when the first letter is
typed.
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
    MATRICES,
    PLANS,
    PROGRAMMES,
    RULES,
    SCRIPTS,
    SIDE_BY_SIDE,
    TARGETS,
    TASKS,
    UNITS,
    YEARS,
    Links,
)
from generator.pages.page import Options
from generator.search.abbreviations import other_spellings
from generator.search.guide_entries import guide_parts
from generator.search.texts import join_texts, names_in, plan_text, programme_text, unit_text

_INDEXES = {
    "": "home",
    PLANS: "plans",
    TARGETS: "targets",
    TASKS: "tasks",
    YEARS: "years",
    UNITS: "units",
    PROGRAMMES: "programmes",
    MATRICES: "matrices",
    SIDE_BY_SIDE: "side_by_side",
    ACTIVITIES: "activities",
    DATA: "data",
    FIELDS: "fields",
    RULES: "rules",
}
_WORDS = ("label", "placeholder", "close", "offer", "offer_query", "found", "none", "missing", "failed")

HEADER = MemoKind[Sequence[Sequence[Any]]]("header")


class HeaderEntry(NamedTuple):
    """One possible result: an address from the site's root, and what is shown and searched.

    `kind` is the kind of page (`Chỉ tiêu`); `also`, other spellings of the title's words, is searched but not shown.
    """

    location: str
    title: str
    text: str
    kind: str = ""
    also: str = ""


def header_files(corpus: Corpus, options: Options, build: Build) -> dict[str, str | bytes]:
    """Return the entries and the scripts that search them, by path.

    Of two equally good matches the earlier entry is shown first.
    """
    entries = orjson.dumps([tuple(entry) for entry in _entries(corpus, options, build)])
    setup = json.dumps(_setup(options), ensure_ascii=False)
    return {
        f"{SCRIPTS}/header-entries.js": b"sokehoachEntries(%b)\n" % entries,
        f"{SCRIPTS}/header-worker.js": minified(bundle("search/header-main.js")),
        f"{SCRIPTS}/header-page.js": f"self.sokehoachHeader = {setup};\n{minified(bundle('search/header-page.js'))}",
    }


def _setup(options: Options) -> dict[str, object]:
    """Return what the script on the page needs: the address of the search, and words."""
    words = catalogue(options.language)
    return {
        "activities": Links("", options.index).page(ACTIVITIES),
        "words": {key: words.texts[f"site.header.{key}"] for key in _WORDS},
    }


def _entries(corpus: Corpus, options: Options, build: Build) -> Iterator[HeaderEntry]:
    words = catalogue(options.language)
    to = Links("", options.index)

    def kind(key: str) -> str:
        return words.text(f"site.header.kind.{key}")

    inner = [inner_entries(corpus, plan, options, build) for plan in corpus.plans]
    for plan in corpus.plans.values():
        text = join_texts([plan_text(corpus, plan), plan.number, plan.signer.name if plan.signer else ""])
        yield _make_entry(to.plan(plan), plan.short_title, text, kind("plan"))
    for folder, key in _INDEXES.items():
        title, lead = words.text(f"site.{key}.title"), words.text(f"site.{key}.lead")
        if key == "home":
            title, lead = options.title, options.lead
        yield _make_entry(to.page(folder), title, lead)
    for year in sorted(corpus.of_year):
        title, lead = words.text("site.year.title", year=year), words.text("site.year.lead", year=year)
        yield _make_entry(to.year(year), title, lead, kind("year"))
    yield from (HeaderEntry(*entry) for entry in _named_entries(corpus, build, to, kind("unit"), kind("programme")))
    yield from _written_entries(options)
    for part in (0, 1):
        yield from (HeaderEntry(*entry) for parts in inner for entry in parts[part])


def _written_entries(options: Options) -> Iterator[HeaderEntry]:
    """Yield the hand-written pages and their parts."""
    to = Links("", options.index)
    for path, text in options.written:
        page = ""
        for anchor, title, part in guide_parts(text):
            page = page or title
            shown = f"{page}: {title}" if anchor else title
            yield _make_entry(to.page(path.removesuffix("/index.md"), anchor), shown, part)


def _named_entries(corpus: Corpus, build: Build, to: Links, unit: str, programme: str) -> Sequence[Sequence[str]]:
    """Return the entries of units and of programmes: there are thousands, and edits of plans do not change them."""

    def compute() -> Sequence[Sequence[str]]:
        units = (
            _make_entry(
                to.unit(item), corpus.unit_title(item), join_texts([unit_text(item), *names_in(item.note)]), unit
            )
            for item in corpus.units.values()
        )
        programmes = (
            _make_entry(to.programme(item), item.short_name, programme_text(item), programme)
            for item in corpus.programmes.values()
        )
        return list(map(tuple, (*units, *programmes)))

    return build.memo(HEADER, ("names", to.index, unit), compute)


def inner_entries(corpus: Corpus, id_: str, options: Options, build: Build) -> Sequence[Sequence[Any]]:
    """Return the entries of a plan's tasks and targets."""

    def compute() -> Sequence[Sequence[Any]]:
        plan, to, words = corpus.plans[id_], Links("", options.index), catalogue(options.language)
        task, target = (words.text(f"site.header.kind.{key}") for key in ("task", "target"))
        tasks = [_make_entry(to.task(item), item.full_title, plan.short_title, task) for item in plan.tasks]
        targets = [
            _make_entry(to.target(item), item.full_title, join_texts([plan.short_title, item.statement]), target)
            for item in plan.targets
        ]
        return [list(map(tuple, tasks)), list(map(tuple, targets))]

    return build.memo(HEADER, inner_key(id_, options), compute)


def inner_key(plan: str, options: Options) -> MemoKey:
    """Return the key of the memo with a plan's entries."""
    return plan, options.index, options.language


def _make_entry(location: str, title: str, text: str, kind: str = "") -> HeaderEntry:
    return HeaderEntry(location, title, text, kind, " · ".join(other_spellings(title)))
