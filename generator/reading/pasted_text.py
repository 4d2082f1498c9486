"""Text pasted from Word or Excel -> `OfficeDocument`: tabs between cells, quotes around cells with line breaks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.reading.guard import MOST_ROWS, UnreadableFile
from generator.reading.legacy_fonts import guess_unicode
from generator.reading.office_document import (
    Grid,
    GridCell,
    GridRow,
    Notice,
    OfficeDocument,
    OfficeParagraph,
    OfficeRun,
    SourceLocation,
    clean,
)


def read_pasted(content: bytes) -> OfficeDocument:
    """Return the document of pasted text: lines with tabs are rows of a table, other lines are paragraphs.

    Raises: `UnreadableFile` where the bytes are no UTF-8 or UTF-16, or there are more than 20,000 lines.
    """
    text = _decoded(content)
    csv.field_size_limit(len(text) + 1)
    lines = [line for line in csv.reader(io.StringIO(text, newline=""), delimiter="\t") if any(map(str.strip, line))]
    if len(lines) > MOST_ROWS:
        raise UnreadableFile("too-many-rows", most=MOST_ROWS)
    reader = _PastedReader()
    blocks = tuple(reader.blocks(lines))
    return OfficeDocument(blocks, notices=tuple(reader.notices))


def _decoded(content: bytes) -> str:
    codec = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(codec).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise UnreadableFile("not-text") from error


@dataclass
class _PastedReader:
    """Counts tokens, tables and paragraphs on the way."""

    tokens: int = 0
    tables: int = 0
    paragraphs: int = 0
    notices: list[Notice] = field(default_factory=list)

    def blocks(self, lines: list[list[str]]) -> Iterator[OfficeParagraph | Grid]:
        """Yield paragraphs, and runs of lines with tabs as grids."""
        table: list[list[str]] = []
        for line in [*lines, []]:
            if len(line) > 1:
                table.append(line)
                continue
            if table:
                yield self._grid(table)
                table = []
            if line:
                self.paragraphs += 1
                yield self._paragraph(line[0], SourceLocation(paragraph=self.paragraphs))

    def _grid(self, lines: list[list[str]]) -> Grid:
        """Return a row with fewer cells than the table has columns ends with a cell that spans the rest."""
        self.tables += 1
        width = max(map(len, lines))
        rows = []
        for number, line in enumerate(lines, 1):
            cells = []
            for column, text in enumerate(line):
                location = SourceLocation(self.tables, number, column + 1)
                across = width - column if column == len(line) - 1 else 1
                cells.append(GridCell(column, across, 1, (self._paragraph(text, location),), location))
            rows.append(GridRow(tuple(cells), SourceLocation(self.tables, number)))
        return Grid(tuple(rows), width, SourceLocation(self.tables))

    def _paragraph(self, text: str, location: SourceLocation) -> OfficeParagraph:
        self.tokens += 1
        if guess := guess_unicode(text):  # before it is cleaned: a soft hyphen is a letter of TCVN3
            self.notices.append(Notice("legacy-font-guess", location, clean(text), guess))
        return OfficeParagraph((OfficeRun(clean(text), self.tokens),), location)
