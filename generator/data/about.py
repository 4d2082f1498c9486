"""What a workbook or calendar says about itself: it is sent by mail, without its page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from generator.language.catalogue import Catalogue, catalogue
from generator.language.vietnamese import format_date
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Unit
from generator.pages.links import Links
from generator.pages.page import Options


@dataclass(frozen=True)
class About:
    """A title, facts as (name, text), the file's day, and the names of the two sheets."""

    title: str
    facts: Sequence[tuple[str, str]]
    day: date
    sheet: str
    about_sheet: str


def day_of(plan: Plan) -> date:
    """Return the day that the files of a plan state.

    Never today; if none is known, 1 January of the plan's first year.
    """
    return plan.changed_on or date(plan.first_year, 1, 1)


def plan_about(corpus: Corpus, plan: Plan, options: Options) -> About:
    """Describe the files of one plan."""
    words = catalogue(options.language)
    period = str(plan.first_year) if plan.first_year == plan.last_year else f"{plan.first_year}–{plan.last_year}"
    facts = [
        (_text(words, "about.what"), plan.title),
        (_text(words, "plan.number"), plan.number),
        (_text(words, "about.issued"), format_date(plan.issued_on) if plan.issued_on else None),
        (_text(words, "about.issuer"), corpus.units[plan.issuer].name),
        (_text(words, "plan.period"), period),
        (_text(words, "plan.status"), _text(words, f"status.{plan.status}")),
        *(
            (_text(words, "plan.amended"), f"{format_date(amendment.day)}: {amendment.note}")
            for amendment in plan.amended
        ),
        (_text(words, "about.document"), plan.document),
        (_text(words, "about.source_note"), plan.source_note),
        (_text(words, "about.note"), plan.note),
        (_text(words, "about.page"), options.absolute(Links().plan(plan)) if options.site_url else None),
    ]
    return _about(plan.title, facts, [plan], words)


def unit_title(corpus: Corpus, unit: Unit, options: Options) -> str:
    """Return the title of a unit's files."""
    return _text(catalogue(options.language), "about.unit", unit=corpus.unit_title(unit))


def activities_about(
    corpus: Corpus,
    title: str,
    page: str,
    activities: Iterable[Activity],
    options: Options,
    *,
    unit: Unit | None = None,
) -> About:
    """Describe a file of activities of several plans, or of a unit; `page` is the relative address of their page."""
    words = catalogue(options.language)
    plans = [corpus.plans[id_] for id_ in dict.fromkeys(activity.plan for activity in activities)]
    documents = [(_text(words, "about.document"), plan.document) for plan in plans[:60]]
    address = options.absolute(page) if options.site_url else None
    lifetime = _lifetime(corpus, unit, words) if unit else []
    facts = [(_text(words, "about.what"), title), *lifetime, (_text(words, "about.page"), address), *documents]
    return _about(title, facts, plans, words)


def _lifetime(corpus: Corpus, unit: Unit, words: Catalogue) -> list[tuple[str, str | None]]:
    """Return the unit's first and last day, and its successors."""
    days = (("from", unit.valid_from), ("to", unit.valid_to))
    successors = ", ".join(corpus.unit_title(corpus.units[id_]) for id_ in unit.successors)
    return [
        (
            _text(words, "unit.valid"),
            " ".join(f"{_text(words, f'unit.{name}')} {format_date(day)}" for name, day in days if day),
        ),
        (_text(words, "unit.successors"), successors),
    ]


def _about(title: str, facts: Sequence[tuple[str, str | None]], plans: Sequence[Plan], words: Catalogue) -> About:
    reading = [(_text(words, f"about.{name}"), _text(words, f"about.{name}_text")) for name in ("abridged", "cells")]
    return About(
        title=title,
        facts=[*((name, text) for name, text in facts if text), *reading],
        day=max(map(day_of, plans), default=date(1980, 1, 1)),
        sheet=_text(words, "about.sheet"),
        about_sheet=_text(words, "about.about_sheet"),
    )


def _text(words: Catalogue, key: str, **values: object) -> str:
    return words.text(f"site.{key}", **values)
