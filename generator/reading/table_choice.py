"""Chooses the part of a document that is the plan: one of its tables, or its prose if that names the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.reading.column_headings import ColumnMapping
from generator.reading.guard import UnreadableFile
from generator.reading.office_document import OfficeDocument, OfficeParagraph
from generator.reading.plan_tables import PlanTable
from generator.reading.prose_rows import WorkPart, prose_plan, work_parts
from generator.reading.prose_table import lone_details
from generator.reading.table_parts import TablePart, is_targets_and_work

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
    def work(self) -> TablePart:
        """The table of the plan's work."""
        return next((part for part in self.parts if not part.mapping.is_of_targets), self.parts[0])


def choose_tables(
    document: OfficeDocument,
    tables: Sequence[PlanTable],
    number: int | None,
    map_table: Callable[[PlanTable], ColumnMapping],
) -> PlanChoice:
    """Return the table that was chosen, or the only one; the prose if there is no table.

    A table of targets and one of work together are the plan; one of targets alone is read as work, with a question.
    Raises `UnreadableFile` if there are several tables, or a small one in prose that names more work.
    """
    if number == PROSE or (number is None and not tables):
        prose = prose_plan(document)
        if prose is None:
            raise UnreadableFile("no-table")
        return PlanChoice((TablePart(prose, map_table(prose)),), lone=tuple(lone_details(prose.rows)))
    parts = [TablePart(table, map_table(table)) for table in tables if number in {None, table.number}]
    if not parts:
        raise UnreadableFile("no-such-table", number=number, tables=_describe(tables))
    if len(parts) == 1:
        parts = [parts[0].of_work()]
    elif not is_targets_and_work(parts):
        reason = "tables-or-prose" if prose_plan(document) else "several-tables"
        raise UnreadableFile(reason, count=len(tables), tables=_describe(tables))
    besides = work_parts(document)
    count = sum(part.count for part in besides)
    rows = sum(1 for part in parts for row in part.table.rows if row.location.table)  # the others are headings above it
    if number is None and count > rows:
        raise UnreadableFile("prose-or-table", count=count, tables=_describe(tables))
    for part in parts:
        if part.mapping.titles is None:
            headings = "; ".join(heading.text for heading in part.table.headings if heading.text)
            raise UnreadableFile("no-title-column", headings=headings)
    return PlanChoice(tuple(parts), _headings(besides))


def _headings(parts: Sequence[WorkPart]) -> tuple[OfficeParagraph, ...]:
    return tuple(part.heading for part in parts)


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
