"""The table of one plan as a workbook has it: with columns that only this plan has."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from generator.data.table_columns import ActivityTable, Line, TableColumn
from generator.data.year_cells import Cell
from generator.model.entities import Plan


def with_own_columns(table: ActivityTable, plan: Plan) -> ActivityTable:
    """Return the table of one plan with a column for each of its periods and of its columns without a field."""
    headings = dict.fromkeys(cell.heading for line in table.lines for cell in line.entry.more)
    replacements = {
        "by_period": [(period.title, partial(_period_cell, period.id)) for period in plan.periods],
        "more": [(heading, partial(_extra_cell, heading)) for heading in headings],
    }
    columns: list[TableColumn] = []
    for column in table.columns:
        parts = replacements.get(column.name)
        columns += [replace(column, title=title, value=value) for title, value in parts] if parts else [column]
    return ActivityTable(columns, table.lines)


def _period_cell(period: str, line: Line) -> Cell:
    return line.entry.by_period.get(period)


def _extra_cell(heading: str, line: Line) -> Cell:
    return "\n".join(cell.text for cell in line.entry.more if cell.heading == heading) or None
