"""Which part of a document is the plan: one of its tables, or its prose where that names the work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.reading.guard import UnreadableFile
from generator.reading.office_document import OfficeDocument, OfficeParagraph
from generator.reading.plan_tables import PlanTable
from generator.reading.prose_rows import WorkPart, prose_plan, work_parts
from generator.reading.prose_table import lone_details

_SHOWN_TABLES = 20
PROSE = 0
"""The number by which a person chooses the prose."""


@dataclass(frozen=True)
class PlanChoice:
    """The plan's table; `besides` are headings of prose around it that may have work or targets, too.

    `lone` are lines of a plan in prose that only say when, where or who.
    """

    table: PlanTable
    besides: tuple[OfficeParagraph, ...] = ()
    lone: tuple[OfficeParagraph, ...] = ()


def choose_table(document: OfficeDocument, tables: Sequence[PlanTable], number: int | None) -> PlanChoice:
    """Return the table that was named, the only one, else the prose where there is no table.

    Raises: `UnreadableFile` where there are several, or where a small table stands in prose that names more work.
    """
    parts = work_parts(document)
    if number == PROSE or (number is None and not tables):
        prose = prose_plan(document)
        if prose is None:
            raise UnreadableFile("no-table")
        return PlanChoice(prose, lone=tuple(lone_details(prose.rows)))
    if number is not None:
        named = next((table for table in tables if table.number == number), None)
        if named is None:
            raise UnreadableFile("no-such-table", number=number, tables=_describe(tables))
        return PlanChoice(named, _headings(parts))
    if len(tables) > 1:
        reason = "tables-or-prose" if prose_plan(document) else "several-tables"
        raise UnreadableFile(reason, count=len(tables), tables=_describe(tables))
    count = sum(part.count for part in parts)
    if count > len(tables[0].rows):
        raise UnreadableFile("prose-or-table", count=count, tables=_describe(tables))
    return PlanChoice(tables[0], _headings(parts))


def _headings(parts: Sequence[WorkPart]) -> tuple[OfficeParagraph, ...]:
    return tuple(part.heading for part in parts)


def _describe(tables: Sequence[PlanTable]) -> str:
    shown = [
        f"--table {table.number}: {' · '.join(heading.text for heading in table.headings[:4])} ({len(table.rows)})"
        for table in tables[:_SHOWN_TABLES]
    ]
    return "\n".join([*shown, *(["…"] if len(tables) > _SHOWN_TABLES else [])])


def other_tables(tables: Sequence[PlanTable], chosen: PlanTable) -> frozenset[int]:
    """Return the numbers of the tables that are other appendices, or parts of them."""
    mine = {row.location.table for row in (*chosen.rows, *chosen.head, *chosen.repeated)}
    others = [table for table in tables if table.number != chosen.number]
    return (
        frozenset(row.location.table for table in others for row in (*table.rows, *table.head, *table.repeated))
        - mine
        - {0}
    )
