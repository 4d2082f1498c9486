"""The table of one plan for its workbook: with columns that only this plan has."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from generator.data.table_columns import ActivityTable, Line, TableColumn
from generator.data.year_cells import Cell, period_cell
from generator.model.entities import Period, Plan


def with_own_columns(table: ActivityTable, plan: Plan) -> ActivityTable:
    """Return the table of one plan with a column for each of its periods and of its columns without a field."""
    headings = dict.fromkeys(cell.heading for line in table.lines for cell in line.entry.more)
    columns: list[TableColumn] = []
    for column in table.columns:
        if column.name == "by_period" and plan.periods:
            columns += (_period_column(column, period, table) for period in plan.periods)
        elif column.name == "more" and headings:
            columns += (replace(column, title=heading, value=partial(_extra_cell, heading)) for heading in headings)
        else:
            columns.append(column)
    return ActivityTable(columns, table.lines)


def _period_column(column: TableColumn, period: Period, table: ActivityTable) -> TableColumn:
    """Return the column of a period; one with numbers is formatted like a year's."""
    cell = partial(_period_cell, period.id)
    has_numbers = any(isinstance(cell(line), int | float) for line in table.lines)
    return replace(column, title=period.title, value=cell, group="year" if has_numbers else column.group)


def _period_cell(period: str, line: Line) -> Cell:
    return period_cell(line.entry, period)


def _extra_cell(heading: str, line: Line) -> Cell:
    return "\n".join(cell.text for cell in line.entry.more if cell.heading == heading) or None
