"""What the units below promise for one measure of an upper plan, for each year and for the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from generator.cascade.counting import count_once
from generator.cascade.promises import Figure, Promise, Slot, figures_of, share_a_year
from generator.cascade.terms import Answer, Question, Term, UnitBelow, term_of
from generator.cascade.totals import Total, add_figures

Silence = Literal["no_plan", "not_in_plan", "no_figure"]
"""Why a unit does not answer (rule 6)."""
SILENCES: Sequence[Silence] = ("no_plan", "not_in_plan", "no_figure")


@dataclass(frozen=True)
class SlotResult:
    """One year, or the end: the upper figure, the terms, their sum, and the silent units by reason.

    `other_periods` are the first and last years of plans that are counted or compared here though they end in another
    year than the upper plan (rule 8); a page that shows the sum must say so.
    """

    slot: Slot
    upper: Figure
    terms: Sequence[Term]
    total: Total | None
    silent: Mapping[Silence, Sequence[str]]
    other_periods: Sequence[tuple[int, int]] = ()

    @property
    def counted(self) -> Sequence[Term]:
        """The terms that are added."""
        return [term for term in self.terms if term.reason == "counted"]

    @cached_property
    def answering(self) -> Sequence[str]:
        """The units below whose plan in force has a figure here, counted or not."""
        figured = (term.answer for term in self.terms if term.figure and term.reason != "own")
        return list(dict.fromkeys(answer.promise.issuer for answer in figured if answer.in_force))


@dataclass(frozen=True)
class Cascade:
    """A measure of an upper plan with what the units below promise for it."""

    upper: Promise
    answers: Sequence[Answer]
    slots: Sequence[SlotResult]
    units: Mapping[str, UnitBelow] = field(default_factory=dict)

    @property
    def is_summed(self) -> bool:
        """Whether the answers are added; if not, they are compared unit by unit."""
        return self.upper.is_summed

    @property
    def has_units(self) -> bool:
        """Whether a unit below exists in a year of the upper plan, or answers."""
        return bool(self.answers) or any(unit.exists_in(self.upper.period_of_plan) for unit in self.units.values())

    def asked(self, result: SlotResult) -> set[str]:
        """Return the units that a slot asks: those that exist then, and those that answer."""
        year = self.upper.last_year if result.slot == "end" else result.slot
        return {id_ for id_, unit in self.units.items() if unit.exists_in((year, year))} | set(result.answering)


def cascade_of(upper: Promise, answers: Iterable[Answer], units: Iterable[UnitBelow]) -> Cascade:
    """Return what is promised below for a measure, in each slot in which it has a figure.

    The order of answers and units does not matter: they are sorted by their keys.
    """
    below = {unit.id: unit for unit in sorted(units, key=lambda unit: unit.id)}
    linked = sorted(answers, key=lambda answer: answer.promise.key)
    read = [(answer, figures_of(answer.promise)) for answer in linked]
    questions = [Question(upper, slot, figure) for slot, figure in sorted_slots(figures_of(upper))]
    return Cascade(upper, linked, [_slot_result(question, read, below) for question in questions], below)


def sorted_slots(figures: Mapping[Slot, Figure]) -> list[tuple[Slot, Figure]]:
    """Return slots with their figures, years ascending and the end last."""
    return sorted(figures.items(), key=lambda item: (item[0] == "end", str(item[0])))


def holder_of(unit: str, units: Mapping[str, UnitBelow]) -> str:
    """Return the unit by whose name a promise is listed: its own, or that of the one unit that it became (rule 10)."""
    line = [unit]
    while line[-1] in units:
        successors = units[line[-1]].successors
        if len(successors) != 1 or successors[0] in line:
            break
        line += successors
    return line[-1]


def _slot_result(
    question: Question, answers: Iterable[tuple[Answer, Mapping[Slot, Figure]]], units: Mapping[str, UnitBelow]
) -> SlotResult:
    found = (term_of(question, answer, figures, units.get(answer.promise.issuer)) for answer, figures in answers)
    terms = [term for term in found if term]
    if question.upper.is_summed:
        terms = count_once(question, terms, units)
    total = add_figures(term.figure for term in terms if term.reason == "counted" and term.figure)
    silent = _silences(question, terms, units)
    return SlotResult(question.slot, question.figure, terms, total, silent, _other_periods(question, terms))


def _other_periods(question: Question, terms: Sequence[Term]) -> list[tuple[int, int]]:
    if question.slot != "end":
        return []
    periods = {term.answer.promise.period_of_plan for term in terms if term.reason in {"counted", "compared"}}
    return sorted(periods - {question.years})


def _silences(question: Question, terms: Sequence[Term], units: Mapping[str, UnitBelow]) -> dict[Silence, list[str]]:
    """Return the units without a figure in a slot, by reason (rule 6)."""
    silent: dict[Silence, list[str]] = {silence: [] for silence in SILENCES}
    in_force = [term for term in terms if term.answer.in_force]
    figured = {
        term.answer.promise.issuer for term in in_force if term.figure or term.reason in {"other_period", "unread"}
    }
    linked = {term.answer.promise.issuer for term in in_force}
    last_year = question.years[1]
    for id_, unit in units.items():
        if id_ in figured or not unit.exists_in((last_year, last_year)):
            continue
        if id_ in linked:
            silent["no_figure"].append(id_)
        elif any(share_a_year(plan, question.years) for plan in unit.plans):
            silent["not_in_plan"].append(id_)
        else:
            silent["no_plan"].append(id_)
    return silent
