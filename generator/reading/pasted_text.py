"""Text pasted from Word or Excel -> `OfficeDocument`: lines with tabs are rows of a table."""

from __future__ import annotations

import re
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
from generator.reading.row_labels import split_label

_PAGE = re.compile(r"\s*\d{1,3}\s*")
_LONG_LINE = 35
"""Letters of a line that may have been broken at the end of a PDF's line."""
_LONGEST = 4000


def read_pasted(content: bytes) -> OfficeDocument:
    """Return the document of pasted text: lines with tabs are rows of a table, other lines are paragraphs.

    Raises `UnreadableFile` if the bytes are neither UTF-8 nor UTF-16, or there are more than 20,000 lines.
    """
    lines = pasted_lines(_decoded(content))
    if len(lines) > MOST_ROWS:
        raise UnreadableFile("too-many-rows", most=MOST_ROWS)
    reader = _PastedReader()
    lines = reader.without_page_numbers(lines)
    blocks = tuple(reader.blocks(reader.with_whole_sentences(lines)))
    return OfficeDocument(blocks, notices=tuple(reader.notices))


def _goes_on(above: str, text: str) -> bool:
    above = above.strip()
    is_open = _LONG_LINE <= len(above) < _LONGEST and above[-1] not in ".;:!?" and not above.isupper()
    return is_open and text.strip()[:1].islower() and split_label(text.strip())[0] is None


def _decoded(content: bytes) -> str:
    codec = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(codec).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise UnreadableFile("not-text") from error


@dataclass
class _PastedReader:
    """Reads the blocks and counts tokens, tables and paragraphs."""

    tokens: int = 0
    tables: int = 0
    paragraphs: int = 0
    notices: list[Notice] = field(default_factory=list)

    def without_page_numbers(self, lines: list[PastedLine]) -> list[PastedLine]:
        """Return the lines of a PDF's text without page numbers.

        Page numbers count up among lines with labels; in other texts a single number is a cell.
        """
        alone = [index for index, line in enumerate(lines) if not line.is_row and _PAGE.fullmatch(line.cells[0])]
        numbers = [int(lines[index].cells[0]) for index in alone]
        labels = sum(1 for line in lines if not line.is_row and all(split_label(line.cells[0])))
        counts_up = numbers[:1] in ([1], [2]) and numbers == [*range(numbers[0], numbers[0] + len(numbers))]
        if not counts_up or len(alone) >= labels:
            return lines
        for index in alone:
            self.tokens += 1
            run = OfficeRun(lines[index].cells[0].strip(), self.tokens)
            self.notices.append(Notice("page-margin", SourceLocation(), run.text, tokens=(run,)))
        pages = set(alone)
        return [line for index, line in enumerate(lines) if index not in pages]

    def with_whole_sentences(self, lines: list[PastedLine]) -> list[PastedLine]:
        """Return the lines with sentences joined that a PDF has broken: a small letter continues a long line."""
        whole: list[PastedLine] = []
        for line in lines:
            above = whole[-1] if whole else None
            if above is None or above.is_row or line.is_row or not _goes_on(above.cells[0], line.cells[0]):
                whole.append(line)
                continue
            whole[-1] = PastedLine((f"{above.cells[0].rstrip()} {line.cells[0].lstrip()}",), is_row=False)
            self.notices.append(Notice("joined-lines", SourceLocation(), line.cells[0].strip()))
        return whole

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
        """Return the lines as a grid; the last cell of a row with too few cells spans the rest."""
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
        if guess := guess_unicode(text):  # before cleaning, because a soft hyphen is a letter of TCVN3
            self.notices.append(Notice("legacy-font-guess", location, clean(text), guess))
        return OfficeParagraph((OfficeRun(clean(text), self.tokens),), location)
