"""Titles: a short one is proposed where an office's sentence is long; the official words are kept beside it, whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST_TITLE = 160
_PROPER = {
    "việt nam": "Việt Nam",
    "đảng": "Đảng",
    "nhà nước": "Nhà nước",
    "hội lhpn": "Hội LHPN",
    "liên hiệp phụ nữ": "Liên hiệp Phụ nữ",
    "trung ương": "Trung ương",
    "hồ chí minh": "Hồ Chí Minh",
    "quốc hội": "Quốc hội",
    "chính phủ": "Chính phủ",
    "nghị quyết": "Nghị quyết",
    "đại hội": "Đại hội",
}
_SMALL_ROMAN = re.compile(r"\b(?=[ivx]{1,5}\b)(x{0,3}(?:ix|iv|v?i{0,3}))\b")


def short_title(lines: Sequence[str], longest: int = LONGEST_TITLE) -> tuple[str, str | None]:
    """Return a title, and the whole text where the title is only a part of it.

    >>> short_title(["Tập huấn cán bộ"])
    ('Tập huấn cán bộ', None)
    """
    whole = "\n".join(lines)
    if len(lines) == 1 and len(whole) <= longest:
        return whole, None
    first = lines[0].rstrip(" :;") if lines else ""
    if len(first) <= longest:
        return first or whole[:longest], whole
    return _shorten(first, longest), whole


def _shorten(text: str, longest: int) -> str:
    """Return the text up to the last end of a clause, else of a word, before `longest`."""
    head = text[: longest - 1]
    ends = [match.start() for match in re.finditer(r"[.;:](?=\s)|,(?=\s)| \(", head) if match.start() >= longest // 4]
    if ends:
        return head[: ends[-1]].rstrip()
    return head[: head.rfind(" ")].rstrip(" ,;:-") + "…"


def sentence_case(text: str) -> str:
    """Return a text in capitals as a sentence; other texts as they are. Well-known names keep their capitals.

    >>> sentence_case("CÁC NHIỆM VỤ TRỌNG TÂM")
    'Các nhiệm vụ trọng tâm'
    """
    if text.upper() != text or len(re.findall(r"[^\W\d_]", text)) < 4:
        return text
    lower = text.lower()
    for words, proper in _PROPER.items():
        lower = re.sub(rf"\b{words}\b", proper, lower)
    lower = _SMALL_ROMAN.sub(lambda match: match[0].upper(), lower)
    lower = re.sub(r"\b(lhpn|ubnd|hđnd|mttq|tw|bch|btv|xhcn|htx|thcs|cnh|hđh)\b", lambda match: match[0].upper(), lower)
    return lower[:1].upper() + lower[1:]
