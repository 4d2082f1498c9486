"""The tables from which a plan is read: the table of work, and that of targets if the document has both.

In a table of targets the column of targets has the titles: `TT`, `Chỉ tiêu`, `Đơn vị tính`, a column for each year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.reading.column_headings import ColumnMapping
from generator.reading.grouping_columns import with_group_rows
from generator.reading.ledger import Ledger
from generator.reading.placed_rows import PlacedRow
from generator.reading.plan_period import within_period
from generator.reading.plan_tables import PlanTable
from generator.reading.review_items import ReviewItem, column_reviews
from generator.reading.row_hierarchy import place_rows
from generator.reading.total_rows import without_totals


@dataclass(frozen=True)
class TablePart:
    """One of a plan's tables, with the meaning of its columns."""

    table: PlanTable
    mapping: ColumnMapping

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of the document's tables of which it is made."""
        rows = (*self.table.rows, *self.table.head, *self.table.repeated)
        return frozenset(row.location.table for row in rows) - {0}

    def of_work(self) -> TablePart:
        """Return the table with its targets read as work, unless a mapping file says that they are targets."""
        if not self.mapping.is_of_targets:
            return self
        columns = [
            replace(column, field="title", reason="cells", choices=("title", "target"))
            if column.field == "target" and column.reason != "mapping-file"
            else column
            for column in self.mapping.columns
        ]
        return replace(self, mapping=ColumnMapping(tuple(columns)))

    def within(self, period: tuple[int, int] | None) -> TablePart:
        """Return the table with the columns of other years left open."""
        return replace(self, mapping=within_period(self.mapping, period))

    def placed(self, ledger: Ledger) -> tuple[list[PlacedRow], list[ReviewItem]]:
        """Return its placed rows, and questions about its columns and about rows that add up others."""
        grouped = with_group_rows(self.table.rows, self.mapping)
        work, totals = without_totals(grouped.rows)
        ledger.assign([token for cell in grouped.repeated for token in cell.tokens], "repeated-head")
        ledger.assign([token for row in self.table.head for token in row.tokens], "table-head")
        ledger.assign([token for row in self.table.repeated for token in row.tokens], "repeated-head")
        columns = column_reviews(self.table.head[0], self.mapping) if self.table.head else []
        return place_rows(work, self.mapping), [*columns, *totals]


def is_targets_and_work(parts: Sequence[TablePart]) -> bool:
    """Return whether these are a table of targets and one of work, which together are one plan."""
    return len(parts) == 2 and len({part.mapping.is_of_targets for part in parts}) == 2


def joined_rows(parts: Iterable[Sequence[PlacedRow]]) -> list[PlacedRow]:
    """Return the rows of several tables as those of one."""
    rows: list[PlacedRow] = []
    for part in parts:
        count = len(rows)

        def moved(index: int | None, count: int = count) -> int | None:
            return None if index is None else index + count

        rows += [replace(row, parent=moved(row.parent), target=moved(row.target)) for row in part]
    return rows


def mappings_by_table(parts: Iterable[TablePart]) -> Mapping[int, ColumnMapping]:
    """Return the meaning of the columns by the numbers of the document's tables."""
    return {number: part.mapping for part in parts for number in part.numbers}
