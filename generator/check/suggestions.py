"""Spelling suggestions: the known word that somebody may have meant who wrote an unknown one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from generator.language.folding import folded

# The share of letters that must stay as they are: over two thirds. Below it suggestions are words of another meaning,
# and of ids with three letters any would do (`nv9` for `nv1`).
_CUTOFF = 0.67


class Suggestions:
    """Known words in which the closest one to an unknown word is looked up. Case and accents do not count."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the known words, which are read when the first suggestion is asked for."""
        self._words = words

    def closest(self, word: str) -> str | None:
        """Return the word with the fewest letters to change, or None where too many differ."""
        # Loading takes 30 ms, which content without faults need not wait for.
        from rapidfuzz.distance.OSA import normalized_similarity
        from rapidfuzz.process import extractOne

        match = extractOne(folded(word), self._by_key.keys(), scorer=normalized_similarity, score_cutoff=_CUTOFF)
        return self._by_key[match[0]] if match else None

    @cached_property
    def _by_key(self) -> Mapping[str, str]:
        # Sorted, so that equal content gives equal reports: the first of two equally close words is taken.
        by_key: dict[str, str] = {}
        for word in sorted(self._words):
            by_key.setdefault(folded(word), word)
        return by_key


def closest_word(word: str, words: Iterable[str]) -> str | None:
    """Return the word closest to an unknown one, or None, for words that are asked once."""
    return Suggestions(words).closest(word)
