"""The years of a plan: those in its title, else those of its columns; columns of other years are asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.reading.column_headings import ColumnField, ColumnMapping

_RANGE = re.compile(r"((?:19|20)\d\d) ?[-–] ?((?:19|20)\d\d)")
_SINGLE = re.compile(r"năm ((?:19|20)\d\d)(?! ?[-–] ?\d)", re.I)
_TIMED = re.compile(r"(?:by_year\.|by_period\..+-)((?:19|20)\d\d)")


def period_by_title(title: str, years: Sequence[int]) -> tuple[int, int] | None:
    """Return the years of a plan from its title and columns; None if neither names any.

    Columns may have earlier years too, if an office prints what was done before the plan.

    >>> period_by_title("Kế hoạch toàn khóa, nhiệm kỳ 2021 - 2026", [2022, 2026])
    (2021, 2026)
    >>> period_by_title("Kế hoạch giai đoạn 2026 - 2030", [2024, 2025, 2026, 2030])
    (2026, 2030)
    """
    named = _named(title)
    if not years:
        return min(named, key=lambda pair: pair[1] > pair[0], default=None)
    touching = [pair for pair in named if _count(years, pair) and (pair[1] > pair[0] or pair[0] == max(years))]
    if touching:
        return max(touching, key=lambda pair: (_count(years, pair), pair[0] - pair[1]))
    return min(years), max(years)


def named_otherwise(title: str, period: tuple[int, int]) -> str:
    """Return the years in a title that are not the plan's, or an empty text."""
    named = _named(title)
    return "" if period in named else ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in named)


def within_period(mapping: ColumnMapping, period: tuple[int, int] | None) -> ColumnMapping:
    """Return the columns of a table; columns of years outside the period are left open: they may be what was done."""

    def inside(column: ColumnField) -> ColumnField:
        match = _TIMED.fullmatch(column.field)
        if period is None or match is None or period[0] <= int(match[1]) <= period[1]:
            return column
        return replace(column, field="", reason="ambiguous", choices=(column.field, "previous"))

    return ColumnMapping(tuple(map(inside, mapping.columns)))


def _named(title: str) -> list[tuple[int, int]]:
    """Return the ranges of years and the single years in a title, as ranges."""
    ranges = [(int(first), int(last)) for first, last in _RANGE.findall(title) if first <= last]
    return [*ranges, *((int(year), int(year)) for year in _SINGLE.findall(title))]


def _count(years: Sequence[int], pair: tuple[int, int]) -> int:
    return sum(pair[0] <= year <= pair[1] for year in years)
