"""Tables as Excel workbooks: a sheet of activities to filter and print, and a sheet that describes the file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from generator.data.about import About
from generator.data.cascade_table import ExtraSheet
from generator.data.csv_table import is_formula
from generator.data.table_columns import ActivityTable, TableColumn
from generator.data.year_cells import Cell

_OPTIONS = {
    "constant_memory": True,  # row by row: the sheet itself is never held as a whole
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_TEXT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True}
_HEAD = {**_TEXT, "bold": True, "bg_color": "#E4E9F2", "bottom": 1, "valign": "vcenter"}
_LOOKS = {
    "head": _HEAD,
    "year_head": {**_HEAD, "align": "center"},
    "text": _TEXT,
    "year": {**_TEXT, "align": "center"},
    "count": {**_TEXT, "align": "center", "num_format": "#,##0"},
    "day": {**_TEXT, "align": "center", "num_format": "dd/mm/yyyy"},
    "bold": {**_TEXT, "bold": True},
}
A4 = 9
LINE_HEIGHT, TALLEST_ROW = 16.0, 409.0
"""In points: one line of text, and Excel's tallest row."""
LONGEST_TEXT_CELL = 255
"""Letters of the longest cell that old versions of Excel show in text format."""
MOST_LINKS, LONGEST_LINK = 65_530, 2_079
"""The most links in an Excel sheet, and the letters of the longest."""


def workbook_of(
    table: ActivityTable, about: About, extras: Sequence[ExtraSheet] = (), keys: Sequence[str] = ()
) -> bytes:
    """Return the table as a workbook, without empty columns, and with further sheets.

    `keys` are the cells of a hidden column, its head first; empty if there is none. Without rows the workbook has all
    columns. The same table always gives the same bytes.
    """
    rows = list(table.rows())
    shown = [
        index
        for index, column in enumerate(table.columns)
        if column.group == "pen" or not rows or any(row[index] is not None for row in rows)
    ]
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    book.set_properties({"title": about.title, "created": datetime.combine(about.day, datetime.min.time())})
    writer = _WorkbookWriter(book)
    writer.activities(
        ActivityTable([table.columns[index] for index in shown], table.lines),
        [[row[index] for index in shown] for row in rows],
        about,
        keys,
    )
    for extra in extras:
        writer.extra(extra)
    writer.about(about)
    book.close()
    return file.getvalue()


def height_of(columns: Sequence[TableColumn], cells: Sequence[Cell]) -> float:
    """Return the height of a row in points, for its longest text when wrapped.

    Not every spreadsheet program computes it.
    """
    read = zip(columns, cells, strict=True)
    lines = [lines_in(str(cell), column.width) for column, cell in read if column.group not in {"context", "code"}]
    return min(LINE_HEIGHT * max(lines, default=1), TALLEST_ROW)


def lines_in(text: str, width: int) -> int:
    """Return how many lines a text needs in a column of this many digits.

    Letters are a fifth narrower than digits.
    """
    return sum(ceil(max(len(part), 1) / (1.2 * width)) for part in text.split("\n"))


class _WorkbookWriter:
    """Writes the sheets of one workbook; makes each cell format once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.looks: dict[tuple[str, bool, bool, bool], Any] = {}

    def activities(
        self, table: ActivityTable, rows: Sequence[Sequence[Cell]], about: About, keys: Sequence[str]
    ) -> None:
        """Write the sheet of activities."""
        sheet = self.book.add_worksheet(about.sheet)
        self._set_up(sheet, table.columns, len(rows), about)
        self._hide_keys(sheet, len(table.columns), len(rows), keys)
        for number, (line, row) in enumerate(zip(table.lines, rows, strict=True), 1):
            sheet.set_row(number, height_of(table.columns, row))
            for index, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                if cell is not None:
                    self._write(sheet, (number, index), cell, line.number > 0, column.group == "year")
            if keys:
                sheet.write_string(number, len(table.columns), keys[number])

    def extra(self, extra: ExtraSheet) -> None:
        """Write a sheet of other lines than activities, with a frozen head and filters."""
        sheet = self.book.add_worksheet(extra.name)
        for index, (title, width) in enumerate(extra.columns):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, title, self._look("head"))
        sheet.autofilter(0, 0, len(extra.rows), len(extra.columns) - 1)
        self._hide_keys(sheet, len(extra.columns), len(extra.rows), extra.keys)
        for number, row in enumerate(extra.rows, 1):
            cells = zip(row, extra.columns, strict=True)
            lines = max(lines_in(str(cell), width) for cell, (_, width) in cells if cell is not None)
            sheet.set_row(number, min(LINE_HEIGHT * lines, TALLEST_ROW))
            for index, cell in enumerate(row):
                if cell is not None:
                    self._write(sheet, (number, index), cell, False, isinstance(cell, int | float))
            if extra.keys:
                sheet.write_string(number, len(extra.columns), extra.keys[number])
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)

    def about(self, about: About) -> None:
        """Write the sheet that describes the workbook and its source."""
        sheet = self.book.add_worksheet(about.about_sheet)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        for row, (name, text) in enumerate(about.facts):
            sheet.set_row(row, min(LINE_HEIGHT * lines_in(text, 90), TALLEST_ROW))
            sheet.write_string(row, 0, name, self._look("bold"))
            sheet.write_string(row, 1, text, self._look("text", formula=is_formula(text)))

    def _hide_keys(self, sheet: Worksheet, column: int, lines: int, keys: Sequence[str]) -> None:
        """Write the head of the hidden column of ids; the filter includes it, so that sorting moves the ids too."""
        if keys:
            sheet.set_column(column, column, 10, None, {"hidden": True})
            sheet.write_string(0, column, keys[0])
            sheet.autofilter(0, 0, lines, column)

    def _set_up(self, sheet: Worksheet, columns: Sequence[TableColumn], lines: int, about: About) -> None:
        """Set widths, the frozen head with filters, and the page format.

        The page is landscape and as wide as all columns, with the head on each page.
        """
        for index, column in enumerate(columns):
            year = column.group == "year"
            sheet.set_column(index, index, column.width, self._look("year" if year else "text", as_typed=True))
            sheet.write_string(0, index, column.title, self._look("year_head" if year else "head"))
        sheet.set_row(0, LINE_HEIGHT * max(lines_in(column.title, column.width - 2) for column in columns))
        titles = next(index for index, column in enumerate(columns) if column.name == "title")
        printed = [
            index for index, column in enumerate(columns) if column.group in {"plan", "unit", "main", "year", "pen"}
        ]
        sheet.freeze_panes(1, titles + 1)
        sheet.autofilter(0, 0, lines, len(columns) - 1)
        sheet.hide_gridlines(0)  # shows them, in print too
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, lines, max(printed))
        sheet.fit_to_pages(1, 0)
        # In headers and footers an ampersand begins a code, and Excel allows 255 characters.
        sheet.set_header("&L" + about.title[:120].replace("&", "&&"))
        sheet.set_footer("&R&P/&N")

    def _write(self, sheet: Worksheet, position: tuple[int, int], cell: Cell, sub: bool, year: bool) -> None:
        if isinstance(cell, int | float):
            sheet.write_number(*position, cell, self._look("count" if year and isinstance(cell, int) else "year", sub))
            return
        if isinstance(cell, date):
            sheet.write_datetime(*position, datetime.combine(cell, time.min), self._look("day", sub))
            return
        text = str(cell)
        if text.startswith("<r>"):
            text += " "  # the library would read "<r>…</r>" as its own markup for rich text
        look = self._look("year" if year else "text", sub, is_formula(text), len(text) <= LONGEST_TEXT_CELL)
        if position[0] <= MOST_LINKS and len(text) < LONGEST_LINK and text.startswith(("https://", "http://")):
            sheet.write_url(*position, text, look)
        else:
            sheet.write_string(*position, text, look)

    def _look(self, name: str, sub: bool = False, formula: bool = False, as_typed: bool = False) -> Any:
        """Return a cell format.

        Sub-rows are in italics. Text like a formula stays text even when somebody edits it. In cells `as_typed`, typed
        input stays as it is: `8/3` becomes no date, `1.10` no number.
        """
        as_typed = as_typed and name == "text"
        key = (name, sub, formula, as_typed)
        if key not in self.looks:
            form = {"num_format": "@"} if as_typed else {}
            self.looks[key] = self.book.add_format({**_LOOKS[name], **form, "italic": sub, "quote_prefix": formula})
        return self.looks[key]
