"""Near words: what somebody may have meant who wrote a word that does not exist."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from generator.language.folding import folded

# difflib takes about 10 µs a word, which is nothing for the 20 fields of an entry and a second for 80,000 ids. Above
# this number of words only those are compared that share the most pairs of letters with the word.
_FEW = 300
_SHORTLIST = 40
_CUTOFF = 0.7
# Comparing is quadratic in the length, and nobody mistypes one letter of a page of text.
_LONGEST = 120


class NearWords:
    """A set of words in which near ones can be looked up. Case and accents do not count."""

    def __init__(self, choices: Iterable[str]) -> None:
        self._choices = choices

    def find(self, word: str) -> str | None:
        """The choice most like `word`, or None."""
        key = folded(word)
        if not key or len(key) > _LONGEST:
            return None
        keys = self._by_key if len(self._by_key) <= _FEW else self._shortlist(key)
        found = difflib.get_close_matches(key, keys, n=1, cutoff=_CUTOFF)
        return self._by_key[found[0]] if found else None

    @cached_property
    def _by_key(self) -> Mapping[str, str]:
        # Of two choices with one key the first of the alphabet holds, so that equal content gives equal reports.
        return {folded(choice): choice for choice in sorted(self._choices, reverse=True) if len(choice) <= _LONGEST}

    @cached_property
    def _places(self) -> Mapping[str, Sequence[str]]:
        """Pair of letters -> the keys that have it."""
        places: dict[str, list[str]] = defaultdict(list)
        for key in self._by_key:
            for pair in _pairs(key):
                places[pair].append(key)
        return places

    def _shortlist(self, key: str) -> list[str]:
        shared: Counter[str] = Counter()
        for pair in _pairs(key):
            shared.update(self._places.get(pair, ()))
        length = len(key)
        # As difflib's ratio: what two words share, against their lengths. Equal ranks in the order of the alphabet.
        ranked = sorted(shared, key=lambda other: (-shared[other] / (length + len(other)), other))
        return ranked[:_SHORTLIST]


def near_word(word: str, choices: Iterable[str]) -> str | None:
    """The choice most like `word`, or None, for a set that is asked once."""
    return NearWords(choices).find(word)


def _pairs(key: str) -> set[str]:
    return {key[index : index + 2] for index in range(len(key) - 1)} or {key}
