"""The table of activities of each subject.

For Excel it is made of one plan, one unit, one year and everything, from the model; as CSV of one plan and everything,
from the serialised activities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.data.csv_table import BOM, csv_cells
from generator.data.plan_segments import PlanSegment, PlanSegmentFile, segments_of_all
from generator.data.serialised import CsvRow, csv_rows, join_years, serialise_plan, table_years
from generator.data.table_columns import ActivityTable, TableColumn, columns_of, lines_of, table_of
from generator.incremental import Build
from generator.incremental.segments import Envelope
from generator.model.corpus import Corpus
from generator.model.entities import Plan, Unit
from generator.pages.downloads import activities_of_unit
from generator.pages.page import Options


def plan_table(corpus: Corpus, plan: Plan, options: Options) -> ActivityTable:
    """Return all activities of a plan, in the document's order."""
    return table_of(corpus, lines_of(plan.activities), options)


def unit_table(corpus: Corpus, unit: Unit, options: Options) -> ActivityTable:
    """Return what a unit leads, partners in, and what its departments lead."""
    parts = activities_of_unit(corpus, unit)
    lines = (line for activity, part in parts.values() for line in lines_of([activity], part=part))
    return table_of(corpus, lines, options)


def year_table(corpus: Corpus, year: int, options: Options) -> ActivityTable:
    """Return what is due in a year, with the cells of that year only."""
    return table_of(corpus, lines_of(corpus.of_year.of(year), year), options, year)


def corpus_table(corpus: Corpus, options: Options) -> ActivityTable:
    """Return all activities of all plans."""
    return table_of(corpus, lines_of(corpus.activities.values()), options)


class CorpusCsv(PlanSegmentFile):
    """The table of everything as CSV."""

    def summary(self, segment: PlanSegment) -> Mapping[int, bool]:
        """Return the years of which a plan has cells.

        Each says whether a number does not show one of its cells.
        """
        return self.serialised(segment).years

    def envelope(self, summaries: Iterable[Mapping[int, bool]]) -> Envelope:
        """Return the headings; how a row is written depends on the years of all."""
        years = join_years(summaries)
        return Envelope(_csv_head(columns_of(self.corpus, self.options, years)), b"", b"", dict(sorted(years.items())))

    def render(self, segment: PlanSegment, shared: Mapping[int, bool]) -> bytes:
        """Return the rows of a plan."""
        return _csv_body(csv_rows(self.serialised(segment).rows), shared)


def corpus_csv(corpus: Corpus, options: Options, build: Build) -> CorpusCsv:
    """Make `/du-lieu/hoat-dong.csv`, as `corpus_table`."""
    return CorpusCsv(corpus, options, build, segments_of_all(corpus))


def plan_csv(corpus: Corpus, plan: Plan, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/ke-hoach/<plan>.csv`, as `plan_table`."""
    serialised = serialise_plan(corpus, plan.id, options, build)
    columns = columns_of(corpus, options, serialised.years)
    return _csv_head(columns) + _csv_body(csv_rows(serialised.rows), serialised.years)


def corpus_columns(corpus: Corpus, options: Options, build: Build) -> Sequence[TableColumn]:
    """Return the columns of the table of everything, without a look at its rows."""
    return columns_of(corpus, options, join_years(table_years(corpus, plan, options, build) for plan in corpus.plans))


def plan_columns(corpus: Corpus, plan: Plan, options: Options, build: Build) -> Sequence[TableColumn]:
    """Return the columns of a plan's table, without a look at its rows."""
    return columns_of(corpus, options, table_years(corpus, plan.id, options, build))


def _csv_head(columns: Iterable[TableColumn]) -> bytes:
    return BOM + _csv_row([csv_cells(column.title for column in columns)])


def _csv_body(rows: Iterable[CsvRow], years: Mapping[int, bool]) -> bytes:
    """Write rows with the columns of years.

    A year has a second column where a number does not show one of its cells.
    """
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
