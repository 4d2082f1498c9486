"""Rows that only add up others: `Tổng cộng`, `Cộng mục I`. They are not work; a person is asked."""

from __future__ import annotations

from collections.abc import Sequence

from generator.reading.heading_words import names_total
from generator.reading.office_document import GridRow
from generator.reading.review_items import ReviewItem
from generator.reading.row_labels import parse_label, split_label


def without_totals(rows: Sequence[GridRow]) -> tuple[list[GridRow], list[ReviewItem]]:
    """Return the rows of work, and questions about rows that add up others."""
    work: list[GridRow] = []
    items: list[ReviewItem] = []
    for row in rows:
        if _is_total(row):
            items.append(ReviewItem("total-row", row.location, row.text, tokens=row.tokens))
        else:
            work.append(row)
    return work, items


def _is_total(row: GridRow) -> bool:
    """Return whether the first words of a row, after its label, say that it is a total."""
    if row.location.table == 0 or row.role:
        return False
    words = next((cell.text for cell in row.cells if cell.text and not parse_label(cell.text)), "")
    return names_total(split_label(words)[1])
