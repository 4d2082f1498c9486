"""Columns below a year (quarters, months): the days they name, and their words for places without the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.language.time_columns import column_spans
from generator.language.time_spans import dated, periods_of
from generator.language.time_words import TimeSpan, read_spans
from generator.language.vietnamese import DASHES, name_key
from generator.model.plan_entries import Period, PeriodCell


class _Filled(NamedTuple):
    """A cell that says that something is due, and the days of its column."""

    cell: PeriodCell
    spans: Sequence[TimeSpan]


@dataclass(frozen=True)
class PeriodColumns:
    """The columns of a plan below a year; `bounds` are the first and the last year of the plan."""

    periods: tuple[Period, ...]
    bounds: tuple[int, int]

    def named_years(self, cells: Mapping[str, str]) -> set[int]:
        """Return the years of the plan that the titles of filled columns name."""
        years = {year for _, spans in self._filled(cells, ()) for year in _years_of(spans)}
        return {year for year in years if self.bounds[0] <= year <= self.bounds[1]}

    def time_fields(self, when: str | None, cells: Mapping[str, str], years: Sequence[int]) -> dict[str, Any]:
        """Return `spans`, `timing` and `period_cells` of work that is due in some years, from its words and cells."""
        said = read_spans(when or "", years, self.bounds)
        columns = self._filled(cells, years) if cells else []
        if not columns:
            return {"spans": said, "timing": when, "period_cells": ()}
        further = [column for column in columns if _says_more(column, when or "", said)]
        # "Quý II-III" says the same as crosses in both quarters.
        if periods_of(dated(said)) == periods_of(span for column in columns for span in column.spans):
            further = [column for column in further if not column.spans]
        titles = (column.cell.title for column in further)
        return {
            "spans": tuple(dict.fromkeys((*said, *(span for column in further for span in column.spans)))),
            "timing": "; ".join([*([when] if when else []), *titles]) or None,
            "period_cells": tuple(column.cell for column in columns),
        }

    def _filled(self, cells: Mapping[str, str], years: Sequence[int]) -> list[_Filled]:
        columns = []
        for period in self.periods:
            if (cell := cells.get(period.id, "-")) not in DASHES:
                spans = column_spans(period.id, period.title, years, self.bounds)
                of_years = tuple(year for year in _years_of(spans) if year in years) or tuple(years)
                columns.append(_Filled(PeriodCell(period.title, cell, of_years), spans))
        return columns


def _says_more(column: _Filled, when: str, said: Iterable[TimeSpan]) -> bool:
    """Return whether a column adds to the words: it does not if they name it or are more exact."""
    if not column.spans:
        named = rf"(?<!\w){re.escape(name_key(column.cell.title))}(?!\w)"
        return not re.search(named, name_key(when))
    exact = dated(said)
    return not any(span.begin <= one.begin and one.last <= span.last for one in exact for span in column.spans)


def _years_of(spans: Iterable[TimeSpan]) -> Sequence[int]:
    return sorted({year for span in spans for year in range(span.begin.year, span.last.year + 1)})
