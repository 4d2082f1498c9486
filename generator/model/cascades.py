"""Cascades of the corpus: a measure with what the units below promise for it, down to the next level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.cascade.arithmetic import Cascade, SlotResult, cascade_of
from generator.cascade.promises import Promise, has_digit, numbered_slots, share_a_year
from generator.cascade.terms import Answer, Term, UnitBelow
from generator.cascade.totals import Total, add_figures
from generator.model.answers import promise_of
from generator.model.corpus import Corpus
from generator.model.entities import Plan, Target, Unit

Reply = Literal["answered", "partly", "ungraded", "no_figure", "not_in_plan", "no_plan"]
"""How a unit below answers a target of an upper plan."""
REPLIES: Sequence[Reply] = ("answered", "partly", "ungraded", "no_figure", "not_in_plan", "no_plan")


@dataclass(frozen=True)
class Below:
    """One level below a term: the units under its unit that answer its measure, and the total of their promises."""

    total: Total | None
    answering: int
    units: int


def units_below(corpus: Corpus, plan: Plan) -> list[Unit]:
    """Return the unions directly below a plan's issuer that exist in its years or answer the plan."""
    answering, unions = issuers_answering(corpus, plan), unions_under(corpus, plan.issuer)
    return [unit for unit in unions if unit.exists_in(plan.period) or unit.id in answering]


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
        self._cascades: dict[str, Cascade] = {}

    def cascade(self, plan: Plan, target: Target, measure_id: str) -> Cascade:
        """Return what is promised for a measure of a target below it."""
        measure = next(measure for measure in target.measures if measure.id == measure_id)
        return self.of_promise(promise_of(plan, target, measure))

    def of_promise(self, upper: Promise) -> Cascade:
        """Return what the units below promise for a measure."""
        if upper.key not in self._cascades:
            self._cascades[upper.key] = self._cascade_of(upper)
        return self._cascades[upper.key]

    def below(self, term: Term, result: SlotResult) -> Below | None:
        """Return what the units below a term's unit promise for its measure in that slot; None if none answer it."""
        if not self._corpus.answers_to(term.answer.promise.key):
            return None
        cascade = self.of_promise(term.answer.promise)
        result_below = next((slot for slot in cascade.slots if slot.slot == result.slot), None)
        return (
            Below(result_below.total, len(result_below.answering), len(cascade.asked(result_below)))
            if result_below
            else None
        )

    def total_below(self, result: SlotResult) -> Total | None:
        """Return the sum of what units two levels down promise for an upper measure, through the counted terms."""
        figures = []
        for term in result.counted:
            if self._corpus.answers_to(term.answer.promise.key):
                slots = self.of_promise(term.answer.promise).slots
                figures += [
                    inner.figure for slot in slots if slot.slot == result.slot for inner in slot.counted if inner.figure
                ]
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
        return {
            unit.id: (self._reply(plan, unit, answers.get(unit.id, ())), answers.get(unit.id, ())) for unit in units
        }

    def _cascade_of(self, upper: Promise) -> Cascade:
        answers = self._corpus.answers_to(upper.key)
        units = {unit.id: self._unit(unit.id) for unit in unions_under(self._corpus, upper.issuer)}
        issuers = {answer.promise.issuer for answer in answers} - {upper.issuer}
        units |= {issuer: self._unit(issuer) for issuer in issuers}
        return cascade_of(upper, answers, units.values())

    def _reply(self, plan: Plan, unit: Unit, answers: Sequence[Answer]) -> Reply:
        grades = [answer.grade for answer in answers if _has_figure(answer)]
        if grades:
            return "answered" if "same" in grades else "partly" if "partly" in grades else "ungraded"
        if answers:
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
        line: list[str] = []
        while unit.parent and unit.parent not in line:
            line.append(unit.parent)
            unit = self._corpus.units[unit.parent]
        return line


def _has_figure(answer: Answer) -> bool:
    promise = answer.promise
    return bool(numbered_slots(promise) or has_digit(promise.value))
