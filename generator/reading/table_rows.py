"""The content of one row of a plan's table: label, words of the title, filled cells, format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.reading.column_headings import ColumnMapping
from generator.reading.heading_words import names_money
from generator.reading.office_document import GridCell, GridRow
from generator.reading.row_labels import RowLabel, parse_label, split_label

_OF_SUBROWS = {"amount", "unit_of_measure", "when", "when_from", "when_to"}
"""Fields that a sub-row may have; a row with any other is an activity."""


@dataclass(frozen=True)
class TableColumns:
    """The columns of label, title and values. Prose has only a title."""

    label: int | None
    title: int
    years: frozenset[int]
    values: frozenset[int]
    leads: frozenset[int]
    money: frozenset[int]
    section: int | None
    target: int | None

    @staticmethod
    def of(mapping: ColumnMapping) -> TableColumns:
        """Return the columns of a table that has a column of titles."""
        title = mapping.titles
        assert title is not None  # the caller has checked it
        label, section, target = mapping.first("label"), mapping.first("section"), mapping.first("target")
        columns_with_field = {label, title, section, target}
        years = frozenset(
            column_field.heading.column
            for column_field in mapping.columns
            if column_field.is_of_time or column_field.field.split(".")[0] in _OF_SUBROWS
        )
        leads = frozenset(
            column_field.heading.column
            for column_field in mapping.columns
            if column_field.field in {"lead", "partners"}
        )
        money = frozenset(
            column_field.heading.column
            for column_field in mapping.columns
            if column_field.field.split(".")[0] in {"costs", "funding"}
            or any(map(names_money, column_field.heading.words))
        )
        values = frozenset(
            column_field.heading.column
            for column_field in mapping.columns
            if column_field.heading.column not in columns_with_field and not column_field.heading.is_below
        )
        return TableColumns(label, title, years, values, leads, money, section, target)


@dataclass(frozen=True)
class LookedRow:
    """A row before its place is known. A paragraph of prose is one too."""

    row: GridRow
    label: RowLabel | None
    odd_label: str
    lines: tuple[str, ...]
    cells: dict[int, GridCell]
    spans: bool
    is_bold: bool
    is_paragraph: bool
    label_tokens: tuple[int, ...]
    title_tokens: tuple[int, ...]
    notes: tuple[str, ...]
    marks: tuple[str, ...]
    hanging: frozenset[int]
    is_held: bool = False  # whether a label or title merged from a row above covers it

    @property
    def title(self) -> str:
        """The title in one line."""
        return " ".join(self.lines)

    @property
    def is_capitals(self) -> bool:
        """Whether the title is printed in capitals."""
        return self.title.upper() == self.title and len(re.findall(r"[^\W\d_]", self.title)) > 3

    @property
    def is_target(self) -> bool:
        """Whether the label says that this is a target."""
        return self.label is not None and self.label.word == "Chỉ tiêu"


def look_at(row: GridRow, columns: TableColumns, hanging: frozenset[int] = frozenset()) -> LookedRow | None:
    """Return the content of a row; None if it has no words.

    `hanging` are the columns in which a merged cell from a row without a label covers it.
    """
    filled = [cell for cell in row.cells if cell.text]
    if not filled:
        return None
    title = next((cell for cell in row.cells if cell.column <= columns.title < cell.column + cell.across), None)
    label_cell = next((cell for cell in row.cells if cell is not title and cell.column == columns.label), None)
    label, odd, lines, is_in_title = _label_of(row.role, label_cell.text if label_cell else "", title)
    title_tokens = title.tokens if title else ()
    cells = {cell.column: cell for cell in filled if cell is not title and cell is not label_cell}
    covered = range(title.column, title.column + title.across) if title else range(0)
    values = columns.values
    spans = title is not None and (len(values & set(covered)) * 2 >= len(values) > 0 or title.across > 3)
    return LookedRow(
        row=row,
        label=label,
        odd_label=odd,
        lines=tuple(line for line in lines if line),
        cells=cells,
        spans=spans,
        is_bold=title is not None and all(paragraph.is_bold for paragraph in title.paragraphs if paragraph.text),
        is_paragraph=row.location.table == 0,
        label_tokens=(*(label_cell.tokens if label_cell else ()), *(title_tokens if is_in_title else ())),
        title_tokens=title_tokens,
        notes=title.notes if title else (),
        marks=title.marks if title else (),
        hanging=hanging,
    )


def _label_of(role: str, text: str, title: GridCell | None) -> tuple[RowLabel | None, str, tuple[str, ...], bool]:
    """Return a label, words in place of a label, the lines of the title, and whether the label is in the title.

    `text` is the text of the label's cell.
    """
    lines = title.lines if title else ()
    label = parse_label(text) if text else None
    if role:  # in our own files the cell has the plan's label
        return replace(label or RowLabel("", "word", (text,)), printed=text) if text else None, "", lines, False
    odd = "" if label else text
    inner, rest = split_label(lines[0]) if lines else (None, "")
    if inner and inner.kind != "word" and (deeper := split_label(rest))[0] and deeper[0].kind == "word":
        inner, rest = deeper  # `1. Chỉ tiêu 1: …` is target 1
    if not inner or (inner.kind != "word" and (label is not None or odd)):
        return label, odd, lines, False
    if label is not None and label.count != inner.count:
        odd = label.printed
    if inner.kind != "word" and not rest:
        return label, odd, lines, True
    return inner, odd, (rest, *lines[1:]) if rest else lines[1:], True


def look_at_all(rows: Sequence[GridRow], columns: TableColumns) -> list[LookedRow]:
    """Return the contents of the rows, without those that have no words."""
    looked_rows: list[LookedRow] = []
    ends: dict[int, tuple[int, int]] = {}  # column -> table and last row of a merged cell from an unlabelled row
    holders: dict[int | None, tuple[LookedRow, int]] = {}  # column of labels or titles -> row and last row of its cell
    for row in rows:
        table, number = row.location.table, row.location.row
        ends = {column: end for column, end in ends.items() if end[0] == table and end[1] >= number}
        looked = look_at(row, columns, frozenset(ends))
        if looked is None:
            continue
        holders = {
            column: (holder, last)
            for column, (holder, last) in holders.items()
            if holder.row.location.table == table and last >= number
        }
        looked = _held(looked, columns, {column: holder for column, (holder, _) in holders.items()})
        looked_rows.append(looked)
        for column, cell in looked.cells.items():
            if cell.down > 1 and looked.label is None:
                ends[column] = (table, number + cell.down - 1)
        for cell in row.cells:
            if cell.down > 1 and cell.text and cell.column in {columns.label, columns.title}:
                holders[cell.column] = (looked, number + cell.down - 1)
    return looked_rows


def _held(looked: LookedRow, columns: TableColumns, holders: Mapping[int | None, LookedRow]) -> LookedRow:
    """Return a row with the merged title that covers it, and whether it is a part of the row above."""
    if not looked.lines and columns.title in holders:
        return replace(looked, lines=holders[columns.title].lines, is_held=looked.label is None)
    return replace(looked, is_held=True) if looked.label is None and columns.label in holders else looked
