"""Proposes a short title for a long sentence; the official words are kept beside it."""

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
_BULLET = re.compile(r"^[-–+*•]\s+")
_END = re.compile(r"[.;:]$| \| ")
"""Signs of a line that does not continue in the next one; in a cell a table's rows have a vertical stroke."""
_SMALL_ROMAN = re.compile(r"\b(?=[ivx]{1,5}\b)(x{0,3}(?:ix|iv|v?i{0,3}))\b")


def short_title(lines: Sequence[str], longest: int = LONGEST_TITLE) -> tuple[str, str | None]:
    r"""Return a title, and the whole text if the title is only a part of it.

    >>> short_title(["Tập huấn cán bộ"]), short_title(["Xây dựng gia đình", "no ấm"])
    (('Tập huấn cán bộ', None), ('Xây dựng gia đình no ấm', None))
    >>> short_title(["- Tập huấn;", "- Hội thi."])
    ('Tập huấn; Hội thi', '- Tập huấn;\n- Hội thi.')
    """
    whole = "\n".join(lines)
    plain = [_BULLET.sub("", line) for line in lines]
    if len(lines) == 1 and len(whole) <= longest:
        return plain[0], None
    if lines and all(map(_BULLET.match, lines)):
        joined = "; ".join(line.rstrip(" ;.,") for line in plain)
    elif any(map(_BULLET.match, lines[1:])) or any(_END.search(line) for line in lines[:-1]):
        joined = ""
    else:  # a sentence broken in two lines
        joined = " ".join(lines)
        if len(joined) <= longest and all(line[:1].islower() for line in lines[1:]):
            return joined, None
    first = joined if joined and len(joined) <= longest else plain[0].rstrip(" :;") if lines else ""
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
    """Return a text in capitals as a sentence; other texts unchanged. Known names keep their capitals.

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
