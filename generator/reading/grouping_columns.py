"""Columns with the heading or target of their rows: `Lĩnh vực`, `Nhóm nhiệm vụ`, `Tên chỉ tiêu`.

Offices merge their cells over the rows of a group. Each new cell becomes a row above these rows: a heading or a target.
A cell that repeats it is dropped from its row, and the ledger records where its words went. If only the first row of
each group has a label, it is the group's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.reading.column_headings import ColumnMapping
from generator.reading.office_document import GridCell, GridRow
from generator.reading.row_labels import split_label

_BELOW_ALL = 99
"""The depth of a heading from a column: below every heading that has a row of its own."""


@dataclass(frozen=True)
class GroupedRows:
    """The rows with those made from groups; `repeated` are the cells that repeat a group's words."""

    rows: tuple[GridRow, ...]
    repeated: tuple[GridCell, ...]


def with_group_rows(rows: Sequence[GridRow], mapping: ColumnMapping) -> GroupedRows:
    """Return the rows of a table with a row for each group; the same rows if no column groups them."""
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
            open_groups = {}  # a heading with its own row ends all groups
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
    """Return the column of labels if they number the groups; None if the groups' rows have their own."""
    label, title = mapping.first("label"), mapping.titles
    of_groups = [row for row in rows if any(cell.column == title and cell.across == 1 for cell in row.cells)]
    filled = [{cell.column for cell in row.cells if cell.text} for row in of_groups]
    starts = [columns for columns in filled if columns & groups]
    has_own = any(label in columns for columns in filled if not columns & groups)
    numbered = [columns for columns in starts if label in columns]
    return label if not has_own and len(starts) < len(filled) and len(numbered) == len(starts) else None


def _group(row: GridRow, cell: GridCell, title: int, role: str, label: GridCell | None) -> GridRow:
    """Return a row that has a group's cell as its title, and its label."""
    inner, _ = split_label(cell.lines[0])
    is_labelled = inner is not None and inner.word == "Chỉ tiêu"
    cells = (*([replace(label, down=1)] if label else []), replace(cell, column=title, down=1))
    return GridRow(cells, row.location, role="" if is_labelled else role, kind="section", depth=_BELOW_ALL)
