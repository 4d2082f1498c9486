"""The index for lunr.js: the folded words of each activity's texts and of each facet value.

lunr's own serialised form repeats what follows from the postings: scores for every word, field and document, and an
empty object for each posting. So only the postings are written (25 KB compressed for 402 activities, instead of 127),
and `lunr.Builder` computes the rest in the browser (`lunr-engine.js`).
"""

from __future__ import annotations

from functools import lru_cache

from generator.language.folding import folded, tokens
from generator.model.corpus import Corpus
from generator.search.activity_store import ChunkedStore, Json
from generator.search.documents import FIELDS, documents


def build_index(corpus: Corpus, store: ChunkedStore) -> Json:
    """Build the index: fields, keys of entries, all words, their postings.

    The shape is `{fields, entries: [key], terms: "word word …", postings: {field: [[gap, …] for each term]}}`.
    Documents are first the activities by number, then the facet values (`don-vi:hoi-lhpn`). Gaps are the distances
    between the numbers of documents; the first is from zero.
    """
    postings: dict[str, dict[str, list[int]]] = {}
    entries: list[str] = []
    for number, (key, texts) in enumerate(documents(corpus, store)):
        if key:
            entries.append(key)
        for field, text in texts.items():
            for word in _words(text):
                postings.setdefault(word, {name: [] for name in FIELDS})[field].append(number)
    terms = sorted(postings)
    return {
        "fields": list(FIELDS),
        "entries": entries,
        "terms": " ".join(terms),
        "postings": {field: [_gaps(postings[term][field]) for term in terms] for field in FIELDS},
    }


# A preview builds the index at every save, from nearly the same texts.
@lru_cache(maxsize=1 << 13)
def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folded(token.text) for token in tokens(text)))


def _gaps(numbers: list[int]) -> list[int]:
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]
