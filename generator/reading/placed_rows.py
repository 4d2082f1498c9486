"""A placed row of a plan's table: what it is, what it stands below, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from generator.reading.office_document import GridCell, GridRow
from generator.reading.row_labels import RowLabel

RowRole = Literal["heading", "target", "activity", "subrow", "text"]
FlagKind = Literal["shifted-row", "follows-damage", "odd-label", "label-twice", "row-level", "placed-below"]


@dataclass(frozen=True)
class RowFlag:
    """A doubt about a row: its kind, the printed words, and the proposal."""

    kind: FlagKind
    printed: str = ""
    proposal: str = ""


@dataclass(frozen=True)
class PlacedRow:
    """A placed row. `parent` and `target` are indexes of rows; `cells` are its filled cells by column.

    `lines` are the words of its title without the label; `text_rows` are rows of text that belong to it.
    """

    role: RowRole
    label: RowLabel | None
    lines: tuple[str, ...]
    row: GridRow
    cells: Mapping[int, GridCell]
    parent: int | None = None
    target: int | None = None
    title_tokens: tuple[int, ...] = ()
    label_tokens: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    flags: tuple[RowFlag, ...] = ()

    @property
    def title(self) -> str:
        """The title in one line."""
        return " ".join(self.lines)
