"""Columns below a year -> the days that their titles or ids name. A column without a calendar time keeps its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.language.folding import exact
from generator.language.time_spans import dated
from generator.language.time_words import TimeSpan, read_spans

_ID = re.compile(r"([qmh])(\d{1,2})(?:-((?:19|20)\d\d))?")
_UNITS = {"q": r"\bq(?:uý)?\b|\bq(?=\d)", "m": r"\btháng\b|\bt(?=\d)"}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = re.compile(r"(?<!\w)(?:iv|i{1,3})(?!\w)|(?<!\d)\d{1,2}(?!\d)")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_HALVES = {1: "đầu", 2: "cuối"}


def column_spans(id_: str, title: str, years: Sequence[int], period: tuple[int, int]) -> tuple[TimeSpan, ...]:
    """Return the days of a column below a year: those of its printed title, else those of its id if both agree.

    Ids that name a time are those of imports: `q1`, `m12`, `h2`, `q1-2027`. `years` apply to a column that names none;
    `period` is the first and last year of the plan.

    >>> [column_spans(*column, [2027], (2027, 2027))[0].rule for column in (("a", "Quý II"), ("m3", "3"), ("q1", "KH"))]
    ['quarter', 'month', 'quarter']
    >>> str(column_spans("q1-2027", "Kế hoạch 2027 / Quý I", [], (2026, 2027))[0].last)
    '2027-03-31'
    >>> others = (("w1", "Tuần 1"), ("m1", "Mốc 1"), ("q1", "Quý 2*"))
    >>> [column_spans(*column, [2027], (2027, 2027)) for column in others]
    [(), (), ()]
    """
    # In "Tuần 1 (tháng 3)" the month is in brackets.
    without_brackets = re.sub("[()]", " ", title)
    readings = (dated(read_spans(words, years, period)) for words in (without_brackets, _words_of_id(id_, title)))
    return next((spans for spans in readings if spans), ())


def _words_of_id(id_: str, title: str) -> str:
    """Return the time that an id names, in words; empty if it names none or the title names another."""
    if not (match := _ID.fullmatch(id_)):
        return ""
    unit, number, year = match[1], int(match[2]), match[3]
    words = _YEAR.sub("", exact(title))
    numbers = {_ROMAN.get(text) or int(text) for text in _NUMBER.findall(words)}
    if unit == "h":
        part = _HALVES.get(number, "")
        agrees = bool(part) and numbers <= {6} and (not numbers or part in words)
        return f"6 tháng {part} năm {year or ''}".strip() if agrees else ""
    is_named = re.search(_UNITS[unit], words) or _NUMBER.fullmatch(words.strip())
    if numbers and not (numbers == {number} and is_named):
        return ""
    return f"{'quý' if unit == 'q' else 'tháng'} {number}{f' năm {year}' if year else ''}"
