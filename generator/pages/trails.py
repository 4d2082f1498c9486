"""The trail of a page: the pages above it, from the first level of the site down."""

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
"""Names of the first-level pages that have pages below them."""


class Step(NamedTuple):
    """A page above another: its name in the trail, its folder, and the anchor of the part meant."""

    text: str
    folder: str
    anchor: str = ""


Trail = Sequence[Step]


def section_step(folder: str, words: Catalogue, anchor: str = "") -> Step:
    """Return the step of a first-level page."""
    return Step(words.text(f"site.{_TITLES[folder]}"), folder, anchor)


def plan_step(plan: Plan) -> Step:
    """Return the step of a plan's page."""
    return Step(plan.short_title, f"{PLANS}/{plan.id}")


def unit_step(corpus: Corpus, unit: Unit) -> Step:
    """Return the step of a unit's page."""
    return Step(corpus.short_name(unit), f"{UNITS}/{unit.id}")


def trail_of_unit(corpus: Corpus, unit: Unit, words: Catalogue) -> Trail:
    """Return the trail of a unit's page, with the unit that it belongs to."""
    parent = corpus.units.get(unit.parent or "")
    return [section_step(UNITS, words), *([unit_step(corpus, parent)] if parent else [])]
