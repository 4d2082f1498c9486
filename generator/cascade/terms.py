"""Terms: what one answer states for one slot of an upper measure, and why it is counted, compared or only shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from generator.cascade.promises import (
    Figure,
    Promise,
    Slot,
    has_digit,
    numbered_slots,
    printed_cells,
    share_a_year,
    undated_figure,
    unit_of,
)
from generator.cascade.totals import Verdict, compare_figures
from generator.language.vietnamese import are_same_units, levels_named, name_same_level

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
    "unread",
    "upper_unread",
    "bounds_differ",
    "no_figure",
    "own",
    "same_unit",
    "rival",
    "heirs",
    "former",
    "inside",
]
"""Why a term is only shown beside the sum.

Its plan is not in force; the link is `partly` or has no grade; the unit of measure differs; it is a norm where a sum is
asked for; the upper figure is a count that is not declared to be a sum; it has figures of years where the end is asked
for, or the reverse, or its plan shares no year with the upper one; its figure has no stated time; its cell has no
certain reading, or the upper cell has none; it is a floor beside a ceiling; it has no figure here; it is a plan of the
upper unit itself; its promise is part of another term's: of another plan of the same unit, of its successors, of the
unit before it, of a unit above or a group; or its unit has several plans for the same time and nothing tells which one
counts.
"""
Reason = Literal["counted", "compared"] | Beside
"""Where a term stands: counted in the sum, compared unit by unit, or the reason why it is only shown."""


@dataclass(frozen=True)
class Answer:
    """A measure below that is linked to the upper measure, with the editors' grade, basis and ground.

    `status` is its plan's; only a published plan promises.
    """

    promise: Promise
    grade: str | None = None
    basis: str | None = None
    ground: str | None = None
    status: str = "published"

    @property
    def in_force(self) -> bool:
        """Whether its plan is in force: not a draft, superseded or withdrawn."""
        return self.status == "published"


@dataclass(frozen=True)
class UnitBelow:
    """A unit that could answer: the years of its plans, its successors, and the units above it.

    `successors` are the units that took it over; `since` and `until` are the first and last year in which it exists;
    `level` is its level. A unit that is not asked is silent only if it is linked: it is not directly below, or the
    measure is for another level.
    """

    id: str
    plans: Sequence[tuple[int, int]] = ()
    successors: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    above: tuple[str, ...] = ()
    level: str | None = None
    is_asked: bool = True

    def exists_in(self, years: tuple[int, int]) -> bool:
        """Return whether the unit exists in a period of years.

        Before that, another unit is asked; after it, its successors.
        """
        first, last = years
        return (self.since is None or self.since <= last) and (self.until is None or first <= self.until)


@dataclass(frozen=True)
class Term:
    """An answer in one slot: its figure, and why it is counted or not.

    `cell` is a printed cell without a reading, or of another period.
    """

    answer: Answer
    figure: Figure | None
    reason: Reason
    verdict: Verdict | None = None
    cell: str | None = None


@dataclass(frozen=True)
class Question:
    """What the units below are asked: an upper measure, a slot, and the upper figure there, read and as printed."""

    upper: Promise
    slot: Slot
    figure: Figure | None
    cell: str

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year of its slot."""
        return self.upper.period_of_plan if self.slot == "end" else (self.slot, self.slot)


def term_of(question: Question, answer: Answer, figures: Mapping[Slot, Figure], unit: UnitBelow | None) -> Term | None:
    """Return what an answer with its figures states, before promises that count twice are taken out.

    Returns None if its plan does not concern the slot. `unit` is the unit that answers.
    """
    promise = answer.promise
    if question.slot != "end" and not share_a_year(promise.period_of_plan, question.years):
        return None
    figure = figures.get(question.slot)
    if figure is None:
        return _term_without_figure(question, answer)
    reason = _reason_of(question, figure, answer)
    if not share_a_year(promise.period_of_plan, question.years):
        return Term(answer, figure, "other_period" if answer.in_force else reason)
    return Term(answer, figure, reason, _verdict_of(question, promise, figure, unit) if reason == "compared" else None)


def _term_without_figure(question: Question, answer: Answer) -> Term:
    if undated := undated_figure(answer.promise):
        return Term(answer, undated, "no_period" if answer.in_force else _reason_of(question, undated, answer))
    printed, elsewhere = printed_cells(answer.promise), numbered_slots(answer.promise)
    cell = printed.get(question.slot) if printed else answer.promise.value
    if has_digit(cell):
        return Term(answer, None, "unread", cell=cell)
    alike = any((slot == "end") == (question.slot == "end") for slot in elsewhere)
    if elsewhere and not alike:
        return Term(answer, None, "other_period", cell=answer.promise.value)
    return Term(answer, None, "no_figure")


def _reason_of(question: Question, figure: Figure, answer: Answer) -> Reason:
    """Return why an answer with a figure is counted, compared or only shown (rules 2 to 4 and 7)."""
    if not answer.in_force:
        return cast(Beside, answer.status)
    if answer.promise.issuer == question.upper.issuer:
        return "own"
    if answer.grade != "same":
        return "partly" if answer.grade else "ungraded"
    return (
        _reason_of_same(question.upper, question.figure, answer.promise, figure) if question.figure else "upper_unread"
    )


def _reason_of_same(upper: Promise, upper_figure: Figure, promise: Promise, figure: Figure) -> Reason:
    """Return why a figure that editors call the same is counted or compared, or neither: what is must count alike."""
    if upper.is_percentage != promise.is_percentage:
        return "other_unit"
    unit, unit_above = unit_of(promise, figure), unit_of(upper, upper_figure)
    if upper.is_summed:
        return "norm" if promise.per else "counted" if unit == unit_above else "other_unit"
    if not upper.is_compared:
        return "not_added"
    is_alike = upper.is_percentage or unit == unit_above or are_same_units(unit, unit_above)
    return "compared" if is_alike else "other_unit"


def _verdict_of(question: Question, promise: Promise, figure: Figure, unit: UnitBelow | None) -> Verdict:
    """Return how a figure compares with the upper one; a plan that ends earlier is never called less (rule 8)."""
    verdict = compare_figures(figure, question.figure) if question.figure else "not_stated"
    ends_before = question.slot == "end" and promise.last_year < question.upper.last_year
    if (verdict == "looser" and ends_before) or not _is_for_same(question.upper, promise, unit):
        return "not_stated"
    return verdict


def _is_for_same(upper: Promise, promise: Promise, unit: UnitBelow | None) -> bool:
    """Return whether both figures are for all units, or both for each unit of the same kind (rule 3).

    A unit's promise for itself counts as a norm for such units: a commune's "1 model" answers "for each base union".
    """
    if upper.per and promise.per:
        return are_same_units(upper.per, promise.per) or name_same_level(upper.per, promise.per)
    return not promise.per and (not upper.per or bool(unit and unit.level in levels_named(upper.per)))
