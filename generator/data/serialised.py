"""Each activity in the forms of the open data files, serialised once.

The files of plans and of all content are made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import orjson

from generator.data.csv_table import csv_cells
from generator.data.objects import activity_data
from generator.data.table_columns import ColumnMaker, Line, lines_of
from generator.data.year_cells import year_cell
from generator.incremental import Build, MemoKind
from generator.incremental.memo import MemoKey
from generator.incremental.packing import canonical_bytes, from_bytes
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Row
from generator.pages.page import Options

CsvRow = tuple[bytes, dict[int, tuple[bytes, bytes]], bytes]
"""A CSV row in pieces, because tables have different year columns: the columns before the years; by year the number and
the cell as printed (empty if the number says it all); the columns after the years."""


class SerialisedActivities(NamedTuple):
    """A plan's activities by their indexes in its body, and the years of all rows.

    For each activity: a line of JSON, and its table rows with those of its sub-rows, to be read by `csv_rows`. For the
    years see `years_of`.
    """

    json: list[bytes]
    rows: list[bytes]
    years: Mapping[int, bool]


# Not persistent: after an edit the files copy the segments of other plans from the old files.
SERIALISED = MemoKind[SerialisedActivities]("serialised", persistent=False, split=lambda plan: ((), tuple(plan)))
TABLE_YEARS = MemoKind[Mapping[int, bool]]("table-years")


def serialise_plan(corpus: Corpus, plan: str, options: Options, build: Build) -> SerialisedActivities:
    """Return a plan's serialised activities."""
    key = serialised_key(plan, options)
    return build.memo(SERIALISED, key, lambda: _serialise(corpus, corpus.plans[plan], options))


def serialised_key(plan: str, options: Options) -> MemoKey:
    """Return the key of a plan's memos: all that they depend on besides the corpus."""
    return plan, options.language, options.site_url


def table_years(corpus: Corpus, plan: str, options: Options, build: Build) -> Mapping[int, bool]:
    """Return the years of a plan's table, without its rows."""
    return build.memo(
        TABLE_YEARS, serialised_key(plan, options), lambda: serialise_plan(corpus, plan, options, build).years
    )


def csv_rows(parts: Iterable[bytes]) -> Iterator[CsvRow]:
    """Yield the table rows of serialised activities."""
    return (row for part in parts for row in from_bytes(part))


def years_of(rows: Iterable[CsvRow]) -> dict[int, bool]:
    """Return the years in which rows have cells.

    The value says whether some printed cell says more than its number.
    """
    years: dict[int, bool] = {}
    for _, cells, _ in rows:
        for year, (_, printed) in cells.items():
            years[year] = years.get(year, False) or bool(printed)
    return years


def join_years(tables: Iterable[Mapping[int, bool]]) -> dict[int, bool]:
    """Return the years of several tables together."""
    years: dict[int, bool] = {}
    for table in tables:
        for year, printed in table.items():
            years[year] = years.get(year, False) or printed
    return years


def _serialise(corpus: Corpus, plan: Plan, options: Options) -> SerialisedActivities:
    table = RowSerialiser(corpus, options)
    activities = plan.activities
    rows = [list(table.rows(activity)) for activity in activities]
    measured = plan.load().units_of_measure
    return SerialisedActivities(
        # A copy: orjson's bytes keep a buffer of four times their size.
        [
            bytes(memoryview(orjson.dumps(activity_data(activity, measured.get(activity.id)))))
            for activity in activities
        ],
        list(map(canonical_bytes, rows)),
        years_of(row for rows_of_activity in rows for row in rows_of_activity),
    )


class RowSerialiser:
    """Serialises table rows; keeps what their cells look up."""

    def __init__(self, corpus: Corpus, options: Options) -> None:
        """Sort the columns: the plan's, the line's, and those after the years."""
        maker = ColumnMaker(corpus, options)
        front = maker.front()
        self._plan = [column.value for column in front if column.group == "plan"]
        self._plans: dict[str, bytes] = {}
        self._main = [column.value for column in front if column.group == "main"]
        self._rest = [column.value for column in (*maker.texts(), *maker.codes())]

    def rows(self, activity: Activity) -> Iterator[CsvRow]:
        """Yield the rows of an activity: its own, and one for each sub-row."""
        for line in lines_of([activity]):
            main, rest = (csv_cells([value(line) for value in values]) for values in (self._main, self._rest))
            front = b"%b,%b" % (self._of_plan(line), main)
            cells = dict(self._cells(line.entry))
            yield front, cells, rest

    def _of_plan(self, line: Line) -> bytes:
        # These cells are the same in all rows of a plan.
        if line.activity.plan not in self._plans:
            self._plans[line.activity.plan] = csv_cells([value(line) for value in self._plan])
        return self._plans[line.activity.plan]

    def _cells(self, entry: Activity | Row) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
        for year in entry.by_year:
            number, printed = year_cell(entry, year)
            yield year, (csv_cells([number]), csv_cells([printed]) if printed is not None else b"")
