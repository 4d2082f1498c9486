"""What a unit has to do in one year, in four parts: what its sheet, the sheet's workbook and its frame show alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from generator.model.corpus import Corpus
from generator.model.entities import Unit
from generator.model.queries import Activities
from generator.pages.downloads import departments_of

Share = Literal["lead", "shared", "partner", "inside"]
"""A unit leads, has a share in what is given to a group that it belongs to, takes part, or its departments lead."""


def years_with_work(corpus: Corpus, unit: Unit) -> list[int]:
    """Return the years that have a sheet: the unit or a department of it leads or takes part in something.

    What is given to a whole group makes no sheet for each of its members: three thousand communes would get the same
    one. The group's own sheet has it.
    """
    return sorted(_own_work(corpus, unit).in_force.years)


def work_of_year(corpus: Corpus, unit: Unit, year: int) -> Mapping[Share, Activities]:
    """Return the unit's activities of a year by its share in them, each activity once, under the first that holds.

    A sheet is what is due: activities of drafts and of superseded plans are not on it.
    """
    groups = corpus.led_by.none
    for group in unit.member_of:
        groups += corpus.led_by.of(group) + corpus.partnered_by.of(group)
    inside = corpus.led_by.none
    for department in departments_of(corpus, unit):
        inside += corpus.led_by.of(department.id)
    shares: dict[Share, Activities] = {
        "lead": corpus.led_by.of(unit.id),
        "shared": groups,
        "partner": corpus.partnered_by.of(unit.id),
        "inside": inside,
    }
    work: dict[Share, Activities] = {}
    listed = corpus.led_by.none
    for share, activities in shares.items():
        work[share] = activities.in_force.in_year(year).without(listed)
        listed += work[share]
    return work


def _own_work(corpus: Corpus, unit: Unit) -> Activities:
    work = corpus.led_by.of(unit.id) + corpus.partnered_by.of(unit.id)
    for department in departments_of(corpus, unit):
        work += corpus.led_by.of(department.id)
    return work
