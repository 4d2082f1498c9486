"""Likeness of short Vietnamese texts: rarity (idf) of words and pairs of words, compared by the cosine.

Texts are so short that how often a term stands in one tells nothing: it stands there or not. Vietnamese writes
syllables apart, so that pairs carry what words carry elsewhere (`khởi nghiệp`); triples add nothing that was measured,
and half as much work. No library is used: those with tf-idf bring numpy and scipy, a hundred times the size of this
program.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from math import fsum, log, sqrt

from generator.language.folding import exact

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*%?")
_COMMON = 0.1
"""A term that stands in a greater share of the texts tells little of them, and costs most of the time."""
_FEW = 8
"""So few texts may share a term in any case."""
_MOST_PHRASES, _SHORTEST_PHRASE = 2, 2
"""Phrases that are told, and words of each; a shared word alone is no reason."""


class TextIndex:
    """Texts that others are compared with."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Weigh the terms of `texts`; their indexes are those of the sequence."""
        terms_of_texts = [_terms(text) for text in texts]
        frequency = Counter(term for terms in terms_of_texts for term in terms)
        most = max(_FEW, _COMMON * len(texts))
        rarity = {term: log((len(texts) + 1) / (n + 0.5)) if n <= most else 0.0 for term, n in frequency.items()}
        # Of each term the square of its rarity, and for each text with it that square by the text's length.
        self._terms: dict[_Term, tuple[float, list[tuple[int, float]]]] = {
            term: (weight * weight, []) for term, weight in rarity.items()
        }
        self._known_terms = frozenset(rarity)
        self._square_of_unknown = log(2 * (len(texts) + 1)) ** 2
        self._size = len(texts)
        self._compare_context = lru_cache(maxsize=512)(self._compare_part)
        for index, terms in enumerate(terms_of_texts):
            weights = [self._terms[term] for term in terms if rarity[term]]
            length = sqrt(fsum(square for square, _ in weights)) or 1.0
            for square, shares in weights:
                shares.append((index, square / length))

    def compare(
        self, text: str, context: str, weights: Iterable[tuple[int, float]], least: float
    ) -> list[tuple[int, float]]:
        """Return the indexes of the texts that are most alike, the best first, each with its likeness times its weight.

        Only the texts in `weights` are compared, and of them only those above `least` returned; a likeness is from 0
        to 1. `context` is text that many share, as the title of a target's measures: it is compared once.
        """
        shared, square = self._compare_context(context)
        scores = shared.copy()
        square += self._add_products(text, scores)
        length = sqrt(square) or 1.0
        bound = least * length
        # Rounded, because the last digits depend on the order in which a set yields its terms.
        alike = [
            (-round(score / length, 9), index) for index, weight in weights if (score := scores[index] * weight) > bound
        ]
        alike.sort()
        return [(index, -score) for score, index in alike]

    def _compare_part(self, text: str) -> tuple[list[float], float]:
        """Return the product of a text with each of the texts, and the square of its own length."""
        scores = [0.0] * self._size
        return scores, self._add_products(text, scores)

    def _add_products(self, text: str, scores: list[float]) -> float:
        """Add the products of a text with each of the texts; return the square of its own length."""
        terms = _terms(text)
        known_terms = terms & self._known_terms
        square = self._square_of_unknown * (len(terms) - len(known_terms))
        for term in known_terms:
            weight, shares = self._terms[term]
            square += weight
            for index, share in shares:
                scores[index] += share
        return square


def shared_phrases(text: str, other: str) -> list[str]:
    """Return the longest runs of words that two texts share, as the first one writes them.

    >>> shared_phrases("Giúp hộ thoát nghèo bền vững", "Hộ có phụ nữ thoát nghèo")
    ['thoát nghèo']
    """
    matcher = SequenceMatcher(None, _words(text), _words(other), autojunk=False)
    blocks = sorted((block for block in matcher.get_matching_blocks() if block.size), key=lambda block: -block.size)
    spans = [word.span() for word in _WORD.finditer(text)]
    return [
        text[spans[block.a][0] : spans[block.a + block.size - 1][1]]
        for block in blocks[:_MOST_PHRASES]
        if block.size >= _SHORTEST_PHRASE
    ]


def _words(text: str) -> list[str]:
    return list(map(_spelling, _WORD.findall(text)))


# The same few thousand syllables stand everywhere.
_spelling = lru_cache(maxsize=8192)(exact)


_Term = str | tuple[str, str]
"""A word, or a pair of neighbouring words."""


def _terms(text: str) -> set[_Term]:
    words = _words(text)
    return {*words, *pairwise(words)}
