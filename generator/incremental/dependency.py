"""Dependencies (what tasks read), and how they are recorded."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Generic, TypeVar

from generator.incremental.packing import fingerprint

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Dependency = tuple[str, str]
"""A collection and a key in it; the key `EVERY_KEY` stands for the whole collection."""

EVERY_KEY = "*"

DependencyIds = array  # of type "Q": eight bytes each, because a task may have hundreds


@cache
def dependency_id(dependency: Dependency) -> int:
    """Return the number under which a dependency is stored: a hash, equal in all processes and builds."""
    return int.from_bytes(fingerprint("\0".join(dependency).encode()), "little")


def ids_of(dependencies: Iterable[Dependency]) -> DependencyIds[int]:
    """Return the numbers of dependencies."""
    return array("Q", map(dependency_id, dependencies))


class Tracker:
    """Records each dependency that is read in the innermost open recording, and nothing outside of recordings."""

    def __init__(self) -> None:
        self._recorded: set[Dependency] = set()
        self.record = self._recorded.add
        """Record that a dependency was read. An attribute, not a method: it is called millions of times."""

    @contextmanager
    def recording(self) -> Iterator[set[Dependency]]:
        """Collect what is read until the end of the block; an outer recording does not get it."""
        outer = self._recorded
        inner: set[Dependency] = set()
        self._recorded = inner
        self.record = inner.add
        try:
            yield inner
        finally:
            self._recorded = outer
            self.record = outer.add


class TrackedMapping(Mapping[K, V], Generic[K, V]):
    """A mapping that records each key that is asked for, found or not, and each iteration over all of it.

    Its order must follow from its keys and values (sorted, for example): a new order alone is not seen as a change.
    """

    def __init__(self, collection: str, values: Mapping[K, V], tracker: Tracker) -> None:
        self._collection, self._values, self._tracker = collection, values, tracker
        self._every = collection, EVERY_KEY

    def __getitem__(self, key: K) -> V:
        self._tracker.record((self._collection, str(key)))
        return self._values[key]

    def __iter__(self) -> Iterator[K]:
        self._tracker.record(self._every)
        return iter(self._values)

    def __len__(self) -> int:
        self._tracker.record(self._every)
        return len(self._values)
