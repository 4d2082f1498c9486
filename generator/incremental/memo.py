"""Values that several tasks share: computed once, stored, and compared part by part with those of the last build.

Example: a page shows three of a plan's eighty activities. When the plan is edited, the memo with its items is computed
again, and the fingerprint of each part tells whether one of the three has changed. If not, the page is not built again.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from generator.incremental.dependency import Tracker, dependency_id, ids_of
from generator.incremental.packing import FINGERPRINT_SIZE, canonical_bytes, fingerprint, from_bytes

T = TypeVar("T")
P = TypeVar("P")

ALL_PARTS = -1
"""The mask of all parts, however many there are."""

_MISSING = object()

MemoKey = tuple[str, ...]


@dataclass(frozen=True)
class MemoKind(Generic[T]):
    """A kind of memo: its name, and whether its values are kept for later builds.

    `split` returns the parts of a value that can be used alone, and the rest, which concerns all parts. Parts, rest and
    persistent values are plain data.
    """

    name: str
    persistent: bool = True
    split: Callable[[T], tuple[Sequence[Any], Any]] | None = None

    def id_of(self, key: MemoKey) -> int:
        """Return the number of the memo with a key."""
        return dependency_id(("memo", "\0".join((self.name, *key))))


class PartsKind(MemoKind[list[bytes]], Generic[P]):
    """A kind of memo whose value is a list of parts, kept packed: as objects they take three times the memory.

    `Build.parts` returns parts unpacked.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name, split=lambda parts: (parts, None))


class Memo(NamedTuple):
    """A computed value, the numbers of the dependencies and memos that it read, and its fingerprints.

    The fingerprint of the rest comes first, then one for each part.
    """

    dependencies: array[int]
    value: Any
    persistent: bool
    fingerprints: bytes


class Past(Protocol):
    """What is known of the memos of the last build."""

    def changed_parts(self, memo: int) -> int:
        """Return the mask of the parts that may have changed."""

    def value(self, memo: int) -> Any:
        """Return the value of a persistent memo. Raises `KeyError` if it is not stored."""


class Build:
    """What a task may ask of the running build, beside the data that it reads."""

    def __init__(self, past: Past | None = None, tracker: Tracker | None = None) -> None:
        self.tracker = tracker or Tracker()
        self.computed: dict[int, Memo] = {}
        """The memos that were computed since the caller last took them."""
        self._past = past
        self._values: dict[int, Any] = {}
        self._uses: dict[int, int] = {}

    def memo(self, kind: MemoKind[T], key: MemoKey, compute: Callable[[], T], parts: Iterable[int] | None = None) -> T:
        """Return the memo of a kind and key; compute it if no task has yet.

        A task that uses only some parts names them by their indexes: it runs again only when one of them changes.
        """
        id_ = self._use(kind, key, parts)
        value = self._values.get(id_, _MISSING)
        if value is _MISSING:
            value = self._values[id_] = self._recalled(kind, id_, compute)
        memo: T = value
        return memo

    def parts(
        self, kind: PartsKind[P], key: MemoKey, compute: Callable[[], Iterable[P]], indexes: Sequence[int] = ()
    ) -> list[P]:
        """Return some parts of a memo by their indexes; compute the memo if no task has yet."""
        packed = self.memo(kind, key, lambda: list(map(canonical_bytes, compute())), indexes)
        return [from_bytes(packed[index]) for index in indexes]

    def unchanged(self, kind: MemoKind[Any], key: MemoKey, parts: Iterable[int] | None = None) -> bool:
        """Return whether a memo, or its parts at some indexes, is unchanged since the last build. It counts as used."""
        used = ALL_PARTS if parts is None else mask_of(parts)
        return not self._changed_parts(self._use(kind, key, parts)) & used

    def adopt(self, memos: Mapping[int, Memo]) -> None:
        """Add memos that another process has computed."""
        self._values.update((id_, memo.value) for id_, memo in memos.items())

    @contextmanager
    def recording(self) -> Iterator[tuple[set[tuple[str, str]], dict[int, int]]]:
        """Collect the dependencies that are read and the parts of memos that are used, until the end of the block."""
        outer, self._uses = self._uses, {}
        try:
            with self.tracker.recording() as dependencies:
                yield dependencies, self._uses
        finally:
            self._uses = outer

    def _changed_parts(self, memo: int) -> int:
        return self._past.changed_parts(memo) if self._past else ALL_PARTS

    def _use(self, kind: MemoKind[Any], key: MemoKey, parts: Iterable[int] | None) -> int:
        id_ = kind.id_of(key)
        self._uses[id_] = self._uses.get(id_, 0) | (ALL_PARTS if parts is None else mask_of(parts))
        return id_

    def _recalled(self, kind: MemoKind[Any], id_: int, compute: Callable[[], Any]) -> Any:
        if self._past and kind.persistent and not self._changed_parts(id_):
            try:
                return self._past.value(id_)
            except KeyError:
                pass
        # The memo has its own dependencies and its users depend on the memo: else each user would list all of them.
        with self.recording() as (dependencies, uses):
            value = compute()
        self.computed[id_] = Memo(
            ids_of(dependencies) + array("Q", uses), value, kind.persistent, part_fingerprints(value, kind)
        )
        return value


def part_fingerprints(value: Any, kind: MemoKind[Any]) -> bytes:
    """Return the fingerprints of a value's rest and of its parts, joined."""
    parts, rest = kind.split(value) if kind.split else ((), value)
    return b"".join(fingerprint(canonical_bytes(part)) for part in (rest, *parts))


def mask_of(parts: Iterable[int]) -> int:
    """Return the mask of some parts by their indexes; the first bit is that of the rest."""
    return reduce(or_, (2 << index for index in parts), 0)


def changed_parts(before: bytes, after: bytes) -> int:
    """Return the mask of the parts whose fingerprints differ; the rest counts as a part."""
    starts = range(0, max(len(before), len(after)), FINGERPRINT_SIZE)
    differing = (
        1 << start // FINGERPRINT_SIZE
        for start in starts
        if before[start : start + FINGERPRINT_SIZE] != after[start : start + FINGERPRINT_SIZE]
    )
    return reduce(or_, differing, 0)
