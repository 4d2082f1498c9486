"""The table of each subject: for Excel of one plan, one unit, one year and everything, from the model; as CSV of one
plan and everything, from the forms of activities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.data.columns import Column, Table, columns_of, lines_of, table_of
from generator.data.csv_table import BOM, csv_cells
from generator.data.forms import Forms, joined_years, lines_in, years_of_plan
from generator.data.pieces import Frame, Piece, PieceFile, pieces_of_all
from generator.link.corpus import Corpus
from generator.link.model import Plan, Unit
from generator.pages.downloads import activities_of_unit
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


class CsvTable(PieceFile):
    """A table as CSV to be."""

    def said(self, piece: Piece, forms: Forms) -> Mapping[int, bool]:
        """The years of which a piece has cells, and whether a number does not show one of them."""
        return forms.years

    def columns(self, said: Iterable[Mapping[int, bool]] | None = None) -> Sequence[Column]:
        """Its columns, from what its pieces say."""
        if said is None:
            said = (self.said(piece, self.forms(piece)) for piece in self.pieces)
        return columns_of(self.corpus, self.options, joined_years(said))

    def frame(self, said: Iterable[Mapping[int, bool]]) -> Frame:
        """The mark of UTF-8 and the headings."""
        years = joined_years(said)
        columns = columns_of(self.corpus, self.options, years)
        head = BOM + _row([csv_cells(column.title for column in columns)])
        return Frame(head, b"", b"", sorted(years.items()), _writer(years))


def plan_csv_table(corpus: Corpus, plan: Plan, options: Options) -> CsvTable:
    """As `plan_table`."""
    return CsvTable(corpus, options, [Piece(plan.id)])


def corpus_csv_table(corpus: Corpus, options: Options) -> CsvTable:
    """As `corpus_table`."""
    return CsvTable(corpus, options, pieces_of_all(corpus))


def corpus_columns(corpus: Corpus, options: Options) -> Sequence[Column]:
    """The columns of the table of everything, which needs no look at its lines."""
    return corpus_csv_table(corpus, options).columns(years_of_plan(corpus, plan, options) for plan in corpus.plans)


def _writer(years: Mapping[int, bool]) -> Callable[[Piece, Forms], bytes]:
    empty = csv_cells([None])
    blank: list[bytes] = []
    places: dict[int, int] = {}
    for year in sorted(years):
        places[year] = len(blank)
        blank += [empty] * (1 + years[year])

    def cells_of(cells: Mapping[int, tuple[bytes, bytes]]) -> list[bytes]:
        found = blank.copy()
        for year, (number, printed) in cells.items():
            found[places[year]] = number
            if printed:
                found[places[year] + 1] = printed
        return found

    def write(piece: Piece, forms: Forms) -> bytes:
        rows = [_row([front, *cells_of(cells), rest]) for front, cells, rest in lines_in(forms.lines)]
        return b"".join(rows)

    return write


def _row(cells: Iterable[bytes]) -> bytes:
    return b",".join(cells) + b"\r\n"
