"""The cells of years and periods in tables: numbers if a row's numbers are comparable, else the cells as printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Literal, Protocol

from generator.language.quantities import has_mixed_units, printed_unit
from generator.language.vietnamese import format_number, parse_number
from generator.model.entities import Activity, Row

Cell = str | int | float | date | None


class HasEntry(Protocol):
    """A line of a table, which has an activity or a sub-row."""

    @property
    def entry(self) -> Activity | Row:
        """The activity or sub-row of the line."""


@lru_cache(maxsize=4096)
def number_and_print(cell: str) -> tuple[Cell, str | None]:
    """Return a printed cell as a number, and as printed if the number says less.

    A cell that states no number is returned unchanged.

    >>> number_and_print("2.500"), number_and_print(">80%"), number_and_print("x")
    ((2500, None), (80, '>80%'), ('x', None))
    """
    number = parse_number(cell)
    if number is None:
        return cell, None
    return number, None if format_number(number) == cell else cell


def year_cell(entry: Activity | Row, year: int, *, shares: bool = True) -> tuple[Cell, str | None]:
    """Return the cell of a year as a number, and as printed if the number says less.

    A row whose numbers count different things keeps its printed cells. Without `shares`, percentages stay as printed
    too: a sum over a spreadsheet column must not add them to counts.
    """
    cell = entry.by_year[year]
    if has_mixed_units(entry.by_year.values(), entry.unit) or (not shares and printed_unit(cell) == "%"):
        return cell, None
    return number_and_print(cell)


def period_cell(entry: Activity | Row, period: str) -> Cell:
    """Return the cell of a column below a year: the number if it says everything, else the cell as printed."""
    cell = entry.by_period.get(period)
    if cell is None or has_mixed_units(entry.by_period.values(), entry.unit):
        return cell
    number, printed = number_and_print(cell)
    return cell if printed else number


def cell_of_year(year: int, part: Literal[0, 1], shares: bool) -> Callable[[HasEntry], Cell]:
    """Return a function for a line's cell of a year: its number (part 0), or the cell as printed (part 1)."""

    def cell_of(line: HasEntry) -> Cell:
        return year_cell(line.entry, year, shares=shares)[part] if year in line.entry.by_year else None

    return cell_of
