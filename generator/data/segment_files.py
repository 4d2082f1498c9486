"""JSON and CSV files made of plans' serialised activities.

A file about several plans has a segment for each: after an edit of one plan only its segment is written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from generator.data.csv_table import BOM, csv_cells
from generator.data.objects import plan_data
from generator.data.serialised import (
    SERIALISED,
    CsvRow,
    SerialisedActivities,
    csv_rows,
    join_years,
    serialise_plan,
    serialised_key,
    table_years,
)
from generator.data.table_columns import TableColumn, columns_of
from generator.incremental import Build
from generator.incremental.segments import Envelope, SegmentedFile
from generator.model.corpus import Corpus
from generator.model.entities import Plan
from generator.pages.page import Options

_SEPARATOR = b",\n"
"""The separator in JSON lists: one line for each entry, so that versions can be compared."""


class PlanSegment(NamedTuple):
    """The activities of one plan."""

    plan: str


@dataclass(frozen=True)
class PlanSegmentFile(SegmentedFile[PlanSegment]):
    """A file that is not yet written, made of plans' serialised activities."""

    corpus: Corpus
    options: Options
    build: Build
    segments: Sequence[PlanSegment]

    def is_unchanged(self, segment: PlanSegment) -> bool:
        """Return whether the segment's activities are unchanged."""
        return self.build.unchanged(SERIALISED, serialised_key(segment.plan, self.options))

    def serialised(self, segment: PlanSegment) -> SerialisedActivities:
        """Return the activities of the segment's plan."""
        return serialise_plan(self.corpus, segment.plan, self.options, self.build)


def segments_of_all(corpus: Corpus) -> Sequence[PlanSegment]:
    """Return all activities of all plans."""
    return [PlanSegment(id_) for id_, plan in corpus.plans.items() if plan.size.activities]


@dataclass(frozen=True)
class JsonList(PlanSegmentFile):
    """All activities of all plans, one line each."""

    def envelope(self, summaries: Iterable[Any]) -> Envelope:
        """Return the brackets of the list."""
        return Envelope(b'{"activities": [\n', _SEPARATOR, b"\n]}\n")

    def render(self, segment: PlanSegment, shared: Any) -> bytes:
        """Return the lines of a plan."""
        return _SEPARATOR.join(self.serialised(segment).json)


def corpus_json(corpus: Corpus, options: Options, build: Build) -> JsonList:
    """Make `/du-lieu/hoat-dong.json`."""
    return JsonList(corpus, options, build, segments_of_all(corpus))


def plan_json(corpus: Corpus, plan: Plan, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/ke-hoach/<plan>.json`: one plan, one line for each field and entry."""
    activities = serialise_plan(corpus, plan.id, options, build).json
    fields = (
        orjson.dumps(name) + b": " + (_list(activities) if name == "activities" else _value(value))
        for name, value in plan_data(corpus, plan).items()
    )
    return b"{\n" + _SEPARATOR.join(fields) + b"\n}\n"


def plan_script(corpus: Corpus, plan: Plan, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/ke-hoach/<plan>.js` for a bundle opened from disk: the plan's JSON, passed to the page."""
    data = plan_json(corpus, plan, options, build).rstrip()
    return b"(self.sokehoachPlans??={})[" + orjson.dumps(plan.id) + b"]=" + data + b"\n"


def _value(value: Any) -> bytes:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _list(map(orjson.dumps, value))
    return orjson.dumps(value)


def _list(entries: Iterable[bytes]) -> bytes:
    return b"[\n" + lines + b"\n]" if (lines := _SEPARATOR.join(entries)) else b"[]"


class CorpusCsv(PlanSegmentFile):
    """The table of all activities as CSV."""

    def summary(self, segment: PlanSegment) -> Mapping[int, bool]:
        """Return the years of a plan, as from `years_of`."""
        return self.serialised(segment).years

    def envelope(self, summaries: Iterable[Mapping[int, bool]]) -> Envelope:
        """Return the headings; the form of a row depends on the years of all plans."""
        years = join_years(summaries)
        return Envelope(_csv_head(columns_of(self.corpus, self.options, years)), b"", b"", dict(sorted(years.items())))

    def render(self, segment: PlanSegment, shared: Mapping[int, bool]) -> bytes:
        """Return the rows of a plan."""
        return _csv_body(csv_rows(self.serialised(segment).rows), shared)


def corpus_csv(corpus: Corpus, options: Options, build: Build) -> CorpusCsv:
    """Make `/du-lieu/hoat-dong.csv`."""
    return CorpusCsv(corpus, options, build, segments_of_all(corpus))


def plan_csv(corpus: Corpus, plan: Plan, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/ke-hoach/<plan>.csv`."""
    serialised = serialise_plan(corpus, plan.id, options, build)
    columns = columns_of(corpus, options, serialised.years)
    return _csv_head(columns) + _csv_body(csv_rows(serialised.rows), serialised.years)


def corpus_columns(corpus: Corpus, options: Options, build: Build) -> Sequence[TableColumn]:
    """Return the columns of the table of all activities, without reading its rows."""
    return columns_of(corpus, options, join_years(table_years(corpus, plan, options, build) for plan in corpus.plans))


def plan_columns(corpus: Corpus, plan: Plan, options: Options, build: Build) -> Sequence[TableColumn]:
    """Return the columns of a plan's table, without reading its rows."""
    return columns_of(corpus, options, table_years(corpus, plan.id, options, build))


def _csv_head(columns: Iterable[TableColumn]) -> bytes:
    return BOM + _csv_row([csv_cells(column.title for column in columns)])


def _csv_body(rows: Iterable[CsvRow], years: Mapping[int, bool]) -> bytes:
    # A year has a second column if some printed cell says more than its number.
    positions: dict[int, int] = {}
    for year in sorted(years):
        positions[year] = sum(1 + years[before] for before in positions)
    blank = [csv_cells([None])] * sum(1 + second for second in years.values())

    def cells_of(cells: Mapping[int, tuple[bytes, bytes]]) -> list[bytes]:
        row = blank.copy()
        for year, (number, printed) in cells.items():
            row[positions[year]] = number
            if printed:
                row[positions[year] + 1] = printed
        return row

    return b"".join(_csv_row([front, *cells_of(cells), rest]) for front, cells, rest in rows)


def _csv_row(cells: Iterable[bytes]) -> bytes:
    return b",".join(cells) + b"\r\n"
