"""The trail of a page: the pages above it, from the site's first level on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.language.catalogue import Catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Plan, Unit
from generator.pages.links import GUIDE, MATRICES, PLANS, PROGRAMMES, TARGETS, TASKS, UNITS, YEARS

_TITLES: Mapping[str, str] = {
    PLANS: "plans.title",
    TASKS: "tasks.title",
    TARGETS: "targets.title",
    MATRICES: "matrices.title",
    YEARS: "years.title",
    UNITS: "units.title",
    PROGRAMMES: "programmes.title",
    GUIDE: "fields.guide",
}
"""What the pages of the first level are called that have others below them."""


class Step(NamedTuple):
    """A page above another one: what the trail calls it, its folder, and the part of it that is meant."""

    text: str
    folder: str
    anchor: str = ""


Trail = Sequence[Step]


def section_step(folder: str, words: Catalogue, anchor: str = "") -> Step:
    """Return the page of the first level."""
    return Step(words.text(f"site.{_TITLES[folder]}"), folder, anchor)


def plan_step(plan: Plan) -> Step:
    """Return the page of a plan."""
    return Step(plan.short_title, f"{PLANS}/{plan.id}")


def unit_step(corpus: Corpus, unit: Unit) -> Step:
    """Return the page of a unit."""
    return Step(corpus.short_name(unit), f"{UNITS}/{unit.id}")


def trail_of_unit(corpus: Corpus, unit: Unit, words: Catalogue) -> Trail:
    """Return the trail of a unit's page; the unit to which it belongs is on it."""
    parent = corpus.units.get(unit.parent or "")
    return [section_step(UNITS, words), *([unit_step(corpus, parent)] if parent else [])]
