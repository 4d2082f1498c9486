"""Plain data in one piece of memory: a thousand plans have millions of small objects, which take twice the room, and of
which each process that only looks at them gets a copy of its own."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import Any, Generic, TypeVar

T = TypeVar("T")

Pack = tuple[bytes, bytes]
"""Entries one behind the other, and where each begins (and the last one ends). Plain data itself."""


def pack(entries: Iterable[Any]) -> Pack:
    """Entries in one piece. Alike when they are alike: version 2 does not mark what is repeated."""
    parts = [marshal.dumps(entry, 2) for entry in entries]
    return b"".join(parts), array("I", accumulate(map(len, parts), initial=0)).tobytes()


class Packed(Generic[T]):
    """The entries of a pack by their places, each read when somebody asks for it."""

    def __init__(self, packed: Pack) -> None:
        self._data = packed[0]
        self._bounds = memoryview(packed[1]).cast("I")

    def at(self, places: Iterable[int]) -> Iterator[T]:
        """Those at some places. There are hundreds of thousands: nothing may come between them and what reads them."""
        data, bounds, loads = self._data, self._bounds, marshal.loads
        return (loads(data[bounds[place] : bounds[place + 1]]) for place in places)

    def parts(self) -> Iterator[bytes]:
        """All of them as they lie there."""
        return (self._data[start:end] for start, end in pairwise(self._bounds))
