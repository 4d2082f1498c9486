"""The register of all ids and names in the content, and how a name is understood.

A plan may name a unit by its id or as its document prints it ("Ban TG- CSLP"). The meaning of a printed name depends on
the issuer of the plan: the "Ban Tuyên giáo" of two provinces are two units, and so are the "Công an xã" of two
communes. So a department, a group of a union and a unit with a `scope` are looked for only among the issuer's superiors
and units below, the nearest first. The meaning also depends on time: of a commune before and after a merger a plan
means the one that existed on the plan's days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from generator.check.days import ALWAYS, Days
from generator.check.entries import level_names, period_of, words
from generator.check.ids import meant_ids
from generator.check.pointed_at import PlainShape, kinds_of_entries, shapes_of_measures, targetable
from generator.check.suggestions import Suggestions, closest_word
from generator.check.unit_facts import agencies_of, unit_facts
from generator.language.vietnamese import name_key
from generator.source.source_files import Kind, original_of
from generator.source.tree import Tree

_ANYWHERE = 1_000
"""The distance of a unit that is understood in all plans; other units have the number of steps as distance."""


@dataclass(frozen=True)
class NameMatch:
    """What a name may mean: one id, none, or several."""

    ids: tuple[str, ...]

    @property
    def id(self) -> str | None:
        """The id, if the name means exactly one."""
        return self.ids[0] if len(self.ids) == 1 else None


@dataclass(frozen=True)
class Register:
    """The ids, names and inner ids of all files that were read, with or without problems.

    `ids[kind]` has the ids of a kind, `names[kind]` the ids that a name can mean, `spellings[kind]` all names as
    written. `parents` maps a unit to its parent, `scopes` to the unit in whose plans its short names are understood.
    `departments` are the departments and groups of a union; `validity` has the days of units that begin or end;
    `successors` the units that took over one that ended; `full_names` the keys of names that are understood outside a
    unit's scope; `short_names` the units' names on pages. `inner[plan]` has the kinds of a plan's entries (`{"nv1":
    "task", "ct5-1": "activity"}`); `measures` maps (plan, entry, measure) to what is counted; `periods` has the first
    and last year of plans, `uppers` the plans that they implement. `unsure` are plans that could be read only in part:
    they may have any entry.
    """

    ids: Mapping[Kind, set[str]]
    names: Mapping[Kind, Mapping[str, tuple[str, ...]]]
    spellings: Mapping[Kind, set[str]]
    parents: Mapping[str, str] = field(default_factory=dict)
    scopes: Mapping[str, str] = field(default_factory=dict)
    departments: frozenset[str] = frozenset()
    validity: Mapping[str, Days] = field(default_factory=dict)
    successors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    full_names: Mapping[str, str] = field(default_factory=dict)
    short_names: Mapping[str, str] = field(default_factory=dict)
    inner: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    measures: Mapping[tuple[str, str, str], PlainShape] = field(default_factory=dict)
    periods: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    uppers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()

    @staticmethod
    def of(files: Iterable[tuple[Kind, str, Tree]]) -> Register:
        """Build the register. A file that could not be parsed still has an id (its stem)."""
        ids: dict[Kind, set[str]] = {"plan": set(), "unit": set(), "programme": set()}
        names: dict[Kind, dict[str, list[str]]] = {kind: defaultdict(list) for kind in ids}
        spellings: dict[Kind, set[str]] = {kind: set() for kind in ids}
        units: dict[str, dict[str, Any]] = {}
        inner: dict[str, dict[str, str]] = {}
        measures: dict[tuple[str, str, str], PlainShape] = {}
        periods: dict[str, tuple[int, int]] = {}
        uppers: dict[str, tuple[str, ...]] = {}
        unsure: set[str] = set()
        for kind, stem, tree in files:
            data = tree.data or {}
            *_, id_ = known = meant_ids(data.get("id") or stem)
            if original_of(stem) == known[0]:
                continue  # a copy, reported as such: names mean the original
            ids[kind].update(known)
            for plan in known if kind == "plan" else ():
                inner[plan] = kinds_of_entries(data)
                if not tree.is_whole:
                    unsure.add(plan)
                measures |= {(plan, *rest): shape for rest, shape in shapes_of_measures(data).items()}
                uppers[plan] = tuple(upper for _, upper in words(data, "implements"))
                if period := period_of(data):
                    periods[plan] = period
            if kind == "plan":
                continue
            for named_id, named in ((id_, data), *(agencies_of(id_, data) if kind == "unit" else ())):
                ids[kind].add(named_id)
                called = {name for part in ("name", "short_name", "aliases") for _, name in words(named, part)}
                spellings[kind] |= called
                for key in {name_key(name) for name in called}:
                    names[kind][key].append(named_id)
                if kind == "unit":
                    units[named_id] = named
        frozen = {kind: {key: tuple(sorted(v)) for key, v in by_key.items()} for kind, by_key in names.items()}
        return Register(
            ids,
            frozen,
            spellings,
            **unit_facts(units),
            inner=inner,
            measures=measures,
            periods=periods,
            uppers=uppers,
            unsure=frozenset(unsure),
        )

    def merged(self, other: Register) -> Register:
        """Return the register of these files followed by others."""
        names = {
            kind: {
                key: tuple(sorted((*by_key.get(key, ()), *other.names[kind].get(key, ()))))
                for key in by_key.keys() | other.names[kind].keys()
            }
            for kind, by_key in self.names.items()
        }
        ids = {kind: self.ids[kind] | other.ids[kind] for kind in self.ids}
        spellings = {kind: self.spellings[kind] | other.spellings[kind] for kind in self.spellings}
        rest = [name for field in fields(self) if (name := field.name) not in {"ids", "names", "spellings"}]
        return Register(ids, names, spellings, **{name: getattr(self, name) | getattr(other, name) for name in rest})

    def looks_same_to_others(self, other: Register) -> bool:
        """Return whether other files see no difference in these plans: tasks, targets, measures, periods, uppers."""
        return (
            self.ids["plan"] <= other.ids["plan"]
            and all(targetable(entries) == targetable(other.inner[plan]) for plan, entries in self.inner.items())
            and self.measures == {key: shape for key, shape in other.measures.items() if key[0] in self.inner}
            and all(
                (self.periods.get(plan), self.uppers[plan]) == (other.periods.get(plan), other.uppers.get(plan))
                for plan in self.inner
            )
        )

    def with_plans(self, other: Register) -> Register:
        """Return this register with the plans of another one that looks the same to others."""
        if other.inner.items() <= self.inner.items():
            return self
        return replace(self, inner={**self.inner, **other.inner})

    def unit(self, name: str, issuer: str | None, days: Days | None = None) -> NameMatch:
        """Return the unit that `name` means in a plan of `issuer` with these days."""
        if name in self.ids["unit"]:
            return NameMatch((name,))
        key = name_key(name)
        matches = self.names["unit"].get(key, ())
        if len(matches) > 1 and days:
            matches = tuple(id_ for id_ in matches if self._exists(id_, days)) or matches
        if not issuer:
            return NameMatch(matches)
        distances = {id_: self._distance(id_, issuer, key) for id_ in matches}
        nearest = min((distance for distance in distances.values() if distance is not None), default=None)
        return NameMatch(tuple(id_ for id_ in matches if nearest is not None and distances[id_] == nearest))

    def words_of(self, name: str) -> str:
        """Return the name that pages show for a name in a plan: the name itself; for an id the unit's short name."""
        return self.short_names.get(name, name)

    def words_of_cell(self, names: Sequence[str], issuer: str, days: Days | None) -> str | None:
        """Return the names of a cell as written; None if pages show the units by these names anyway."""
        words = [self.words_of(name) for name in names]
        usual = [self.words_of(self.unit(name, issuer, days).id or name) for name in names]
        return ", ".join(words) if words != usual else None

    def _exists(self, unit: str, days: Days) -> bool:
        first, last = self.validity.get(unit, ALWAYS)
        return first <= days[1] and days[0] <= last

    def _distance(self, unit: str, issuer: str, key: str) -> int | None:
        """Return the distance of a unit from an issuer whose plan uses a name; None if the name is not understood."""
        scope = self.scopes.get(unit)
        home = scope or self.parents.get(unit)
        if home and (scope or unit in self.departments):
            above = self.line_of(issuer)
            if home in above:
                return 2 * above.index(home)
            below = self.line_of(home)
            if not scope and issuer in below:
                return 2 * below.index(issuer) + 1  # at equal distance a superior is preferred to a unit below
            return _ANYWHERE if self.full_names.get(unit) == key else None
        return 0 if issuer in self.line_of(unit) else _ANYWHERE

    def plans_above(self, plan: str) -> set[str]:
        """Return the plans that a plan implements, directly or through others."""
        above: set[str] = set()
        pending = [*self.uppers.get(plan, ())]
        while pending:
            if (upper := pending.pop()) not in above:
                above.add(upper)
                pending += self.uppers.get(upper, ())
        return above

    def level_units(self, text: str, issuer: str | None, days: Days | None) -> tuple[str, ...]:
        """Return the units that a printed cell of levels names: the issuer, units under it, and units in its scope."""
        ids = (self.unit(name, issuer, days).id for name in level_names(text))
        return tuple(dict.fromkeys(id_ for id_ in ids if id_ and issuer and self._is_in_line(id_, issuer)))

    def _is_in_line(self, unit: str, issuer: str) -> bool:
        return issuer in self.line_of(unit) or self.scopes.get(unit) in self.line_of(issuer)

    def programme(self, name: str) -> NameMatch:
        """Return the programme that `name` means."""
        if name in self.ids["programme"]:
            return NameMatch((name,))
        return NameMatch(self.names["programme"].get(name_key(name), ()))

    def line_of(self, unit: str) -> tuple[str, ...]:
        """Return the unit and all units above it; a cycle is followed once."""
        line = [unit]
        while (parent := self.parents.get(line[-1])) and parent not in line:
            line.append(parent)
        return tuple(line)

    def stands_above(self, upper: str, unit: str) -> bool:
        """Return whether `unit`'s figures are part of `upper`'s: it is the unit, is above it, or preceded one of these.

        A unit that ended without successors, such as a district, has the place of its own superior.
        """
        above: set[str] = set()
        pending = [unit]
        while pending:
            if (id_ := pending.pop()) not in above:
                above.add(id_)
                pending += [*self.predecessors.get(id_, ()), *((self.parents[id_],) if id_ in self.parents else ())]
        has_ended = self.validity.get(upper, ALWAYS)[1] != ALWAYS[1] and upper not in self.successors
        return upper in above or (has_ended and self.parents.get(upper) in above)

    @cached_property
    def predecessors(self) -> Mapping[str, Sequence[str]]:
        """The units that a unit succeeds."""
        predecessors: dict[str, list[str]] = defaultdict(list)
        for id_, successors in self.successors.items():
            for successor in successors:
                predecessors[successor].append(id_)
        return predecessors

    def suggest_name(self, kind: Kind, name: str, issuer: str | None = None) -> str | None:
        """Return the id or spelling closest to `name` among those that plans of `issuer` understand."""
        asker = issuer if kind == "unit" else None
        if (kind, asker) not in self._name_suggestions:
            self._name_suggestions[kind, asker] = Suggestions(self._understood(asker) if asker else self._named(kind))
        return self._name_suggestions[kind, asker].closest(name)

    def suggest_id(self, kind: Kind, id_: str) -> str | None:
        """Return the id closest to `id_`."""
        return self._id_suggestions[kind].closest(id_)

    def suggest_entry(self, plan: str, id_: str, wanted: Container[str]) -> str | None:
        """Return the entry of `plan` with the closest id, of one of the `wanted` kinds."""
        key = (plan, str(wanted))
        if key not in self._entry_suggestions:
            inner = self.inner.get(plan, {})
            self._entry_suggestions[key] = Suggestions([other for other, kind in inner.items() if kind in wanted])
        return self._entry_suggestions[key].closest(id_)

    def suggest_measure(self, written: str) -> str | None:
        """Return the measure (`plan/target/measure`) closest to `written`, in the plan that it names."""
        plan, _, rest = written.partition("/")
        plan_id = plan if plan in self.ids["plan"] else self.suggest_id("plan", plan)
        match = closest_word(rest, ["/".join(inner) for other, *inner in self.measures if other == plan_id])
        return f"{plan_id}/{match}" if match else None

    def _named(self, kind: Kind) -> set[str]:
        return self.ids[kind] | self.spellings[kind]

    def _understood(self, issuer: str) -> set[str]:
        """Return the names of units that an issuer's plans understand, and the ids of these units."""
        spellings = {name for name in self.spellings["unit"] if self.unit(name, issuer).ids}
        ids = {id_ for id_ in self.ids["unit"] if self._distance(id_, issuer, "") is not None}
        return spellings | ids

    @cached_property
    def _name_suggestions(self) -> dict[tuple[Kind, str | None], Suggestions]:
        return {}

    @cached_property
    def _id_suggestions(self) -> Mapping[Kind, Suggestions]:
        return {kind: Suggestions(ids) for kind, ids in self.ids.items()}

    @cached_property
    def _entry_suggestions(self) -> dict[tuple[str, str], Suggestions]:
        return {}
