"""Columns that name the heading or the target of a row: `Lĩnh vực`, `Nhóm nhiệm vụ`, `Tên chỉ tiêu`.

Offices merge their cells down over the rows that belong together. Each new cell becomes a row above those rows: a
heading, or a target. A cell that only says it again is dropped from its row; the ledger says where its words went.
Where only the first row of each group has a label, it is the group's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.reading.column_headings import ColumnMapping
from generator.reading.office_document import GridCell, GridRow
from generator.reading.row_labels import split_label

_BELOW_ALL = 99
"""The depth of a heading from a column: below every heading that stands in a row of its own."""


@dataclass(frozen=True)
class GroupedRows:
    """The rows, with those that the columns stand for; `repeated` are the cells that say one again."""

    rows: tuple[GridRow, ...]
    repeated: tuple[GridCell, ...]


def with_group_rows(rows: Sequence[GridRow], mapping: ColumnMapping) -> GroupedRows:
    """Return the rows of a table with a row for each group; the same rows where no column groups them."""
    title = mapping.titles
    groups = [(mapping.first(name), role) for name, role in (("section", "heading"), ("target", "target"))]
    wanted = [(column, role) for column, role in groups if column is not None and column != title]
    if title is None or not wanted:
        return GroupedRows(tuple(rows), ())
    result: list[GridRow] = []
    repeated: list[GridCell] = []
    open_groups: dict[int, str] = {}
    labels = _label_column(rows, mapping, {column for column, _ in wanted})
    for row in rows:
        if any(cell.column <= title < cell.column + cell.across and cell.across > 1 for cell in row.cells):
            open_groups = {}  # a heading in a row of its own
        group_cells: list[GridCell] = []
        for column, role in wanted:
            cell = next((cell for cell in row.cells if cell.column == column and cell.across == 1 and cell.text), None)
            if cell is None:
                continue
            group_cells.append(cell)
            if open_groups.get(column) == cell.text:
                repeated.append(cell)
                continue
            label = next((cell for cell in row.cells if cell.column == labels and cell not in group_cells), None)
            result.append(_group(row, cell, title, role, label))
            group_cells += [label] if label else []
            open_groups = {other: text for other, text in open_groups.items() if other < column}
            open_groups[column] = cell.text
        result.append(replace(row, cells=tuple(cell for cell in row.cells if cell not in group_cells)))
    return GroupedRows(tuple(result), tuple(repeated))


def _label_column(rows: Sequence[GridRow], mapping: ColumnMapping, groups: set[int]) -> int | None:
    """Return the column of labels where they number the groups, None where rows of a group have their own."""
    label, title = mapping.first("label"), mapping.titles
    of_groups = [row for row in rows if any(cell.column == title and cell.across == 1 for cell in row.cells)]
    filled = [{cell.column for cell in row.cells if cell.text} for row in of_groups]
    starts = [columns for columns in filled if columns & groups]
    has_own = any(label in columns for columns in filled if not columns & groups)
    numbered = [columns for columns in starts if label in columns]
    return label if not has_own and len(starts) < len(filled) and len(numbered) == len(starts) else None


def _group(row: GridRow, cell: GridCell, title: int, role: str, label: GridCell | None) -> GridRow:
    """Return a row that holds the cell of a group as its title, and its label."""
    inner, _ = split_label(cell.lines[0])
    is_labelled = inner is not None and inner.word == "Chỉ tiêu"
    cells = (*([replace(label, down=1)] if label else []), replace(cell, column=title, down=1))
    return GridRow(cells, row.location, role="" if is_labelled else role, kind="section", depth=_BELOW_ALL)
