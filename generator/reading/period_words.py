"""Headings of columns below a year -> periods of the plan: quarters, months, halves of a year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.language.folding import exact

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER = re.compile(r"quý (iv|i{1,3}|[1-4])")
_MONTH = re.compile(r"tháng (0?[1-9]|1[0-2])")
_HALVES = {"6 tháng đầu năm": "h1", "sáu tháng đầu năm": "h1", "6 tháng cuối năm": "h2", "sáu tháng cuối năm": "h2"}
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


def read_period(words: Sequence[str]) -> tuple[str, str] | None:
    """Return the id and the title of the period that a heading names, None where it names none.

    `words` are the heading's words from top to bottom. With a year in them the id has it, too.

    >>> read_period(["Tiến độ", "Quý II"]), read_period(["Tháng", "3"]), read_period(["Năm 2027", "Quý I"])
    (('q2', 'Quý II'), ('m3', 'Tháng 3'), ('q1-2027', 'Năm 2027 / Quý I'))
    """
    for title in (words[-1], " ".join(words[-2:])) if words else ():
        text = " ".join(re.findall(r"[^\W_]+", exact(title)))
        years = _YEAR.findall(" ".join(words))
        id_ = _period_id(re.sub(r" (?:năm )?(?:19|20)\d\d$", "", text))
        if id_ and len(set(years)) <= 1:
            named = title if not years or _YEAR.search(title) else " / ".join(words)
            return (f"{id_}-{years[0]}" if years else id_), named
    return None


def _period_id(text: str) -> str | None:
    if quarter := _QUARTER.fullmatch(text):
        return f"q{_ROMAN.get(quarter[1]) or quarter[1]}"
    if month := _MONTH.fullmatch(text):
        return f"m{int(month[1])}"
    return _HALVES.get(text)
