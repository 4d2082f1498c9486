"""Workbooks that this program wrote: they say which entry each row is, however an office has edited them.

The sheet of activities has a line for each activity and sub-row, the outline sheet one for each heading and target. A
hidden column has their ids; if it was deleted, the columns of codes do. The order of lines says nothing, because people
sort. What the program computes from other columns is compared with what it would print, and is no field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.bookmarks import OUTLINE_STAMP, SEARCHED_ROWS, STAMP, BookmarkedEntry, bookmarked_entry, sheet_key
from generator.language.catalogue import site_words
from generator.language.quantities import common_unit
from generator.language.vietnamese import format_number, parse_number
from generator.reading.column_headings import ColumnHeading
from generator.reading.heading_words import heading_key, read_period
from generator.reading.office_document import Grid, GridCell, GridRow, OfficeDocument
from generator.work_fields import WORK_FIELDS

_FIELDS = {
    **{name: field.import_name for name, field in WORK_FIELDS.items() if field.excel},
    **{"label": "label", "title": "title", "years": "years", "text": "text", "note": "note"},
    **{"footnotes": "footnotes", "programmes": "programmes"},
    **{f"roles_{role}": f"roles.{role}" for role in "central local province district commune branch".split()},
    **{"id": "key.id", "row": "key.row", "section_id": "ancestor.section", "target_id": "ancestor.target"},
    **{
        "parent_id": "ancestor.parent",
        "section": "name.section",
        "target": "name.target",
        "lead_from": "computed.lead_from",
    },
}
_COMPUTED = "due_from due_to measures serves ground task status plan_id serves_ids task_id lead_ids partner_ids".split()
_COMPUTED += ["level_unit_ids", "programme_ids", "url"]
_OUTLINE_FIELDS = {
    **{"kind": "key.kind", "label": "label", "title": "title", "short_title": "short_title", "text": "text"},
    **{"lead": "lead", "levels": "levels_text", "programmes": "programmes", "footnotes": "footnotes", "note": "note"},
    **{"id": "key.id", "parent_id": "ancestor.section", "parent": "name.section", "measures": "computed.measures"},
}
_INHERITED = {field.import_name for field in WORK_FIELDS.values() if field.is_repeated}
"""Fields that a sub-row's line repeats from its activity."""
ANCESTORS = ("section", "target", "parent")
"""The entries above a line, by the columns of their codes."""
_KINDS = ("section", "task", "breakthrough", "target")


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet of ours: its heading, and its field (empty for a column that an office has added)."""

    heading: ColumnHeading
    field: str


@dataclass
class SheetLine:
    """A line of a sheet: its entry (None for a new one), and its cells by field.

    `cells` are fields of the entry; `extra` are cells of added columns, by column; `computed` are cells that the
    program computes. `kind` is the kind of a line in the outline, empty for activities.
    """

    row: GridRow
    entry: BookmarkedEntry | None
    cells: dict[str, GridCell] = field(default_factory=dict)
    extra: dict[int, GridCell] = field(default_factory=dict)
    computed: dict[str, GridCell] = field(default_factory=dict)
    kind: str = ""

    def text(self, name: str) -> str:
        """Return the words of a cell, computed or not; empty if there are none."""
        cell = self.cells.get(name) or self.computed.get(name)
        return cell.text if cell else ""

    @property
    def key(self) -> str:
        """The text of the hidden column for its entry, empty for a new one."""
        return sheet_key(self.entry.id, self.entry.row) if self.entry else ""


@dataclass(frozen=True)
class SheetTable:
    """A sheet of ours: its columns and lines, and what stands above and in its head."""

    grid: Grid
    columns: Sequence[SheetColumn]
    lines: Sequence[SheetLine]
    head: GridRow
    above: Sequence[GridRow]


def sheet_fields() -> Mapping[str, str]:
    """Return the fields of our headings in the sheet of activities, by `heading_key`."""
    names = {**_FIELDS, **{name: f"computed.{name}" for name in _COMPUTED}}
    return {heading_key(site_words().text(f"site.data.column.{name}.title")): field for name, field in names.items()}


def outline_fields() -> Mapping[str, str]:
    """Return the fields of our headings in the outline sheet, by `heading_key`."""
    return {
        heading_key(site_words().text(f"site.data.outline.column.{name}")): field
        for name, field in _OUTLINE_FIELDS.items()
    }


def activity_table(document: OfficeDocument, periods: Mapping[str, str]) -> SheetTable | None:
    """Return the sheet of activities of a workbook of ours, or None.

    `periods` are the ids of the plan's periods by the `heading_key` of their titles.
    """
    fields = {**sheet_fields(), **{title: f"by_period.{id_}" for title, id_ in periods.items()}}
    tables = [table for grid in document.grids if (table := _table(grid, STAMP, fields))]
    return tables[0] if len(tables) == 1 else None


def is_own_workbook(document: OfficeDocument) -> bool:
    """Return whether a document is a workbook of ours."""
    return activity_table(document, {}) is not None


def outline_table(document: OfficeDocument) -> SheetTable | None:
    """Return the sheet of headings and targets; None if an office has deleted it."""
    fields = outline_fields()
    tables = [table for grid in document.grids if (table := _table(grid, OUTLINE_STAMP, fields))]
    kinds = {site_words().text(f"site.data.outline.kind.{kind}").casefold(): kind for kind in _KINDS}
    for line in tables[0].lines if tables else ():
        line.kind = kinds.get(line.text("key.kind").casefold(), "section")
    return tables[0] if tables else None


def settle_lines(table: SheetTable, printed: SheetTable | None) -> None:
    """Decide which copy of a line is the entry, and which of two cells for one thing counts.

    A year's number is beside the printed cell, and years beside the words for a time: if only one was changed, the
    other is out of date. A sub-row repeats its activity's values, which are no fields of its own.
    """
    before = {line.key: line for line in printed.lines} if printed else {}
    _settle_copies(table, before)
    activities = {line.entry.id: line for line in table.lines if line.entry and not line.entry.row}
    old_activities = {line.entry.id: line for line in before.values() if line.entry and not line.entry.row}
    for line in table.lines:
        old = before.get(line.key)
        for name in [name for name in line.cells if name.startswith("printed.")]:
            _settle_year(line, old, name.removeprefix("printed."))
        if old and line.text("years") == old.text("years") and line.text("when") != old.text("when"):
            _drop(line, "years")
        if line.entry and line.entry.row:
            _drop_inherited(line, old, activities.get(line.entry.id), old_activities.get(line.entry.id))
        if line.text("computed.lead_from") and (old is None or old.text("lead") == line.text("lead")):
            _drop(line, "lead")
        years = [cell.text for name, cell in line.cells.items() if name.startswith("by_year.")]
        unit = line.text("unit_of_measure")
        if unit and unit == common_unit(years):
            _drop(line, "unit_of_measure")


def _settle_year(line: SheetLine, old: SheetLine | None, year: str) -> None:
    """Keep one cell of a year: the printed one, unless only the number was changed."""
    number, printed = line.cells.get(f"by_year.{year}"), line.cells.pop(f"printed.{year}")
    same_number = parse_number(printed.text) == parse_number(line.text(f"by_year.{year}"))
    is_stale = not same_number and (
        old is None
        or (old.text(f"by_year.{year}") != line.text(f"by_year.{year}") and old.text(f"printed.{year}") == printed.text)
    )
    if number is None or not is_stale:
        column = number.column if number else printed.column
        line.cells[f"by_year.{year}"] = replace(printed, column=column)
        printed, number = number or printed, None
    line.computed[f"printed.{year}"] = printed


def _drop(line: SheetLine, name: str) -> None:
    if name in line.cells:
        line.computed[name] = line.cells.pop(name)


def _drop_inherited(
    line: SheetLine, old: SheetLine | None, activity: SheetLine | None, before: SheetLine | None
) -> None:
    for name in _INHERITED & line.cells.keys():
        is_same = activity is not None and activity.text(name) == line.text(name)
        was_same = before is not None and old is not None and before.text(name) == old.text(name) == line.text(name)
        if is_same or was_same:
            _drop(line, name)


def _table(grid: Grid, stamp: str, fields: Mapping[str, str]) -> SheetTable | None:
    """Return a sheet as one of ours, recognised by its hidden column, else by its columns of codes."""
    if grid.key_head and not grid.key_head.startswith(stamp):
        return None
    for index, row in enumerate(grid.rows[:SEARCHED_ROWS]):
        columns = list(_columns(row, fields))
        named = {column.field for column in columns}
        if (grid.key_head and row.is_head) or (
            {"key.id", "title"} <= named and ("key.row" in named) == (stamp == STAMP)
        ):
            lines = list(_lines(grid.rows[index + 1 :], columns))
            return SheetTable(grid, columns, lines, row, grid.rows[:index])
    return None


def _columns(row: GridRow, fields: Mapping[str, str]) -> Iterator[SheetColumn]:
    printed = re.escape(site_words().text("site.data.column.printed.title", year="2000")).replace(
        "2000", r"((?:19|20)\d\d)"
    )
    for cell in row.cells:
        if not cell.text:
            continue
        heading = ColumnHeading(cell.column, (cell.text,), cell.tokens)
        key = heading_key(cell.text)
        if year := re.fullmatch(printed, cell.text.strip()):
            yield SheetColumn(heading, f"printed.{year[1]}")
        elif re.fullmatch(r"(?:19|20)\d\d", key):
            yield SheetColumn(heading, f"by_year.{key}")
        else:
            period = read_period([cell.text])
            yield SheetColumn(heading, fields.get(key) or (f"by_period.{period[0]}" if period else ""))


def _lines(rows: Sequence[GridRow], columns: Sequence[SheetColumn]) -> Iterator[SheetLine]:
    by_column = {column.heading.column: column.field for column in columns}
    hanging: dict[int, tuple[GridCell, int]] = {}
    for row in rows:
        number = row.location.row
        filled = {cell.column: cell for cell in row.cells if cell.text}
        for column, (cell, last) in hanging.items():
            if number <= last:  # a cell that an office has merged applies to each line
                filled.setdefault(column, replace(cell, down=1))
        hanging |= {column: (cell, number + cell.down - 1) for column, cell in filled.items() if cell.down > 1}
        if not filled:
            continue
        line = SheetLine(row, None)
        for column, cell in sorted(filled.items()):
            name = by_column.get(column, "")
            if not name:
                line.extra[column] = cell
            elif name.split(".")[0] in {"key", "ancestor", "name", "computed"}:
                line.computed[name] = cell
            else:
                line.cells[name] = _with_number(cell) if name.startswith("by_year.") else cell
        line.entry = _entry_of(line)
        yield line


def _settle_copies(table: SheetTable, before: Mapping[str, SheetLine]) -> None:
    """Leave an id to one of the lines that have it, the one with the printed words: a copied row is a new one."""
    by_key: dict[str, list[SheetLine]] = {}
    for line in table.lines:
        by_key.setdefault(line.key, []).append(line)
    by_key.pop("", None)
    for key, lines in by_key.items():
        old = before.get(key)
        original = next((line for line in lines if old and line.text("title") == old.text("title")), lines[0])
        for line in lines:
            if line is not original:
                line.entry = None


def _with_number(cell: GridCell) -> GridCell:
    """Return a cell of a year with its number as offices write it: `2.600` for a typed 2600."""
    if not re.fullmatch(r"\d{4,}", cell.text):
        return cell
    paragraph = cell.paragraphs[0]
    run = replace(paragraph.runs[0], text=format_number(int(cell.text)))
    return replace(cell, paragraphs=(replace(paragraph, runs=(run,)),))


def _entry_of(line: SheetLine) -> BookmarkedEntry | None:
    """Return the entry of a line: from its hidden cell, else from its codes."""
    if line.row.bookmark:
        return bookmarked_entry(line.row.bookmark)
    id_, row = line.text("key.id"), line.text("key.row")
    return bookmarked_entry(sheet_key(id_, int(row) if row.isdecimal() else 0)) if id_ else None
