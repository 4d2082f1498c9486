"""Other spellings for the search: abbreviations in full, and full words abbreviated (`HTX`, `hợp tác xã`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

import yaml

from generator.language.folding import tokens

LIST = Path(__file__).parents[1] / "language" / "abbreviations.yml"

Words = tuple[str, ...]


def other_spellings(text: str) -> list[str]:
    """Return the other spellings of words in `text`, in their order, each once.

    >>> other_spellings("Hỗ trợ HTX, tổ hợp tác do phụ nữ quản lý")
    ['hợp tác xã', 'THT', 'PN']
    """
    return list(_others(text))


@lru_cache(maxsize=1 << 13)
def _others(text: str) -> tuple[str, ...]:
    matches: dict[str, None] = {}
    words, spellings = _words(text), _spellings()
    for at, word in enumerate(words):
        if word in spellings:
            for spelling, others in spellings[word]:
                if words[at : at + len(spelling)] == spelling:
                    matches |= dict.fromkeys(others)
    return tuple(matches)


def _words(text: str) -> Words:
    return tuple([word for part in text.split(" ") for word in _WORD_CACHE[part]])


class _WordCache(dict[str, Words]):
    """The words between two spaces: no word contains a space (`words.js` relies on it too)."""

    def __missing__(self, part: str) -> Words:
        words = self[part] = tuple(token.text for token in tokens(part) if not token.form)
        return words


_WORD_CACHE = _WordCache()


@cache
def _spellings() -> Mapping[str, Sequence[tuple[Words, Sequence[str]]]]:
    """Return by first word the words of each spelling and the other spellings, the longest spelling first."""
    entries = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    meanings_of: dict[Words, list[str]] = {}
    for short, meanings in entries.items():
        meanings_of.setdefault(_words(short), []).extend(meanings)
        for meaning in meanings:
            meanings_of.setdefault(_words(meaning), []).append(short)
    by_first: dict[str, list[tuple[Words, Sequence[str]]]] = {}
    for spelling in sorted(meanings_of, key=len, reverse=True):
        by_first.setdefault(spelling[0], []).append((spelling, meanings_of[spelling]))
    return by_first
