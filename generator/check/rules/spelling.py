"""Rules about letters that look right and are not, so that searches and names do not match."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache, wraps

from generator.check.rules.rule import Check, Fault, File
from generator.language.tcvn3 import TCVN3
from generator.language.twin_letters import INVISIBLE, TWINS
from generator.problem import Span

# Their alphabets: a class of a few ranges is searched a hundred times as fast as one of 900 letters.
_FOREIGN = re.compile("[ÐƉðɖƢƣɡ\u0370-\u052f\uff21-\uff5a\U0001d400-\U0001d6a3]")
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")
# In an id even a single such letter is not a mathematical sign.
_ID = re.compile(r"[\w-]+")
_BEFORE_ID = re.compile(r"\b(?:id|parent|section|task|target|row): *[\"']?[\w-]*$")
_LONGEST_ID = 100

# Spaces that YAML does not accept where it needs one: in the indent, after a dash, after a field's name.
_SPACE = "[\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_SPECIAL_SPACE = re.compile(rf"^[ ]*(?:-[ ]*)*(?:[a-z_]+:)?({_SPACE})", re.MULTILINE)

# Private areas of Unicode, as copied from Word's symbol fonts: they mean nothing without the font.
_PRIVATE = re.compile("[\ue000-\uf8ff]+")
_BEFORE_VALUE = re.compile(r"(?:\b[a-z_]+: +|^ *- +|[\[{](?:[^\]}\n]*,)? *)\Z", re.MULTILINE)
_SYMBOLS = {"\uf0b7": "-", "\uf0a7": "-", "\uf0d8": "-", "\uf0fc": "-", "\uf02d": "-", "\uf0e0": "→"}

# Of these only the signs that no modern text has between two letters.
_OLD_SIGNS = "µ¶¸¹¨©ª«¬®»¼½¾÷"
_OLD_FONT = re.compile(f"(?<![^\\W\\d_])®(?=[a-z])|(?<=[A-Za-z])[{_OLD_SIGNS}](?=[a-z])")
_RUN = re.compile(r"[^\s\"'“”(),.;:\[\]{}]+")
_FEWEST = 3

# Syllables ending in two vowels of which either may carry the tone mark.
_OLDER = re.compile(r"(?:[òóỏõọ][ae]|[ùúủũụ]y)(?!\w)")
_NEWER_O, _NEWER_U = r"o[àáảãạèéẻẽẹ](?!\w)", r"u[ỳýỷỹỵ](?<![qQ]..)(?!\w)"
_NEWER = re.compile(f"{_NEWER_O}|{_NEWER_U}")
# A search for one fixed sign is four times as fast as for two.
_ANY_NEWER = (re.compile(_NEWER_O), re.compile(_NEWER_U))


# Nearly every file has none of the letters and signs above: one search settles five rules.
_ODD = re.compile(f"{_FOREIGN.pattern[:-1]}{INVISIBLE.pattern[1:-1]}{_SPACE[1:-1]}\ufffd\ue000-\uf8ff{_OLD_SIGNS}]")


def _of_odd_texts(check: Check) -> Check:
    @wraps(check)
    def checked(file: File) -> Iterator[Fault]:
        return check(file) if _is_odd(file.tree.text) else iter(())

    return checked


@lru_cache(maxsize=1)
def _is_odd(text: str) -> bool:
    return _ODD.search(text) is not None


@_of_odd_texts
def look_alike_letter(file: File) -> Iterator[Fault]:
    """Find `look-alike-letter`: a word with foreign letters that look like Latin ones."""
    text, end = file.tree.text, 0
    for match in _FOREIGN.finditer(text):
        if match.start() < end or ord(match[0]) not in TWINS:
            continue
        before = text[max(0, match.start() - _LONGEST_ID) : match.start()].rpartition("\n")[2]
        in_id = bool(_BEFORE_ID.search(before))
        word = _around(_ID if in_id else _WORD, text, match.start())
        end = word.end()
        mended = unicodedata.normalize("NFC", word[0].translate(TWINS))
        if (in_id or len(word[0]) > 1) and all(_is_latin(letter) for letter in mended if not in_id or letter.isalpha()):
            values = {"found": word[0], "letter": match[0], "code": f"U+{ord(match[0]):04X}"}
            yield Fault(_span(text, word.start(), word.end()), values, mended)


@_of_odd_texts
def invisible_character(file: File) -> Iterator[Fault]:
    """Find `invisible-character`."""
    for match in INVISIBLE.finditer(file.tree.text):
        yield Fault(_span(file.tree.text, *match.span()), {"code": f"U+{ord(match[0]):04X}"})


@_of_odd_texts
def special_space(file: File) -> Iterator[Fault]:
    """Find `special-space`."""
    for match in _SPECIAL_SPACE.finditer(file.tree.text):
        yield Fault(_span(file.tree.text, *match.span(1)), {"code": f"U+{ord(match[1]):04X}"})


@_of_odd_texts
def lost_letter(file: File) -> Iterator[Fault]:
    """Find `lost-letter`: the sign that replaces a letter which a program could not read."""
    for match in re.finditer("\ufffd+", file.tree.text):
        yield Fault(_span(file.tree.text, *match.span()))


@_of_odd_texts
def symbol_font(file: File) -> Iterator[Fault]:
    """Find `symbol-font`: bullets and signs that only a symbol font of Word shows."""
    for match in _PRIVATE.finditer(file.tree.text):
        mended = _SYMBOLS.get(match[0])
        values = {"code": f"U+{ord(match[0][0]):04X}"}
        if mended == "-" and _BEFORE_VALUE.search(file.tree.text[max(0, match.start() - 40) : match.start()]):
            values, mended = {**values, "why": "first"}, None  # a dash here would begin a list
        yield Fault(_span(file.tree.text, *match.span()), values, mended)


@_of_odd_texts
def old_font(file: File) -> Iterator[Fault]:
    """Find `old-font`: text in TCVN3, which is readable only in fonts of the 1990s."""
    text, end = file.tree.text, 0
    hits = list(_OLD_FONT.finditer(text))
    for match in hits if len(hits) >= _FEWEST else ():
        if match.start() >= end:
            word = _around(_RUN, text, match.start())
            end = word.end()
            mended = word[0].translate(TCVN3)
            yield Fault(_span(text, word.start(), end), {"found": word[0]}, mended)


def mixed_tone_marks(file: File) -> Iterator[Fault]:
    """Find `mixed-tone-marks` (`hòa`, `hoà`); names keep their own spelling."""
    text = file.tree.text
    if not _OLDER.search(text) or not any(style.search(text) for style in _ANY_NEWER):
        return
    rarer, usual = sorted((_small_words(_OLDER, text), _small_words(_NEWER, text)), key=len)
    for word in rarer:
        mended = _moved(word[0])
        values = {"found": word[0], "example": usual[0][0], "usual": str(len(usual))}
        yield Fault(_span(text, word.start(), word.end()), values, mended)


def _small_words(style: re.Pattern[str], text: str) -> list[re.Match[str]]:
    words = (_around(_WORD, text, match.start()) for match in style.finditer(text))
    return [word for word in words if word[0][0].islower()]


def _moved(word: str) -> str:
    """Move the tone mark to the other of the last two vowels."""
    first, last = (unicodedata.normalize("NFD", letter) for letter in word[-2:])
    mark = (first + last).translate({ord(letter): None for letter in first[0] + last[0]})
    ends = (first[0] + mark + last[0]) if len(last) > 1 else (first[0] + last[0] + mark)
    return word[:-2] + unicodedata.normalize("NFC", ends)


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN ", "COMBINING "))


def _around(pattern: re.Pattern[str], text: str, position: int) -> re.Match[str]:
    """Return the match of a one-class pattern that contains `position`."""
    start = position
    while start > 0 and position - start < 100 and pattern.match(text, start - 1, start):
        start -= 1
    match = pattern.match(text, start, position + 100)
    assert match  # the letter at `position` is in the class
    return match


def _span(text: str, start: int, end: int) -> Span:
    return Span(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), end - start)
