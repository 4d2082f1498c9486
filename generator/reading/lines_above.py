"""Lines above a table that are no words of the plan's title: the number of an annex, the unit of the amounts below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.reading.money_cells import money_unit
from generator.reading.office_document import Grid, OfficeParagraph, paragraphs_of

ATTACHED = re.compile(r"\(?(?:ban hành )?kèm theo.*", re.I)
_CONTINUED = re.compile(r"\(?\s*tiếp theo.*", re.I)
_ANNEX_NUMBER = re.compile(
    r"\(?(?:phụ lục|biểu|mẫu)(?: mẫu| biểu)?(?: số)?:?(?: ?(?:\d[\w./-]*|[ivx]+(?:[./-]\w+)*))?\.?\)?", re.I
)
_TITLED_ANNEX = re.compile(r"(?:phụ lục|biểu|mẫu)(?: mẫu| biểu)?(?: số)?:? (?:\d|[ivx]+\b)", re.I)
_UNIT = re.compile(r"\(?(?:đơn vị(?: tính)?|đvt)\s*:\s*([^()]+?)\)?\.?", re.I)


def numbers_annex(text: str) -> bool:
    """Return whether a line only numbers an annex.

    >>> numbers_annex("Phụ lục 1"), numbers_annex("Biểu số 02/KH"), numbers_annex("Biểu chi tiết nhiệm vụ")
    (True, True, False)
    """
    return _ANNEX_NUMBER.fullmatch(text) is not None


def stands_aside(text: str) -> bool:
    """Return whether a line above a table is no heading of it: of an annex, of the unit below, `(tiếp theo)`."""
    patterns = (_CONTINUED, _ANNEX_NUMBER, ATTACHED)
    return any(pattern.fullmatch(text) for pattern in patterns) or bool(unit_below(text))


def begins_annex(text: str) -> bool:
    """Return whether a line begins an annex, by its number: `Phụ lục 1: Nhiệm vụ trọng tâm`."""
    return numbers_annex(text) or (_TITLED_ANNEX.match(text) is not None and not text.endswith((".", ";")))


def unit_below(text: str) -> str:
    """Return the unit that a line says to be that of the figures in the table below it, empty for other lines.

    Who issues the plan may stand behind the same word.

    >>> unit_below("Đơn vị tính: triệu đồng"), unit_below("(ĐVT: người)"), unit_below("Đơn vị: Hội LHPN xã")
    ('triệu đồng', 'người', '')
    """
    match = _UNIT.fullmatch(text)
    if not match:
        return ""
    return match[1] if money_unit(match[1]) == match[1] or not text.lstrip("(").lower().startswith("đơn vị:") else ""


def money_below(blocks: Sequence[OfficeParagraph | Grid], number: int) -> str:
    """Return the unit of money that the lines above a table say, empty where they say none.

    `number` is the table's: the rows of a sheet above its head have it, too.
    """
    for block in reversed(blocks):
        if isinstance(block, Grid) and block.location.table != number:
            break
        for paragraph in reversed(paragraphs_of(block)):
            units = [unit_below(line.strip()) for line in paragraph.text.split("\n")]
            if found := [unit for unit in units if unit and money_unit(unit) == unit]:
                return found[-1]
    return ""
