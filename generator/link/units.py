"""All units in the order in which they are shown, and how they are related. After an edit few of thousands are asked
for: they are packed one by one."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Iterable, Iterator, Mapping

from generator.language.vietnamese import sort_key
from generator.link.model import Unit

Ids = dict[str, list[str]]


class Units(Mapping[str, Unit]):
    """Units by their ids. `children` are the ids of the units under a unit, `members` those of a group, `predecessors`
    those that a unit succeeds."""

    def __init__(self, units: dict[str, Unit | bytes], children: Ids, members: Ids, predecessors: Ids) -> None:
        self._units = units
        self.children, self.members, self.predecessors = children, members, predecessors

    @classmethod
    def of(cls, units: Iterable[Unit]) -> Units:
        """Some units, sorted and related."""
        ordered = sorted(units, key=lambda unit: (sort_key(unit.name), unit.id))
        return cls(
            {unit.id: unit for unit in ordered},
            _grouped((unit.parent, unit.id) for unit in ordered if unit.parent),
            _grouped((group, unit.id) for unit in ordered for group in unit.member_of),
            _grouped((other, unit.id) for unit in ordered for other in unit.successors),
        )

    @classmethod
    def unpacked(cls, data: bytes) -> Units:
        """The units that were packed."""
        return cls(*marshal.loads(data))

    def changed(self, changes: Mapping[str, Unit | None]) -> Units:
        """These units with some that are new or others than they were, and without those that are gone."""
        return Units.of(unit for unit in {**self, **changes}.values() if unit)

    def packed(self) -> bytes:
        """All in little room."""
        units = {id_: pickle.dumps(unit, protocol=5) for id_, unit in self.items()}
        return marshal.dumps((units, self.children, self.members, self.predecessors))

    def __getitem__(self, id_: str) -> Unit:
        unit = self._units[id_]
        if isinstance(unit, bytes):
            unit = self._units[id_] = pickle.loads(unit)
        return unit

    def __iter__(self) -> Iterator[str]:
        return iter(self._units)

    def __len__(self) -> int:
        return len(self._units)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Ids:
    found: dict[str, list[str]] = {}
    for key, id_ in pairs:
        found.setdefault(key, []).append(id_)
    return found
