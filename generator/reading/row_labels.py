"""The grammar of labels: `I`, `A.`, `1.1`, `(1)`, `a)`, `đ)`, `-`, `Nhiệm vụ 1:`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LabelKind = Literal["roman", "capital", "number", "dotted", "bracket", "letter", "small-roman", "bullet", "word"]

_ROMAN = r"(?=[IVXLC])(?:X{0,3})(?:IX|IV|V?I{0,3})"
_KINDS: tuple[tuple[LabelKind, str], ...] = (
    ("roman", _ROMAN),
    ("capital", "[A-HK-UĐ]"),
    ("dotted", r"\d{1,2}(?:\.\d{1,2})+"),
    ("number", r"\d{1,3}"),
    ("small-roman", r"(?=[ivx]{2})(?:x{0,3})(?:ix|iv|v?i{0,3})"),
    ("letter", r"[a-zđ]\d?"),
)
_BULLET = re.compile(r"[-–—+*•●○▪■◦]")
_CELL_SIGNS = {"x", "v"}
"""Signs in cells of years, which no list uses as labels without a bracket or full stop."""
_VIETNAMESE = "abcdđeghiklmnopqrstuvxy"
_WORDS = "Nhiệm vụ|Chỉ tiêu|Khâu đột phá|Mục tiêu|Giải pháp|Nhóm nhiệm vụ|Nhóm|Phần|Đột phá"
_WORD_LABEL = re.compile(rf"({_WORDS})\s+(?:số\s+)?(\d{{1,3}}|{_ROMAN})\s*(?:[:.\-–/]\s*|$)(?=\D|$)", re.I)
_LEADING = re.compile(r"(\(?[A-Za-zĐđ0-9.]{1,12}?[.)/]+)\s+(?=\S)|(\d{1,2}(?:\.\d{1,2})+)\s+(?=\D)")
_LEADING_BULLET = re.compile(rf"({_BULLET.pattern})\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A label as printed, and how it counts: `parts` are its numbers, `("1", "2")` for `1.2`; `word` is its word."""

    printed: str
    kind: LabelKind
    parts: tuple[str, ...]
    word: str = ""

    @property
    def count(self) -> int:
        """The last number: `2` for `1.2`, `b)` and `II`; 0 for a bullet."""
        last = self.parts[-1] if self.parts else ""
        if self.kind in {"roman", "small-roman"} or (self.kind == "word" and not last.isdigit()):
            return roman_count(last)
        if last.isdigit():
            return int(last)
        letter = last[:1].lower()
        return _VIETNAMESE.index(letter) + 1 if letter and letter in _VIETNAMESE else 0


def parse_label(text: str) -> RowLabel | None:
    """Return the label if a cell holds only that; else None.

    >>> [parse_label(text).kind for text in ("I.", "1.1", "(2)", "đ)", "Nhiệm vụ 1:")]
    ['roman', 'dotted', 'bracket', 'letter', 'word']
    """
    printed = re.sub(r"\s+", " ", text).strip()
    if _BULLET.fullmatch(printed):
        return RowLabel(printed, "bullet", ())
    if (match := _WORD_LABEL.match(printed)) and match.end() == len(printed):
        return RowLabel(printed.rstrip(" :.-–/"), "word", (match[2],), match[1].capitalize())
    if printed in _CELL_SIGNS:
        return None
    core = printed.strip(" ./:)(")
    for kind, expression in _KINDS:
        if core and re.fullmatch(expression, core):
            bracket = kind == "number" and printed.endswith(")")
            return RowLabel(printed, "bracket" if bracket else kind, tuple(core.split(".")))
    return None


def split_label(text: str) -> tuple[RowLabel | None, str]:
    """Return the label with which a text begins, and the rest.

    >>> [part if isinstance(part, str) else part.printed for part in split_label("Chỉ tiêu 5: Đến cuối nhiệm kỳ")]
    ['Chỉ tiêu 5', 'Đến cuối nhiệm kỳ']
    """
    if match := _WORD_LABEL.match(text):
        label = RowLabel(match[0].rstrip(" :.-–/"), "word", (match[2],), match[1].capitalize())
        return label, text[match.end() :].strip()
    for pattern in (_LEADING, _LEADING_BULLET):
        if (match := pattern.match(text)) and (found_label := parse_label(match[1] or match[2])):
            return found_label, text[match.end() :].strip()
    return None, text


def is_below(label: RowLabel, above: RowLabel) -> bool:
    """Return whether a row with a label stands below an activity with another one: `1.1` or `a)` below `1`."""
    if label.kind == "dotted":
        return len(above.parts) < len(label.parts) and label.parts[: len(above.parts)] == above.parts
    ranks = {"dotted": 0, "number": 0, "word": 0, "bracket": 1, "letter": 2, "small-roman": 2, "bullet": 3}
    if label.kind == "bullet" and above.kind == "bullet":
        return label.printed in "+*•o◦" and above.printed in "-–—•" and label.printed != above.printed
    return label.kind in {"letter", "small-roman", "bullet"} and ranks.get(above.kind, 0) < ranks[label.kind]


def is_alike(label: RowLabel, other: RowLabel | None) -> bool:
    """Return whether two labels count in one list, whatever their numbers: `1.1` and `1.4`, `I` and `III`."""
    kinds = (label.kind, label.word, label.parts[:-1])
    return other is not None and label.kind != "bullet" and kinds == (other.kind, other.word, other.parts[:-1])


def roman_count(text: str) -> int:
    """Return the value of a Roman number.

    >>> roman_count("XIV")
    14
    """
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    values = [worth.get(sign, 0) for sign in text.upper()]
    return sum(-value if value < max(values[index + 1 :], default=0) else value for index, value in enumerate(values))
