"""The headings of a plan's parts: the line above each of several tables that says whose it is, or of when.

`Năm 2026` above one table and `Năm 2027` above the next are headings of one plan, no words of its title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.reading.headed_tables import HeadedTable
from generator.reading.lines_above import stands_aside
from generator.reading.office_document import Grid, GridCell, GridRow, OfficeParagraph, OfficeRun, SourceLocation
from generator.reading.plan_title import TITLE
from generator.reading.row_labels import UPPER_KINDS, RowLabel, is_alike, split_label
from generator.reading.short_titles import sentence_case

_LONGEST_HEADING = 200
_COUNTED = re.compile(r"\d+|\b[ivx]+\b", re.I)
_SHEET = re.compile(r"(?:sheet|trang(?: tính)?|table) *\d*", re.I)
"""The names that Excel gives to sheets."""


@dataclass(frozen=True)
class PartHeading:
    """The line above a table that names the part: the block in which it stands, its place, its row in the plan."""

    block: int
    location: SourceLocation
    row: GridRow


def are_of_one_series(text: str, other: str) -> bool:
    """Return whether two lines count in one list, or differ in a number only.

    >>> are_of_one_series("I. Ban Kinh tế", "II. Văn phòng"), are_of_one_series("Năm 2026", "Năm 2027")
    (True, True)
    """
    label = split_label(text)[0]
    if label and is_alike(label, split_label(other)[0]):
        return text != other
    return text != other and _COUNTED.sub("#", text.casefold()) == _COUNTED.sub("#", other.casefold())


def part_headings(blocks: Sequence[OfficeParagraph | Grid], tables: Sequence[HeadedTable]) -> Mapping[int, PartHeading]:
    """Return the headings of tables by their blocks.

    For a table that continues another it is the line above it; for other tables a line of one series with that of
    another table, or `I. …` above the head in a sheet.
    """
    lines = {table.block: line for table in tables if (line := _line_above(blocks, table))}
    certain = {table.block for before, table in pairwise(tables) if table.goes_on(before)}
    certain |= {table.block for table in tables if table.start and _is_upper(lines.get(table.block), table)}
    return {
        block: line
        for block, line in lines.items()
        if block in certain or any(are_of_one_series(line.row.text, other.row.text) for other in lines.values())
    }


def _line_above(blocks: Sequence[OfficeParagraph | Grid], table: HeadedTable) -> PartHeading | None:
    """Return the line right above the head of a table, in its sheet or before it; None where it is a sentence."""
    width = table.grid.width
    if table.start:
        rows = [row for row in table.grid.rows[: table.start] if row.text and not stands_aside(row.text)]
        filled = [cell for cell in rows[-1].cells if cell.text] if rows else []
        if len(filled) != 1 or not _may_head(filled[0].text):
            return None
        return PartHeading(table.block, rows[-1].location, _as_heading(filled[0].paragraphs, rows[-1].location, width))
    for index in range(table.block - 1, -1, -1):
        block = blocks[index]
        if isinstance(block, Grid):
            return None
        if block.text and not stands_aside(block.text):
            row = _as_heading((block,), block.location, width)
            return PartHeading(index, block.location, row) if _may_head(block.text) else None
    return None


def _is_upper(line: PartHeading | None, table: HeadedTable) -> bool:
    """Return whether a line is a heading above the rows of a table, which have none alike."""
    following = next((row.text for row in table.grid.rows[table.end :] if row.text), "")
    label = split_label(line.row.text)[0] if line else None
    return label is not None and label.kind in UPPER_KINDS and not is_alike(label, split_label(following)[0])


def _may_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not text.endswith((".", ";", ":")) and not TITLE.match(text)


def _as_heading(paragraphs: tuple[OfficeParagraph, ...], location: SourceLocation, width: int) -> GridRow:
    """Return a line as a row over all columns; without a label of its own it is a heading above all others."""
    row = GridRow((GridCell(0, width, 1, paragraphs, location),), location)
    if split_label(row.text)[0]:
        return row
    words = tuple(_without_capitals(paragraph) for paragraph in paragraphs)
    return replace(row, cells=(replace(row.cells[0], paragraphs=words),), role="heading", kind="section", depth=1)


def _without_capitals(paragraph: OfficeParagraph) -> OfficeParagraph:
    runs = tuple(replace(run, text=sentence_case(run.text)) for run in paragraph.runs)
    return replace(paragraph, runs=runs) if len(runs) == 1 else paragraph


def sheet_heading(grid: Grid) -> GridRow | None:
    """Return the name of a sheet as a row, None where Excel has given it: of several sheets each is a part."""
    if not grid.name or _SHEET.fullmatch(grid.name):
        return None
    paragraph = OfficeParagraph((OfficeRun(grid.name, 0),), grid.location)
    return _as_heading((paragraph,), grid.location, grid.width)


def heading_label(block: OfficeParagraph | Grid) -> RowLabel | None:
    """Return the label of a paragraph that may be a heading; None for sentences and other blocks."""
    if not isinstance(block, OfficeParagraph) or len(block.text) > _LONGEST_HEADING:
        return None
    label, words = split_label(block.printed)
    is_sentence = words.endswith((".", ";")) and words.upper() != words
    return label if label and words and not is_sentence and label.kind in {*UPPER_KINDS, "number"} else None


def as_row(paragraph: OfficeParagraph, width: int) -> GridRow:
    """Return a paragraph between two tables as a row that spans all columns."""
    return GridRow((GridCell(0, width, 1, (paragraph,), paragraph.location),), paragraph.location)
