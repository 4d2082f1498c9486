"""The columns of a plan's table, as its document has them: pages, Word and PDF follow this one list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.language.catalogue import Catalogue
from generator.model.entities import Activity, Plan

LOCAL_ROLES = ("local", "province", "district", "commune", "branch")
"""The levels whose roles share the column "địa phương"."""


class PlanColumns(NamedTuple):
    """The columns behind label and title: those of years, then those of fields, by their names.

    `year_width` is the share of the table, in hundredths, that a year's column takes on paper.
    """

    years: Sequence[int]
    fields: Sequence[str]
    year_width: float


def columns_of(plan: Plan) -> PlanColumns:
    """Return the columns of a plan's table.

    What only a few activities have was no column of the document; it stands below their titles.
    """
    activities = plan.activities
    years = plan.years if plan.layout == "years" else ()
    fields = ["when", "central", "local"]
    if years:
        columns = ("levels", "lead", "partners", "funding")
        fields = [name for name in columns if sum(_has(row, name) for row in activities) * 3 >= len(activities)]
    # A year's cell is a cross or a figure; where some hold sentences, they take what the titles can spare.
    cells = [cells for activity in activities for cells in (activity.by_year, *(row.by_year for row in activity.rows))]
    longest = max((len(cell) for by_year in cells for cell in by_year.values()), default=0)
    spare = 100 - 5 - 30 - 9 * len(fields)
    return PlanColumns(years, fields, min(12 if longest > 20 else 6.2, spare / max(len(years), 1)))


def levels_text(activity: Activity, words: Catalogue) -> str:
    """Return the levels of an activity, as printed if the document prints them."""
    return activity.levels_text or ", ".join(words.text(f"site.level.{level}") for level in activity.levels)


def _has(activity: Activity, name: str) -> bool:
    return bool(getattr(activity, name) or (name == "levels" and activity.levels_text))
