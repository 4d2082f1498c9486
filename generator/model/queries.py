"""Lookups in the corpus: entries of all plans by key, and selections of activities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar, overload

from generator.incremental.dependency import TrackedMapping, Tracker
from generator.model.entities import Activity, Body
from generator.model.summary import PlanSummary, grouped

K = TypeVar("K", bound=Hashable)
E = TypeVar("E")
V = TypeVar("V")

LoadBody = Callable[[str], Body]
"""Returns the body of a plan by its id."""


class PlanEntries(Mapping[str, V], Generic[V]):
    """Values of the bodies of all plans, by `<plan>/<id>`.

    `plans` are the ids of all plans, in the corpus' order; `load` returns a body; `by_id` returns the values in a body
    by id. With `apart` each entry is its own dependency; else a reader depends on the plan's whole body.
    """

    def __init__(
        self,
        plans: Mapping[str, object],
        load: LoadBody,
        by_id: Callable[[Body], Mapping[str, V]],
        tracker: Tracker,
        *,
        apart: bool = False,
    ) -> None:
        self._plans, self._load, self._by_id, self._tracker, self._apart = plans, load, by_id, tracker, apart

    def __getitem__(self, key: str) -> V:
        plan, _, id_ = key.partition("/")
        self._tracker.record(("entries", key) if self._apart else ("bodies", plan))
        return self._by_id(self._load(plan))[id_]

    def __iter__(self) -> Iterator[str]:
        for plan in self._plans:
            self._tracker.record(("bodies", plan))
            yield from (f"{plan}/{id_}" for id_ in self._by_id(self._load(plan)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class LazySequence(Sequence[E], Generic[E]):
    """Values by their keys, looked up on first use."""

    def __init__(self, keys: Sequence[str], values: Mapping[str, E]) -> None:
        self.keys, self._values = keys, values

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> E: ...
    @overload
    def __getitem__(self, index: slice) -> LazySequence[E]: ...
    def __getitem__(self, index: int | slice) -> E | LazySequence[E]:
        if isinstance(index, slice):
            return LazySequence(self.keys[index], self._values)
        return self._values[self.keys[index]]


class Activities(Sequence[Activity]):
    """Activities of several plans, each plan's in its document's order.

    Their number, years and leads are known without a body.
    """

    def __init__(self, parts: Sequence[tuple[PlanSummary, Sequence[int]]], load: LoadBody) -> None:
        self._parts, self._load = parts, load

    def __len__(self) -> int:
        return sum(len(indexes) for _, indexes in self._parts)

    def __iter__(self) -> Iterator[Activity]:
        for summary, indexes in self._parts:
            activities = self._load(summary.plan.id).activities
            yield from (activities[index] for index in indexes)

    @overload
    def __getitem__(self, index: int) -> Activity: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Activity]: ...
    def __getitem__(self, index: int | slice) -> Activity | Sequence[Activity]:
        if isinstance(index, slice):
            return tuple(self)[index]
        left = index if index >= 0 else index + len(self)
        for summary, indexes in self._parts:
            if 0 <= left < len(indexes):
                return self._load(summary.plan.id).activities[indexes[left]]
            left -= len(indexes)
        raise IndexError(index)

    @cached_property
    def years(self) -> Mapping[int, int]:
        """How many activities are due in each year, years ascending."""
        counts = Counter(year for summary, indexes in self._parts for index in indexes for year in summary.years[index])
        return dict(sorted(counts.items()))

    @property
    def leads(self) -> Mapping[str, int]:
        """How many activities each unit leads."""
        return Counter(unit for summary, indexes in self._parts for index in indexes for unit in summary.lead[index])

    def of_others(self, plan: str) -> Activities:
        """Return the activities of other plans."""
        return Activities([part for part in self._parts if part[0].plan.id != plan], self._load)

    def in_year(self, year: int | None) -> Activities:
        """Return the activities due in a year; with None those without a year."""
        parts = [
            (
                summary,
                [index for index in indexes if (year in summary.years[index] if year else not summary.years[index])],
            )
            for summary, indexes in self._parts
        ]
        return Activities([(summary, indexes) for summary, indexes in parts if indexes], self._load)

    def ending_from(self, year: int) -> Activities:
        """Return the activities of plans whose period ends in a year or later."""
        return Activities([part for part in self._parts if part[0].plan.last_year >= year], self._load)

    def due_from(self, year: int) -> Activities:
        """Return the activities due in a year or later, and undated ones of plans that last until then."""
        parts = [
            (summary, [index for index in indexes if max(summary.years[index] or (summary.plan.last_year,)) >= year])
            for summary, indexes in self._parts
        ]
        return Activities([(summary, indexes) for summary, indexes in parts if indexes], self._load)

    @cached_property
    def in_force(self) -> Activities:
        """The activities of plans in force."""
        return Activities([part for part in self._parts if part[0].plan.in_force], self._load)

    @cached_property
    def set_aside(self) -> Activities:
        """The activities of plans that are not in force: drafts, superseded and withdrawn ones."""
        return Activities([part for part in self._parts if not part[0].plan.in_force], self._load)

    def without(self, others: Activities) -> Activities:
        """Return the activities that are not among others, each once."""
        excluded: dict[str, set[int]] = {}
        for plan, indexes in others.indexes:
            excluded.setdefault(plan, set()).update(indexes)
        return self.take(excluded)

    def take(self, excluded: dict[str, set[int]]) -> Activities:
        """Return those that are not excluded (by plan, their indexes), and exclude them from now on."""
        parts: list[tuple[PlanSummary, Sequence[int]]] = []
        for summary, indexes in self._parts:
            excluded_indexes = excluded.setdefault(summary.plan.id, set())
            if rest := [index for index in dict.fromkeys(indexes) if index not in excluded_indexes]:
                excluded_indexes.update(rest)
                parts.append((summary, rest))
        return Activities(parts, self._load)

    @property
    def indexes(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Each plan's id with the indexes of its activities in its body."""
        return ((summary.plan.id, indexes) for summary, indexes in self._parts)

    def by_lead(self) -> Mapping[tuple[str, ...], Activities]:
        """Return the activities by lead, in the order of each lead's first activity."""
        groups: dict[tuple[str, ...], list[tuple[PlanSummary, list[int]]]] = {}
        for summary, indexes in self._parts:
            for index in indexes:
                parts = groups.setdefault(summary.lead[index], [])
                if not parts or parts[-1][0] is not summary:
                    parts.append((summary, []))
                parts[-1][1].append(index)
        return {lead: Activities(parts, self._load) for lead, parts in groups.items()}

    def by_plan(self) -> Mapping[str, Activities]:
        """Return the activities by plan id, in the order of each plan's first activity."""
        groups = grouped((part[0].plan.id, part) for part in self._parts)
        return {plan: Activities(parts, self._load) for plan, parts in groups.items()}


def each_once(*several: Activities) -> Activities:
    """Return the activities of all, each once, a plan's in its document's order."""
    indexes: dict[str, tuple[PlanSummary, set[int]]] = {}
    for summary, members in (part for activities in several for part in activities._parts):
        indexes.setdefault(summary.plan.id, (summary, set()))[1].update(members)
    load = next((activities._load for activities in several if activities._parts), _load_none)
    return Activities([(summary, sorted(members)) for summary, members in indexes.values()], load)


def _load_none(plan: str) -> Body:
    raise KeyError(plan)


NO_ACTIVITIES = Activities((), _load_none)


class Selections(TrackedMapping[K, Activities], Generic[K]):
    """Activities by what they are linked to; a missing key has an empty selection."""

    def of(self, key: K) -> Activities:
        """Return the activities of a key, perhaps none."""
        return self.get(key, NO_ACTIVITIES)


def select(
    summaries: Iterable[PlanSummary],
    relation: Callable[[PlanSummary], Mapping[str, Sequence[int]]],
    load: LoadBody,
) -> dict[str, Activities]:
    """Return the activities of all plans by the key of a relation."""
    parts = grouped((key, (summary, indexes)) for summary in summaries for key, indexes in relation(summary).items())
    return {key: Activities(selected, load) for key, selected in sorted(parts.items())}
