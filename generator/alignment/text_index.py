"""Likeness of short Vietnamese texts: tf-idf over words, pairs and triples of words, compared by the cosine.

Vietnamese writes syllables apart, so that pairs and triples carry what words carry elsewhere (`khởi nghiệp`, `hợp tác
xã`). No library is used: those with tf-idf bring numpy and scipy, a hundred times the size of this program.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt

from generator.language.folding import exact

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*%?")
_COMMON = 0.1
"""A term that stands in a greater share of the texts tells little of them, and costs most of the time."""
_FEW = 8
"""So few texts may share a term in any case."""
_SHORTEST_PHRASE = 2
"""Words; a shared word alone is no reason."""


class TextIndex:
    """Texts that others are compared with."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Weigh the terms of `texts`; their places are those of the sequence."""
        counts = [_terms(text) for text in texts]
        frequency = Counter(term for terms in counts for term in terms)
        most = max(_FEW, _COMMON * len(texts))
        rarity = {term: log((len(texts) + 1) / (n + 0.5)) if n <= most else 0.0 for term, n in frequency.items()}
        # Of each term the square of its rarity, and its weight in the texts times its rarity.
        self._terms: dict[str, tuple[float, list[tuple[int, float]]]] = {
            term: (weight * weight, []) for term, weight in rarity.items()
        }
        self._unknown = log(2 * (len(texts) + 1)) ** 2
        self._size = len(texts)
        for place, terms in enumerate(counts):
            weights = {term: (1 + log(n)) * rarity[term] for term, n in terms.items() if rarity[term]}
            length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            for term, weight in weights.items():
                self._terms[term][1].append((place, weight * rarity[term] / length))

    def compare(self, text: str, least: float = 0.0) -> list[tuple[int, float]]:
        """Return the places of the texts that are more alike than `least`, the most alike first.

        Each stands with its likeness, from 0 to 1.
        """
        scores = [0.0] * self._size
        known = self._terms
        square, unknown = 0.0, 0
        for term, n in _terms(text).items():
            found = known.get(term)
            if found is None:
                unknown += 1
                continue
            often = 1.0 if n == 1 else 1 + log(n)
            square += found[0] * often * often
            for place, weight in found[1]:
                scores[place] += weight * often
        length = sqrt(square + unknown * self._unknown) or 1.0
        bound = least * length
        alike = [(place, score / length) for place, score in enumerate(scores) if score > bound]
        return sorted(alike, key=lambda pair: (-pair[1], pair[0]))


def shared_phrases(text: str, other: str, most: int = 2) -> list[str]:
    """Return the longest runs of words that two texts share, as the first one writes them.

    >>> shared_phrases("Giúp hộ thoát nghèo bền vững", "Hộ có phụ nữ thoát nghèo")
    ['thoát nghèo']
    """
    matcher = SequenceMatcher(None, _words(text), _words(other), autojunk=False)
    blocks = sorted((block for block in matcher.get_matching_blocks() if block.size), key=lambda block: -block.size)
    places = [word.span() for word in _WORD.finditer(text)]
    return [
        text[places[block.a][0] : places[block.a + block.size - 1][1]]
        for block in blocks[:most]
        if block.size >= _SHORTEST_PHRASE
    ]


def _words(text: str) -> list[str]:
    return [_spelling(word) for word in _WORD.findall(text)]


# The same few thousand syllables stand everywhere.
_spelling = lru_cache(maxsize=8192)(exact)


def _terms(text: str) -> Counter[str]:
    words = _words(text)
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    triples = [f"{pair} {word}" for pair, word in zip(pairs, words[2:], strict=False)]
    return Counter([*words, *pairs, *triples])
