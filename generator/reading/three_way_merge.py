"""Imports a changed file again: the office's changes are taken over, the editors' changes stay.

Base is the last import, theirs the new one, ours the present plan. If both changed a field differently, ours stays and
a person is asked; nothing is overwritten. Without a base every difference is asked about.

For a file of ours the base is what an unedited one would give; ours may then word a field differently from the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

from generator.problem import Span
from generator.reading.import_base import ENTRY_NAMES
from generator.reading.yaml_splices import TextSplices
from generator.source.tree import Path, Tree

_OURS = {"id", "status", "kind", "layout", "source", "review", "period", *ENTRY_NAMES}
"""Fields that an import never changes in an existing plan."""


BaseKind = Literal["import", "same-plan", "other-plan"]
"""The origin of a base: the last import; the print of the present plan; the print when the plan has changed since."""


@dataclass(frozen=True)
class FieldChange:
    """A field of the plan that was changed, or a new entry (with an empty `name`)."""

    at: str
    name: str
    before: str
    after: str


@dataclass
class PlanMerge:
    """The merged text, the changes, and questions to a person, as items of `review`.

    `wrong` is a place in our plan whose form does not allow the change: then the text must not be written.
    """

    text: str
    changes: list[FieldChange] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    wrong: Span | None = None


def merge_plan(
    ours: Tree, theirs: Mapping[str, Any], base: Mapping[str, Any] | None, kind: BaseKind = "import"
) -> PlanMerge:
    """Return our plan with the new import's changes; `base` is None if the last import is unknown.

    Fields of ours have the schema's types; they may be missing or None.
    """
    merge = _Merge(ours, plain(theirs), plain(base) if base is not None else None, kind)
    merge.fields((), ours.data, merge.theirs, merge.base, "")
    for name in ENTRY_NAMES:
        merge.entries(name, ours.data.get(name) or [])
    merge.reviews([question for question in ours.data.get("review") or () if question])
    return PlanMerge(merge.splices.text(), merge.changes, merge.asked, merge.splices.wrong_place())


def plain(value: Any) -> Any:
    """Return a value as in a YAML tree: every scalar is a text."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return str(value)


class _Merge:
    def __init__(self, ours: Tree, theirs: dict[str, Any], base: dict[str, Any] | None, kind: BaseKind) -> None:
        self.theirs, self.base, self.kind = theirs, base, kind
        self.splices = TextSplices(ours)
        self.changes: list[FieldChange] = []
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
            if name == "rows" and self._rows(path, mine, new, old, at):
                continue
            if name == "funding" and ours.get("costs") and self.kind != "import":
                self._ask("computed-changed", at, name, new)  # we print both in one cell: it is unknown which was meant
                continue
            if base is not None and self._may_change(mine, old) and self.splices.can_change(path):
                self.splices.set_field(path, name, new)
                self.changes.append(FieldChange(at, name, _shown(old), _shown(new)))
            else:
                self._ask("merge-conflict", at, name, new)

    def _may_change(self, mine: Any, old: Any) -> bool:
        """Return whether only the office has changed a field.

        For the plan that the file was printed from this is certain, whatever the words; but entries in lists have
        fields that are not printed.
        """
        is_list_of_entries = isinstance(mine, list) and any(isinstance(item, Mapping) for item in mine)
        return self.kind != "other-plan" and (mine == old or (self.kind == "same-plan" and not is_list_of_entries))

    def _rows(self, path: Path, mine: Any, new: Any, old: Any, at: str) -> bool:
        """Merge sub-rows one by one if the file was printed from this plan and none was added or deleted."""
        if (
            self.kind != "same-plan"
            or not (mine and new and old and all(mine))
            or not len(mine) == len(new) == len(old)
        ):
            return False
        for index, rows in enumerate(zip(mine, new, old, strict=True)):
            self.fields((*path, "rows", index), *rows, f"{at}/rows/{index}")
        return True

    def entries(self, name: str, ours: Sequence[Mapping[str, Any]]) -> None:
        """Merge a list of entries by id. A new one is put after the entry before it in the new import."""
        mine = {str(entry.get("id")): index for index, entry in enumerate(ours) if entry}
        before = {entry["id"]: entry for entry in (self.base or {}).get(name, ())}
        theirs = self.theirs.get(name, ())
        place = next((mine[entry["id"]] for entry in theirs if entry["id"] in mine), None)
        for entry in theirs:
            id_ = entry["id"]
            if id_ in mine:
                index = mine[id_]
                place = index + 1
                base = before.get(id_) if self.base is not None else None
                self.fields((name, index), ours[index], entry, base, f"{name}/{id_}")
            elif self.base is None or self.kind == "other-plan":
                self._ask("row-new", f"{name}/{id_}", "", entry.get("title", ""))
            elif id_ not in before:  # an entry that an editor deleted is not added again
                self.splices.add_entry(name, entry, place)
                self.changes.append(FieldChange(f"{name}/{id_}", "", "", _shown(entry.get("title"))))
        new = {entry["id"] for entry in self.theirs.get(name, ())}
        for id_, entry in before.items():
            if id_ in mine and id_ not in new:
                self._ask("row-gone", f"{name}/{id_}", "", entry.get("title", ""))
        self._moves(name, [id_ for id_ in before if id_ in new and id_ in mine])

    def _moves(self, name: str, before: list[str]) -> None:
        """Ask about moved entries: only a person changes the plan's order."""
        entries = {entry["id"]: entry for entry in self.theirs.get(name, ()) if entry["id"] in before}
        order = list(entries)
        matcher = SequenceMatcher(None, before, order, autojunk=False)
        stay = {id_ for start, _, size in matcher.get_matching_blocks() for id_ in before[start : start + size]}
        for id_ in order:
            if id_ not in stay:
                self._ask("row-moved", f"{name}/{id_}", "", entries[id_].get("title", ""))

    def reviews(self, ours: Sequence[Mapping[str, Any]]) -> None:
        """Add questions of this import that the last one did not have: answered questions are not asked again."""
        earlier_questions = [_question(question) for question in [*ours, *(self.base or {}).get("review", ())]]
        fresh = (
            [question for question in self.theirs.get("review", ()) if _question(question) not in earlier_questions]
            if self.base
            else []
        )
        self.asked = [question for question in self.asked if _question(question) not in earlier_questions] + fresh
        for item in self.asked:
            self.splices.add_entry("review", item, None)

    def _ask(self, why: str, at: str, name: str, printed: Any) -> None:
        item = {"at": at, "field": name, "printed": _shown(printed), "why": why}
        self.asked.append({key: value for key, value in item.items() if value})


def _question(item: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(item.get(name, "")) for name in ("at", "field", "printed", "why"))


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_shown(item)}" for key, item in value.items())
    return ", ".join(map(_shown, value)) if isinstance(value, list) else str(value)
