"""Headings of columns for a year or a period below one: quarters, months, half years."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.language.folding import exact

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER = re.compile(r"(?:quý |q ?)(iv|i{1,3}|[1-4])")
_MONTH = re.compile(r"(?:tháng |t ?)(0?[1-9]|1[0-2])")
_OF_TIMES = re.compile(r".*\b(tháng|quý)(?: (?:trong năm|thực hiện|năm|(?:19|20)\d\d))*")
"""A heading above columns that are named only by numbers: `Tháng`, `Thời gian thực hiện (tháng)`."""
_HALVES = {"6 tháng đầu năm": "h1", "sáu tháng đầu năm": "h1", "6 tháng cuối năm": "h2", "sáu tháng cuối năm": "h2"}
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_YEAR_HEADING = re.compile(r"(?:(?:kh|kế hoạch|chỉ tiêu|chỉ tiêu giao|giao)(?: năm)?|năm|n)? ?((?:19|20)\d\d)")
_DONE_HEADING = re.compile(r"(?:ước|đã|hiện trạng|thực trạng|kết quả|thực hiện)\b.*\b((?:19|20)\d\d)")
_MONEY = re.compile(r"\b(?:kinh phí|dự toán|ngân sách|đồng)\b")
_TOTAL = re.compile(
    r"(?:tổng cộng|cộng|tổng(?: số| chung| kinh phí| dự toán| toàn bộ)?)"
    r"(?: (?:kinh phí|dự toán|chung|toàn bộ|(?:mục|phần|nhóm|tiểu mục) [^ ]{1,5}|[ivx]+|[a-z]|\d{1,2}))*"
)
"""Further words that make it work or a target: `Tổng kết phong trào`, `Tổng số hội viên`, `Cộng tác viên`."""
_DONE = re.compile(
    r"(?:ước|đã|hiện trạng|thực trạng)\b.*|kết quả(?: (?:thực hiện|đạt được|năm trước|giai đoạn|đến|\d).*)?"
    r"|thực hiện(?: (?:được|đến|năm trước|kỳ trước|giai đoạn|\d).*)?"
)


def heading_key(text: str) -> str:
    """Return a key that is equal for spellings of one heading.

    >>> heading_key("Cơ quan/ Đơn vị  phối hợp")
    'cơ quan đơn vị phối hợp'
    """
    return " ".join(re.findall(r"[^\W_]+|#", exact(text)))


def time_field(words: Sequence[str]) -> str:
    """Return the field of a column of one year or period; empty for other columns.

    >>> time_field(["Kế hoạch", "Năm 2027"]), time_field(["Quý", "I"]), time_field(["Kế hoạch"])
    ('by_year.2027', 'by_period.q1', '')
    """
    if words and (year := _YEAR_HEADING.fullmatch(heading_key(words[-1]))):
        return f"by_year.{year[1]}"
    period = read_period(words)
    return f"by_period.{period[0]}" if period else ""


def names_what_was_done(words: Sequence[str]) -> bool:
    """Return whether a heading above several columns says that they state what was done, not what is planned.

    >>> names_what_was_done(["Ước thực hiện", "2025"]), names_what_was_done(["Thực hiện theo năm", "2026"])
    (True, False)
    """
    return any(_DONE.fullmatch(heading_key(text)) for text in words[:-1])


def year_of_what_was_done(heading: str) -> str:
    """Return the year for which a heading by itself may state what was done; else an empty text.

    >>> year_of_what_was_done("Ước thực hiện năm 2025"), year_of_what_was_done("Kế hoạch năm 2025")
    ('2025', '')
    """
    match = _DONE_HEADING.fullmatch(heading_key(heading))
    return match[1] if match else ""


def names_times(text: str) -> str:
    """Return `tháng` or `quý` if a heading says that the numbers below it are months or quarters; else an empty text.

    >>> names_times("Thời gian (tháng)"), names_times("Quý"), names_times("Quý I")
    ('tháng', 'quý', '')
    """
    match = _OF_TIMES.fullmatch(heading_key(text))
    return match[1] if match else ""


def names_money(text: str) -> bool:
    """Return whether a heading is for amounts of money: `Nhu cầu kinh phí`, `Vốn (triệu đồng)`."""
    return _MONEY.search(heading_key(text)) is not None


def target_number(text: str) -> str:
    """Return the number of the target if a cell names only that; else an empty text.

    >>> target_number("Chỉ tiêu số 03"), target_number("2"), target_number("500 hộ")
    ('3', '2', '')
    """
    match = re.fullmatch(r"(?:(?:chỉ tiêu|ct) ?)?(?:số )?0*(\d{1,3})", heading_key(text))
    return match[1] if match else ""


def names_total(text: str) -> bool:
    """Return whether a text is the heading or label of a sum.

    >>> names_total("Tổng cộng (triệu đồng)"), names_total("Tổng kết phong trào")
    (True, False)
    """
    return _TOTAL.fullmatch(heading_key(re.sub(r"\([^)]*\)", " ", text))) is not None


def read_period(words: Sequence[str]) -> tuple[str, str] | None:
    """Return id and title of the period that a heading names, or None.

    `words` are the heading's words from top to bottom. If they have a year, the id has it too.

    >>> read_period(["Tiến độ", "Quý II"]), read_period(["Tháng", "3"]), read_period(["Năm 2027", "Quý I"])
    (('q2', 'Quý II'), ('m3', 'Tháng 3'), ('q1-2027', 'Năm 2027 / Quý I'))
    """
    times = names_times(words[-2]) if len(words) > 1 else ""
    for title in (words[-1], " ".join(words[-2:]), f"{times.capitalize()} {words[-1]}") if words else ():
        text = heading_key(title)
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
