"""How a printed cell is read as a figure, and what the figure is of: a year, or the end of a plan's term."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Literal

from generator.language.vietnamese import parse_number

Slot = int | Literal["end"]
"""What a figure is of: a year, or the whole term up to its end."""

Comparator = Literal[">=", ">", "=", "<=", "<", "about"]
FLOORS: Set[Comparator] = {">=", ">"}
CEILINGS: Set[Comparator] = {"<=", "<"}

_SIGNS: Mapping[str, Comparator] = {">=": ">=", "≥": ">=", ">": ">", "<=": "<=", "≤": "<=", "<": "<", "~": "about"}
_SIGN = re.compile(r"\s*(>=|<=|[≥≤><~])")
_PERCENT = "%"


@dataclass(frozen=True)
class Figure:
    """A cell with its reading: the value, how it binds, and the cell as printed."""

    value: int | float
    comparator: Comparator
    cell: str


@dataclass(frozen=True)
class Promise:
    """A measure of a plan as the arithmetic sees it.

    `key` is `<plan>/<entry>/<measure>`; `unit` is what is counted, `per` the unit for each of which it is (a norm).
    `value` and `cells` are as printed; `first_year` and `last_year` are the plan's. `label` is that of its entry, `row`
    the activity that holds the cells: readers are led there.
    """

    key: str
    issuer: str
    first_year: int
    last_year: int
    name: str = ""
    unit: str | None = None
    comparator: Comparator | None = None
    value: str | None = None
    period: str | None = None
    per: str | None = None
    aggregate: str | None = None
    cells: Mapping[int, str] = field(default_factory=dict)
    label: str = ""
    row: str | None = None

    @property
    def plan(self) -> str:
        """The id of the plan that it is in."""
        return self.key.partition("/")[0]

    @property
    def target(self) -> str:
        """The target or activity that it is of: `<plan>/<entry>`."""
        return self.key.rpartition("/")[0]

    @property
    def period_of_plan(self) -> tuple[int, int]:
        """The first and the last year of its plan."""
        return self.first_year, self.last_year

    @property
    def is_percentage(self) -> bool:
        """Whether its figures are shares of a hundred."""
        return self.unit == _PERCENT or _PERCENT in (self.value or "") or _all_percent(self.cells)

    @property
    def is_summed(self) -> bool:
        """Whether figures of several units may be added: a count that is declared to be a sum and is no norm."""
        return self.aggregate == "sum" and not self.per and not self.is_percentage

    @property
    def is_compared(self) -> bool:
        """Whether figures of units may be compared with it, unit by unit: a norm, a share, an average or a bound.

        A count of all is none of these: what one unit does is a part of it.
        """
        return bool(self.per) or self.is_percentage or self.aggregate in {"average", "min", "max"}


def figures_of(promise: Promise) -> Mapping[Slot, Figure]:
    """Return the figures of a measure by what they are of; none where the reading is not certain (rule 1).

    A plan of one year has figures of that year only: "by the end" of it is the same. In a plan of several years a
    figure without a period is of no certain time, see `undated_figure`.
    """
    figures: dict[Slot, Figure] = {}
    value_figure = _read(promise, promise.value)
    years = range(promise.first_year, promise.last_year + 1)
    cells = promise.cells if totals_of(promise) is None else {}
    if value_figure and (promise.period == "each_year" or len(years) == 1) and not cells:
        figures |= dict.fromkeys(years, value_figure)
    elif value_figure and promise.period in {"term", "by_end"} and len(years) > 1:
        figures["end"] = value_figure
    figures |= {year: figure for year, cell in cells.items() if (figure := _read(promise, cell))}
    return figures


def undated_figure(promise: Promise) -> Figure | None:
    """Return the figure of a measure that says neither year nor period, where it is one of no certain time."""
    return None if figures_of(promise) else _read(promise, promise.value)


def totals_of(promise: Promise) -> Figure | None:
    """Return what the cells of a norm add up to over all units, where they say that and not the norm itself.

    A table may print for "each base union does 1" the number of all base unions, 178, in every year. That is certain
    only where all cells hold the same whole multiple of the norm, and none of them the norm.
    """
    norm = _read(promise, promise.value)
    read = [_read(promise, cell) for cell in promise.cells.values()]
    if not promise.per or promise.is_percentage or not norm or not read or not norm.value:
        return None
    first = read[0]
    if not first or first.value == norm.value or first.value % norm.value:
        return None
    return first if all(figure and figure.value == first.value for figure in read) else None


def unit_key(unit: str | None) -> str:
    """Return a key that is equal for spellings of one unit of measure in other case or with other spaces."""
    return " ".join((unit or "").casefold().split())


def _read(promise: Promise, cell: str | None) -> Figure | None:
    number = parse_number(cell) if cell else None
    if cell is None or number is None:
        return None
    if promise.is_percentage != (_PERCENT in cell) and promise.unit != _PERCENT:
        return None  # a count among shares, or a share among counts
    sign = _SIGN.match(cell)
    return Figure(number, _SIGNS[sign[1]] if sign else promise.comparator or "=", cell)


def _all_percent(cells: Mapping[int, str]) -> bool:
    numbers = [cell for cell in cells.values() if parse_number(cell) is not None]
    return bool(numbers) and all(_PERCENT in cell for cell in numbers)
