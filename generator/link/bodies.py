"""The bodies of plans in little room: a thousand, held as objects, take four times as much as these bytes."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache

from generator.link.model import Activity, Body

NEAR = 64
"""Bodies held as objects, those that were asked for last: jobs that need the same one follow each other."""


class Bodies:
    """Bodies by the ids of their plans; `stored` gives one, packed, that is not here. With `hold` those that are added
    are held as objects until they are asked for: several processes would each hold all, to use a part."""

    def __init__(self, stored: Callable[[str], bytes], *, hold: bool) -> None:
        self.packed: dict[str, bytes] = {}
        self._new: dict[str, Body] = {}
        self._stored, self._hold = stored, hold
        self._near = lru_cache(NEAR)(self._found)

    def add(self, plan: str, body: Body) -> None:
        """Keep a body in place of what there was."""
        self.take({plan: _pack(body)})
        if self._hold:
            self._new[plan] = body

    def take(self, packed: Mapping[str, bytes]) -> None:
        """Keep bodies that are packed already."""
        self.packed.update(packed)
        self._near.cache_clear()

    def load(self, plan: str) -> Body:
        """The body of a plan."""
        return self._near(plan)

    def let_go(self) -> None:
        """Hold no longer what was added and nobody has asked for."""
        self._new = {}

    def _found(self, plan: str) -> Body:
        return self._new.pop(plan, None) or _Unpacked(self.packed.get(plan) or self._stored(plan))


class _Unpacked(Body):
    """A body whose activities, most of it, are read when somebody asks for them: others link to its targets."""

    def __init__(self, packed: bytes) -> None:
        # Into its dictionary, for a body cannot be changed.
        outline, self.__dict__["_activities"] = marshal.loads(packed)
        self.__dict__["headings"], self.__dict__["targets"] = pickle.loads(outline)

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        found: tuple[Activity, ...] = pickle.loads(self.__dict__.pop("_activities"))
        return found


def _pack(body: Body) -> bytes:
    outline = pickle.dumps((body.headings, body.targets), protocol=5)
    return marshal.dumps((outline, pickle.dumps(body.activities, protocol=5)))
