"""What printed cells count: the unit of measure in the words behind a number, and whether cells belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.language.vietnamese import parse_number

_WORDS = re.compile(r"[^\d,.]*\d[\d.,]*\s*(%?)([^(]*)")


def printed_unit(cell: str) -> str | None:
    """Return the unit that a cell prints behind its number, empty where it prints none; None for a cell of words.

    >>> [printed_unit(cell) for cell in ("342 hộ", ">80%", "2.500", "2 (Định Quán, Vĩnh Cửu)", "x")]
    ['hộ', '%', '', '', None]
    """
    if parse_number(cell) is None:
        return None
    match = _WORDS.match(cell)
    return (match[1] or match[2].strip()) if match else ""


def has_mixed_units(cells: Iterable[str], unit: str | None = None) -> bool:
    """Return whether the numbers of a row count different things, so that they must not stand together.

    `unit` is the row's own unit of measure. A share is one of that unit, and "hộ" may be short for "hộ nghèo".

    >>> has_mixed_units(["88,3%", "342 hộ"]), has_mixed_units(["500", "342 hộ"]), has_mixed_units(["20%", "30"])
    (True, False, True)
    >>> has_mixed_units(["02", "15.000 lượt"], "mô hình"), has_mixed_units(["342 hộ", "350"], "hộ nghèo")
    (True, False)
    """
    units = _units(cells)
    named = units - {""}
    row_unit = unit.casefold() if unit else ""
    others = {
        each for each in named - {"%"} if row_unit and not (row_unit.startswith(each) or each.startswith(row_unit))
    }
    return len(named) > 1 or units == {"", "%"} or bool(others)


def common_unit(cells: Iterable[str]) -> str | None:
    """Return the unit that all numbers of a row count, where one of them prints it.

    >>> common_unit(["500", "342 hộ"]), common_unit(["342 hộ", "5 xã"]), common_unit(["500"])
    ('hộ', None, None)
    """
    units = _units(cells)
    named = units - {""}
    return named.pop() if len(named) == 1 and units != {"", "%"} else None


def _units(cells: Iterable[str]) -> set[str]:
    return {unit.casefold() for cell in cells if (unit := printed_unit(cell)) is not None}
