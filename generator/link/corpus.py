"""The corpus: all plans, units and programmes, with the links between them in both directions.

Everything is read through tables, which tell a listener what was read (`note`): so a builder knows, without rules of
its own, which pages to make anew when a fact has changed. What several pages and files need in the same form is made
once (`keep`), and may be kept from one build to the next (`is_as_before`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import TypeVar

from generator.language.vietnamese import sort_key
from generator.link.keep import IsAsBefore, Keep, keep_in
from generator.link.model import Body, Plan, Programme, Target, Unit
from generator.link.record import Record
from generator.link.tables import Activities, Entries, Inner, Joined, Note, Picked, Selections, Table, unnoted
from generator.link.units import Ids, Units

V = TypeVar("V")


class Corpus:
    """Everything, with the links in both directions. Mappings are by id; `<plan>/<id>` keys name inner entries.

    `load` gives the body of a plan by its id, if its record does not.
    """

    def __init__(
        self,
        records: Iterable[Record],
        units: Units | Iterable[Unit],
        programmes: Iterable[Programme],
        note: Note = unnoted,
        keep: Keep | None = None,
        *,
        is_as_before: IsAsBefore = lambda kind, name, places=None: False,
        load: Callable[[str], Body] | None = None,
    ) -> None:
        self._records = sorted(records, key=lambda record: record.plan.order)
        self._note = note
        self.keep = keep or keep_in({})
        self.is_as_before = is_as_before
        own = {record.plan.id: record.plan for record in self._records}
        self._body = body = load or (lambda plan: own[plan].load())
        plans = {id_: plan.loaded_by(partial(self._load, id_)) for id_, plan in own.items()}
        self.plans = Table("plans", plans, note)
        self._units = units if isinstance(units, Units) else Units.of(units)
        self.units = Table("units", self._units, note)
        shown = sorted(programmes, key=lambda one: (sort_key(one.short_name), one.id))
        self.programmes = Table("programmes", {one.id: one for one in shown}, note)
        self._plans = plans

        self.headings = Entries(plans, body, lambda body: body.headings_by_id, note)
        self.targets = Entries(plans, body, lambda body: body.targets_by_id, note)
        self.activities = Entries(plans, body, lambda body: body.activities_by_id, note)
        self.of_target = Inner(plans, lambda body: body.of_target)
        self.of_task = Inner(plans, lambda body: body.of_task)

    # After an edit most of these tables are not asked for; a thousand plans need some milliseconds for each.

    @cached_property
    def led_by(self) -> Selections[str]:
        """Activities by the unit that leads."""
        return self._activities("led_by")

    @cached_property
    def partnered_by(self) -> Selections[str]:
        """Activities by the unit that takes part."""
        return self._activities("partnered_by")

    @cached_property
    def of_programme(self) -> Selections[str]:
        """Activities by programme."""
        return self._activities("of_programme")

    @cached_property
    def of_year(self) -> Selections[int]:
        """Activities by the year in which they are due, years ascending."""
        found = self._selections("of_year")
        return Selections("of_year", {int(year): found[year] for year in sorted(found)}, self._note, self._load)

    @cached_property
    def targets_led_by(self) -> Table[str, Sequence[Target]]:
        """Targets by the unit that leads."""
        return self._picked("targets_led_by")

    @cached_property
    def targets_of_programme(self) -> Table[str, Sequence[Target]]:
        """Targets by programme."""
        return self._picked("targets_of_programme")

    @cached_property
    def plans_of_unit(self) -> Table[str, Sequence[Plan]]:
        """Plans by issuer."""
        return self._grouped("plans_of_unit", ((plan.issuer, plan) for plan in self._plans.values()))

    @cached_property
    def implemented_by(self) -> Table[str, Sequence[Plan]]:
        """The plans that implement a plan."""
        pairs = ((upper, plan) for plan in self._plans.values() for upper in plan.implements)
        return self._grouped("implemented_by", pairs)

    @cached_property
    def children(self) -> Table[str, Sequence[Unit]]:
        """The units under a unit."""
        return self._related("children", self._units.children)

    @cached_property
    def members(self) -> Table[str, Sequence[Unit]]:
        """The units of a group."""
        return self._related("members", self._units.members)

    @cached_property
    def predecessors(self) -> Table[str, Sequence[Unit]]:
        """The units that a unit succeeds."""
        return self._related("predecessors", self._units.predecessors)

    @cached_property
    def counterparts(self) -> Table[str, Sequence[str]]:
        """The entries that correspond to an entry, whichever of the two says so."""
        return self._links("counterparts", lambda record: record.counterparts)

    @cached_property
    def contributors(self) -> Table[str, Sequence[str]]:
        """The measures (`<plan>/<target>/<measure>`) that contribute to a measure."""
        return self._links("contributors", lambda record: record.contributions)

    @property
    def levels(self) -> Mapping[str, int]:
        """How many activities concern each level."""
        self._note(("levels", "*"))
        return sum((Counter(record.levels) for record in self._records), Counter())

    def unit_title(self, unit: Unit) -> str:
        """A unit's short name; a department or group is only known with its union's."""
        parent = self.units.get(unit.parent or "")
        named = parent and unit.kind in {"department", "group"}
        return f"{unit.short_name} · {parent.short_name}" if parent and named else unit.short_name

    def _load(self, plan: str) -> Body:
        self._note(("bodies", plan))
        return self._body(plan)

    def _activities(self, relation: str) -> Selections[str]:
        return Selections(relation, self._selections(relation), self._note, self._load)

    def _selections(self, relation: str) -> Mapping[str, Activities]:
        return Joined(
            self._records, lambda record: record.activities[relation], lambda parts: Activities(parts, self._load)
        )

    def _links(self, relation: str, said: Callable[[Record], Mapping[str, Sequence[str]]]) -> Table[str, Sequence[str]]:
        def join(parts: Iterable[tuple[Record, Sequence[str]]]) -> Sequence[str]:
            return list(dict.fromkeys(key for _, keys in parts for key in keys))

        return Table(relation, Joined(self._records, said, join), self._note)

    def _picked(self, relation: str) -> Table[str, Sequence[Target]]:
        def join(parts: Iterable[tuple[Record, Sequence[str]]]) -> Sequence[Target]:
            return Picked([f"{record.plan.id}/{id_}" for record, ids in parts for id_ in ids], self.targets)

        return Table(relation, Joined(self._records, lambda record: record.targets[relation], join), self._note)

    def _related(self, relation: str, ids: Ids) -> Table[str, Sequence[Unit]]:
        return Table(relation, {key: Picked(some, self._units) for key, some in ids.items()}, self._note)

    def _grouped(self, relation: str, pairs: Iterable[tuple[str, V]]) -> Table[str, Sequence[V]]:
        found: dict[str, list[V]] = {}
        for key, value in pairs:
            found.setdefault(key, []).append(value)
        return Table(relation, found, self._note)
