"""What the units below promise for one measure of an upper plan, year by year and at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, cast

from generator.cascade.promises import Figure, Promise, Slot, figures_of, undated_figure, unit_key
from generator.cascade.totals import Total, Verdict, add_figures, compare_figures

Beside = Literal[
    "draft",
    "superseded",
    "withdrawn",
    "partly",
    "ungraded",
    "other_unit",
    "norm",
    "not_added",
    "other_period",
    "no_period",
    "no_figure",
    "same_unit",
    "inside",
]
"""Why a term is only shown beside.

Its plan is not in force; the link is `partly` or has no grade; the unit of measure is another; it is a norm where a
sum is asked for; the upper figure is a count that is not declared to be a sum; its figures are of years where the end
is asked for, or the reverse, or its plan shares no year with the upper one; its figure is of no stated time; it has
none here. Or another term has the promise already: another plan of the same unit (or of the unit that took it over),
or a unit above.
"""
Reason = Literal["counted", "compared"] | Beside
"""Why a term is where it is: counted in the sum, compared unit by unit, or beside."""
Silence = Literal["no_plan", "not_in_plan", "no_figure"]
"""Why a unit does not answer (rule 6)."""
SILENCES: Sequence[Silence] = ("no_plan", "not_in_plan", "no_figure")
Boundary = Literal["old", "new"]
"""The units as they were when they promised, or as they are after mergers (rule 10)."""


@dataclass(frozen=True)
class Answer:
    """A measure below that is linked to the upper one, with the editors' grade, basis and ground.

    `status` is its plan's; only what is published is a promise.
    """

    promise: Promise
    grade: str | None = None
    basis: str | None = None
    ground: str | None = None
    status: str = "published"

    @property
    def in_force(self) -> bool:
        """Whether its plan is published and not superseded."""
        return self.status == "published"


@dataclass(frozen=True)
class UnitBelow:
    """A unit that could answer: the first and last years of its plans, what it became, and the units above it.

    `successor` is the one unit that took it over, `until` the last year in which it was itself.
    """

    id: str
    plans: Sequence[tuple[int, int]] = ()
    successor: str | None = None
    until: int | None = None
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """An answer in one slot: its figure, and why it is counted or not."""

    answer: Answer
    figure: Figure | None
    reason: Reason
    verdict: Verdict | None = None


@dataclass(frozen=True)
class SlotResult:
    """One year, or the end: the upper figure, the terms, their sum, and the units that are silent, by their silence.

    `other_periods` are the first and last years of plans that are counted or compared here though their end is another
    than the upper plan's (rule 8): who shows the sum says so.
    """

    slot: Slot
    upper: Figure
    terms: Sequence[Term]
    total: Total | None
    silent: Mapping[Silence, Sequence[str]]
    other_periods: Sequence[tuple[int, int]] = ()

    @property
    def counted(self) -> Sequence[Term]:
        """The terms of the sum."""
        return [term for term in self.terms if term.reason == "counted"]

    @cached_property
    def answering(self) -> Sequence[str]:
        """The units that have a figure here in a plan in force, counted or not."""
        figured = (term.answer for term in self.terms if term.figure)
        return list(dict.fromkeys(answer.promise.issuer for answer in figured if answer.in_force))


@dataclass(frozen=True)
class Cascade:
    """A measure of an upper plan with what is promised for it below."""

    upper: Promise
    answers: Sequence[Answer]
    slots: Sequence[SlotResult]
    units: Mapping[str, UnitBelow] = field(default_factory=dict)

    @property
    def is_summed(self) -> bool:
        """Whether the answers are added; else they are compared unit by unit."""
        return self.upper.is_summed


def cascade_of(upper: Promise, answers: Iterable[Answer], units: Iterable[UnitBelow]) -> Cascade:
    """Return what is promised below for a measure, in each slot for which it has a figure itself.

    The order of answers and units changes nothing: they are sorted by their keys.
    """
    below = {unit.id: unit for unit in sorted(units, key=lambda unit: unit.id)}
    linked = sorted(answers, key=lambda answer: answer.promise.key)
    read = [(answer, figures_of(answer.promise)) for answer in linked]
    slots = [_slot_result(upper, slot, figure, read, below) for slot, figure in sorted_slots(figures_of(upper))]
    return Cascade(upper, linked, slots, below)


def sorted_slots(figures: Mapping[Slot, Figure]) -> list[tuple[Slot, Figure]]:
    """Return slots with their figures, years ascending and the end last."""
    return sorted(figures.items(), key=lambda item: (item[0] == "end", str(item[0])))


def holder_of(unit: str, units: Mapping[str, UnitBelow], boundary: Boundary) -> str:
    """Return the unit by whose name a promise is listed: its own, or that of the unit that it became."""
    line = [unit]
    while boundary == "new" and line[-1] in units:
        successor = units[line[-1]].successor
        if not successor or successor in line:
            break
        line.append(successor)
    return line[-1]


def _slot_result(
    upper: Promise,
    slot: Slot,
    figure: Figure,
    answers: Sequence[tuple[Answer, Mapping[Slot, Figure]]],
    units: Mapping[str, UnitBelow],
) -> SlotResult:
    terms = [_term(upper, slot, figure, answer, figures) for answer, figures in answers if _concerns(answer, slot)]
    if upper.is_summed:
        terms = _count_once(terms, slot, units)
    total = add_figures(term.figure for term in terms if term.reason == "counted" and term.figure)
    return SlotResult(
        slot, figure, terms, total, _silences(upper, slot, terms, units), _other_periods(upper, slot, terms)
    )


def _other_periods(upper: Promise, slot: Slot, terms: Sequence[Term]) -> list[tuple[int, int]]:
    if slot != "end":
        return []
    periods = {term.answer.promise.period_of_plan for term in terms if term.reason in {"counted", "compared"}}
    return sorted(periods - {upper.period_of_plan})


def _concerns(answer: Answer, slot: Slot) -> bool:
    return slot == "end" or answer.promise.first_year <= slot <= answer.promise.last_year


def _term(upper: Promise, slot: Slot, figure: Figure, answer: Answer, figures: Mapping[Slot, Figure]) -> Term:
    """Return an answer's term before it is asked whether another has the promise already."""
    answer_figure = figures.get(slot)
    if answer_figure is None:
        if undated := undated_figure(answer.promise):
            return Term(answer, undated, "no_period" if answer.in_force else _unlike(upper, answer) or "no_period")
        alike = any((other == "end") == (slot == "end") for other in figures)
        return Term(answer, None, "other_period" if figures and not alike else "no_figure")
    if slot == "end" and not _share_a_year(upper, answer.promise):
        return Term(
            answer, answer_figure, "other_period" if answer.in_force else _unlike(upper, answer) or "other_period"
        )
    reason = _unlike(upper, answer) or ("counted" if upper.is_summed else "compared")
    return Term(answer, answer_figure, reason, compare_figures(answer_figure, figure) if reason == "compared" else None)


def _share_a_year(upper: Promise, promise: Promise) -> bool:
    return promise.first_year <= upper.last_year and upper.first_year <= promise.last_year


def _unlike(upper: Promise, answer: Answer) -> Beside | None:
    """Return why an answer with a figure is neither added to others nor compared (rules 2 to 4)."""
    promise = answer.promise
    if not answer.in_force:
        return cast(Beside, answer.status)
    if answer.grade != "same":
        return "partly" if answer.grade else "ungraded"
    if upper.is_percentage != promise.is_percentage:
        return "other_unit"
    if upper.is_summed and promise.per:
        return "norm"
    if upper.is_summed and unit_key(promise.unit) != unit_key(upper.unit):
        return "other_unit"
    return None if upper.is_summed or upper.is_compared else "not_added"


def _count_once(terms: Sequence[Term], slot: Slot, units: Mapping[str, UnitBelow]) -> list[Term]:
    """Let each promise count once (rule 10).

    Of one unit's plans the one with the shortest term counts, of such the latest. A unit that ended leaves its promise
    to the unit that took it over, where that promises for itself in a plan made later. A unit below another that is
    counted is part of that one's promise.
    """
    counted = [term.answer.promise for term in terms if term.reason == "counted"]
    chosen: dict[str, Promise] = {}
    for promise in sorted(counted, key=_preference):
        chosen.setdefault(promise.issuer, promise)

    def reason_of(promise: Promise) -> Reason:
        unit = units.get(promise.issuer)
        if promise.plan != chosen[promise.issuer].plan or _is_taken_over(unit, chosen):
            return "same_unit"
        return "inside" if unit and any(above in chosen for above in unit.above) else "counted"

    return [
        Term(term.answer, term.figure, reason_of(term.answer.promise)) if term.reason == "counted" else term
        for term in terms
    ]


def _preference(promise: Promise) -> tuple[int, int, str]:
    return promise.last_year - promise.first_year, -promise.first_year, promise.plan


def _is_taken_over(unit: UnitBelow | None, chosen: Mapping[str, Promise]) -> bool:
    later = chosen.get(unit.successor) if unit and unit.successor else None
    return bool(later and unit and unit.until is not None and later.first_year >= unit.until)


def _silences(
    upper: Promise, slot: Slot, terms: Sequence[Term], units: Mapping[str, UnitBelow]
) -> dict[Silence, list[str]]:
    """Return the units without a figure in a slot, each under why (rule 6)."""
    silent: dict[Silence, list[str]] = {silence: [] for silence in SILENCES}
    in_force = [term for term in terms if term.answer.in_force]
    figured = {term.answer.promise.issuer for term in in_force if term.figure or term.reason == "other_period"}
    linked = {term.answer.promise.issuer for term in in_force}
    for id_, unit in units.items():
        if id_ in figured:
            continue
        if id_ in linked:
            silent["no_figure"].append(id_)
        elif any(_covers(plan, slot, upper) for plan in unit.plans):
            silent["not_in_plan"].append(id_)
        elif not _has_ended(unit, slot, upper):
            silent["no_plan"].append(id_)
    return silent


def _covers(plan: tuple[int, int], slot: Slot, upper: Promise) -> bool:
    first, last = (upper.first_year, upper.last_year) if slot == "end" else (slot, slot)
    return plan[0] <= last and first <= plan[1]


def _has_ended(unit: UnitBelow, slot: Slot, upper: Promise) -> bool:
    """Return whether a unit was no more: it is not silent, its successor is asked."""
    year = upper.last_year if slot == "end" else slot
    return unit.until is not None and year > unit.until
