"""The index for lunr.js: which folded words stand in which activity's texts, and in which facet value's.

lunr's own serialised form repeats what follows from the postings: the score of every word in every field of every
document, an empty object for each posting. So only the postings are written (25 KB compressed for 402 activities,
instead of 127), and `lunr.Builder` computes the rest in the browser (`lunr-engine.js`). Facet values (units, plans,
targets, …) are documents of their own: an activity is found by the names of its units without their words standing at
each of the activity's postings.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.language.folding import folded, tokens
from generator.link.corpus import Corpus
from generator.link.model import LEVELS
from generator.search.store import Json, Store, also_of
from generator.search.texts import (
    entry_text,
    fundings_of,
    joined,
    level_text,
    more_of,
    plan_text,
    programme_text,
    unit_text,
    year_text,
)

FIELDS = ("title", "more", "names")


def build_index(corpus: Corpus, store: Store) -> Json:
    """`{fields, entries: [key], terms: "word word …", postings: {field: [[gap, …] for each term]}}`.

    Documents are the activities by their numbers, then the entries, the values of facets (`don-vi:hoi-lhpn`).
    Gaps are from a document's number to the next; the first is from zero.
    """
    postings: dict[str, dict[str, list[int]]] = {}
    entries: list[str] = []
    for number, (key, texts) in enumerate(_documents(corpus, store)):
        if key:
            entries.append(key)
        for field, text in texts.items():
            for word in dict.fromkeys(folded(token.text) for token in tokens(text)):
                postings.setdefault(word, {name: [] for name in FIELDS})[field].append(number)
    terms = sorted(postings)
    return {
        "fields": list(FIELDS),
        "entries": entries,
        "terms": " ".join(terms),
        "postings": {field: [_gaps(postings[term][field]) for term in terms] for field in FIELDS},
    }


def _documents(corpus: Corpus, store: Store) -> Iterator[tuple[str, dict[str, str]]]:
    """Key (empty for an activity) and texts by field."""
    for activity in store.activities:
        more = more_of(activity)
        also = also_of(activity, more)
        yield (
            "",
            {
                "title": activity.title,
                "more": joined([activity.when, more]),
                "names": joined([activity.label, also]),
            },
        )
    for key, text in _entries(corpus, store).items():
        yield key, {"names": text}


def _entries(corpus: Corpus, store: Store) -> dict[str, str]:
    """The values of the facets by `<facet>:<value>`, with the words that they are found by (as `store.js` has them)."""
    found = {f"don-vi:{one.id}": joined([one.short_name, unit_text(one)]) for one in corpus.units.values()}
    found |= {
        f"chuong-trinh:{one.id}": joined([one.short_name, programme_text(one)]) for one in corpus.programmes.values()
    }
    found |= {f"cap:{level}": level_text(level) for level in LEVELS}
    for plan in store.plans:
        found[f"ke-hoach:{plan.id}"] = joined([plan.short_title, plan.number, plan_text(corpus, plan)])
        found |= {f"chi-tieu:{one.key}": entry_text(one) for one in plan.targets}
        found |= {f"nhiem-vu:{one.key}": entry_text(one) for one in plan.tasks}
    for activity in store.activities:
        found |= {f"kinh-phi:{part}": part for part in fundings_of(activity)}
        found |= {f"nam:{year}": year_text(year) for year in activity.years}
    return found


def _gaps(numbers: list[int]) -> list[int]:
    return [number - before for before, number in zip([0, *numbers], numbers, strict=False)]
