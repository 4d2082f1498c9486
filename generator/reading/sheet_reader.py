""".xlsx -> `OfficeDocument`: one grid for each sheet, numbers as Excel shows them in Vietnam, merged cells in place.

openpyxl reads. Before that, each sheet is cut after its last value: people format whole columns, and a million empty
rows would take a minute and a gigabyte. Formulas give their stored value. Hidden rows and columns are left out and
reported, but not in a sheet of ours, which has a hidden column of ids: there filters and we hide them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from generator.bookmarks import OUTLINE_STAMP, SEARCHED_ROWS, STAMP
from generator.reading.guard import MOST_ROWS, OfficePackage, UnreadableFile
from generator.reading.legacy_fonts import font_coding, guess_unicode, notice_of, to_unicode
from generator.reading.number_formats import shown_number, shown_text
from generator.reading.office_document import (
    Grid,
    GridCell,
    GridRow,
    Notice,
    NoticeKind,
    OfficeDocument,
    OfficeParagraph,
    OfficeRun,
    SourceLocation,
    clean,
    with_powers,
)
from generator.reading.row_labels import parse_label

_LAST_VALUES = (b"</v>", b"</is>", b"</f>", b"</t>")
MOST_CELLS = 2_000_000
_CELL = re.compile(rb'<c r="([A-Z]{1,3})\d+"')
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"\s*/>')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_LABEL_COLUMNS = 2
"""Columns on the left that may have labels which Excel has taken for numbers."""
_LABEL = re.compile(r"\d{1,2}\.\d{1,2}")
_AS_TYPED = "#,##0.##########"
"""Our own format for counts, which hides typed decimals."""


def read_sheets(package: OfficePackage) -> OfficeDocument:
    """Return the visible sheets of an .xlsx.

    Raises `UnreadableFile` if the workbook is damaged, or a sheet has more than 20,000 rows before its last value.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  (half a second that other imports do not need)

    content = _cut_package(package)
    try:
        workbook = load_workbook(io.BytesIO(content), rich_text=True)
        has_formulas = any(cell.data_type == "f" for sheet in workbook for line in sheet.iter_rows() for cell in line)
        values = load_workbook(io.BytesIO(content), data_only=True) if has_formulas else None
    except UnreadableFile:
        raise
    except Exception as error:  # openpyxl raises any error for a damaged part
        raise UnreadableFile("truncated") from error
    reader = _SheetReader()
    grids = []
    for number, sheet in enumerate(workbook.worksheets, 1):
        stored = values.worksheets[number - 1] if values else None
        grid = reader.grid(sheet, stored, number)
        if sheet.sheet_state != "visible":
            runs = [
                run
                for row in grid.rows
                for cell in row.cells
                for paragraph in cell.paragraphs
                for run in paragraph.runs
            ]
            reader.notices.append(Notice("hidden-sheet", grid.location, sheet.title, tokens=tuple(runs)))
        elif grid.rows:
            grids.append(grid)
    if package.has_macros:
        reader.notices.append(Notice("macros", SourceLocation()))
    reader.notices += [Notice("external-link", SourceLocation(), target) for target in package.external_links]
    stamp = next((grid.key_head.removeprefix(STAMP) for grid in grids if grid.key_head.startswith(STAMP)), "")
    return OfficeDocument(tuple(grids), {}, tuple(reader.notices), stamp)


def _cut_package(package: OfficePackage) -> bytes:
    """Return the package with each sheet cut after its last value."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as copy:
        for name in package.archive.namelist():
            content = package.part(name) or b""
            if name.endswith("/"):
                continue
            copy.writestr(name, _cut_sheet(content) if _SHEET.fullmatch(name) else content)
    return stream.getvalue()


def _cut_sheet(content: bytes) -> bytes:
    last = max(content.rfind(mark) for mark in _LAST_VALUES)
    end = content.find(b"</sheetData>")
    if end < 0:
        return content
    row_end = content.find(b"</row>", last) + len(b"</row>") if last >= 0 else content.find(b"<sheetData>") + 11
    if content.count(b"<row", 0, row_end) > MOST_ROWS:
        raise UnreadableFile("too-many-rows", most=MOST_ROWS)
    trimmed = content[:row_end] + content[end:] if 0 < row_end < end else content
    columns = max((_column_number(match[1]) for match in _CELL.finditer(trimmed)), default=1)
    if columns * (trimmed.count(b"<row") + 1) > MOST_CELLS:
        raise UnreadableFile("too-big")
    return _MERGE.sub(lambda match: b"" if _area(match) > MOST_CELLS else match[0], trimmed)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _area(merge: re.Match[bytes]) -> int:
    """Return how many cells a merged range covers: openpyxl visits each."""
    width = abs(_column_number(merge[3]) - _column_number(merge[1])) + 1
    return width * (abs(int(merge[4]) - int(merge[2])) + 1)


@dataclass
class _SheetReader:
    """Reads sheets and counts tokens."""

    notices: list[Notice] = field(default_factory=list)
    tokens: int = 0
    is_ours: bool = False  # whether the present sheet is ours: then its labels are text, never numbers

    def grid(self, sheet: Any, stored: Any, number: int) -> Grid:
        """Return a sheet, without the cells that a merged cell covers."""
        spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
        covered = {position for area in spans.values() for row in area.rows for position in row} - spans.keys()
        head = _key_head(sheet)
        self.is_ours = head is not None
        columns = range(1, sheet.max_column + 1)
        hidden_columns = set() if head else {column for column in columns if self._is_hidden_column(sheet, column)}
        rows = []
        last_label: dict[int, str] = {}
        for line in sheet.iter_rows():
            cells: list[GridCell] = []
            hidden: list[GridCell] = []
            key = ""
            for cell in line:
                if (cell.row, cell.column) in covered:
                    continue
                if head and cell.column == head.column:
                    key = str(cell.value or "")
                    continue
                follows_labels = all(not one.text or parse_label(one.text) for one in cells[:_LABEL_COLUMNS])
                may_be_label = cell.column <= _LABEL_COLUMNS and follows_labels and not self.is_ours
                grid_cell = self._cell(cell, spans, stored, number, may_be_label=may_be_label)
                self._check_label(cell, grid_cell, last_label)
                is_hidden = not head and (sheet.row_dimensions[cell.row].hidden or cell.column in hidden_columns)
                (hidden if is_hidden else cells).append(grid_cell)
            runs = tuple(run for cell in hidden for paragraph in cell.paragraphs for run in paragraph.runs)
            location = SourceLocation(number, line[0].row if line else 0)
            if runs:
                self.notices.append(Notice("hidden-rows", location, " ".join(run.text for run in runs), tokens=runs))
            is_head = head is not None and location.row == head.row
            rows.append(GridRow(tuple(cells), location, is_head, "" if is_head else key))
        width = max((cell.column + cell.across for row in rows for cell in row.cells), default=0)
        return Grid(tuple(rows), width, SourceLocation(number), sheet.title, str(head.value) if head else "")

    def _cell(
        self, cell: Any, spans: Mapping[tuple[int, int], Any], stored: Any, number: int, may_be_label: bool
    ) -> GridCell:
        location = SourceLocation(number, cell.row, cell.column)
        span = spans.get((cell.row, cell.column))
        across = span.max_col - span.min_col + 1 if span else 1
        down = span.max_row - span.min_row + 1 if span else 1
        value = self._value(cell, stored, location)
        number_format = _AS_TYPED if self.is_ours and cell.number_format == "#,##0" else cell.number_format
        if may_be_label and number_format == "General" and isinstance(value, float) and _LABEL.fullmatch(str(value)):
            value = str(value)
        elif _is_figure(value) and shown_number(value, number_format) is None:
            self.notices.append(Notice("figure-format", location, str(value), number_format))
        if cell.comment and not self.is_ours:
            self.tokens += 1
            run = OfficeRun(clean(cell.comment.text), self.tokens)
            self.notices.append(Notice("comment", location, run.text, cell.comment.author or "", (run,)))
        runs = with_powers(self._runs(value, number_format, cell.font, location))
        return GridCell(cell.column - 1, across, down, (OfficeParagraph(runs, location),) if runs else (), location)

    def _value(self, cell: Any, stored: Any, location: SourceLocation) -> Any:
        """Return the value of a cell; for a formula the stored value."""
        if cell.data_type != "f":
            return cell.value
        value = stored.cell(cell.row, cell.column).value if stored is not None else None
        kind: NoticeKind = "formula" if value is not None else "formula-without-value"
        self.notices.append(Notice(kind, location, str(cell.value)))
        return str(cell.value) if value is None else value

    def _runs(self, value: Any, number_format: str, font: Any, location: SourceLocation) -> Iterator[OfficeRun]:
        """Yield the runs of a value. `font` is the cell's; blocks of rich text (a list) have their own."""
        if value is None:
            return
        for part in value if isinstance(value, list) else [value]:
            own_font = getattr(part, "font", None)
            written = printed_value(getattr(part, "text", part), number_format)
            coding = font_coding(getattr(own_font, "rFont", None) or font.name or "")
            text = clean(to_unicode(written, coding))
            if re.search(r"[^\W\d_]", text) and (kind := notice_of(coding)):
                self.notices.append(Notice(kind, location, text))
            elif guess := guess_unicode(written):
                self.notices.append(Notice("legacy-font-guess", location, text, guess))
            self.tokens += 1
            raised = own_font is not None and own_font.vertAlign == "superscript"
            struck = bool((own_font or font).strike) and bool(text.strip())
            if struck:
                self.notices.append(Notice("struck-text", location, text))
            yield OfficeRun(text, self.tokens, bool(own_font and own_font.b), raised, hidden=struck)

    def _check_label(self, cell: Any, grid_cell: GridCell, last: dict[int, str]) -> None:
        """Ask about a label such as 1.10, which Excel stores as the number 1.1, if the order of labels breaks."""
        if cell.column > _LABEL_COLUMNS or not grid_cell.text:
            return
        before, printed = last.get(cell.column, ""), grid_cell.text.replace(",", ".")
        if isinstance(cell.value, float) and (proposal := _next_label(before)) and proposal.rstrip("0") == printed:
            self.notices.append(Notice("number-format", grid_cell.location, grid_cell.text, proposal))
            printed = proposal
        last[cell.column] = printed

    @staticmethod
    def _is_hidden_column(sheet: Any, column: int) -> bool:
        from openpyxl.utils import get_column_letter  # noqa: PLC0415

        letter = get_column_letter(column)
        return letter in sheet.column_dimensions and bool(sheet.column_dimensions[letter].hidden)


def _key_head(sheet: Any) -> Any:
    """Return the head cell of the hidden column of ids in a sheet of ours; None in other sheets."""
    cells = (cell for line in sheet.iter_rows(max_row=min(SEARCHED_ROWS, sheet.max_row)) for cell in line)
    return next((cell for cell in cells if str(cell.value).startswith((STAMP, OUTLINE_STAMP))), None)


def _next_label(label: str) -> str:
    """Return the label after `1.9` if Excel shortens it: `1.10`."""
    match = re.fullmatch(r"(\d+)\.(\d+)", label)
    following = f"{match[1]}.{int(match[2]) + 1}" if match else ""
    return following if following.endswith("0") else ""


def _is_figure(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def printed_value(value: Any, number_format: str) -> str:
    """Return a value as Excel shows it in Vietnam.

    >>> printed_value(0.8, "0%"), printed_value(2500000, "#,##0"), printed_value(1.5, "0.0")
    ('80%', '2.500.000', '1,5')
    """
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, datetime | date):
        day = value.strftime("%d/%m/%Y" if "d" in number_format.lower() else "%m/%Y")
        has_time = isinstance(value, datetime) and value.time() != time() and "h" in number_format.lower()
        return f"{day} {value:%H:%M}" if has_time else day
    if not _is_figure(value):
        return shown_text(str(value), number_format)
    return shown_number(value, number_format) or shown_number(value, "General") or str(value)
