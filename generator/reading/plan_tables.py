"""Finds the plan's table in a document, the end of its head, and tables that belong together.

A table that a page break has cut continues in the next one, and so does one whose parts stand below headings (`I. …`,
`II. …`); repeated heads are dropped and listed. Tables with other heads are other appendices and are never joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.reading.column_headings import ColumnHeading, count_known, count_timed, is_label_heading
from generator.reading.head_rows import headings_of, numbers_columns, stands_below_times
from generator.reading.heading_words import heading_key
from generator.reading.office_document import Grid, GridCell, GridRow, OfficeDocument, OfficeParagraph
from generator.reading.row_labels import RowLabel, is_alike, parse_label, split_label

_SEARCHED = 40
"""Rows of a table in which its head is looked for: a sheet has its letterhead above."""
ENDING_WORDS = re.compile(r"Nơi nhận|(?:TM|KT|TL|TUQ)\.\s", re.I)
"""The beginnings of tables that are no rows of the plan: recipients, signers."""
_YEAR = re.compile(r"(?:KH )?(?:Năm )?(?:19|20)\d\d|(?:Quý|Tháng) \S{1,3}|[QT]\d{1,2}|I{1,3}|IV", re.I)
_UPPER = {"roman", "capital", "word"}
_LONGEST_HEADING = 200
_CONTINUED = re.compile(r"\(?\s*tiếp theo.*", re.I)


@dataclass(frozen=True)
class PlanTable:
    """A plan's table: the headings of its columns, and its rows without the heads.

    `before` and `after` are the paragraphs and other tables around it, in the document's order; `repeated` are rows
    that only repeat the head.
    """

    number: int
    headings: tuple[ColumnHeading, ...]
    rows: tuple[GridRow, ...]
    head: tuple[GridRow, ...]
    repeated: tuple[GridRow, ...]
    width: int
    before: tuple[OfficeParagraph | Grid, ...]
    after: tuple[OfficeParagraph | Grid, ...]


@dataclass(frozen=True)
class HeadedTable:
    """A table with a known head: its block's index in the document, and the row at which the head ends."""

    block: int
    grid: Grid
    start: int
    end: int

    @property
    def headings(self) -> tuple[ColumnHeading, ...]:
        """The headings of its columns."""
        return headings_of(self.grid, self.start, self.end)

    @property
    def key(self) -> str:
        """A key that is equal for heads with the same columns."""
        return " | ".join(heading_key(" ".join(heading.words)) for heading in self.headings)


def plan_tables(document: OfficeDocument) -> list[PlanTable]:
    """Return the tables of the document that may be a plan's, with continued ones joined."""
    headed = [table for index, block in enumerate(document.blocks) if (table := headed_table(index, block))]
    groups: list[list[HeadedTable]] = []
    for table in headed:
        if groups and groups[-1][0].key == table.key and groups[-1][0].grid.width == table.grid.width:
            groups[-1].append(table)
        else:
            groups.append([table])
    return [_joined(document, group) for group in groups]


def headed_table(index: int, block: OfficeParagraph | Grid) -> HeadedTable | None:
    """Return the block at `index` with its head; None if it is no table, or its head is unknown."""
    if isinstance(block, OfficeParagraph):
        return None
    for start, row in enumerate(block.rows[:_SEARCHED]):
        end = _head_end(block, start)
        headings = headings_of(block, start, end)
        filled = {heading.text for heading in headings if heading.text}
        count = count_known(headings)
        if count >= 2 and (count + count_timed(headings)) * 2 >= len(filled):
            return HeadedTable(index, block, start, end)
        if row.is_head and len(filled) >= 2:
            return HeadedTable(index, block, start, end)
    return None


def _head_end(grid: Grid, start: int) -> int:
    """Return the row after the head; merged cells, marked rows and a row of column numbers belong to the head."""
    end = start + max((cell.down for cell in grid.rows[start].cells), default=1)
    while end < len(grid.rows) and grid.rows[end].is_head and grid.rows[start].is_head:
        end += 1
    if end < len(grid.rows) and _is_below_a_group(grid.rows[end], grid.rows[start:end]):
        end += 1
    if end < len(grid.rows) and numbers_columns(grid.rows[end], grid.rows[start:end]):
        end += 1
    return min(end, len(grid.rows))


def _is_below_a_group(row: GridRow, above: Sequence[GridRow]) -> bool:
    """Return whether a row has only years or quarters, in columns of values: the second row of an unmerged head."""
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) < 2 or any(cell.column < 2 for cell in filled):
        return False
    if stands_below_times(row, above) and all(re.fullmatch(r"\d{1,2}", cell.text) for cell in filled):
        return True
    return all(_YEAR.fullmatch(cell.text) for cell in filled)


def _joined(document: OfficeDocument, group: Sequence[HeadedTable]) -> PlanTable:
    first = group[0]
    blocks = document.blocks
    last = max(group[-1].block, _last_follower(blocks, group[-1]))
    start = _with_headings_above(blocks, first, last)
    rows: list[GridRow] = []
    repeated: list[GridRow] = []
    heads = {table.block: table for table in group}
    head_texts = {row.text for row in first.grid.rows[first.start : first.end]}
    for index in range(start, last + 1):
        block = blocks[index]
        if isinstance(block, OfficeParagraph):
            if block.text and not _CONTINUED.fullmatch(block.text):
                rows.append(_as_row(block, first.grid.width))
            continue
        head = heads.get(index)
        body = block.rows[head.end :] if head else block.rows
        repeated += block.rows[head.start : head.end] if head and index != first.block else ()
        if head and index != first.block:
            rows += block.rows[: head.start]
        for row in body:
            (repeated if row.text and row.text in head_texts else rows).append(row)
    end = next((index for index, row in enumerate(rows) if ENDING_WORDS.match(row.text)), len(rows))
    above = _as_grids(first.grid, first.grid.rows[: first.start])
    below = _as_grids(first.grid, rows[end:])
    return PlanTable(
        number=first.grid.location.table,
        headings=first.headings,
        rows=tuple(rows[:end]),
        head=first.grid.rows[first.start : first.end],
        repeated=tuple(repeated),
        width=first.grid.width,
        before=(*blocks[:start], *above),
        after=(*below, *blocks[last + 1 :]),
    )


def _last_follower(blocks: Sequence[OfficeParagraph | Grid], head: HeadedTable) -> int:
    """Return the last table without a head that continues this one, directly or below the next heading."""
    last = head.block
    for index in range(head.block + 1, len(blocks)):
        block = blocks[index]
        if isinstance(block, OfficeParagraph):
            label = _heading_label(block)
            if block.text and not _CONTINUED.fullmatch(block.text) and (label is None or label.kind not in _UPPER):
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


def _with_headings_above(blocks: Sequence[OfficeParagraph | Grid], first: HeadedTable, last: int) -> int:
    """Return where the headings above a table begin; the table's own index if its rows have headings themselves.

    `1. …` is a heading if `2. …` stands between two parts of the table.
    """
    row = first.grid.rows[first.end] if first.end < len(first.grid.rows) else None
    text = row.cells[0].text if row and row.cells else ""
    own = parse_label(text) or split_label(text)[0]
    between = [_heading_label(block) for block in blocks[first.block : last]]
    if first.start or row is None or len(row.cells) == 1 or (own and own.kind in _UPPER):
        return first.block
    start, is_done = first.block, False
    for index in range(first.block - 1, -1, -1):
        block, label = blocks[index], _heading_label(blocks[index])
        if isinstance(block, OfficeParagraph) and not block.text:
            continue
        is_first = start == first.block and any(is_alike(label, other) for other in between) if label else False
        if is_done or label is None or not (label.kind in _UPPER or is_first):
            break
        start, is_done = index, label.kind in _UPPER
    return start


def _heading_label(block: OfficeParagraph | Grid) -> RowLabel | None:
    """Return the label of a paragraph that may be a heading; None for sentences and other blocks."""
    if not isinstance(block, OfficeParagraph) or len(block.text) > _LONGEST_HEADING:
        return None
    label, words = split_label(f"{block.label.text} {block.text}" if block.label else block.text)
    is_sentence = words.endswith((".", ";")) and words.upper() != words
    return label if label and words and not is_sentence and label.kind in {*_UPPER, "number"} else None


def _as_row(paragraph: OfficeParagraph, width: int) -> GridRow:
    """Return a paragraph between two tables as a row that spans all columns."""
    return GridRow((GridCell(0, width, 1, (paragraph,), paragraph.location),), paragraph.location)


def _as_grids(grid: Grid, rows: Sequence[GridRow]) -> tuple[Grid, ...]:
    """Return rows of a sheet above or below the plan's table as a table of their own."""
    return (Grid(tuple(rows), grid.width, grid.location, grid.name),) if rows else ()
