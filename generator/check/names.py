"""The register of everything that content can point at, and how a name is understood.

A plan may call a unit by its id or as its document prints it ("Ban TG- CSLP"). A printed name is looked up first
among the plan's issuer and the units whose names are understood in its plans (those under it, and those of whose names
it is the scope), then everywhere: the "Ban Tuyên giáo" of two provinces are two units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from generator.check.entries import ENTRY_LISTS, entries, words
from generator.check.suggestions import Suggestions, closest_word
from generator.language.vietnamese import name_key
from generator.source.source_files import Kind
from generator.source.tree import Tree


@dataclass(frozen=True)
class NameMatch:
    """What a name may mean: exactly one id, or none, or several."""

    ids: tuple[str, ...]

    @property
    def id(self) -> str | None:
        """The id, if the name means exactly one."""
        return self.ids[0] if len(self.ids) == 1 else None


@dataclass(frozen=True)
class Register:
    """Ids, names and inner ids of all files that were read, whether or not they have problems.

    `ids[kind]` holds the ids of a kind; `names[kind]` the ids that a name can mean, `spellings[kind]` all names as
    they are written; `scopes` the unit within whose plans a unit's names are understood: its scope, else its parent;
    `inner[plan]` what the entries of a plan are (`{"nv1": "task", "ct5-1": "activity"}`); `measures` the measures,
    as (plan, entry, measure). `unsure` are the plans of which not all could be read: they may have any entry.
    """

    ids: Mapping[Kind, set[str]]
    names: Mapping[Kind, Mapping[str, tuple[str, ...]]]
    spellings: Mapping[Kind, set[str]]
    scopes: Mapping[str, str] = field(default_factory=dict)
    inner: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    measures: frozenset[tuple[str, str, str]] = frozenset()
    unsure: frozenset[str] = frozenset()

    @staticmethod
    def of(files: Iterable[tuple[Kind, str, Tree]]) -> Register:
        """Build the register. A file that could not be parsed still lends its id (its stem)."""
        ids: dict[Kind, set[str]] = {"plan": set(), "unit": set(), "programme": set()}
        names: dict[Kind, dict[str, list[str]]] = {kind: defaultdict(list) for kind in ids}
        spellings: dict[Kind, set[str]] = {kind: set() for kind in ids}
        scopes: dict[str, str] = {}
        inner: dict[str, dict[str, str]] = {}
        measures: set[tuple[str, str, str]] = set()
        unsure: set[str] = set()
        for kind, stem, tree in files:
            data = tree.data if isinstance(tree.data, dict) else {}
            given = data.get("id")
            id_ = given if isinstance(given, str) else stem
            ids[kind].add(id_)
            if kind == "plan":
                inner[id_] = _inner(data)
                if not tree.is_whole:
                    unsure.add(id_)
                measures |= {(id_, *rest) for rest in _measures(data)}
                continue
            called = {name for part in ("name", "short_name", "aliases") for _, name in words(data, part)}
            spellings[kind] |= called
            for key in {name_key(name) for name in called}:
                names[kind][key].append(id_)
            if isinstance(scope := data.get("scope", data.get("parent")), str):
                scopes[id_] = scope
        frozen = {kind: {key: tuple(sorted(v)) for key, v in by_key.items()} for kind, by_key in names.items()}
        return Register(ids, frozen, spellings, scopes, inner, frozenset(measures), frozenset(unsure))

    def merged(self, other: Register) -> Register:
        """Return the register of these files and of others that come after them."""
        names = {
            kind: {
                key: tuple(sorted((*by_key.get(key, ()), *other.names[kind].get(key, ()))))
                for key in by_key.keys() | other.names[kind].keys()
            }
            for kind, by_key in self.names.items()
        }
        return Register(
            {kind: self.ids[kind] | other.ids[kind] for kind in self.ids},
            names,
            {kind: self.spellings[kind] | other.spellings[kind] for kind in self.spellings},
            {**self.scopes, **other.scopes},
            {**self.inner, **other.inner},
            self.measures | other.measures,
            self.unsure | other.unsure,
        )

    def looks_same_to_others(self, other: Register) -> bool:
        """Return whether other files see the same tasks, targets and measures of these plans."""
        return (
            self.ids["plan"] <= other.ids["plan"]
            and all(_targetable(entries) == _targetable(other.inner[plan]) for plan, entries in self.inner.items())
            and self.measures == {measure for measure in other.measures if measure[0] in self.inner}
        )

    def with_plans(self, other: Register) -> Register:
        """Return this register with the plans of another that looks the same to others."""
        if other.inner.items() <= self.inner.items():
            return self
        return replace(self, inner={**self.inner, **other.inner})

    def unit(self, name: str, issuer: str | None) -> NameMatch:
        """Return the unit that a plan of `issuer` means by `name`."""
        if name in self.ids["unit"]:
            return NameMatch((name,))
        matches = self.names["unit"].get(name_key(name), ())
        nearby = tuple(id_ for id_ in matches if issuer and issuer in self.line_of(id_))
        return NameMatch(nearby or matches)

    def programme(self, name: str) -> NameMatch:
        """Return the programme that `name` means."""
        if name in self.ids["programme"]:
            return NameMatch((name,))
        return NameMatch(self.names["programme"].get(name_key(name), ()))

    def line_of(self, unit: str) -> tuple[str, ...]:
        """Return the unit and all units within whose plans its names are understood; a cycle is walked once."""
        line = [unit]
        while (scope := self.scopes.get(line[-1])) and scope not in line:
            line.append(scope)
        return tuple(line)

    def suggest_name(self, kind: Kind, name: str) -> str | None:
        """Return the id or spelling closest to `name`."""
        return self._name_suggestions[kind].closest(name)

    def suggest_id(self, kind: Kind, id_: str) -> str | None:
        """Return the id closest to `id_`."""
        return self._id_suggestions[kind].closest(id_)

    def suggest_entry(self, plan: str, id_: str, wanted: Container[str]) -> str | None:
        """Return the entry of `plan`, of a wanted kind, whose id is closest to `id_`."""
        key = (plan, str(wanted))
        if key not in self._entry_suggestions:
            inner = self.inner.get(plan, {})
            self._entry_suggestions[key] = Suggestions([other for other, kind in inner.items() if kind in wanted])
        return self._entry_suggestions[key].closest(id_)

    def suggest_measure(self, written: str) -> str | None:
        """Return the measure (`plan/target/measure`) closest to `written`, in the plan that is meant."""
        plan, _, rest = written.partition("/")
        plan_id = plan if plan in self.ids["plan"] else self.suggest_id("plan", plan)
        match = closest_word(rest, ["/".join(inner) for other, *inner in self.measures if other == plan_id])
        return f"{plan_id}/{match}" if match else None

    @cached_property
    def _name_suggestions(self) -> Mapping[Kind, Suggestions]:
        return {kind: Suggestions(self.ids[kind] | self.spellings[kind]) for kind in self.ids}

    @cached_property
    def _id_suggestions(self) -> Mapping[Kind, Suggestions]:
        return {kind: Suggestions(ids) for kind, ids in self.ids.items()}

    @cached_property
    def _entry_suggestions(self) -> dict[tuple[str, str], Suggestions]:
        return {}


def _targetable(entries: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return the entries that other plans may point at."""
    return {(id_, kind) for id_, kind in entries.items() if kind in {"task", "target"}}


def _inner(data: dict[str, Any]) -> dict[str, str]:
    inner: dict[str, str] = {}
    for name, kind in ENTRY_LISTS.items():
        for _, entry in entries(data, name):
            if isinstance(entry.get("id"), str):
                inner.setdefault(entry["id"], "task" if entry.get("kind") == "task" and kind == "heading" else kind)
    return inner


def _measures(data: dict[str, Any]) -> set[tuple[str, str]]:
    return {
        (entry["id"], measure["id"])
        for name in ("targets", "activities")
        for _, entry in entries(data, name)
        for _, measure in entries(entry, "measures")
        if isinstance(entry.get("id"), str) and isinstance(measure.get("id"), str)
    }
