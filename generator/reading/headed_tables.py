"""Tables of a document with a known head: where it begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.reading.column_headings import ColumnHeading, count_known, count_timed
from generator.reading.head_rows import headings_of, numbers_columns, stands_below_times
from generator.reading.heading_words import heading_key
from generator.reading.office_document import Grid, GridRow, OfficeParagraph

_SEARCHED = 40
"""Rows of a table in which its head is looked for: a sheet has its letterhead above."""
_YEAR = re.compile(r"(?:KH )?(?:Năm )?(?:19|20)\d\d|(?:Quý|Tháng) \S{1,3}|[QT]\d{1,2}|I{1,3}|IV", re.I)


@dataclass(frozen=True)
class HeadedTable:
    """A table with a known head: its block's index in the document, and the row at which the head ends."""

    block: int
    grid: Grid
    start: int
    end: int

    @property
    def headings(self) -> tuple[ColumnHeading, ...]:
        """The headings of its columns."""
        return headings_of(self.grid, self.start, self.end)

    def goes_on(self, before: HeadedTable) -> bool:
        """Return whether it has the columns of the table before it."""
        return before.key == self.key and before.grid.width == self.grid.width

    @property
    def key(self) -> str:
        """A key that is equal for heads with the same columns."""
        return " | ".join(heading_key(" ".join(heading.words)) for heading in self.headings)


def headed_table(index: int, block: OfficeParagraph | Grid) -> HeadedTable | None:
    """Return the block at `index` with its head; None if it is no table, or its head is unknown."""
    if isinstance(block, OfficeParagraph):
        return None
    for start, row in enumerate(block.rows[:_SEARCHED]):
        end = _head_end(block, start)
        headings = headings_of(block, start, end)
        filled = {heading.text for heading in headings if heading.text}
        count = count_known(headings)
        if count >= 2 and (count + count_timed(headings)) * 2 >= len(filled):
            return HeadedTable(index, block, start, end)
        if row.is_head and len(filled) >= 2:
            return HeadedTable(index, block, start, end)
    return None


def _head_end(grid: Grid, start: int) -> int:
    """Return the row after the head; merged cells, marked rows and a row of column numbers belong to the head."""
    end = start + max((cell.down for cell in grid.rows[start].cells), default=1)
    while end < len(grid.rows) and grid.rows[end].is_head and grid.rows[start].is_head:
        end += 1
    if end < len(grid.rows) and _is_below_a_group(grid.rows[end], grid.rows[start:end]):
        end += 1
    if end < len(grid.rows) and numbers_columns(grid.rows[end], grid.rows[start:end]):
        end += 1
    return min(end, len(grid.rows))


def _is_below_a_group(row: GridRow, above: Sequence[GridRow]) -> bool:
    """Return whether a row has only years or quarters, in columns of values: the second row of an unmerged head."""
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) < 2 or any(cell.column < 2 for cell in filled):
        return False
    if stands_below_times(row, above) and all(re.fullmatch(r"\d{1,2}", cell.text) for cell in filled):
        return True
    return all(_YEAR.fullmatch(cell.text) for cell in filled)
