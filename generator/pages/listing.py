"""Lists of activities that stay small however large the corpus grows: what is listed, and what is only counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.link.corpus import Activities, Corpus
from generator.link.model import Activity, Plan, Unit

MOST_LISTED = 300
"""Activities that one list shows; the rest are counted by plan."""

MOST_PLANS = 60
"""Plans whose entries an index page shows one by one; with more, it only counts them."""


@dataclass(frozen=True)
class Listing:
    """Activities grouped by plan, in the document's order; `rest` are the plans whose activities are only counted."""

    groups: Sequence[tuple[Plan, Activities]]
    rest: Sequence[tuple[Plan, int]] = ()
    total: int = 0


def list_by_plan(corpus: Corpus, activities: Activities, most: int = MOST_LISTED) -> Listing:
    """Group activities by plan, whole plans at a time until `most` are listed (the first plan always is)."""
    groups: list[tuple[Plan, Activities]] = []
    rest: list[tuple[Plan, int]] = []
    listed = 0
    for plan_id, members in activities.by_plan().items():
        plan = corpus.plans[plan_id]
        if groups and listed + len(members) > most:
            rest.append((plan, len(members)))
        else:
            groups.append((plan, members))
            listed += len(members)
    return Listing(groups, rest, len(activities))


def count_by_year(activities: Iterable[Activity]) -> Mapping[int, int]:
    """How many activities are due in each year, years ascending."""
    return dict(sorted(Counter(year for activity in activities for year in activity.years).items()))


def unit_matrix(activities: Iterable[tuple[Unit, Activities]]) -> list[tuple[Unit, Mapping[int, int]]]:
    """For each unit that has any, its count of activities by year."""
    return [(unit, found.years) for unit, found in activities if found.years]
