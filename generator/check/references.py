"""Checks what one file says about others and about itself: ids, references, circles, dates.

Works on data of any shape, so that schema faults and reference faults are told in one go.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.check.entries import ENTRY_LISTS, entries, words
from generator.check.names import Found, Register, near_word
from generator.check.schema import subject_of
from generator.language.vietnamese import parse_date
from generator.problem import Problem
from generator.source.files import Kind
from generator.source.tree import Path, Tree

# Field -> the kinds of entry of the same plan that it may point at; the first one names it in messages.
_INNER = {
    "parent": ("heading", "task"),
    "section": ("heading", "task"),
    "task": ("task",),
    "target": ("target",),
    "row": ("activity",),
}
_UNIT_FIELDS = ("lead", "partners")


def check_references(kind: Kind, stem: str, tree: Tree, register: Register) -> list[Problem]:
    """All faults of one file's ids and references."""
    if not isinstance(tree.data, dict):
        return []
    checker = _Checker(kind, tree, register)
    found = [*checker.file_name(stem)]
    if kind == "plan":
        found += [*checker.duplicate_ids(), *checker.plan(), *checker.period((), tree.data)]
    elif kind == "unit":
        found += checker.unit()
    elif kind == "programme":
        found += checker.period((), tree.data)
    return found


class _Checker:
    def __init__(self, kind: Kind, tree: Tree, register: Register) -> None:
        self.kind = kind
        self.tree = tree
        self.data: dict[str, Any] = tree.data
        self.register = register
        self.id = self.data.get("id") if isinstance(self.data.get("id"), str) else ""
        self.inner = register.inner.get(self.id, {})
        issuer = self.data.get("issuer")
        self.issuer = register.unit(issuer, None).id if isinstance(issuer, str) else None

    def _problem(self, rule: str, path: Path, suggestion: str | None = None, **values: str) -> Problem:
        field = next((str(step) for step in reversed(path) if isinstance(step, str)), "id")
        subject = subject_of(self.kind, self.data, path)
        return Problem(rule, self.tree.path, self.tree.at(path), {"field": field, **values}, subject, suggestion)

    def file_name(self, stem: str) -> Iterator[Problem]:
        if self.id and self.id != stem:
            yield self._problem("file-name", ("id",), found=self.id, expected=stem)

    def duplicate_ids(self) -> Iterator[Problem]:
        first: dict[str, Path] = {}
        for name in ENTRY_LISTS:
            for path, entry in entries(self.data, name):
                id_ = entry.get("id")
                if not isinstance(id_, str):
                    continue
                if id_ in first:
                    place = f"{self.tree.path}:{self.tree.at((*first[id_], 'id')).line}"
                    yield self._problem("duplicate-id", (*path, "id"), id=id_, first=place, example=f"{id_}-b")
                first.setdefault(id_, path)
                seen: set[str] = set()
                for at, measure in entries(entry, "measures"):
                    if isinstance(measure.get("id"), str) and measure["id"] in seen:
                        values = {"id": measure["id"], "first": id_, "example": f"{measure['id']}-b"}
                        yield self._problem("duplicate-id", (*path, *at, "id"), **values)
                    seen.add(str(measure.get("id")))

    def plan(self) -> Iterator[Problem]:
        yield from self._unit_names((), self.data, "issuer")
        yield from self._ids((), self.data, "implements", "plan", self.register.ids["plan"])
        yield from self._ids((), self.data, "superseded_by", "plan", self.register.ids["plan"])
        issued = self.data.get("issued")
        if isinstance(issued, dict):
            yield from self._day(("issued", "date"), issued.get("date"))
        footnotes = {str(note.get("id")) for _, note in entries(self.data, "footnotes")}
        for name, kind in ENTRY_LISTS.items():
            for path, entry in entries(self.data, name):
                yield from self._entry(kind, path, entry, footnotes)
            yield from self._circles(name, "parent", "activity" if kind == "activity" else "heading")

    def _entry(self, kind: str, path: Path, entry: dict[str, Any], footnotes: set[str]) -> Iterator[Problem]:
        for field in ("parent", "section", "task", "target"):
            wanted = ("activity",) if field == "parent" and kind == "activity" else _INNER[field]
            yield from self._inner(path, entry, field, wanted)
        for field in _UNIT_FIELDS:
            yield from self._unit_names(path, entry, field)
        for at, name in words(entry, "programmes"):
            yield from self._name((*path, *at), "programme", name, self.register.programme(name))
        for at, reference in words(entry, "counterparts"):
            yield from self._counterpart((*path, *at), reference, ("task",) if kind == "heading" else ("target",))
        for at, measure in entries(entry, "measures"):
            yield from self._inner((*path, *at), measure, "row", _INNER["row"])
            yield from self._measure((*path, *at, "contributes_to"), measure.get("contributes_to"))
        yield from self._ids(path, entry, "footnotes", "footnote", footnotes)
        for at, row in entries(entry, "rows"):
            yield from self._ids((*path, *at), row, "footnotes", "footnote", footnotes)

    def unit(self) -> Iterator[Problem]:
        for field in ("parent", "member_of", "successors"):
            yield from self._ids((), self.data, field, "unit", self.register.ids["unit"])
        for field in ("valid_from", "valid_to"):
            yield from self._day((field,), self.data.get(field))
        chain = [self.id]
        while (parent := self.register.parents.get(chain[-1])) and parent not in chain:
            chain.append(parent)
        if parent == self.id:
            yield self._problem("cycle", ("parent",), chain=" → ".join([*chain, self.id]), kind="unit")

    def period(self, path: Path, data: dict[str, Any]) -> Iterator[Problem]:
        period = data.get("period")
        if isinstance(period, dict):
            first, last = str(period.get("from")), str(period.get("to"))
            if first.isdecimal() and last.isdecimal() and int(first) > int(last):
                yield self._problem("period-reversed", (*path, "period", "from"), first=first, last=last)

    def _inner(self, path: Path, entry: dict[str, Any], field: str, wanted: tuple[str, ...]) -> Iterator[Problem]:
        id_ = entry.get(field)
        if not isinstance(id_, str):
            return
        found = self.inner.get(id_)
        if found is None:
            right = [other for other, kind in self.inner.items() if kind in wanted]
            yield self._problem("unknown-reference", (*path, field), near_word(id_, right), kind=wanted[0], found=id_)
        elif found not in wanted:
            yield self._problem("wrong-kind", (*path, field), kind=wanted[0], found=id_, found_kind=found)

    def _ids(self, path: Path, data: dict[str, Any], field: str, kind: str, known: set[str]) -> Iterator[Problem]:
        for at, id_ in words(data, field):
            if id_ not in known:
                yield self._problem("unknown-reference", (*path, *at), near_word(id_, known), kind=kind, found=id_)

    def _unit_names(self, path: Path, entry: dict[str, Any], field: str) -> Iterator[Problem]:
        for at, name in words(entry, field):
            yield from self._name((*path, *at), "unit", name, self.register.unit(name, self.issuer))

    def _name(self, path: Path, kind: Kind, name: str, found: Found) -> Iterator[Problem]:
        if not found.ids:
            near = self.register.near_name(kind, name)
            yield self._problem("unknown-name", path, near, kind=kind, found=name)
        elif found.id is None:
            yield self._problem("ambiguous-name", path, kind=kind, found=name, candidates=", ".join(found.ids))

    def _counterpart(self, path: Path, reference: str, wanted: tuple[str, ...]) -> Iterator[Problem]:
        plan, _, id_ = reference.partition("/")
        found = self.register.inner.get(plan, {}).get(id_)
        if found is None:
            inner = self.register.inner
            right = [f"{p}/{i}" for p in inner for i, kind in inner[p].items() if kind in wanted]
            yield self._problem("unknown-reference", path, near_word(reference, right), kind=wanted[0], found=reference)
        elif found not in wanted:
            yield self._problem("wrong-kind", path, kind=wanted[0], found=reference, found_kind=found)

    def _measure(self, path: Path, reference: object) -> Iterator[Problem]:
        if isinstance(reference, str) and tuple(reference.split("/")) not in self.register.measures:
            right = ["/".join(measure) for measure in self.register.measures]
            yield self._problem("unknown-reference", path, near_word(reference, right), kind="measure", found=reference)

    def _circles(self, name: str, field: str, kind: str) -> Iterator[Problem]:
        found = [(path, entry["id"], entry.get(field)) for path, entry in entries(self.data, name) if "id" in entry]
        above = {id_: up for _, id_, up in found if isinstance(id_, str) and isinstance(up, str)}
        for path, id_, _ in found:
            chain = [id_]
            while (up := above.get(chain[-1])) and up not in chain:
                chain.append(up)
            if up == id_:
                yield self._problem("cycle", (*path, field), chain=" → ".join([*chain, id_]), kind=kind)

    def _day(self, path: Path, text: object) -> Iterator[Problem]:
        parts = text.split("/") if isinstance(text, str) else []
        if len(parts) == 3 and all(part.isdecimal() for part in parts) and parse_date(str(text)) is None:
            yield self._problem("not-a-day", path, found=str(text))
