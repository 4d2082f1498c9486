"""The rows of a table's head -> the headings of its columns; also rows that number columns, months or quarters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.reading.column_headings import ColumnHeading
from generator.reading.heading_words import names_times
from generator.reading.office_document import Grid, GridCell, GridRow

_COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[A-H])\s*\)?(?:\s*=.*)?")


def headings_of(grid: Grid, start: int, end: int) -> tuple[ColumnHeading, ...]:
    """Return the headings of all columns of a grid with the head `rows[start:end]`."""
    words: dict[int, list[str]] = {column: [] for column in range(grid.width)}
    tokens: dict[int, list[int]] = {column: [] for column in range(grid.width)}
    numbered = end - start > 1 and numbers_columns(grid.rows[end - 1], grid.rows[start : end - 1])
    rows = grid.rows[start : end - 1 if numbered else end]
    for index, row in enumerate(rows):
        below = {cell.column for deeper in rows[index + 1 :] for cell in deeper.cells if cell.text}
        group: GridCell | None = None  # without merged cells only the first column of a group has its words
        for cell in row.cells:
            if cell.text or cell.column not in below:
                group = cell if cell.text and cell.across == 1 and cell.column in below else None
            said = cell if cell.text else group
            for column in range(cell.column, min(cell.column + cell.across, grid.width)):
                if said:
                    words[column].append(said.text)
                    tokens[column] += said.tokens
    return tuple(ColumnHeading(column, tuple(words[column]), tuple(tokens[column])) for column in range(grid.width))


def numbers_columns(row: GridRow, above: Sequence[GridRow]) -> bool:
    """Return whether a row of a head numbers the columns: `(1) (2) 3=1+2`. Below `Tháng`, numbers are months."""
    texts = [cell.text for cell in row.cells if cell.text]
    fitting = len(texts) >= 3 and all(map(_COLUMN_NUMBER.fullmatch, texts)) and texts[:1] != texts[1:2]
    return fitting and not stands_below_times(row, above)


def stands_below_times(row: GridRow, above: Sequence[GridRow]) -> bool:
    """Return whether all cells of a row stand below one heading for months or quarters, merged or not."""
    filled = [cell.column for cell in row.cells if cell.text]
    upper = sorted((cell for one in above for cell in one.cells if cell.text), key=lambda cell: cell.column)
    holders = [[cell for cell in upper if cell.column <= column][-1:] for column in filled]
    return len(filled) > 1 and all(one and one == holders[0] and names_times(one[0].text) for one in holders)
