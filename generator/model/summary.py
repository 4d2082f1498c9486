"""What the rest of the corpus must know of one plan: small, but enough to link the plan without its body.

A page that lists a unit's activities of a year, from five of a thousand plans, loads five bodies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.language.time_spans import periods_of
from generator.model.answers import PackedAnswer, packed_answers
from generator.model.entities import Activity, Body, Heading, Plan, Target

V = TypeVar("V")


@dataclass(frozen=True)
class PlanSummary:
    """A plan without its body, and what other plans need from the body.

    `years` and `lead` are those of each activity, in the order of the body. `activities` maps a relation and a key to
    indexes in the body (`{"led_by": {"hoi-lhpn": [0, 3]}}`); `targets` likewise to ids of targets. `counterparts` maps
    an entry of any plan to the counterparts that this plan gives it. `answers` maps a measure of another plan to what
    this plan promises for it (see `packed_answers`). `former` are earlier ids of headings and targets.
    """

    plan: Plan
    years: Sequence[tuple[int, ...]]
    lead: Sequence[tuple[str, ...]]
    levels: Mapping[str, int]
    periods: Mapping[str, int]
    activities: Mapping[str, Mapping[str, Sequence[int]]]
    targets: Mapping[str, Mapping[str, Sequence[str]]]
    counterparts: Mapping[str, Sequence[str]]
    answers: Mapping[str, Sequence[PackedAnswer]]
    former: Sequence[str]


def summary_of(plan: Plan, body: Body) -> PlanSummary:
    """Return the summary of a plan."""
    activities = {
        "led_by": _indexes(body.activities, lambda activity: activity.leaders),
        "partnered_by": _indexes(body.activities, lambda activity: activity.helpers),
        "performed_by": _indexes(body.activities, lambda activity: activity.performers),
        "of_year": _indexes(body.activities, lambda activity: map(str, activity.years)),
        "of_target": _indexes(body.activities, lambda activity: activity.all_targets),
        "of_programme": _indexes(body.activities, lambda activity: activity.programmes),
    }
    targets = {
        "targets_led_by": grouped((unit, target.id) for target in body.targets for unit in target.lead),
        "targets_of_programme": grouped((key, target.id) for target in body.targets for key in target.programmes),
    }
    entries: tuple[Heading | Target, ...] = (*body.headings, *body.targets)
    pairs = [(entry.key, other) for entry in entries for other in entry.counterparts]
    return PlanSummary(
        plan,
        [activity.years for activity in body.activities],
        [activity.lead for activity in body.activities],
        dict(Counter(level for activity in body.activities for level in activity.levels)),
        dict(Counter(name for activity in body.activities for name in {p for _, p in periods_of(activity.all_spans)})),
        activities,
        targets,
        counterparts=grouped([*pairs, *((other, entry) for entry, other in pairs)]),
        answers=packed_answers(plan, body),
        former=[id_ for entry in entries for id_ in entry.formerly],
    )


def _indexes(activities: Sequence[Activity], keys: Callable[[Activity], Iterable[str]]) -> dict[str, list[int]]:
    return grouped((key, index) for index, activity in enumerate(activities) for key in keys(activity))


def grouped(pairs: Iterable[tuple[str, V]]) -> dict[str, list[V]]:
    """Return the values of each key, in the order of the pairs."""
    groups: dict[str, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
