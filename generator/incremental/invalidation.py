"""From changed dependencies to stale memos and tasks."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

from generator.incremental.dependency import Dependency, ids_of
from generator.incremental.memo import ALL_PARTS, changed_parts
from generator.incremental.task import TaskTrace


class Invalidation:
    """The memos and tasks that are stale after some dependencies have changed.

    `memos` maps the number of each memo of the last build to the numbers of the dependencies it read.
    """

    def __init__(self, changed: Iterable[Dependency], memos: Mapping[int, array[int]]) -> None:
        self._changed = set(ids_of(changed))
        valid = dict(memos)
        stale = set(self._changed)
        while newly := [id_ for id_, dependencies in valid.items() if not stale.isdisjoint(dependencies)]:
            stale.update(newly)
            for id_ in newly:
                del valid[id_]
        self._memos = memos.keys()
        self._masks = dict.fromkeys(memos.keys() - valid.keys(), ALL_PARTS)

    def changed_parts(self, memo: int) -> int:
        """Return the mask of a memo's parts that may have changed; of a new memo all parts."""
        return self._masks.get(memo, 0) if memo in self._memos else ALL_PARTS

    def refine(self, memo: int, before: bytes, after: bytes) -> None:
        """Compare the fingerprints of a memo that was computed again: users of unchanged parts are not stale."""
        if memo in self._masks:
            self._masks[memo] = changed_parts(before, after)

    def stale_memos(self) -> set[int]:
        """Return the numbers of the memos with a part that has changed or may have changed."""
        return {id_ for id_, mask in self._masks.items() if mask}

    def stale_tasks(self, traces: Mapping[str, TaskTrace]) -> set[str]:
        """Return the names of the tasks that have read something that has changed."""
        masks = {id_: mask for id_, mask in self._masks.items() if mask}
        return {
            name
            for name, (dependencies, uses, _) in traces.items()
            if not self._changed.isdisjoint(dependencies)
            or (not masks.keys().isdisjoint(uses) and any(masks.get(id_, 0) & mask for id_, mask in uses.items()))
        }
