"""What the rest of the corpus knows of one plan: small, and enough to link it without its body.

A page that lists the activities of a unit in a year, of five plans out of a thousand, needs the bodies of five.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from generator.link.model import Activity, Body, Heading, Plan, Programme, Target, Unit

Fact = tuple[str, str]
"""Something that a page may have read: a table of the corpus and a key in it, `"*"` for all of the table."""


@dataclass(frozen=True)
class Record:
    """A plan (its body still to be loaded) and what its body says to others.

    `years` and `lead` are those of each activity, by its place in the body; `activities` gives the places by relation
    and key (`{"led_by": {"hoi-lhpn": [0, 3]}}`), `targets` the ids of targets likewise; `counterparts` gives
    for an entry, be it of this plan or of another, those that this plan says correspond to it, `contributions` for a
    measure of another plan the measures that contribute to it.
    """

    plan: Plan
    years: Sequence[tuple[int, ...]]
    lead: Sequence[tuple[str, ...]]
    levels: Mapping[str, int]
    activities: Mapping[str, Mapping[str, Sequence[int]]]
    targets: Mapping[str, Mapping[str, Sequence[str]]]
    counterparts: Mapping[str, Sequence[str]]
    contributions: Mapping[str, Sequence[str]]


def record_of(plan: Plan, body: Body) -> Record:
    """The record of a plan."""
    activities = {
        "led_by": _places(body.activities, lambda one: one.lead),
        "partnered_by": _places(body.activities, lambda one: [unit for unit in one.partners if unit not in one.lead]),
        "of_year": _places(body.activities, lambda one: map(str, one.years)),
        "of_programme": _places(body.activities, lambda one: one.programmes),
    }
    targets = {
        "targets_led_by": _ids(body.targets, lambda one: one.lead),
        "targets_of_programme": _ids(body.targets, lambda one: one.programmes),
    }
    entries: tuple[Heading | Target, ...] = (*body.headings, *body.targets)
    pairs = [(entry.key, other) for entry in entries for other in entry.counterparts]
    counterparts = _by_first([*pairs, *((other, own) for own, other in pairs)])
    contributions = _by_first(
        (measure.contributes_to, f"{target.key}/{measure.id}")
        for target in body.targets
        for measure in target.measures
        if measure.contributes_to
    )
    years, lead = [one.years for one in body.activities], [one.lead for one in body.activities]
    levels = Counter(level for one in body.activities for level in one.levels)
    return Record(plan, years, lead, levels, activities, targets, counterparts, contributions)


def plan_facts(record: Record, body: Body, version: str) -> dict[Fact, str]:
    """What a plan contributes to: to each fact a digest, for it has changed when a contribution has. `version` stands
    for all that the body was made from."""
    plan, order = record.plan, record.plan.order
    facts: dict[Fact, str] = {("bodies", plan.id): version}
    facts |= {("entries", entry.key): digest(entry) for entry in (*body.tasks, *body.targets)}
    facts |= dict(_head_facts(plan))
    for relation, places in record.activities.items():
        for key, members in places.items():
            seen = [(place, record.years[place], record.lead[place]) for place in members]
            facts[relation, key] = digest(order, seen)
    for relation, ids in record.targets.items():
        facts |= {(relation, key): digest(order, members) for key, members in ids.items()}
    for relation, links in (("counterparts", record.counterparts), ("contributors", record.contributions)):
        facts |= {(relation, key): digest(order, others) for key, others in links.items()}
    return facts | {("levels", level): digest(number) for level, number in record.levels.items()}


def unit_facts(unit: Unit) -> dict[Fact, str]:
    """What a unit contributes to."""
    version = digest(unit)
    facts = {("units", unit.id): version}
    facts |= {("children", unit.parent): version} if unit.parent else {}
    facts |= {("members", group): version for group in unit.member_of}
    return facts | {("predecessors", other): version for other in unit.successors}


def programme_facts(programme: Programme) -> dict[Fact, str]:
    """What a programme contributes to."""
    return {("programmes", programme.id): digest(programme)}


def digest(*values: object) -> str:
    """A short digest of values that are told apart by their `repr`."""
    return blake2b(repr(values).encode(), digest_size=8).hexdigest()


def _head_facts(plan: Plan) -> Iterator[tuple[Fact, str]]:
    head = digest(plan)
    yield ("plans", plan.id), head
    yield ("plans_of_unit", plan.issuer), head
    for upper in plan.implements:
        yield ("implemented_by", upper), head


def _places(activities: Sequence[Activity], keys: Callable[[Activity], Iterable[str]]) -> dict[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for place, activity in enumerate(activities):
        for key in keys(activity):
            found.setdefault(key, []).append(place)
    return {key: _packed(places) for key, places in found.items()}


def _packed(places: list[int]) -> Sequence[int]:
    """Places in little room: a corpus has a dozen for each activity, and each build loads all of them."""
    return bytes(places) if max(places) < 256 else places


def _ids(targets: Sequence[Target], keys: Callable[[Target], Iterable[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for target in targets:
        for key in keys(target):
            found.setdefault(key, []).append(target.id)
    return found


def _by_first(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for first, second in pairs:
        found.setdefault(first, []).append(second)
    return found
