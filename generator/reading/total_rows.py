"""Rows that only add up others: `Tổng cộng`, `Cộng mục I`. They are no work; a person is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.language.folding import exact
from generator.reading.office_document import GridRow
from generator.reading.review_items import ReviewItem
from generator.reading.row_labels import parse_label, split_label

_TOTAL = re.compile(
    r"(?:tổng cộng|cộng|tổng(?: số| chung| kinh phí| dự toán| toàn bộ)?)"
    r"(?: (?:kinh phí|dự toán|chung|toàn bộ|(?:mục|phần|nhóm|tiểu mục) [^ ]{1,5}|[ivx]+|[a-z]|\d{1,2}))*"
)
"""More words make it work or a target: `Tổng kết phong trào`, `Tổng số hội viên`, `Cộng tác viên`."""


def without_totals(rows: Sequence[GridRow]) -> tuple[list[GridRow], list[ReviewItem]]:
    """Return the rows of work, and what is asked of those that add up others."""
    work: list[GridRow] = []
    items: list[ReviewItem] = []
    for row in rows:
        if _is_total(row):
            items.append(ReviewItem("total-row", row.location, row.text, tokens=row.tokens))
        else:
            work.append(row)
    return work, items


def _is_total(row: GridRow) -> bool:
    """Return whether the first words of a row, its label aside, say that it is a total."""
    if row.location.table == 0 or row.role:
        return False
    words = next((cell.text for cell in row.cells if cell.text and not parse_label(cell.text)), "")
    plain = re.sub(r"\([^)]*\)", " ", split_label(words)[1])
    return _TOTAL.fullmatch(" ".join(re.findall(r"[^\W_]+", exact(plain)))) is not None
