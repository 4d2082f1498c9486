"""Cascades of the corpus: a measure with what the units below promise for it, down to the next level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.cascade.arithmetic import Cascade, SlotResult, cascade_of, holders_in
from generator.cascade.promises import Figure, Promise, has_digit, numbered_slots, share_a_year
from generator.cascade.terms import Answer, Term, UnitBelow
from generator.cascade.totals import Total, add_figures
from generator.language.vietnamese import levels_named
from generator.model.answers import promise_of
from generator.model.corpus import Corpus
from generator.model.entities import Plan, Target, Unit

Reply = Literal["answered", "partly", "ungraded", "no_figure", "not_in_plan", "no_plan"]
"""How a unit below answers a target of an upper plan."""
REPLIES: Sequence[Reply] = ("answered", "partly", "ungraded", "no_figure", "not_in_plan", "no_plan")


@dataclass(frozen=True)
class Below:
    """One level below a term: the units under its unit that answer its measure, and the total of their promises."""

    result: SlotResult
    answering: int
    units: int


def units_below(corpus: Corpus, plan: Plan) -> list[Unit]:
    """Return the unions directly below a plan's issuer that exist in its years or answer it, and groups that do."""
    answering, unions = issuers_answering(corpus, plan), unions_under(corpus, plan.issuer)
    groups = [unit for id_ in sorted(answering) if (unit := corpus.units[id_]).kind == "group"]
    return [unit for unit in (*unions, *groups) if unit.exists_in(plan.period) or unit.id in answering]


def issuers_answering(corpus: Corpus, plan: Plan) -> set[str]:
    """Return the units whose plans answer a plan, are in force and share a year with it."""
    return {lower.issuer for lower in corpus.answered_by.get(plan.id, ()) if is_of_same_time(lower, plan)}


def unions_under(corpus: Corpus, issuer: str) -> list[Unit]:
    """Return the unions directly below a unit, whenever they existed."""
    return [unit for unit in corpus.children.get(issuer, ()) if unit.kind == "union"]


def is_of_same_time(plan: Plan, upper: Plan) -> bool:
    """Return whether a plan is in force and shares a year with an upper one."""
    return plan.in_force and share_a_year(plan.period, upper.period)


class CascadeReader:
    """Computes cascades for the pages and files of one task, and reuses them within the task."""

    def __init__(self, corpus: Corpus) -> None:
        """Keep the corpus. A reader must end with its task: what it reuses records no dependencies elsewhere."""
        self._corpus = corpus
        self._units: dict[str, UnitBelow] = {}
        self._cascades: dict[tuple[str, bool], Cascade] = {}

    def cascade(self, plan: Plan, target: Target, measure_id: str) -> Cascade:
        """Return what is promised for a measure of a target below it."""
        measure = next(measure for measure in target.measures if measure.id == measure_id)
        return self.of_promise(promise_of(plan, target, measure), target)

    def of_promise(self, upper: Promise, target: Target | None = None) -> Cascade:
        """Return what the units below promise for a measure; `target` is the measure's."""
        key = upper.key, target is not None  # without the target its silences say less
        if key not in self._cascades:
            self._cascades[key] = self._cascade_of(upper, self._corresponding(target) if target else {})
        return self._cascades[key]

    def below(self, term: Term, result: SlotResult) -> Below | None:
        """Return what the units below a term's unit promise for its measure in that slot; None if none answer it."""
        if not self._corpus.answers_to(term.answer.promise.key):
            return None
        cascade = self.of_promise(term.answer.promise)
        below = next((slot for slot in cascade.slots if slot.slot == result.slot), None)
        return Below(below, len(cascade.answered(below)), len(cascade.asked(below))) if below else None

    def total_below(self, result: SlotResult) -> Total | None:
        """Return the sum of what units two levels down promise for an upper measure, through the counted units.

        They may answer another plan of such a unit than the counted one, for example its term plan.
        """
        figures: list[Figure] = []
        for issuer in dict.fromkeys(term.answer.promise.issuer for term in result.counted):
            own = [term for term in result.terms if term.answer.promise.issuer == issuer]
            of_plan: dict[str, list[Figure]] = {}
            for term in sorted(own, key=lambda term: term.reason != "counted"):
                if term.reason in {"counted", "same_unit"} and (below := self.below(term, result)):
                    found = (inner.figure for inner in below.result.counted if inner.figure)
                    of_plan.setdefault(term.answer.promise.plan, []).extend(found)
            figures += next(filter(None, of_plan.values()), [])
        return add_figures(figures)

    def replies(
        self, plan: Plan, target: Target, units: Sequence[Unit]
    ) -> Mapping[str, tuple[Reply, Sequence[Answer]]]:
        """Return how each unit below a plan's issuer answers a target of the plan, with the answers.

        Answered: a measure of grade `same` has a figure. Partly: only measures of grade `partly` have one. Ungraded: a
        measure is linked without a grade.
        """
        answers: dict[str, list[Answer]] = {}
        for measure in target.measures:
            for answer in self._corpus.answers_to(f"{target.key}/{measure.id}"):
                if answer.in_force and share_a_year(answer.promise.period_of_plan, plan.period):
                    answers.setdefault(answer.promise.issuer, []).append(answer)
        corresponding = self._corresponding(target)
        return {
            unit.id: (
                self._reply(plan, unit, answers.get(unit.id, ()), corresponding.get(unit.id, ())),
                answers.get(unit.id, ()),
            )
            for unit in units
        }

    def units_now(self, plan: Plan, ids: Iterable[str]) -> set[str]:
        """Return the units that stand for some of those below by the end of a plan: themselves, or their successors."""
        return holders_in(
            plan.last_year, ids, {unit.id: self._unit(unit.id) for unit in units_below(self._corpus, plan)}
        )

    def asks_below(self, plan: Plan, target: Target) -> bool:
        """Return whether a target is not for units of its issuer's own level alone."""
        measures = [promise_of(plan, target, measure) for measure in target.measures]
        return not measures or any(
            self._asks_below(promise) or self._corpus.answers_to(promise.key) for promise in measures
        )

    def _cascade_of(self, upper: Promise, corresponding: Mapping[str, Sequence[tuple[int, int]]]) -> Cascade:
        answers = self._corpus.answers_to(upper.key)
        below = {unit.id for unit in unions_under(self._corpus, upper.issuer)} if self._asks_below(upper) else set()
        issuers = {answer.promise.issuer for answer in answers} - {upper.issuer, *below}
        units = [*map(self._unit, below), *(replace(self._unit(issuer), is_asked=False) for issuer in issuers)]
        return cascade_of(upper, answers, units, corresponding)

    def _asks_below(self, upper: Promise) -> bool:
        """Return whether a measure is not for units of its issuer's own level alone."""
        return levels_named(upper.per or "") != {self._corpus.units[upper.issuer].level}

    def _corresponding(self, target: Target) -> dict[str, list[tuple[int, int]]]:
        """Return the years of plans in force that have a counterpart of a target or answer it, by their units."""
        answers = (
            answer.promise.key
            for measure in target.measures
            for answer in self._corpus.answers_to(f"{target.key}/{measure.id}")
        )
        keys = (*self._corpus.counterparts.get(target.key, ()), *answers)
        plans = [self._corpus.plans[id_] for id_ in dict.fromkeys(key.partition("/")[0] for key in keys)]
        found: dict[str, list[tuple[int, int]]] = {}
        for plan in plans:
            if plan.in_force:
                found.setdefault(plan.issuer, []).append(plan.period)
        return found

    def _reply(
        self, plan: Plan, unit: Unit, answers: Sequence[Answer], corresponding: Sequence[tuple[int, int]]
    ) -> Reply:
        grades = [answer.grade for answer in answers if _has_figure(answer)]
        if grades:
            return "answered" if "same" in grades else "partly" if "partly" in grades else "ungraded"
        if answers or any(share_a_year(period, plan.period) for period in corresponding):
            return "no_figure"
        plans = self._unit(unit.id).plans
        return "not_in_plan" if any(share_a_year(period, plan.period) for period in plans) else "no_plan"

    def _unit(self, id_: str) -> UnitBelow:
        if id_ not in self._units:
            unit = self._corpus.units[id_]
            plans = self._corpus.plans_of_unit.get(id_, ())
            self._units[id_] = UnitBelow(
                id_,
                [plan.period for plan in plans if plan.in_force],
                unit.successors,
                unit.valid_from.year if unit.valid_from else None,
                unit.valid_to.year if unit.valid_to else None,
                tuple(self._above(unit)),
                unit.level,
            )
        return self._units[id_]

    def _above(self, unit: Unit) -> list[str]:
        """Return the units above one and the groups that these and it are in; of a group also those of its members."""
        above: dict[str, None] = {}
        pending = [unit, *(self._corpus.members.get(unit.id, ()) if unit.kind == "group" else ())]
        while pending:
            lower = pending.pop()
            found = {id_ for id_ in (lower.parent, *lower.member_of) if id_ and id_ != unit.id} - above.keys()
            above |= dict.fromkeys(sorted(found))
            pending += [self._corpus.units[id_] for id_ in found]
        return list(above)


def _has_figure(answer: Answer) -> bool:
    promise = answer.promise
    return bool(numbered_slots(promise) or has_digit(promise.value))
