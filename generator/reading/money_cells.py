"""A cell of money -> an item of `costs`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.reading.heading_words import names_total

_MONEY_UNIT = re.compile(r"(?:tỷ|triệu|nghìn|ngàn|tr\.?)? ?đồng|\btr\.? ?đ\b|\bvn[đd]\b", re.I)


def read_cost(heading: Sequence[str], cell: str, year: str = "") -> dict[str, str]:
    """Return a cell of money: a number in the heading's unit, else words; the heading's last line is the source.

    >>> read_cost(["Kinh phí (triệu đồng)"], "12,5", "2026"), read_cost(["Kinh phí", "Ngân sách xã"], "Theo dự toán")
    ({'amount': '12,5', 'unit': 'triệu đồng', 'year': '2026'}, {'source': 'Ngân sách xã', 'text': 'Theo dự toán'})
    """
    unit = _MONEY_UNIT.search(" / ".join(heading))
    below = re.sub(r"\([^)]*\)", "", heading[-1]).strip()
    is_other = not below or _MONEY_UNIT.fullmatch(below) or names_total(below)
    is_source = len(heading) > 1 and not year and not is_other
    of_what = {**({"source": heading[-1]} if is_source else {}), **({"year": year} if year else {})}
    if not re.fullmatch(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?", cell):
        return {**of_what, "text": cell}
    return {"amount": cell, **({"unit": unit[0].strip()} if unit else {}), **of_what}


def of_what(cost: Mapping[str, str]) -> tuple[str, str]:
    """Return what tells amounts of one row apart: readers would add up two amounts that are equal in this."""
    return cost.get("source", ""), cost.get("year", "")
