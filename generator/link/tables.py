"""The tables through which a corpus is read. They tell a listener what was read of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar, overload

from generator.link.model import Activity, Body, Plan
from generator.link.record import Fact, Record

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
E = TypeVar("E")
J = TypeVar("J")
Note = Callable[[Fact], None]
_FEW = 100


def unnoted(_: Fact) -> None:
    """Nobody listens."""


class Table(Mapping[K, V], Generic[K, V]):
    """A mapping that tells what is read of it: a key, or `"*"` where all of it is."""

    def __init__(self, name: str, values: Mapping[K, V], note: Note) -> None:
        self._name, self._values, self._note = name, values, note

    def __getitem__(self, key: K) -> V:
        self._note((self._name, str(key)))
        return self._values[key]

    def __iter__(self) -> Iterator[K]:
        self._note((self._name, "*"))
        return iter(self._values)

    def __len__(self) -> int:
        self._note((self._name, "*"))
        return len(self._values)


class Joined(Mapping[str, J], Generic[V, J]):
    """What records say under a key, joined. After an edit few keys are asked for: these are looked up in each record; a
    table of all keys takes as long as some dozens of them."""

    def __init__(
        self,
        records: Iterable[Record],
        said: Callable[[Record], Mapping[str, V]],
        join: Callable[[list[tuple[Record, V]]], J],
    ) -> None:
        self._parts = [(record, said(record)) for record in records]
        self._join = join
        self._few: dict[str, J | None] = {}

    def __getitem__(self, key: str) -> J:
        if len(self._few) >= _FEW:
            return self._all[key]
        if key not in self._few:
            found = [(record, part[key]) for record, part in self._parts if key in part]
            self._few[key] = self._join(found) if found else None
        joined = self._few[key]
        if joined is None:
            raise KeyError(key)
        return joined

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _all(self) -> Mapping[str, J]:
        found: dict[str, list[tuple[Record, V]]] = {}
        for record, part in self._parts:
            for key, value in part.items():
                found.setdefault(key, []).append((record, value))
        return {key: self._join(parts) for key, parts in found.items()}


class Entries(Mapping[str, E], Generic[E]):
    """Entries of one kind in the bodies of plans, by `<plan>/<id>`. Which entry it is, is a fact of its own."""

    def __init__(
        self,
        plans: Mapping[str, Plan],
        bodies: Callable[[str], Body],
        by_id: Callable[[Body], Mapping[str, E]],
        note: Note,
    ) -> None:
        self._plans, self._bodies, self._by_id, self._note = plans, bodies, by_id, note

    def __getitem__(self, key: str) -> E:
        self._note(("entries", key))
        plan, _, id_ = key.partition("/")
        if plan not in self._plans:
            raise KeyError(key)
        return self._by_id(self._bodies(plan))[id_]

    def __iter__(self) -> Iterator[str]:
        for plan in self._plans.values():
            for id_ in self._by_id(plan.load()):
                yield f"{plan.id}/{id_}"

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Picked(Sequence[E], Generic[E]):
    """Entries by their keys, looked up one by one."""

    def __init__(self, keys: Sequence[str], entries: Mapping[str, E]) -> None:
        self.keys, self._entries = keys, entries

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> E: ...
    @overload
    def __getitem__(self, index: slice) -> Picked[E]: ...
    def __getitem__(self, index: int | slice) -> E | Picked[E]:
        if isinstance(index, slice):
            return Picked(self.keys[index], self._entries)
        return self._entries[self.keys[index]]


class Inner(Mapping[str, Sequence[Activity]]):
    """Activities by an entry of their own plan, `<plan>/<id>`."""

    def __init__(self, plans: Mapping[str, Plan], group: Callable[[Body], Mapping[str, Sequence[Activity]]]) -> None:
        self._plans, self._group = plans, group

    def __getitem__(self, key: str) -> Sequence[Activity]:
        plan, _, id_ = key.partition("/")
        return self._group(self._plans[plan].load())[id_]

    def __iter__(self) -> Iterator[str]:
        return (f"{plan.id}/{id_}" for plan in self._plans.values() for id_ in self._group(plan.load()))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Activities(Sequence[Activity]):
    """Activities of several plans, in the corpus' order. How many, in which years and whose they are needs no body."""

    def __init__(self, parts: Sequence[tuple[Record, Sequence[int]]], load: Callable[[str], Body]) -> None:
        self._parts, self._load = parts, load

    def __len__(self) -> int:
        return sum(len(places) for _, places in self._parts)

    def __iter__(self) -> Iterator[Activity]:
        for record, places in self._parts:
            activities = self._load(record.plan.id).activities
            yield from (activities[place] for place in places)

    @overload
    def __getitem__(self, index: int) -> Activity: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Activity]: ...
    def __getitem__(self, index: int | slice) -> Activity | Sequence[Activity]:
        return tuple(self)[index]

    def __add__(self, others: Activities) -> Activities:
        return Activities([*self._parts, *others._parts], self._load)

    @cached_property
    def years(self) -> Mapping[int, int]:
        """How many are due in each year, years ascending."""
        found = Counter(year for record, places in self._parts for place in places for year in record.years[place])
        return dict(sorted(found.items()))

    @property
    def leads(self) -> Mapping[str, int]:
        """How many each unit leads."""
        return Counter(unit for record, places in self._parts for place in places for unit in record.lead[place])

    def in_year(self, year: int | None) -> Activities:
        """Those that are due in a year; without a year, those for which none is given."""
        parts = [
            (record, [at for at in places if (year in record.years[at] if year else not record.years[at])])
            for record, places in self._parts
        ]
        return Activities([(record, places) for record, places in parts if places], self._load)

    @property
    def places(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Which they are: a plan's id, and their places in its body."""
        return ((record.plan.id, places) for record, places in self._parts)

    def by_lead(self) -> Mapping[tuple[str, ...], Activities]:
        """The activities of each lead, in the order of the first of each."""
        found: dict[tuple[str, ...], list[tuple[Record, list[int]]]] = {}
        for record, places in self._parts:
            for place in places:
                parts = found.setdefault(record.lead[place], [])
                if not parts or parts[-1][0] is not record:
                    parts.append((record, []))
                parts[-1][1].append(place)
        return {lead: Activities(parts, self._load) for lead, parts in found.items()}

    def by_plan(self) -> Mapping[str, Activities]:
        """The activities of each plan, by its id, in the order of its first one."""
        found: dict[str, list[tuple[Record, Sequence[int]]]] = {}
        for record, places in self._parts:
            found.setdefault(record.plan.id, []).append((record, places))
        return {plan: Activities(parts, self._load) for plan, parts in found.items()}


class Selections(Table[K, Activities], Generic[K]):
    """Activities by what they are linked to; where there are none, none."""

    def __init__(self, name: str, values: Mapping[K, Activities], note: Note, load: Callable[[str], Body]) -> None:
        super().__init__(name, values, note)
        self._none = Activities((), load)

    def of(self, key: K) -> Activities:
        """The activities of a key, be there any or not."""
        return self.get(key, self._none)
