"""Automatic numbers of Word: a list's paragraph has no text for them; `numbering.xml` has their form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN: tuple[tuple[int, str], ...] = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_BULLETS = {"\uf0b7": "•", "\uf0a7": "•", "\uf02d": "-", "\uf0d8": "•", "\uf0fc": "•", "o": "•", "\xb7": "•"}
_DEEPEST = 9


@dataclass(frozen=True)
class ListLevel:
    """How one level of a list is numbered."""

    start: int
    format: str
    text: str
    is_legal: bool
    restart: int | None


@dataclass
class ListCounters:
    """Counts the paragraphs of all lists of a document, in its order."""

    levels: dict[str, dict[int, ListLevel]]
    abstract_of: dict[str, str]
    overrides: dict[str, dict[int, int]]
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    @staticmethod
    def of(root: Any) -> ListCounters:
        """Return the counters of a `w:numbering` element; empty ones if there is no such part."""
        abstracts = {} if root is None else {e.get(f"{W}abstractNumId"): e for e in root.iter(f"{W}abstractNum")}
        links = {style: key for key, e in abstracts.items() if (style := _value(e, "styleLink"))}
        counters = ListCounters({}, {}, {})
        for number in () if root is None else root.iter(f"{W}num"):
            key = number.get(f"{W}numId")
            abstract = _value(number, "abstractNumId") or ""
            if abstract in abstracts and (link := _value(abstracts[abstract], "numStyleLink")) in links:
                abstract = links[link]
            levels = _levels(abstracts[abstract]) if abstract in abstracts else {}
            counters.overrides[key] = {}
            for override in number.iter(f"{W}lvlOverride"):
                level = whole_number(override.get(f"{W}ilvl"), 0)
                levels |= _levels(override)
                if (start := _value(override, "startOverride")) is not None:
                    counters.overrides[key][level] = whole_number(start, 1)
            counters.levels[key] = levels
            counters.abstract_of[key] = abstract
        return counters

    def next_label(self, number: str, level: int) -> str:
        """Count a paragraph of list `number` at `level` and return its label; empty if the list shows none."""
        levels = self.levels.get(number)
        if not levels or level not in levels or level >= _DEEPEST:
            return ""
        counts = self.counts.setdefault(self.abstract_of[number], [None] * _DEEPEST)
        override = self.overrides[number].get(level)
        if override is not None and (number, level) not in self.started:
            counts[level] = override
        else:
            before = counts[level]
            counts[level] = levels[level].start if before is None else before + 1
        self.started.add((number, level))
        for deeper in range(level + 1, _DEEPEST):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and level < restart):
                counts[deeper] = None
        return self._shown(levels, counts, level)

    def _shown(self, levels: dict[int, ListLevel], counts: list[int | None], level: int) -> str:
        list_level = levels[level]
        if list_level.format == "bullet":
            return _BULLETS.get(list_level.text, list_level.text)

        def count_of(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            if depth not in levels:
                return ""
            count = counts[depth]
            number_format = "decimal" if list_level.is_legal and depth < level else levels[depth].format
            return format_count(levels[depth].start if count is None else count, number_format)

        return "" if list_level.format == "none" else re.sub(r"%(\d)", count_of, list_level.text)


def format_count(count: int, shape: str) -> str:
    """Return a count in one of Word's number formats.

    >>> [format_count(4, shape) for shape in ("decimal", "decimalZero", "upperRoman", "lowerLetter")]
    ['4', '04', 'IV', 'd']
    """
    if shape == "decimalZero":
        return f"{count:02}"
    if shape in {"upperRoman", "lowerRoman"}:
        rest, text = count, ""
        for worth, sign in _ROMAN:
            text += sign * (rest // worth)
            rest %= worth
        return text if shape == "upperRoman" else text.lower()
    if shape in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if shape == "upperLetter" else letter
    return "" if shape == "none" else str(count)


def whole_number(text: str | None, default: int, most: int = 10_000) -> int:
    """Return the number in an attribute, else `default`; never more than `most`.

    >>> whole_number("3", 1), whole_number("abc", 1), whole_number("999999999", 1, most=63)
    (3, 1, 63)
    """
    return min(int(text), most) if text and text.isascii() and text.isdigit() and len(text) < 12 else default


def _levels(element: Any) -> dict[int, ListLevel]:
    list_levels = {}
    for level in element.iter(f"{W}lvl"):
        restart = _value(level, "lvlRestart")
        legal = level.find(f"{W}isLgl")
        list_levels[whole_number(level.get(f"{W}ilvl"), 0)] = ListLevel(
            start=whole_number(_value(level, "start"), 1),
            format=_value(level, "numFmt") or "decimal",
            text=_value(level, "lvlText") or "",
            is_legal=legal is not None and legal.get(f"{W}val") not in {"0", "false", "off"},
            restart=whole_number(restart, 0) if restart is not None else None,
        )
    return list_levels


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    value = None if child is None else child.get(f"{W}val")
    return value if value is None else str(value)
