"""The documents of the index: activities with the fields of their texts, and facet values with their names.

Each facet value (a unit, a plan, a target, …) is a document of its own. So an activity is found by the names of its
units, and these words are not repeated in the postings of each activity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model.corpus import Corpus
from generator.model.entities import LEVELS
from generator.search.activity_store import ChunkedStore, other_spellings_of
from generator.search.texts import (
    entry_text,
    fundings_of,
    join_texts,
    level_text,
    more_of,
    plan_text,
    programme_text,
    unit_text,
    year_text,
)

FIELDS = ("title", "more", "names")


def documents(corpus: Corpus, store: ChunkedStore) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield key and texts by field: first of activities, by number and without key, then of facet values."""
    for activity in store.activities:
        more = more_of(activity)
        also = other_spellings_of(activity, more)
        yield (
            "",
            {
                "title": " ".join(activity.title.split()),
                "more": join_texts([activity.timing, more]),
                "names": join_texts([activity.label, also]),
            },
        )
    for key, text in _entries(corpus, store).items():
        yield key, {"names": text}


def _entries(corpus: Corpus, store: ChunkedStore) -> dict[str, str]:
    """Return the facet values as `<facet>:<value>` with the words that find them (as in `store.js`)."""
    texts = {f"don-vi:{unit.id}": join_texts([unit.short_name, unit_text(unit)]) for unit in corpus.units.values()}
    texts |= {
        f"chuong-trinh:{programme.id}": join_texts([programme.short_name, programme_text(programme)])
        for programme in corpus.programmes.values()
    }
    texts |= {f"cap:{level}": level_text(level) for level in LEVELS}
    for plan in store.plans:
        texts[f"ke-hoach:{plan.id}"] = join_texts([plan.short_title, plan.number, plan_text(corpus, plan)])
        texts |= {f"chi-tieu:{target.key}": entry_text(target) for target in plan.targets}
        texts |= {f"nhiem-vu:{task.key}": entry_text(task) for task in plan.tasks}
    for activity in store.activities:
        texts |= {f"kinh-phi:{part}": part for part in fundings_of(activity)}
    years = sorted({year for activity in store.activities for year in activity.years})
    return texts | {f"nam:{year}": year_text(year) for year in years}
