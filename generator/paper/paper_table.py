"""A table of a plan's document: its columns and rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from generator.paper.paper_columns import PaperColumn
from generator.paper.paper_prose import Paragraph

RowKind = Literal["heading", "target", "activity", "sub"]


@dataclass(frozen=True)
class TableRow:
    """A row: label, main cell, and a text for each further column.

    `cells` is None if the main cell spans all columns.
    """

    kind: RowKind
    label: str
    body: Sequence[Paragraph]
    cells: Sequence[str] | None = None


@dataclass(frozen=True)
class PaperTable:
    """A table: the rows between two headings, under the plan's columns."""

    columns: Sequence[PaperColumn]
    rows: Sequence[TableRow]

    @property
    def kept_rows(self) -> Iterator[tuple[TableRow, bool]]:
        """Yield each row, and whether it is kept on one page with the next row.

        Headings are kept, and a target above its activities, but not a target above another target.
        """
        for row, following in zip_longest(self.rows, self.rows[1:]):
            above_work = following is not None and following.kind == "activity"
            yield row, row.kind == "heading" or (row.kind == "target" and above_work)
