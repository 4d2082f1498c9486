"""Finds the plan's table in a document, the end of its head, and tables that belong together.

A table that a page break has cut continues in the next one, and so does one whose parts stand below headings (`I. …`,
`II. …`); repeated heads are dropped and listed. Tables with other heads are never joined here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.reading.column_headings import ColumnHeading, is_label_heading
from generator.reading.headed_tables import HeadedTable, headed_table
from generator.reading.lines_above import money_below, stands_aside, unit_below
from generator.reading.office_document import Grid, GridRow, OfficeDocument, OfficeParagraph, SourceLocation
from generator.reading.part_headings import (
    PartHeading,
    as_row,
    heading_label,
    part_headings,
    sheet_heading,
)
from generator.reading.row_labels import UPPER_KINDS, is_alike, parse_label, split_label

ENDING_WORDS = re.compile(r"Nơi nhận|(?:TM|KT|TL|TUQ)\.\s", re.I)
"""The beginnings of tables that are no rows of the plan: recipients, signers."""


@dataclass(frozen=True)
class PlanTable:
    """A plan's table: the headings of its columns, and its rows without the heads.

    `before` and `after` are the paragraphs and other tables around it, in the document's order; `repeated` are rows
    that only repeat the head. `heading` is the line above it that heads it among others of its kind, or its first row.
    """

    number: int
    headings: tuple[ColumnHeading, ...]
    rows: tuple[GridRow, ...]
    head: tuple[GridRow, ...]
    repeated: tuple[GridRow, ...]
    before: tuple[OfficeParagraph | Grid, ...]
    after: tuple[OfficeParagraph | Grid, ...]
    heading: str = ""


def plan_tables(document: OfficeDocument) -> list[PlanTable]:
    """Return the tables of the document that may be a plan's, with continued ones joined."""
    headed = [table for index, block in enumerate(document.blocks) if (table := headed_table(index, block))]
    parts = part_headings(document.blocks, headed)
    groups: list[list[HeadedTable]] = []
    for table in headed:
        if groups and table.goes_on(groups[-1][0]):
            groups[-1].append(table)
        else:
            groups.append([table])
    return [_joined(document, group, parts) for group in groups]


def _joined(document: OfficeDocument, group: Sequence[HeadedTable], parts: Mapping[int, PartHeading]) -> PlanTable:
    first = group[0]
    blocks = document.blocks
    last = max(group[-1].block, _last_follower(blocks, group[-1]))
    part = parts.get(first.block)
    at = part.block if part else last
    start = min(at, _with_headings_above(blocks, first, last, at))
    rows = _RowCollector(first, {part.location: part.row for part in parts.values()})
    heads = {table.block: table for table in group}
    for index in range(start, last + 1):
        block = blocks[index]
        head = heads.get(index)
        if isinstance(block, OfficeParagraph):
            rows.add_line(as_row(block, first.grid.width))
            continue
        if head:
            rows.add_above(head, sheet_heading(block) if len(group) > 1 and index not in parts else None)
        rows.add_body(block.rows[head.end :] if head else block.rows)
    above = [row for row in first.grid.rows[: first.start] if row.location not in rows.parts]
    above_head = _as_grids(first.grid, above)
    money = rows.money(money_below((*blocks[: first.block], *above_head), first.grid.location.table))
    return PlanTable(
        number=first.grid.location.table,
        headings=tuple(replace(heading, money=money) for heading in first.headings),
        rows=tuple(rows.rows),
        head=first.grid.rows[first.start : first.end],
        repeated=tuple(rows.repeated),
        before=(*blocks[:start], *above_head),
        after=(*_as_grids(first.grid, rows.endings), *blocks[last + 1 :]),
        heading=part.row.text if part else next((row.text for row in rows.rows), ""),
    )


@dataclass
class _RowCollector:
    """Collects the rows of a table and its continuations, rows that only repeat the first table's lines, and endings.

    `parts` are the headings of parts by their places.
    """

    first: HeadedTable
    parts: Mapping[SourceLocation, GridRow]
    rows: list[GridRow] = field(default_factory=list)
    repeated: list[GridRow] = field(default_factory=list)
    endings: list[GridRow] = field(default_factory=list)
    units: list[GridRow] = field(default_factory=list)
    is_ended: bool = False  # by a signature or recipients, until the next head

    def add_line(self, row: GridRow) -> None:
        """Add a line between tables, or above the head of a sheet."""
        self.is_ended = self.is_ended or ENDING_WORDS.match(row.text) is not None
        if part := self.parts.get(row.location):
            self.rows.append(part)
        elif self.is_ended:
            self.endings.append(row)
        elif unit_below(row.text):
            self.units.append(row)
        elif row.text:
            (self.repeated if stands_aside(row.text) or row.text in self._texts(0) else self.rows).append(row)

    def add_above(self, table: HeadedTable, sheet: GridRow | None) -> None:
        """Add the rows above the head of a table, and the head of a continuation. `sheet` is the row of its name."""
        is_first = table.block == self.first.block
        self.is_ended = False
        for row in table.grid.rows[: table.start]:
            if not is_first or row.location in self.parts:
                self.add_line(row)
        self.rows += [sheet] if sheet else []
        self.repeated += () if is_first else table.grid.rows[table.start : table.end]

    def add_body(self, body: Sequence[GridRow]) -> None:
        """Add the rows below a head."""
        end = next((index for index, row in enumerate(body) if ENDING_WORDS.match(row.text)), len(body))
        for row in body[:end]:
            (self.repeated if row.text and row.text in self._texts(self.first.start) else self.rows).append(row)
        self.endings += body[end:]

    def money(self, unit: str) -> str:
        """Return the unit of money of all tables; none if a later one has another unit, whose line is then asked."""
        if any(unit_below(row.text) != unit for row in self.units):
            return ""
        self.repeated += self.units
        return unit

    def _texts(self, start: int) -> set[str]:
        """Return the texts of the rows of the first table from one row to the end of its head."""
        return {row.text for row in self.first.grid.rows[start : self.first.end]}


def _last_follower(blocks: Sequence[OfficeParagraph | Grid], head: HeadedTable) -> int:
    """Return the last table without a head that continues this one, directly or below the next heading."""
    last = head.block
    for index in range(head.block + 1, len(blocks)):
        block = blocks[index]
        if isinstance(block, OfficeParagraph):
            label = heading_label(block)
            if block.text and not stands_aside(block.text) and (label is None or label.kind not in UPPER_KINDS):
                break
        elif block.width == head.grid.width and _labels_go_on(block) and headed_table(index, block) is None:
            last = index
        else:
            break
    return last


def _labels_go_on(grid: Grid) -> bool:
    """Return whether most rows begin with a label or nothing, as rows of a plan do, and the first one is no head."""
    firsts = [row.cells[0].text for row in grid.rows if row.cells and row.cells[0].column == 0]
    fitting = [text for text in firsts if not text or parse_label(text)]
    return bool(firsts) and not is_label_heading(firsts[0]) and len(fitting) * 10 >= len(firsts) * 6


def _with_headings_above(blocks: Sequence[OfficeParagraph | Grid], first: HeadedTable, last: int, part: int) -> int:
    """Return where the headings above a table begin; the table's own index if its rows have headings themselves.

    `1. …` is a heading if `2. …` stands between two parts of the table, or if it heads a part in block `part`.
    """
    row = first.grid.rows[first.end] if first.end < len(first.grid.rows) else None
    text = row.cells[0].text if row and row.cells else ""
    own = parse_label(text) or split_label(text)[0]
    between = [heading_label(block) for block in blocks[first.block : last]]
    if first.start or row is None or len(row.cells) == 1 or (own and own.kind in UPPER_KINDS):
        return first.block
    start, is_done = first.block, False
    for index in range(first.block - 1, -1, -1):
        block, label = blocks[index], heading_label(blocks[index])
        if isinstance(block, OfficeParagraph) and (not block.text or stands_aside(block.text)):
            continue
        is_first = start == first.block and any(is_alike(label, other) for other in between) if label else False
        if is_done or label is None or not (label.kind in UPPER_KINDS or is_first or index == part):
            break
        start, is_done = index, label.kind in UPPER_KINDS
    return start


def _as_grids(grid: Grid, rows: Sequence[GridRow]) -> tuple[Grid, ...]:
    """Return rows of a sheet above or below the plan's table as a table of their own."""
    return (Grid(tuple(rows), grid.width, grid.location, grid.name),) if rows else ()
