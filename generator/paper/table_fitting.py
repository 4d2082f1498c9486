"""Makes tables fit on paper: no number, year or name is broken, however many columns a plan has.

Columns give width to words that must not be broken. If that is not enough, a table is split in several, each with the
labels and titles of all rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.language.letter_widths import widest_word
from generator.paper.paper_columns import LEAST_TITLE, PaperColumn
from generator.paper.paper_prose import Paragraph
from generator.paper.paper_table import PaperTable, TableRow

TABLE_WIDTH, EM, PADDING = 252, 3.88, 4.2
"""In millimetres: the text's width on a page in landscape, a letter of 11 points, the space beside a cell's words."""

Part = Sequence[int]
"""Indexes of columns that make one table."""


def fit_tables(parts: Iterable[Paragraph | PaperTable]) -> Iterator[Paragraph | PaperTable]:
    """Yield the parts of a document with fitting tables; tables with the same columns get the same widths."""
    parts = list(parts)
    tables = [part for part in parts if isinstance(part, PaperTable)]
    needs: dict[int, list[float]] = {}
    for table in tables:
        table_needs = _needs(table)
        before = needs.get(id(table.columns), table_needs)
        needs[id(table.columns)] = [max(pair) for pair in zip(before, table_needs, strict=True)]
    layouts = {key: list(_layouts(_columns_of(tables, key), widths)) for key, widths in needs.items()}
    for part in parts:
        if not isinstance(part, PaperTable):
            yield part
            continue
        for number, (indexes, columns) in enumerate(layouts[id(part.columns)]):
            yield PaperTable(columns, [_row(row, indexes, number > 0) for row in part.rows])


def _columns_of(tables: Iterable[PaperTable], key: int) -> Sequence[PaperColumn]:
    return next(table.columns for table in tables if id(table.columns) == key)


def _needs(table: PaperTable) -> list[float]:
    """Return the least width of each column as a percentage of the table's width."""
    labels = [row.label for row in table.rows]
    cells: list[Sequence[str]] = [row.cells for row in table.rows if row.cells is not None]
    texts = [[*labels], [], *([row[index] for row in cells] for index in range(len(table.columns) - 2))]
    heads = [column.title for column in table.columns]
    widest = (widest_word([*column_texts, head]) for column_texts, head in zip(texts, heads, strict=True))
    needs = [(width * EM + PADDING) / TABLE_WIDTH * 100 for width in widest]
    return [needs[0], LEAST_TITLE, *needs[2:]]


def _layouts(columns: Sequence[PaperColumn], needs: Sequence[float]) -> Iterator[tuple[Part, Sequence[PaperColumn]]]:
    """Yield for each table the indexes of its columns, and the columns with widths that add up to 100."""
    number = max(columns[0].width, needs[0])
    room = 100 - number - LEAST_TITLE
    indexes = range(2, len(columns))
    for group in _groups(indexes, needs, room):
        wanted = {index: max(columns[index].width, needs[index]) for index in group}
        spare = sum(wanted[index] - needs[index] for index in group)
        over = max(sum(wanted.values()) - room, 0)
        widths = {
            index: wanted[index] - (over * (wanted[index] - needs[index]) / spare if over and spare else 0)
            for index in group
        }
        title = 100 - number - sum(widths.values())
        yield (
            group,
            [
                replace(columns[0], width=number),
                replace(columns[1], width=title),
                *(replace(columns[index], width=widths[index]) for index in group),
            ],
        )


def _groups(indexes: Sequence[int], needs: Sequence[float], room: float) -> list[list[int]]:
    """Return the indexes of columns in as few groups as possible, each about equally full."""
    groups = _packed(indexes, needs, room)
    even = sum(needs[index] for index in indexes) / max(len(groups), 1)
    for slack in (1, 1.1, 1.2):
        balanced = _packed(indexes, needs, min(room, slack * even))
        if len(balanced) == len(groups):
            return balanced
    return groups


def _packed(indexes: Sequence[int], needs: Sequence[float], room: float) -> list[list[int]]:
    groups: list[list[int]] = [[]]
    for index in indexes:
        if groups[-1] and sum(needs[other] for other in groups[-1]) + needs[index] > room:
            groups.append([])
        groups[-1].append(index)
    return groups


def _row(row: TableRow, indexes: Part, again: bool) -> TableRow:
    """Return a row of one of several tables; the further tables repeat only its title."""
    cells = None if row.cells is None else [row.cells[index - 2] for index in indexes]
    title = [replace(paragraph, key="") for paragraph in row.body[:1]]  # only the first table's row has the entry's key
    return replace(row, cells=cells, body=title if again else row.body)
