"""Similarity of short Vietnamese texts: idf weights of words and pairs of words, compared by cosine.

Texts are so short that a term's frequency in one says nothing: it occurs or not. Vietnamese writes syllables apart, so
pairs are what words are elsewhere (`khởi nghiệp`); triples gave no measured gain for half as much work again. No
library is used: those with tf-idf need numpy and scipy, a hundred times the size of this program.
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
"""A term in a larger share of the texts says little about them and costs most of the time."""
_FEW = 8
"""This many texts may always share a term."""
_MOST_PHRASES, _SHORTEST_PHRASE = 2, 2
"""Phrases that are told, and words of each; a shared word alone is no reason."""


class TextIndex:
    """Texts with which others are compared."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Weigh the terms of `texts`; results are indexes of this sequence."""
        terms_of_texts = [_terms(text) for text in texts]
        frequency = Counter(term for terms in terms_of_texts for term in terms)
        most = max(_FEW, _COMMON * len(texts))
        rarity = {term: log((len(texts) + 1) / (n + 0.5)) if n <= most else 0.0 for term, n in frequency.items()}
        # For each term the square of its idf, and for each text with it that square divided by the text's length.
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
        """Return the indexes of the most similar texts, best first, each with its similarity times its weight.

        Only texts in `weights` are compared, and only results above `least` returned; a similarity is from 0 to 1.
        `context` is text that many share, such as the title of a target's measures: it is compared once.
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
        """Return the dot product of a text with each of the texts, and the square of its own length."""
        scores = [0.0] * self._size
        return scores, self._add_products(text, scores)

    def _add_products(self, text: str, scores: list[float]) -> float:
        """Add the dot products of a text with each of the texts; return the square of its own length."""
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
    """Return the longest runs of words that two texts share, as spelled in the first.

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


# The same few thousand syllables occur everywhere.
_spelling = lru_cache(maxsize=8192)(exact)


_Term = str | tuple[str, str]
"""A word, or a pair of neighbouring words."""


def _terms(text: str) -> set[_Term]:
    words = _words(text)
    return {*words, *pairwise(words)}
