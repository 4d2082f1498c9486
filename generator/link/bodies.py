"""The bodies of plans in little room: a thousand, held as objects, take four times as much as these bytes."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from functools import lru_cache

from generator.link.model import Body

NEAR = 64
"""Bodies held as objects, those that were asked for last: jobs that need the same one follow each other."""


class Bodies:
    """Bodies by the ids of their plans; `stored` gives one, packed, that is not here."""

    def __init__(self, stored: Callable[[str], bytes]) -> None:
        self.packed: dict[str, bytes] = {}
        self._stored = stored
        self._near = lru_cache(NEAR)(self._unpacked)

    def add(self, plan: str, body: Body) -> None:
        """Keep a body in place of what there was."""
        self.take({plan: pickle.dumps(body, protocol=5)})

    def take(self, packed: Mapping[str, bytes]) -> None:
        """Keep bodies that are packed already."""
        self.packed.update(packed)
        self._near.cache_clear()

    def load(self, plan: str) -> Body:
        """The body of a plan."""
        return self._near(plan)

    def _unpacked(self, plan: str) -> Body:
        body: Body = pickle.loads(self.packed.get(plan) or self._stored(plan))
        return body
