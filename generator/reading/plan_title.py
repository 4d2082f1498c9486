"""The lines of a plan's title: where it begins, and which lines go on with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.reading.letter_lines import FrameLine
from generator.reading.lines_above import ATTACHED, begins_annex, unit_below

TITLE = re.compile(r"(KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|NGHỊ QUYẾT|PHƯƠNG ÁN|PHÂN CÔNG)\b")
_PLAIN_TITLE = re.compile(r"(?:kế hoạch|chương trình|đề án|nghị quyết|phương án|phân công)\b[^.;:]*", re.I)
DATED_TITLE = re.compile(r"[^.;:]*\b(?:năm|giai đoạn|nhiệm kỳ|quý|tháng)\b[^.;:]*\b(?:19|20)\d\d\b[^.;:]*", re.I)
"""Any line that names years: the title of an annex, perhaps, where nothing calls itself a plan."""
BASIS = re.compile(r"(?:-\s*)?(Căn cứ|Thực hiện|Theo)\s.*[;.,]\s*")
DAY = re.compile(r"(?:(.{2,40}?),\s*)?ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\s*", re.I)
_GOING_ON = re.compile(r"(?:Thực hiện|Triển khai|Công tác|Tổ chức|Hoạt động|Phối hợp|Về|Của|Toàn|Năm|Quý|Tháng)\s")
_DRAFT = re.compile(r"\(?dự thảo(?: lần(?: thứ)? \w+)?\)?", re.I)
_LONGEST_TITLE_LINE = 400
_SENTENCE = 80
"""A line of at least this many letters with a final full stop is a sentence."""
_BARE_TITLE = 2
"""Words of a title that is not complete: `KẾ HOẠCH`; a blank line may follow it."""


def title_words(lines: Sequence[FrameLine]) -> re.Pattern[str]:
    """Return how the title begins: in capitals, where some line does so; else in other letters, or with years only."""
    if any(TITLE.match(line.text) for line in lines):
        return TITLE
    return _PLAIN_TITLE if any(_PLAIN_TITLE.fullmatch(line.text) for line in lines) else DATED_TITLE


def begins_title(line: FrameLine, title: Sequence[str], words: re.Pattern[str]) -> bool:
    """Return whether a title begins here; of two the longer one is the plan's, because a cover has a short one."""
    if words is not TITLE and (not words.fullmatch(line.text) or title or is_attached(line)):
        return False
    return words.match(line.text) is not None and (not title or len(line.text) > len(" ".join(title)))


def title_goes_on(line: FrameLine, first: FrameLine, title: Sequence[str]) -> bool:
    """Return whether a line belongs to the title: it looks like it, and is no sentence that opens the letter."""
    if line.is_boxed:
        return True
    is_sentence = line.text.endswith(":") or (line.text.endswith((".", ";")) and len(line.text) > _SENTENCE)
    is_bare = len(title) == 1 and len(title[0].split()) <= _BARE_TITLE
    return not (
        is_sentence
        or (line.is_apart and not line.is_set_off and not is_bare)
        or (first.is_centred and not line.is_set_off)
        or BASIS.fullmatch(line.text)
        or ATTACHED.fullmatch(line.text)
        or DAY.fullmatch(line.text)
        or begins_annex(line.text)
        or unit_below(line.text)
        or (TITLE.match(line.text) is not None and line.text.split()[:2] == first.text.split()[:2])
        or re.match(r"([IVX]+|\d+|[A-Z])[.)]\s|[-+•]", line.text)
        or len(line.text) > _LONGEST_TITLE_LINE
    )


def is_attached(line: FrameLine) -> bool:
    """Return whether a line says to which letter this belongs, or that it is a draft."""
    return bool(ATTACHED.fullmatch(line.text) or _DRAFT.fullmatch(line.text))


def lowered(line: str) -> str:
    """Return a further line of the title, with a small first letter.

    >>> [lowered(line) for line in ("Thực hiện Nghị quyết", "Năm 2027 của Thành Đoàn", "Thành Đoàn Cần Thơ")]
    ['thực hiện Nghị quyết', 'năm 2027 của Thành Đoàn', 'Thành Đoàn Cần Thơ']
    """
    return line[:1].lower() + line[1:] if _GOING_ON.match(line) else line
