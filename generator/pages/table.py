"""The columns of a plan's table, as its document has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model.entities import Plan


@dataclass(frozen=True)
class Columns:
    """Which columns the plan's table has besides label and title."""

    years: Sequence[int]
    levels: bool
    lead: bool
    partners: bool
    funding: bool
    year_width: float
    """The share of the table, in hundredths, that a year's column takes on paper."""

    @property
    def count(self) -> int:
        """Columns in all, with the label's and the title's."""
        return 2 + len(self.years) + self.levels + self.lead + self.partners + self.funding


def columns_of(plan: Plan) -> Columns:
    """The columns of the plan's table. What only a few rows have was no column of the document: their rows say it."""
    rows = plan.activities

    def column(filled: Iterable[object]) -> bool:
        return sum(map(bool, filled)) * 3 >= len(rows)

    years = plan.years if plan.layout == "years" else ()
    levels = column(row.levels_text or row.levels for row in rows)
    lead, partners, funding = (column(getattr(row, name) for row in rows) for name in ("lead", "partners", "funding"))
    # A year's cell is a cross or a figure; where some hold sentences, they take what the titles can spare.
    spare = 100 - 5 - 30 - 9 * sum((levels, lead, partners, funding))
    width = min(12 if _longest_cell(plan) > 20 else 6.2, spare / max(len(years), 1))
    return Columns(years, levels, lead, partners, funding, width)


def _longest_cell(plan: Plan) -> int:
    rows = [
        cells for activity in plan.activities for cells in (activity.by_year, *(row.by_year for row in activity.rows))
    ]
    return max((len(cell) for cells in rows for cell in cells.values()), default=0)
