"""The table of each subject: one plan, one unit, one year, everything. For Excel from the model, as CSV from the forms
of its activities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.data.columns import Column, ColumnMaker, Table, columns_of, lines_of, table_of
from generator.data.csv_table import BOM, csv_cells
from generator.data.forms import Forms, TableLine, joined_years, lines_in, years_of, years_of_plan
from generator.data.pieces import Frame, Piece, PieceFile, pieces_of_all, pieces_of_unit
from generator.link.corpus import Corpus
from generator.link.model import Plan, Unit
from generator.pages.downloads import Part, activities_of_unit
from generator.pages.page import Options


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
class CsvTable(PieceFile):
    """A table as CSV to be; of a year's table, `only` that year's cells and the sub-rows that are due in it."""

    only: int | None = None

    def said(self, piece: Piece, forms: Forms) -> Mapping[int, bool]:
        """The years of which a piece has cells, and whether a number does not show one of them."""
        if self.only is None:
            return forms.years_at(piece.places)
        return years_of(self._lines(piece, forms), self.only)

    def columns(self, said: Iterable[Mapping[int, bool]] | None = None) -> Sequence[Column]:
        """Its columns, from what its pieces say."""
        if said is None:
            said = (self.said(piece, self.forms(piece)) for piece in self.pieces)
        return columns_of(self.corpus, self.options, joined_years(said), part=self._of_unit)

    def frame(self, said: Iterable[Mapping[int, bool]]) -> Frame:
        """The mark of UTF-8 and the headings."""
        years = tuple(sorted(joined_years(said).items()))
        part = self._of_unit
        return Frame(_head(self.options, years, part), b"", b"", ([*years], part), self._writer(dict(years)))

    @property
    def _of_unit(self) -> bool:
        return any(piece.part for piece in self.pieces)

    def _writer(self, years: Mapping[int, bool]) -> Callable[[Piece, Forms], bytes]:
        parts = _parts(self.options)
        empty = csv_cells([None])
        blank: list[bytes] = []
        places: dict[int, int] = {}
        for year in years:
            places[year] = len(blank)
            blank += [empty] * (1 + years[year])

        def cells_of(cells: Mapping[int, tuple[bytes, bytes]]) -> list[bytes]:
            found = blank.copy()
            for year, (number, printed) in cells.items():
                if year in places:
                    found[places[year]] = number
                    if printed:
                        found[places[year] + 1] = printed
            return found

        def write(piece: Piece, forms: Forms) -> bytes:
            part = [parts[piece.part]] if piece.part else []
            rows = [
                _row([plan, *part, own, *cells_of(cells), rest])
                for _, _, plan, own, cells, rest in self._lines(piece, forms)
            ]
            return b"".join(rows)

        return write

    def _lines(self, piece: Piece, forms: Forms) -> Iterator[TableLine]:
        lines = lines_in(forms.lines if piece.places is None else forms.lines.at(piece.places))
        if self.only is None:
            return lines
        return (line for line in lines if not line[0] or not line[1] or self.only in line[1])


def plan_csv_table(corpus: Corpus, plan: Plan, options: Options) -> CsvTable:
    """As `plan_table`."""
    return CsvTable(corpus, options, [Piece(plan.id)])


def unit_csv_table(corpus: Corpus, unit: Unit, options: Options) -> CsvTable:
    """As `unit_table`."""
    return CsvTable(corpus, options, pieces_of_unit(corpus, unit))


def year_csv_table(corpus: Corpus, year: int, options: Options) -> CsvTable:
    """As `year_table`."""
    due = [Piece(plan, tuple(places)) for plan, places in corpus.of_year.of(year).places]
    return CsvTable(corpus, options, due, year)


def corpus_csv_table(corpus: Corpus, options: Options) -> CsvTable:
    """As `corpus_table`."""
    return CsvTable(corpus, options, pieces_of_all(corpus))


def corpus_columns(corpus: Corpus, options: Options) -> Sequence[Column]:
    """The columns of the table of everything, which needs no look at its lines."""
    return corpus_csv_table(corpus, options).columns(years_of_plan(corpus, plan, options) for plan in corpus.plans)


@lru_cache(maxsize=1 << 10)
def _head(options: Options, years: tuple[tuple[int, bool], ...], part: bool) -> bytes:
    # No title follows from the corpus, and there are thousands of tables.
    columns = columns_of(Corpus((), (), ()), options, dict(years), part=part)
    return BOM + _row([csv_cells(column.title for column in columns)])


@lru_cache(maxsize=1)
def _parts(options: Options) -> Mapping[Part, bytes]:
    parts = ColumnMaker(Corpus((), (), ()), options).parts
    return {part: csv_cells([text]) for part, text in parts.items()}


def _row(cells: Iterable[bytes]) -> bytes:
    return b",".join(cells) + b"\r\n"
