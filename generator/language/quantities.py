"""What printed cells count: comparator, unit of measure, and whether cells are comparable."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Literal

from generator.language.vietnamese import MULTIPLIERS, name_key, parse_number

Comparator = Literal[">=", ">", "=", "<=", "<", "about"]
"""How a figure is meant: as a lower bound, an upper bound, exactly, or about."""

_BEFORE: Mapping[str, Comparator] = {
    **{">=": ">=", "≥": ">=", ">": ">", "<=": "<=", "≤": "<=", "<": "<", "=": "=", "~": "about"},
    **{"ít nhất": ">=", "tối thiểu": ">=", "không dưới": ">=", "không ít hơn": ">=", "trên": ">", "hơn": ">"},
    **{"nhiều nhất": "<=", "tối đa": "<=", "không quá": "<=", "không vượt quá": "<=", "dưới": "<", "khoảng": "about"},
}
_AFTER: Mapping[str, Comparator] = {"trở lên": ">=", "trở xuống": "<="}
_BOUND = re.compile(
    rf"\s*(?:từ\s+(?=.*\b(?:{'|'.join(_AFTER)})\s*$)|(?P<before>{'|'.join(map(re.escape, _BEFORE))}))?"
    rf"\s*(?P<rest>\d.*?)\s*(?P<after>\b(?:{'|'.join(_AFTER)}))?\s*",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = re.compile(r"[^\d,.]*\d[\d.,]*\s*(%?)([^(]*)")


@lru_cache(maxsize=4096)
def split_bound(cell: str) -> tuple[Comparator | None, str]:
    """Return the comparator of a cell, given by a sign or by words, and the cell without it.

    >>> [split_bound(cell) for cell in ("≥ 30", "Ít nhất 15 hộ", "từ 5 tỷ trở lên", "12%")]
    [('>=', '30'), ('>=', '15 hộ'), ('>=', '5 tỷ'), (None, '12%')]
    >>> split_bound("từ 3 đến 5"), split_bound("trên 5 trở xuống")
    ((None, 'từ 3 đến 5'), (None, 'trên 5 trở xuống'))
    """
    match = _BOUND.fullmatch(cell)
    before, after = (match["before"], match["after"]) if match else (None, None)
    if not match or (before and after):
        return None, cell
    bound = _BEFORE[before.lower()] if before else _AFTER[after.lower()] if after else None
    return bound, match["rest"]


def printed_unit(cell: str) -> str | None:
    """Return the unit that a cell prints after its number, empty without one; None for a cell of words.

    >>> [printed_unit(cell) for cell in ("342 hộ", ">80%", "2.500", "2 (Định Quán, Vĩnh Cửu)", "x")]
    ['hộ', '%', '', '', None]
    """
    if parse_number(cell) is None:
        return None
    match = _WORDS.match(split_bound(cell)[1])
    return (match[1] or match[2].strip()) if match else ""


@lru_cache(maxsize=4096)
def says_unit(cell: str | None, unit: str | None) -> bool:
    """Return whether a cell prints its unit of measure, so that it must not be added after the cell.

    >>> says_unit("12 hộ", "hộ"), says_unit("1,5 triệu đồng", "đồng"), says_unit("5 triệu", "đồng")
    (True, True, False)
    """
    printed, own = _words_of(printed_unit(cell or "") or ""), _words_of(unit or "")
    return bool(own) and own in (printed[: len(own)], printed[-len(own) :])


def is_cross(cell: str) -> bool:
    """Return whether the cell of a time says only that something is due."""
    return cell.casefold() == "x"


def with_unit(value: str, unit: str | None) -> str:
    """Return a printed number with its unit of measure, unless it prints that itself.

    >>> with_unit("500", "hộ"), with_unit("342 hộ", "hộ"), with_unit("88,3", "%"), with_unit("5 triệu", "đồng")
    ('500 hộ', '342 hộ', '88,3%', '5 triệu đồng')
    """
    if not unit or says_unit(value, unit):
        return value
    return f"{value}{unit}" if unit == "%" else f"{value} {unit}"


def cell_with_unit(cell: str, unit: str | None) -> str:
    """Return the cell of a time with its unit of measure, unless it is a share or says something in words.

    >>> cell_with_unit("500", "hộ"), cell_with_unit("Tháng 3", "lớp"), cell_with_unit("80%", "hộ")
    ('500 hộ', 'Tháng 3', '80%')
    """
    return cell if any(letter.isalpha() or letter == "%" for letter in cell) else with_unit(cell, unit)


@lru_cache(maxsize=4096)
def counts_otherwise(cell: str, unit: str | None) -> bool:
    """Return whether a cell prints another unit than its measure's, so that its number does not count these.

    A shorter or longer name of the unit is equal; "triệu" must be in both, and a rate is not the same unit.

    >>> [counts_otherwise(cell, "hội viên") for cell in ("342", "342 hội viên nữ", "342 hộ", "1,5 nghìn hội viên")]
    [False, False, True, True]
    >>> counts_otherwise("500 triệu đồng", "tỷ đồng"), counts_otherwise("500 tỷ", "tỷ đồng")
    (True, False)
    >>> counts_otherwise("5 hộ/xã", "hộ"), counts_otherwise("5 hộ/năm", "hộ"), counts_otherwise("2 lớp", "lớp/năm")
    (True, False, False)
    >>> counts_otherwise("5 hộ mỗi xã", "hộ"), counts_otherwise("5 hộ một năm", "hộ")
    (True, False)
    """
    printed, own = _words_of(printed_unit(cell) or ""), _words_of(unit or "")
    if printed in ([], ["%"]):
        return False
    if MULTIPLIERS.intersection(printed) != MULTIPLIERS.intersection(own) or ("/" in printed and "/" not in own):
        return True
    length = min(len(printed), len(own))
    return printed[:length] != own[:length]


def has_mixed_units(cells: Collection[str], unit: str | None = None) -> bool:
    """Return whether the numbers of a row count different things and are not comparable.

    `unit` is the row's own unit of measure. A percentage counts as that unit, and "hộ" may be short for "hộ nghèo".

    >>> has_mixed_units(["88,3%", "342 hộ"]), has_mixed_units(["500", "342 hộ"]), has_mixed_units(["20%", "30"])
    (True, False, True)
    >>> has_mixed_units(["02", "15.000 lượt"], "mô hình"), has_mixed_units(["342 hộ", "350"], "hộ nghèo")
    (True, False)
    >>> has_mixed_units(["342 hộ", "350"], "hội viên")
    True
    """
    units = _units(cells)
    named = units - {""}
    return len(named) > 1 or units == {"", "%"} or bool(unit and any(counts_otherwise(cell, unit) for cell in cells))


def common_unit(cells: Iterable[str]) -> str | None:
    """Return the unit that all numbers of a row count, if one of them prints it; else None.

    >>> common_unit(["500", "342 hộ"]), common_unit(["342 hộ", "5 xã"]), common_unit(["500"])
    ('hộ', None, None)
    """
    units = _units(cells)
    named = units - {""}
    return named.pop() if len(named) == 1 and units != {"", "%"} else None


def _units(cells: Iterable[str]) -> set[str]:
    return {unit.casefold() for cell in cells if (unit := printed_unit(cell)) is not None}


def _words_of(unit: str) -> list[str]:
    """Return the words of a unit. "Mỗi", "từng" and "một" are the stroke of a rate; one of each year is none."""
    rate = re.sub(r"\b(?:cho |ở |tại )?(?:(?:mỗi|từng)(?: một)?|một)\b", "/", name_key(unit))
    return re.findall(r"\w+|[%/]", re.sub(r"/\s*năm\b", "", rate))
