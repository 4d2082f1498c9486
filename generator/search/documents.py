"""What an index holds: the activities by the fields of their texts, and the values of the facets by their names.

A value of a facet (a unit, a plan, a target, …) is a document of its own: an activity is found by the names of its
units without their words standing at each of the activity's postings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.corpus import Corpus
from generator.model.entities import LEVELS
from generator.search.store import Store, also_of
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


def documents(corpus: Corpus, store: Store) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Key and texts by field: the activities by their numbers, whose key is empty, then the values of facets."""
    for activity in store.activities:
        more = more_of(activity)
        also = also_of(activity, more)
        yield (
            "",
            {
                "title": " ".join(activity.title.split()),
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
    years = sorted({year for activity in store.activities for year in activity.years})
    return found | {f"nam:{year}": year_text(year) for year in years}
