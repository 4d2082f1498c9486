"""A changed file is imported again: what the office changed is taken over, what editors changed stays.

Base is the last import, theirs the new one, ours the plan as it stands. Where both changed a field differently, ours
stays and a person is asked; nothing is overwritten. Without a base every difference is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.reading.import_base import ENTRY_NAMES
from generator.reading.yaml_splices import TextSplices
from generator.source.tree import Path, Tree

_OURS = {"id", "status", "kind", "layout", "source", "review", "period", *ENTRY_NAMES}
"""Fields of the plan that an import never changes once there is a plan."""


@dataclass
class PlanMerge:
    """The merged text, how many places changed, and what a person is asked, as items of `review`."""

    text: str
    changed: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)


def merge_plan(ours: Tree, theirs: Mapping[str, Any], base: Mapping[str, Any] | None) -> PlanMerge:
    """Return our plan with what the new import changed; `base` is None where the last import is not known."""
    merge = _Merge(ours, plain(theirs), plain(base) if base is not None else None)
    data = ours.data if isinstance(ours.data, dict) else {}
    merge.fields((), data, merge.theirs, merge.base, "")
    for name in ENTRY_NAMES:
        merge.entries(name, data.get(name) or [])
    merge.reviews(data.get("review") or [])
    return PlanMerge(merge.splices.text() if merge.splices.changes else ours.text, merge.changed, merge.asked)


def plain(value: Any) -> Any:
    """Return a value as a YAML tree has it: every scalar a text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return str(value)


class _Merge:
    def __init__(self, ours: Tree, theirs: dict[str, Any], base: dict[str, Any] | None) -> None:
        self.theirs, self.base = theirs, base
        self.splices = TextSplices(ours)
        self.changed = 0
        self.asked: list[dict[str, str]] = []

    def fields(
        self, path: Path, ours: Mapping[str, Any], theirs: Mapping[str, Any], base: Mapping[str, Any] | None, at: str
    ) -> None:
        """Merge the fields of one entry, or of the plan."""
        for name in dict.fromkeys([*theirs, *(base or ())]):
            if name == "id" or (not path and name in _OURS):
                continue
            new, mine = theirs.get(name), ours.get(name)
            old = base.get(name) if base is not None else None
            if new == mine or (base is not None and new == old):
                continue
            if base is not None and mine == old and self.splices.can_change(path):
                self.splices.set_field(path, name, new)
                self.changed += 1
            else:
                self._ask("merge-conflict", at, name, new)

    def entries(self, name: str, ours: Sequence[Mapping[str, Any]]) -> None:
        """Merge a list of entries by their ids."""
        mine = {str(entry.get("id")): index for index, entry in enumerate(ours)}
        before = {entry["id"]: entry for entry in (self.base or {}).get(name, ())}
        after: int | None = None
        for entry in self.theirs.get(name, ()):
            id_ = entry["id"]
            if id_ in mine:
                after = mine[id_]
                base = before.get(id_) if self.base is not None else None
                self.fields((name, after), ours[after], entry, base, f"{name}/{id_}")
            elif self.base is None:
                self._ask("row-new", f"{name}/{id_}", "", entry.get("title", ""))
            elif id_ not in before:  # one that an editor took away does not come back
                self.splices.add_entry(name, entry, after)
                self.changed += 1
        new = {entry["id"] for entry in self.theirs.get(name, ())}
        for id_, entry in before.items():
            if id_ in mine and id_ not in new:
                self._ask("row-gone", f"{name}/{id_}", "", entry.get("title", ""))

    def reviews(self, ours: Sequence[Mapping[str, Any]]) -> None:
        """Add what this import asks and the last one did not: answered questions are not asked again."""
        known = [_question(question) for question in [*ours, *(self.base or {}).get("review", ())]]
        fresh = (
            [question for question in self.theirs.get("review", ()) if _question(question) not in known]
            if self.base
            else []
        )
        self.asked = [question for question in self.asked if _question(question) not in known] + fresh
        for item in self.asked:
            self.splices.add_entry("review", item, None)

    def _ask(self, why: str, at: str, name: str, printed: Any) -> None:
        item = {"at": at, "field": name, "printed": "" if printed is None else _shown(printed), "why": why}
        self.asked.append({key: value for key, value in item.items() if value})


def _question(item: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(item.get(name, "")) for name in ("at", "field", "printed", "why"))


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_shown(item)}" for key, item in value.items())
    return ", ".join(map(_shown, value)) if isinstance(value, list) else str(value)
