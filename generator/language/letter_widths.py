"""The printed width of words, so that a column is as wide as what must not be broken."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_WHOLE = 24
"""Letters; a longer word, such as a web address, may be broken."""

# A comparison sign stays with its number.
_WORD = re.compile(r"(?:[≥≤><=~]\s+)?\S+")
_BREAKABLE = re.compile(r"[≥≤><=~]\s+\S+|(?<![^\s<>])[^\s<>]*\w[-–/]\w[^\s<>]*")
_SIGN = re.compile(r"[-–/≥≤><=~]")
"""A sign in every breakable word: most texts have none and need no further test."""
_DAYS = re.compile(r"\W*\d+/\d+(?:/\d+)?[-–](?=\d+/\d+)")
_NARROW, _WIDE = frozenset(".,:;'|!()[]iljtfrI-/ "), frozenset("mwMWƯĐÔƠ%@≥≤—&")


def words_kept_whole(text: str) -> list[str]:
    """Return the words of a text that must not be broken: all but very long ones.

    >>> words_kept_whole("≥ 88,35% của 12/120 xã")
    ['≥ 88,35%', 'của', '12/120', 'xã']
    """
    return [word for word in _WORD.findall(text) if len(word) <= LONGEST_WHOLE]


def split_by_breaks(text: str) -> list[tuple[str, bool]]:
    """Return a text in segments, each with whether a line break could wrongly fall inside, at a hyphen or slash.

    Between two days a line may break.

    >>> split_by_breaks("Ban TG-CS và 12/120 xã")
    [('Ban ', False), ('TG-CS', True), (' và ', False), ('12/120', True), (' xã', False)]
    >>> split_by_breaks("(1/6/2026-31/8/2026),")
    [('(1/6/2026-', True), ('31/8/2026),', True)]
    """
    if not _SIGN.search(text):
        return [(text, False)] if text else []
    segments: list[tuple[str, bool]] = []
    at = 0
    for match in _BREAKABLE.finditer(text):
        if len(match[0]) <= LONGEST_WHOLE:
            days = _DAYS.match(match[0])
            middle = days.end() if days else 0
            segments += [(text[at : match.start()], False), (match[0][:middle], True), (match[0][middle:], True)]
            at = match.end()
    return [segment for segment in (*segments, (text[at:], False)) if segment[0]]


def letters_width(word: str) -> float:
    """Return the approximate width of a word, in ems of a serif or sans-serif font."""
    return sum(map(_letter_width, word))


def widest_word(texts: Iterable[str]) -> float:
    """Return the width in ems of the widest word that must not be broken."""
    return max((letters_width(word) for text in texts for word in words_kept_whole(text)), default=0)


def _letter_width(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    return 0.9 if letter in _WIDE else 0.72 if letter.isupper() else 0.53
