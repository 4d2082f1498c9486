"""The corpus: all plans, units and programmes, with the links between them in both directions.

Everything is read through mappings that record each read in a `Tracker`, so a build knows which pages to make anew
after a change. The names of the collections are the names of the mappings here; `contributions` says which plan, unit
or programme contributes to which of their keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TypeVar

from generator.cascade.terms import Answer
from generator.incremental.dependency import EVERY_KEY, TrackedMapping, Tracker
from generator.language.time_spans import PERIODS
from generator.language.vietnamese import format_validity, name_key, sort_key
from generator.model.answers import PackedAnswer, answer_of
from generator.model.entities import LEVELS, Body, Plan, Programme, Target, Unit
from generator.model.queries import LazySequence, LoadBody, PlanEntries, Selections, select
from generator.model.summary import PlanSummary, grouped

V = TypeVar("V")


class Corpus:
    """All content, with the links in both directions. Mappings are by id; keys of inner entries are `<plan>/<id>`.

    `load` returns the body of a plan by its id, for plans from summaries, which have none; `tracker` records what is
    read.
    """

    def __init__(
        self,
        summaries: Iterable[PlanSummary],
        units: Iterable[Unit],
        programmes: Iterable[Programme],
        load: LoadBody | None = None,
        tracker: Tracker | None = None,
    ) -> None:
        self._tracker = tracker or Tracker()
        self._summaries = sorted(summaries, key=lambda summary: summary.plan.order)
        heads = {summary.plan.id: summary.plan for summary in self._summaries}
        self._body = load or (lambda plan: heads[plan].load())
        self._plans = {id_: plan.with_loader(partial(self._load, id_)) for id_, plan in heads.items()}
        self._units = {unit.id: unit for unit in shown_order(with_agencies(units))}
        shown = sorted(programmes, key=lambda programme: (sort_key(programme.short_name), programme.id))
        self.plans = self._tracked("plans", self._plans)
        self.units = self._tracked("units", self._units)
        self.programmes = self._tracked("programmes", {programme.id: programme for programme in shown})
        entries = partial(PlanEntries, self.plans, self._body, tracker=self._tracker)
        self.headings = entries(lambda body: body.headings_by_id, apart=True)
        self.targets = entries(lambda body: body.targets_by_id, apart=True)
        self.activities = entries(lambda body: body.activities_by_id)
        self.of_task = entries(lambda body: body.of_task)

    # Lazy: a build after one edit needs few of these.

    @cached_property
    def led_by(self) -> Selections[str]:
        """Activities by the unit that leads them or one of their sub-rows."""
        return self._selections("led_by")

    @cached_property
    def partnered_by(self) -> Selections[str]:
        """Activities by the unit that takes part."""
        return self._selections("partnered_by")

    @cached_property
    def of_target(self) -> Selections[str]:
        """Activities by the target (`<plan>/<target>`) that they serve, in their own plan or another."""
        return self._selections("of_target")

    @cached_property
    def performed_by(self) -> Selections[str]:
        """Activities by the unit that their cell of levels names and that has no other part in them."""
        return self._selections("performed_by")

    @cached_property
    def of_programme(self) -> Selections[str]:
        """Activities by programme."""
        return self._selections("of_programme")

    @cached_property
    def of_year(self) -> Selections[int]:
        """Activities by the year in which they are due, years ascending."""
        by_text = select(self._summaries, lambda summary: summary.activities["of_year"], self._load)
        by_year = {int(year): by_text[year] for year in sorted(by_text)}
        return Selections("of_year", by_year, self._tracker)

    @cached_property
    def targets_led_by(self) -> Mapping[str, Sequence[Target]]:
        """Targets by the unit that leads."""
        return self._targets("targets_led_by")

    @cached_property
    def targets_of_programme(self) -> Mapping[str, Sequence[Target]]:
        """Targets by programme."""
        return self._targets("targets_of_programme")

    @cached_property
    def plans_of_unit(self) -> Mapping[str, Sequence[Plan]]:
        """Plans by issuer."""
        return self._tracked("plans_of_unit", _group((plan.issuer, plan) for plan in self._plans.values()))

    @cached_property
    def implemented_by(self) -> Mapping[str, Sequence[Plan]]:
        """The plans that implement a plan."""
        pairs = ((upper, plan) for plan in self._plans.values() for upper in plan.implements)
        return self._tracked("implemented_by", _group(pairs))

    @cached_property
    def children(self) -> Mapping[str, Sequence[Unit]]:
        """The units under a unit."""
        return self._tracked("children", _group((unit.parent, unit) for unit in self._units.values() if unit.parent))

    @cached_property
    def members(self) -> Mapping[str, Sequence[Unit]]:
        """The units of a group."""
        return self._tracked(
            "members", _group((group, unit) for unit in self._units.values() for group in unit.member_of)
        )

    @cached_property
    def predecessors(self) -> Mapping[str, Sequence[Unit]]:
        """The units that a unit succeeds."""
        return self._tracked(
            "predecessors", _group((other, unit) for unit in self._units.values() for other in unit.successors)
        )

    @cached_property
    def counterparts(self) -> Mapping[str, Sequence[str]]:
        """The counterparts of an entry, whichever of the two files names the other."""
        return self._links("counterparts", lambda summary: summary.counterparts)

    def answers_to(self, measure: str) -> list[Answer]:
        """Return what other plans promise for a measure (`<plan>/<target>/<measure>`)."""
        return [answer_of(packed) for packed in self._packed_answers.get(measure, ())]

    def answering(self, measure: str) -> set[str]:
        """Return the measures that answer a measure, directly or through others; it may answer none of these itself."""
        below: set[str] = set()
        pending = [measure]
        while pending:
            keys = {answer.promise.key for answer in self.answers_to(pending.pop())} - below
            below |= keys
            pending += keys
        return below

    @cached_property
    def _packed_answers(self) -> Mapping[str, Sequence[PackedAnswer]]:
        """The answers to each measure."""
        pairs = (
            (key, each) for summary in self._summaries for key, answers in summary.answers.items() for each in answers
        )
        return self._tracked("answers", _group(pairs))

    @cached_property
    def answered_by(self) -> Mapping[str, Sequence[Plan]]:
        """The plans that answer some measure of a plan."""
        pairs = (
            (upper, self._plans[summary.plan.id])
            for summary in self._summaries
            for upper in dict.fromkeys(key.partition("/")[0] for key in summary.answers)
        )
        return self._tracked("answered_by", _group(pairs))

    @property
    def levels(self) -> Mapping[str, int]:
        """How many activities concern each level."""
        self._tracker.record(("levels", EVERY_KEY))
        counts = sum((Counter(summary.levels) for summary in self._summaries), Counter())
        return Counter({level: counts[level] for level in LEVELS if level in counts})

    @cached_property
    def namesakes(self) -> Mapping[str, Sequence[Unit]]:
        """The units of a short name, by its key."""
        return self._tracked("namesakes", _group((name_key(unit.short_name), unit) for unit in self._units.values()))

    def short_name(self, unit: Unit) -> str:
        """Return a unit's short name, with its years where another unit has the same name."""
        years = format_validity(unit.valid_from, unit.valid_to)
        shared = years and len(self.namesakes[name_key(unit.short_name)]) > 1
        return f"{unit.short_name} ({years})" if shared else unit.short_name

    def full_name(self, unit: Unit) -> str:
        """Return a unit's name, with its years where its short name has them."""
        return unit.name + self.short_name(unit)[len(unit.short_name) :]

    @property
    def periods(self) -> Mapping[str, int]:
        """How many activities are due in each month and quarter, over all years."""
        self._tracker.record(("periods", EVERY_KEY))
        counts = sum((Counter(summary.periods) for summary in self._summaries), Counter())
        return Counter({period: counts[period] for period in PERIODS if period in counts})

    def unit_title(self, unit: Unit) -> str:
        """Return a unit's short name, with its union's name for a department, a group, or a unit with a scope.

        Without it the "Công an xã" of two communes could not be told apart.
        """
        union = self.units.get(unit.scope or unit.parent or "")
        named = union and (unit.scope or unit.kind in {"department", "group"})
        return f"{self.short_name(unit)} · {self.short_name(union)}" if union and named else self.short_name(unit)

    def _load(self, plan: str) -> Body:
        self._tracker.record(("bodies", plan))
        return self._body(plan)

    def _tracked(self, name: str, values: Mapping[str, V]) -> TrackedMapping[str, V]:
        return TrackedMapping(name, values, self._tracker)

    def _selections(self, relation: str) -> Selections[str]:
        values = select(self._summaries, lambda summary: summary.activities[relation], self._load)
        return Selections(relation, values, self._tracker)

    def _targets(self, relation: str) -> Mapping[str, Sequence[Target]]:
        keys = _group(
            (key, f"{summary.plan.id}/{id_}")
            for summary in self._summaries
            for key, ids in summary.targets[relation].items()
            for id_ in ids
        )
        return self._tracked(relation, {key: LazySequence(targets, self.targets) for key, targets in keys.items()})

    def _links(
        self, relation: str, links: Callable[[PlanSummary], Mapping[str, Sequence[str]]]
    ) -> Mapping[str, Sequence[str]]:
        pairs = (
            (key, other) for summary in self._summaries for key, others in links(summary).items() for other in others
        )
        return self._tracked(relation, {key: list(dict.fromkeys(others)) for key, others in _group(pairs).items()})


def with_agencies(units: Iterable[Unit]) -> Iterator[Unit]:
    """Yield units, each followed by the agencies that its file lists."""
    for unit in units:
        yield unit
        yield from unit.agencies


def shown_order(units: Iterable[Unit]) -> list[Unit]:
    """Return units in the order in which they are shown."""
    return sorted(units, key=lambda unit: (sort_key(unit.name), unit.id))


def _group(pairs: Iterable[tuple[str, V]]) -> dict[str, list[V]]:
    return dict(sorted(grouped(pairs).items()))  # TrackedMapping: the order must follow from the keys
