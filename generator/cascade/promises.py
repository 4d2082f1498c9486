"""How a printed cell is read as a figure, and which slot it belongs to: a year, or the end of a plan's term."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from generator.language.quantities import Comparator, counts_otherwise, split_bound
from generator.language.vietnamese import parse_number

Slot = int | Literal["end"]
"""What a figure is of: a year, or the end of the term."""

FLOORS: Set[Comparator] = {">=", ">"}
CEILINGS: Set[Comparator] = {"<=", "<"}

_PERCENT = "%"


@dataclass(frozen=True)
class Figure:
    """A cell with its reading: value, comparator, and the cell as printed."""

    value: int | float
    comparator: Comparator
    cell: str


@dataclass(frozen=True)
class Promise:
    """A measure of a plan as the arithmetic takes it.

    `key` is `<plan>/<entry>/<measure>`; `unit` is what is counted; `per` is the unit of a norm. `value` and `cells` are
    as printed; `first_year` and `last_year` are the plan's. `label` is its entry's; `row` is the activity with the
    cells, to which links lead.
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
        """The id of its plan."""
        return self.key.partition("/")[0]

    @property
    def target(self) -> str:
        """Its target or activity: `<plan>/<entry>`."""
        return self.key.rpartition("/")[0]

    @property
    def period_of_plan(self) -> tuple[int, int]:
        """The first and the last year of its plan."""
        return self.first_year, self.last_year

    @cached_property
    def is_percentage(self) -> bool:
        """Whether its figures are percentages."""
        return self.unit == _PERCENT or _PERCENT in (self.value or "") or _all_percent(self.cells)

    @property
    def is_summed(self) -> bool:
        """Whether figures of several units may be added: a count with `aggregate: sum` that is no norm."""
        return self.aggregate == "sum" and not self.per and not self.is_percentage

    @property
    def is_compared(self) -> bool:
        """Whether figures of units may be compared with it, unit by unit: a norm, a percentage, an average, min or max.

        A count is none of these: what one unit does is only a part of it.
        """
        return bool(self.per) or self.is_percentage or self.aggregate in {"average", "min", "max"}


def printed_cells(promise: Promise) -> Mapping[Slot, str]:
    """Return the printed cells of a measure by slot.

    A plan of one year has figures of that year only, because its end is the same. In a plan of several years a figure
    without a period belongs to no certain slot, see `undated_figure`.
    """
    years = range(promise.first_year, promise.last_year + 1)
    cells: dict[Slot, str] = dict(promise.cells.items()) if totals_of(promise) is None else {}
    if promise.value and (promise.period == "each_year" or len(years) == 1) and not cells:
        return dict.fromkeys(years, promise.value)
    if promise.value and promise.period in {"term", "by_end"} and len(years) > 1:
        cells["end"] = promise.value
    return cells


def numbered_slots(promise: Promise) -> set[Slot]:
    """Return the slots in which something with a digit is printed, with or without a certain reading."""
    return {slot for slot, cell in printed_cells(promise).items() if has_digit(cell)}


def has_digit(cell: str | None) -> bool:
    """Return whether a cell has a digit, as also a range or a fraction has."""
    return any(sign.isdigit() for sign in cell or "")


def figures_of(promise: Promise) -> Mapping[Slot, Figure]:
    """Return the figures of a measure by slot, without cells that have no certain reading (rule 1)."""
    cells = printed_cells(promise).items()
    return {slot: figure for slot, cell in cells if (figure := read_figure(promise, cell))}


def undated_figure(promise: Promise) -> Figure | None:
    """Return the figure of a measure that states neither year nor period; None if its slot is certain."""
    return None if figures_of(promise) else read_figure(promise, promise.value)


def totals_of(promise: Promise) -> Figure | None:
    """Return the total over all units that the cells of a norm print instead of the norm; None if they do not.

    For "each base union does 1" a table may print the number of all base unions, 178, in every year. That is certain
    only if all cells hold the same whole multiple of the norm, and none holds the norm.
    """
    norm = read_figure(promise, promise.value)
    read = [read_figure(promise, cell) for cell in promise.cells.values()]
    if not promise.per or promise.is_percentage or not norm or not read or not norm.value:
        return None
    first = read[0]
    if not first or first.value == norm.value or first.value % norm.value:
        return None
    return first if all(figure and figure.value == first.value for figure in read) else None


def share_a_year(period: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether two periods (first and last year) have a year in common."""
    return period[0] <= other[1] and other[0] <= period[1]


def unit_key(unit: str | None) -> str:
    """Return a key that is equal for spellings of a unit of measure that differ in case or spaces."""
    return " ".join((unit or "").casefold().split())


def read_figure(promise: Promise, cell: str | None) -> Figure | None:
    """Return what a printed cell of a measure states; None if that is not certain (rule 1).

    A cell with another unit than the measure's, or a percentage among counts, states nothing of the measure.
    """
    read = _number_in(cell, promise.unit) if cell else None
    if cell is None or read is None or (promise.is_percentage != (_PERCENT in cell) and promise.unit != _PERCENT):
        return None
    bound, number = read
    return Figure(number, bound or promise.comparator or "=", cell)


@lru_cache(maxsize=4096)
def _number_in(cell: str, unit: str | None) -> tuple[Comparator | None, int | float] | None:
    bound, rest = split_bound(cell)
    number = parse_number(rest)
    return None if number is None or counts_otherwise(rest, unit) else (bound, number)


def _all_percent(cells: Mapping[int, str]) -> bool:
    numbers = [cell for cell in cells.values() if parse_number(cell) is not None]
    return bool(numbers) and all(_PERCENT in cell for cell in numbers)
