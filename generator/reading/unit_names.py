"""A cell with names of units -> the names, as printed. Only known names are taken; none is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_TOKEN = re.compile(r"[,;/&+]|[^\s,;/&+]+")
_JOINING = {",", ";", "/", "&", "+", "và", "cùng", "với", "-", "–", "."}
_HARD = re.compile(r"[,;\n]")
_LONGEST = 16
"""The most words and signs of a name that is looked for."""


@dataclass(frozen=True)
class NamesReading:
    """The known names of a cell in order, as printed, and the parts in which no known name was found."""

    names: tuple[str, ...]
    unknown: tuple[str, ...]


def read_names(lines: Sequence[str], is_known: Callable[[str], bool]) -> NamesReading:
    """Return the names in a cell. The longest known name wins, because `Ban A, Ban B` may be one name or two.

    >>> read_names(["Các cấp Hội, Ban KT"], {"Các cấp Hội", "Ban KT"}.__contains__).names
    ('Các cấp Hội', 'Ban KT')
    """
    text = "\n".join(lines)
    whole = _cover(text, is_known)
    if whole is not None:
        return NamesReading(_unique(whole), ())
    names: list[str] = []
    unknown: list[str] = []
    segments = _segments(text)
    start = 0
    while start < len(segments):
        for end in range(len(segments), start, -1):
            covering = _cover(text[segments[start][0] : segments[end - 1][1]], is_known)
            if covering is not None:
                names += covering
                start = end
                break
        else:
            unknown.append(text[slice(*segments[start])].strip())
            start += 1
    return NamesReading(_unique(names), tuple(name for name in unknown if name))


def _segments(text: str) -> list[tuple[int, int]]:
    bounds = [0, *(match.end() for match in _HARD.finditer(text)), len(text) + 1]
    return [(start, end - 1) for start, end in pairwise(bounds) if text[start : end - 1].strip()]


def _cover(text: str, is_known: Callable[[str], bool]) -> list[str] | None:
    """Return the fewest known names that make up a text, with words and signs that join names; else None."""
    tokens = [(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text)]
    best: list[list[str] | None] = [None] * (len(tokens) + 1)
    best[len(tokens)] = []
    for start in range(len(tokens) - 1, -1, -1):
        rest = best[start + 1]
        if tokens[start][2].casefold() in _JOINING and rest is not None:
            best[start] = rest
        for end in range(min(len(tokens), start + _LONGEST), start, -1):
            after = best[end]
            if after is None or (best[start] is not None and len(after) + 1 >= len(best[start] or ())):
                continue
            name = re.sub(r"\s+", " ", text[tokens[start][0] : tokens[end - 1][1]]).strip(" .;:")
            if name and is_known(name):
                best[start] = [name, *after]
    names = best[0]
    return names or None


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
