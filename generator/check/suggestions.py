"""Spelling suggestions: the known word that an unknown one may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from generator.language.folding import folded

# At least this share of letters must agree. With less, suggestions have other meanings, and among ids of three letters
# any would do (`nv9` for `nv1`).
_CUTOFF = 0.67


class Suggestions:
    """Known words among which the closest to an unknown word is found. Case and accents are ignored."""

    def __init__(self, words: Iterable[str]) -> None:
        """Keep the known words; they are read at the first use."""
        self._words = words

    def closest(self, word: str) -> str | None:
        """Return the word with the fewest changed letters; None if too many differ."""
        # The import takes 30 ms, which content without faults need not spend.
        from rapidfuzz.distance.OSA import normalized_similarity
        from rapidfuzz.process import extractOne

        match = extractOne(folded(word), self._by_key.keys(), scorer=normalized_similarity, score_cutoff=_CUTOFF)
        return self._by_key[match[0]] if match else None

    @cached_property
    def _by_key(self) -> Mapping[str, str]:
        # Sorted: of two equally close words the first is taken, so that equal content gives equal reports.
        by_key: dict[str, str] = {}
        for word in sorted(self._words):
            by_key.setdefault(folded(word), word)
        return by_key


def closest_word(word: str, words: Iterable[str]) -> str | None:
    """Return the known word closest to an unknown one, or None; for words that are used once."""
    return Suggestions(words).closest(word)
