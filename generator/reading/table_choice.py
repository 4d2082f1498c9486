"""Chooses the part of a document that is the plan: one of its tables, or its prose if that names the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.reading.column_headings import ColumnMapping
from generator.reading.guard import UnreadableFile
from generator.reading.office_document import OfficeDocument, OfficeParagraph
from generator.reading.plan_tables import PlanTable
from generator.reading.prose_rows import prose_plan, without_rows, work_parts
from generator.reading.prose_table import lone_details
from generator.reading.table_parts import TablePart, are_one_plan

_SHOWN_TABLES = 20
PROSE = 0
"""The number with which a person chooses the prose."""


@dataclass(frozen=True)
class PlanChoice:
    """The plan's tables; `besides` are headings of prose around them that may have work or targets too.

    `lone` are lines of a plan in prose that state only when, where or who.
    """

    parts: tuple[TablePart, ...]
    besides: tuple[OfficeParagraph, ...] = ()
    lone: tuple[OfficeParagraph, ...] = ()

    @property
    def works(self) -> tuple[TablePart, ...]:
        """The tables of the plan's work; of a plan of targets only, that of the targets."""
        return tuple(part for part in self.parts if not part.mapping.is_of_targets) or self.parts

    @property
    def columns(self) -> ColumnMapping:
        """The columns of all tables of work."""
        return ColumnMapping(tuple(column for part in self.works for column in part.mapping.columns))


def choose_tables(
    document: OfficeDocument,
    tables: Sequence[PlanTable],
    number: int | None,
    map_table: Callable[[PlanTable], ColumnMapping],
) -> PlanChoice:
    """Return the table that was chosen, or the only one; the prose if there is no table.

    Several tables are the plan if they are its parts; so is prose that names the work around a table of targets.
    Raises: `UnreadableFile` where there are several, or where a small table stands in prose that names more work.
    """
    if number == PROSE or (number is None and not tables):
        prose = prose_plan(document)
        if prose is None:
            raise UnreadableFile("no-table")
        return PlanChoice((TablePart(prose, map_table(prose)),), lone=tuple(lone_details(prose.rows)))
    parts = [TablePart(table, map_table(table)) for table in tables if number in {None, table.number}]
    if not parts:
        raise UnreadableFile("no-such-table", number=number, tables=_describe(tables))
    prose = prose_plan(document)
    if len(parts) > 1 and not are_one_plan(parts):
        raise UnreadableFile(
            "tables-or-prose" if prose else "several-tables", count=len(tables), tables=_describe(tables)
        )
    besides = work_parts(document, [part.table for part in parts])
    if number is None and len(parts) == 1 and parts[0].mapping.is_of_targets and prose and besides:
        prose = without_rows(prose, parts[0].table)
        return PlanChoice((*parts, TablePart(prose, map_table(prose))), lone=tuple(lone_details(prose.rows)))
    count = sum(part.count for part in besides)
    rows = sum(1 for part in parts for row in part.table.rows if row.location.table)  # the others are headings above it
    if number is None and count > rows:
        raise UnreadableFile("prose-or-table", count=count, tables=_describe(tables))
    for part in parts:
        if part.mapping.titles is None:
            headings = "; ".join(heading.text for heading in part.table.headings if heading.text)
            raise UnreadableFile("no-title-column", headings=headings)
    return PlanChoice(tuple(parts), tuple(part.heading for part in besides))


def _describe(tables: Sequence[PlanTable]) -> str:
    shown = [
        f"--table {table.number}: {' · '.join(heading.text for heading in table.headings[:4])} ({len(table.rows)})"
        for table in tables[:_SHOWN_TABLES]
    ]
    return "\n".join([*shown, *(["…"] if len(tables) > _SHOWN_TABLES else [])])


def table_numbers(tables: Sequence[PlanTable]) -> frozenset[int]:
    """Return the numbers of all tables that may be a plan's or parts of one."""
    rows = [row for table in tables for row in (*table.rows, *table.head, *table.repeated)]
    return frozenset(row.location.table for row in rows) - {0}
