"""The tables from which a plan is read: those of work, and that of targets if the document has both.

In a table of targets the column of targets has the titles: `TT`, `Chỉ tiêu`, `Đơn vị tính`, a column for each year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from generator.reading.column_headings import ColumnMapping
from generator.reading.grouping_columns import with_group_rows
from generator.reading.ledger import Ledger
from generator.reading.office_document import GridCell
from generator.reading.part_headings import are_of_one_series
from generator.reading.placed_rows import PlacedRow
from generator.reading.plan_period import within_period
from generator.reading.plan_tables import PlanTable
from generator.reading.review_items import ReviewItem, column_reviews
from generator.reading.row_hierarchy import place_rows
from generator.reading.row_labels import is_alike
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

    def title_cells(self) -> Iterator[GridCell]:
        """Yield the cells of the titles, those over all columns aside."""
        for row in self.table.rows:
            yield from (
                cell for cell in row.cells if cell.column == self.mapping.titles and cell.across == 1 and cell.text
            )

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


def are_one_plan(parts: Sequence[TablePart]) -> bool:
    """Return whether these are one plan: tables of work below headings of one series, and perhaps one of targets.

    Two tables with the same work are not: one of them may list it again, by quarters.
    """
    works = [part for part in parts if not part.mapping.is_of_targets]
    if len(parts) > len(works) + 1 or not works:
        return False
    return len(works) == 1 or (
        all(part.mapping.says_work for part in works)
        and all(are_of_one_series(*pair) for pair in pairwise(part.table.heading for part in works))
        and not any(_tell_the_same(*pair) for pair in combinations(works, 2))
    )


def _tell_the_same(part: TablePart, other: TablePart) -> bool:
    """Return whether half of the titles of one table stand in the other."""
    titles, others = ({cell.text for cell in part.title_cells()} for part in (part, other))
    return len(titles & others) * 2 >= min(len(titles), len(others))


def joined_rows(parts: Iterable[Sequence[PlacedRow]]) -> list[PlacedRow]:
    """Return the rows of several tables as those of one; a heading that counts on in the next has the same parent."""
    rows: list[PlacedRow] = []
    for part in parts:
        count = len(rows)

        def moved(index: int | None, count: int = count) -> int | None:
            return None if index is None else index + count

        beside = _heading_before(rows, part[0]) if part else None
        rows += [replace(row, parent=moved(row.parent), target=moved(row.target)) for row in part]
        if beside is not None:
            rows[count] = replace(rows[count], parent=beside.parent)
    return rows


def _heading_before(rows: Sequence[PlacedRow], row: PlacedRow) -> PlacedRow | None:
    """Return the heading that the first heading of the next table counts on after: `1. …` before `2. …`."""
    if row.role != "heading" or row.label is None:
        return None
    alike = [other for other in rows if other.role == "heading" and is_alike(row.label, other.label)]
    before = alike[-1] if alike else None
    return before if before and before.label and before.label.count + 1 == row.label.count else None


def mappings_by_table(parts: Iterable[TablePart]) -> Mapping[int, ColumnMapping]:
    """Return the meaning of the columns by the numbers of the document's tables."""
    return {number: part.mapping for part in parts for number in part.numbers}
