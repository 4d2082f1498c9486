"""What the rest of the corpus must know of one plan: small, and enough to link it without its body.

A page that lists the activities of a unit in a year, of five plans out of a thousand, needs the bodies of five.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.model.entities import Activity, Body, Heading, Plan, Target


@dataclass(frozen=True)
class PlanSummary:
    """A plan without its body, and what the body says to others.

    `years` and `lead` are those of each activity, by its place in the body. `activities` gives places by relation and
    key (`{"led_by": {"hoi-lhpn": [0, 3]}}`), `targets` the ids of targets likewise. `counterparts` gives for an entry,
    of any plan, those that this plan says correspond to it; `contributions` gives for a measure of another plan the
    measures that contribute to it.
    """

    plan: Plan
    years: Sequence[tuple[int, ...]]
    lead: Sequence[tuple[str, ...]]
    levels: Mapping[str, int]
    activities: Mapping[str, Mapping[str, Sequence[int]]]
    targets: Mapping[str, Mapping[str, Sequence[str]]]
    counterparts: Mapping[str, Sequence[str]]
    contributions: Mapping[str, Sequence[str]]


def summarise(plan: Plan, body: Body) -> PlanSummary:
    """Return the summary of a plan."""
    activities = {
        "led_by": _places(body.activities, lambda activity: activity.lead),
        "partnered_by": _places(
            body.activities, lambda activity: [unit for unit in activity.partners if unit not in activity.lead]
        ),
        "of_year": _places(body.activities, lambda activity: map(str, activity.years)),
        "of_programme": _places(body.activities, lambda activity: activity.programmes),
    }
    targets = {
        "targets_led_by": _group((unit, target.id) for target in body.targets for unit in target.lead),
        "targets_of_programme": _group((key, target.id) for target in body.targets for key in target.programmes),
    }
    entries: tuple[Heading | Target, ...] = (*body.headings, *body.targets)
    pairs = [(entry.key, other) for entry in entries for other in entry.counterparts]
    return PlanSummary(
        plan,
        [activity.years for activity in body.activities],
        [activity.lead for activity in body.activities],
        dict(Counter(level for activity in body.activities for level in activity.levels)),
        activities,
        targets,
        counterparts=_group([*pairs, *((other, entry) for entry, other in pairs)]),
        contributions=_group(
            (upper.measure, f"{target.key}/{measure.id}")
            for target in body.targets
            for measure in target.measures
            for upper in measure.contributes_to
        ),
    )


def _places(activities: Sequence[Activity], keys: Callable[[Activity], Iterable[str]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, activity in enumerate(activities):
        for key in keys(activity):
            places.setdefault(key, []).append(place)
    return places


def _group(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
