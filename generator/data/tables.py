"""The table of each subject: one plan, one unit, one year, everything. For Excel from the model, as CSV from the forms
of its activities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.data.columns import Column, ColumnMaker, Table, columns_of, lines_of, table_of
from generator.data.csv_table import csv_cells, csv_of
from generator.data.forms import TableLine, forms_by_place, forms_of, years_of
from generator.link.corpus import Corpus
from generator.link.model import Plan, Unit
from generator.pages.downloads import Part, activities_of_unit, parts_of_unit
from generator.pages.render import Options


def plan_table(corpus: Corpus, plan: Plan, options: Options) -> Table:
    """All activities of a plan, in the document's order."""
    return table_of(corpus, lines_of(plan.activities), options)


def unit_table(corpus: Corpus, unit: Unit, options: Options) -> Table:
    """What a unit leads, partners in, and what its departments lead."""
    parts = activities_of_unit(corpus, unit)
    lines = (line for activity, part in parts.values() for line in lines_of([activity], part=part))
    return table_of(corpus, lines, options)


def year_table(corpus: Corpus, year: int, options: Options) -> Table:
    """What is due in a year, with the cells of that year only."""
    return table_of(corpus, lines_of(corpus.of_year.of(year), year), options, year)


def corpus_table(corpus: Corpus, options: Options) -> Table:
    """All activities of all plans."""
    return table_of(corpus, lines_of(corpus.activities.values()), options)


@dataclass(frozen=True)
class CsvTable:
    """A table as CSV to be: the years of which it has cells, and whether a number does not show one of them; its lines,
    each with the unit's part in it."""

    corpus: Corpus
    options: Options
    years: Mapping[int, bool]
    lines: Sequence[tuple[Part | None, TableLine]]

    @cached_property
    def columns(self) -> Sequence[Column]:
        """Its columns."""
        part = any(part for part, _ in self.lines)
        return columns_of(self.corpus, self.options, self.years, part=part)

    @property
    def content(self) -> bytes:
        """The file."""
        return csv_of(self._rows())

    def _rows(self) -> Iterator[bytes]:
        yield csv_cells(column.title for column in self.columns)
        parts = {part: csv_cells([text]) for part, text in ColumnMaker(self.corpus, self.options).parts.items()}
        empty = csv_cells([None])
        years = [(year, (empty, empty)[: 1 + self.years[year]]) for year in sorted(self.years)]
        for part, (_, _, plan, own, cells, rest) in self.lines:
            row = [plan, parts[part], own] if part else [plan, own]
            for year, none in years:
                cell = cells.get(year)
                if cell is None:
                    row += none
                else:
                    row.append(cell[0])
                    if len(none) > 1:
                        row.append(cell[1] or empty)
            row.append(rest)
            yield b",".join(row)


def plan_csv_table(corpus: Corpus, plan: Plan, options: Options) -> CsvTable:
    """As `plan_table`."""
    return _csv_table(corpus, options, ((None, line) for line in _lines_of(corpus, [plan.id], options)))


def unit_csv_table(corpus: Corpus, unit: Unit, options: Options) -> CsvTable:
    """As `unit_table`."""
    found: dict[tuple[str, int], list[tuple[Part, TableLine]]] = {}
    for part, activities in parts_of_unit(corpus, unit):
        for place, _, lines in forms_by_place(corpus, activities, options):
            if place not in found:
                found[place] = [(part, line) for line in lines]
    return _csv_table(corpus, options, (line for lines in found.values() for line in lines))


def year_csv_table(corpus: Corpus, year: int, options: Options) -> CsvTable:
    """As `year_table`."""
    due = (
        (None, line)
        for _, _, lines in forms_by_place(corpus, corpus.of_year.of(year), options)
        for line in lines
        if not line[0] or not line[1] or year in line[1]
    )
    return _csv_table(corpus, options, due, year)


def corpus_csv_table(corpus: Corpus, options: Options) -> CsvTable:
    """As `corpus_table`."""
    lines = [(None, line) for line in _lines_of(corpus, corpus.plans, options)]
    return CsvTable(corpus, options, _years_of_all(corpus, options), lines)


def corpus_columns(corpus: Corpus, options: Options) -> Sequence[Column]:
    """The columns of the table of everything, which needs no look at its lines."""
    return columns_of(corpus, options, _years_of_all(corpus, options), part=False)


def _years_of_all(corpus: Corpus, options: Options) -> Mapping[int, bool]:
    years: dict[int, bool] = {}
    for plan in corpus.plans:
        for year, printed in forms_of(corpus, plan, options).years.items():
            years[year] = years.get(year, False) or printed
    return years


def _lines_of(corpus: Corpus, plans: Iterable[str], options: Options) -> Iterator[TableLine]:
    return (line for plan in plans for lines in forms_of(corpus, plan, options).lines for line in lines)


def _csv_table(
    corpus: Corpus, options: Options, lines: Iterable[tuple[Part | None, TableLine]], only: int | None = None
) -> CsvTable:
    kept = list(lines)
    return CsvTable(corpus, options, years_of((line for _, line in kept), only), kept)
