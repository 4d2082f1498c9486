"""Text pasted from Word or Excel -> `OfficeDocument`: lines with tabs are rows of a table."""

from __future__ import annotations

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
from generator.reading.pasted_rows import PastedLine, pasted_lines


def read_pasted(content: bytes) -> OfficeDocument:
    """Return the document of pasted text: lines with tabs are rows of a table, other lines are paragraphs.

    Raises: `UnreadableFile` where the bytes are no UTF-8 or UTF-16, or there are more than 20,000 lines.
    """
    lines = pasted_lines(_decoded(content))
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

    def blocks(self, lines: list[PastedLine]) -> Iterator[OfficeParagraph | Grid]:
        """Yield paragraphs, and runs of lines with tabs as grids."""
        table: list[tuple[str, ...]] = []
        for line in [*lines, PastedLine((), is_row=False)]:
            if line.is_row:
                table.append(line.cells)
                continue
            if table:
                yield self._grid(table)
                table = []
            for text in line.cells:
                self.paragraphs += 1
                yield self._paragraph(text, SourceLocation(paragraph=self.paragraphs))

    def _grid(self, lines: list[tuple[str, ...]]) -> Grid:
        """Return the lines as a grid; the last cell of a row with fewer cells than columns spans the rest."""
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
