"""What the units below promise for one measure of an upper plan, for each year and for the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from generator.cascade.counting import count_once
from generator.cascade.promises import (
    Figure,
    Promise,
    Slot,
    figures_of,
    has_digit,
    printed_cells,
    read_figure,
    share_a_year,
)
from generator.cascade.terms import Answer, Question, Term, UnitBelow, term_of
from generator.cascade.totals import Total, add_figures

Silence = Literal["no_plan", "not_in_plan", "no_figure"]
"""Why a unit does not answer (rule 6)."""
SILENCES: Sequence[Silence] = ("no_plan", "not_in_plan", "no_figure")


@dataclass(frozen=True)
class SlotResult:
    """One year, or the end: the upper figure, the terms, their sum, and the silent units by reason.

    `cell` is the printed upper figure. `upper` is its reading, None if that is not certain: then nothing is added or
    compared. `other_periods` are the first and last years of plans that are counted or compared here though they end in
    another year than the upper plan (rule 8); a page that shows the sum must say so.
    """

    slot: Slot
    cell: str
    upper: Figure | None
    terms: Sequence[Term]
    total: Total | None
    silent: Mapping[Silence, Sequence[str]]
    other_periods: Sequence[tuple[int, int]] = ()

    @property
    def counted(self) -> Sequence[Term]:
        """The terms that are added."""
        return [term for term in self.terms if term.reason == "counted"]

    @property
    def has_bounds_that_differ(self) -> bool:
        """Whether there are figures to add, and no sum: floors and ceilings."""
        return any(term.reason == "bounds_differ" for term in self.terms)

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
        """Whether a unit below is asked in a year of the upper plan, or one answers."""
        asked = (unit for unit in self.units.values() if unit.is_asked)
        return bool(self.answers) or any(unit.exists_in(self.upper.period_of_plan) for unit in asked)

    def asked(self, result: SlotResult) -> set[str]:
        """Return the units that a slot asks, as they are in its year: those asked then, and those that answer."""
        year = self._year(result)
        asked = {id_ for id_, unit in self.units.items() if unit.is_asked and unit.exists_in((year, year))}
        return holders_in(year, asked, self.units) | self.answered(result)

    def answered(self, result: SlotResult) -> set[str]:
        """Return the units that have a figure in a slot, as they are in its year."""
        return holders_in(self._year(result), result.answering, self.units)

    def _year(self, result: SlotResult) -> int:
        return self.upper.last_year if result.slot == "end" else result.slot


def cascade_of(
    upper: Promise,
    answers: Iterable[Answer],
    units: Iterable[UnitBelow],
    corresponding: Mapping[str, Sequence[tuple[int, int]]] = MappingProxyType({}),
) -> Cascade:
    """Return what is promised below for a measure, in each slot in which it prints a number.

    The order of answers and units does not matter: they are sorted by their keys. `corresponding` gives, by unit, the
    years of its plans that have a target corresponding to the measure's, whether the measure is answered or not.
    """
    below = {unit.id: unit for unit in sorted(units, key=lambda unit: unit.id)}
    linked = sorted(answers, key=lambda answer: answer.promise.key)
    read = [(answer, figures_of(answer.promise)) for answer in linked]
    questions = [
        Question(upper, slot, figure, cell) for slot, cell, figure in _asked_figures(upper) if figure or has_digit(cell)
    ]
    return Cascade(upper, linked, [_slot_result(question, read, below, corresponding) for question in questions], below)


def _asked_figures(upper: Promise) -> list[tuple[Slot, str, Figure | None]]:
    """Return the slots with what is printed and its reading, years ascending and the end last."""
    cells = sorted(printed_cells(upper).items(), key=lambda item: (item[0] == "end", str(item[0])))
    return [(slot, cell, read_figure(upper, cell)) for slot, cell in cells]


def holder_of(unit: str, units: Mapping[str, UnitBelow]) -> str:
    """Return the unit by whose name a promise is listed: its own, or that of the one unit that it became (rule 10)."""
    line = [unit]
    while line[-1] in units:
        successors = units[line[-1]].successors
        if len(successors) != 1 or successors[0] in line:
            break
        line += successors
    return line[-1]


def holders_in(year: int, ids: Iterable[str], units: Mapping[str, UnitBelow]) -> set[str]:
    """Return the units that stand for units in a year: what they have become by then, else themselves."""
    found: set[str] = set()
    pending, seen = list(ids), set[str]()
    while pending:
        id_ = pending.pop()
        unit = units.get(id_)
        after = unit.successors if unit and unit.until is not None and unit.until <= year else ()
        heirs = [heir for heir in after if heir in units and units[heir].exists_in((year, year))]
        pending += [heir for heir in heirs if heir not in seen]
        seen.add(id_)
        found |= set() if heirs else {id_}
    return found


def _slot_result(
    question: Question,
    answers: Iterable[tuple[Answer, Mapping[Slot, Figure]]],
    units: Mapping[str, UnitBelow],
    corresponding: Mapping[str, Sequence[tuple[int, int]]],
) -> SlotResult:
    found = (term_of(question, answer, figures, units.get(answer.promise.issuer)) for answer, figures in answers)
    terms = [term for term in found if term]
    if question.upper.is_summed:
        terms = count_once(question, terms, units)
    total = add_figures(term.figure for term in terms if term.reason == "counted" and term.figure)
    if total is None:
        terms = [replace(term, reason="bounds_differ") if term.reason == "counted" else term for term in terms]
    silent, periods = _silences(question, terms, units, corresponding), _other_periods(question, terms)
    return SlotResult(question.slot, question.cell, question.figure, terms, total, silent, periods)


def _other_periods(question: Question, terms: Sequence[Term]) -> list[tuple[int, int]]:
    if question.slot != "end":
        return []
    periods = {term.answer.promise.period_of_plan for term in terms if term.reason in {"counted", "compared"}}
    return sorted(periods - {question.years})


def _silences(
    question: Question,
    terms: Sequence[Term],
    units: Mapping[str, UnitBelow],
    corresponding: Mapping[str, Sequence[tuple[int, int]]],
) -> dict[Silence, list[str]]:
    """Return the units without a figure in a slot, by reason (rule 6)."""
    silent: dict[Silence, list[str]] = {silence: [] for silence in SILENCES}
    in_force = [term for term in terms if term.answer.in_force]
    figured = {
        term.answer.promise.issuer for term in in_force if term.figure or term.reason in {"other_period", "unread"}
    }
    linked = {term.answer.promise.issuer for term in in_force}
    last_year = question.years[1]
    for id_, unit in units.items():
        is_asked = unit.is_asked or id_ in linked
        if id_ in figured or not is_asked or not unit.exists_in((last_year, last_year)):
            continue
        if id_ in linked or any(share_a_year(plan, question.years) for plan in corresponding.get(id_, ())):
            silent["no_figure"].append(id_)
        elif any(share_a_year(plan, question.years) for plan in unit.plans):
            silent["not_in_plan"].append(id_)
        else:
            silent["no_plan"].append(id_)
    return silent
