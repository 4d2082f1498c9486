"""Lists of activities that stay short however large the corpus grows: some activities are listed, others counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.language.vietnamese import sort_key
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Unit
from generator.model.queries import Activities, each_once

MOST_LISTED = 300
"""Activities that one list shows; further ones are counted by plan."""

MOST_PLANS = 60
"""Index pages show the entries of all plans up to this many plans; else only those of the central level."""

MOST_COUNTED = 30
"""Plans that a list names with a count only; the search has the others."""

MOST_UNIONS = 100
"""Unions that the index of units shows; with more, those of communes are on the page of the union above them."""

_LOCAL = ("commune", "branch")


@dataclass(frozen=True)
class Listing:
    """Activities grouped by plan, in the document's order.

    Plans in force come first; `total` and `plans` count only theirs. `set_aside` counts the activities of the other
    plans. `rest` are plans whose activities are only counted, at most `MOST_COUNTED`; `more` is the number of further
    plans.
    """

    groups: Sequence[tuple[Plan, Activities]]
    rest: Sequence[tuple[Plan, int]] = ()
    more: int = 0
    total: int = 0
    plans: int = 0
    set_aside: int = 0


@dataclass(frozen=True)
class Overview:
    """The plans that an index shows, and the unions whose plans below it only counts."""

    shown: Sequence[Plan]
    counted: Sequence[tuple[Unit, int]] = ()


def overview_of(corpus: Corpus, plans: Sequence[Plan]) -> Overview:
    """Return all plans if they are few, else those above the commune level."""
    if len(plans) <= MOST_PLANS:
        return Overview(plans)
    above = {plan.id: _above(corpus, plan) for plan in plans}
    counts = Counter(unit for unit in above.values() if unit)
    units = sorted((corpus.units[id_] for id_ in counts), key=lambda unit: (sort_key(unit.name), unit.id))
    return Overview([plan for plan in plans if not above[plan.id]], [(unit, counts[unit.id]) for unit in units])


def _above(corpus: Corpus, plan: Plan) -> str | None:
    """Return the union above the issuer of a commune's plan; None for other plans."""
    issuer = corpus.units[plan.issuer]
    return issuer.parent if issuer.level in _LOCAL else None


def is_local(unit: Unit) -> bool:
    """Return whether a unit belongs to a commune."""
    return unit.level in _LOCAL


def list_by_plan(corpus: Corpus, activities: Activities, most: int = MOST_LISTED) -> Listing:
    """Group activities by plan: whole plans, at least one, until `most` activities are listed."""
    groups: list[tuple[Plan, Activities]] = []
    rest: list[tuple[Plan, int]] = []
    count = more = 0
    due, set_aside = activities.in_force, activities.set_aside
    for plan_id, members in (*due.by_plan().items(), *set_aside.by_plan().items()):
        if groups and count + len(members) > most:
            if len(rest) < MOST_COUNTED:
                rest.append((corpus.plans[plan_id], len(members)))
            else:
                more += 1
        else:
            groups.append((corpus.plans[plan_id], members))
            count += len(members)
    return Listing(groups, rest, more, len(due), len(due.by_plan()), len(set_aside))


def count_by_year(activities: Iterable[Activity]) -> Mapping[int, int]:
    """Return the number of activities due in each year, years ascending."""
    return dict(sorted(Counter(year for activity in activities for year in activity.years).items()))


def activities_with(corpus: Corpus, unit: Unit) -> Activities:
    """Return all activities that a unit leads, takes part in, or carries out as a level."""
    relations = (corpus.led_by, corpus.partnered_by, corpus.performed_by)
    return each_once(*(relation.of(unit.id) for relation in relations))


def unit_matrix(activities: Iterable[tuple[Unit, Activities]]) -> list[tuple[Unit, Mapping[int, int]]]:
    """Return for each unit with dated activities their number by year."""
    due = ((unit, members.in_force.years) for unit, members in activities)
    return [(unit, years) for unit, years in due if years]
