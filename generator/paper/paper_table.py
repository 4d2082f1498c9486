"""A table of a plan's document: its columns and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
