"""Cascades as pages show them: rows, years and words. Every figure comes from `generator.cascade`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.cascade.arithmetic import SILENCES, Cascade, Silence, SlotResult, holder_of
from generator.cascade.promises import Figure, Promise, Slot, undated_figure
from generator.cascade.terms import Answer, Term
from generator.cascade.totals import Total
from generator.language.catalogue import Catalogue
from generator.language.quantities import printed_unit, with_unit
from generator.language.vietnamese import format_number, format_years, sort_key
from generator.model.cascades import Below, CascadeReader
from generator.model.corpus import Corpus
from generator.model.entities import Measure, Plan, Target, Unit


@dataclass(frozen=True)
class AnswerView:
    """A row of the table: an answer, its unit and plan, its terms by slot, and how they compare with the upper figures.

    `name` is the measure's name, set only if its plan has other answers too.
    """

    answer: Answer
    name: str
    unit: Unit
    successor: Unit | None
    plan: Plan
    terms: Mapping[Slot, Term]
    standing: str


@dataclass(frozen=True)
class SlotView:
    """A year, or the end: its name, the words for the sum, the bar in percent, and the terms with the level below.

    `periods` says that the sum is for other periods than the upper figure; else it is empty.
    """

    name: str
    result: SlotResult
    text: str
    periods: str
    sum_width: float
    upper_at: float
    terms: Sequence[tuple[Term, AnswerView, Below | None]]
    below: str


@dataclass(frozen=True)
class SilenceView:
    """Units that are silent in the same slots for the same reason."""

    silence: Silence
    slots: str
    units: Sequence[Unit]


@dataclass(frozen=True)
class CascadeView:
    """One measure with what the units below promise for it."""

    measure: Measure
    cascade: Cascade
    rows: Sequence[AnswerView]
    slots: Sequence[SlotView]
    silences: Sequence[SilenceView]

    @property
    def is_undated(self) -> bool:
        """Whether its figure has no stated time; without slots it has that, or no certain reading."""
        return undated_figure(self.cascade.upper) is not None


class CascadeViewer:
    """Makes the views for the pages of one task."""

    def __init__(self, corpus: Corpus, words: Catalogue) -> None:
        """Keep the corpus and the words."""
        self._corpus, self._words = corpus, words
        self.reader = CascadeReader(corpus)

    def views(self, plan: Plan, target: Target) -> list[CascadeView]:
        """Return the views of a target's measures; none if no units are below the plan's issuer."""
        cascades = [(measure, self.reader.cascade(plan, target, measure.id)) for measure in target.measures]
        return [self._view(measure, cascade) for measure, cascade in cascades if cascade.has_units]

    def slot_name(self, slot: Slot, promise: Promise) -> str:
        """Return a slot in words: a year, or "by the end of 2027"."""
        return str(slot) if slot != "end" else self.text("end", year=promise.last_year)

    def total_text(self, total: Total | None, upper: Figure | None = None, unit: str | None = None) -> str:
        """Return a sum with its bound, beside the upper figure: "at least 28.450 of 33.500"."""
        text = self.text("no_total") if total is None else self.bound_text(total)
        if upper:
            key = "of" if total and not self.comparator_text(upper) else "beside_upper"
            text = self.text(key, sum=text, upper=f"{self.figure_text(upper)}{f' {unit}' if unit else ''}")
        return text

    def periods_text(self, result: SlotResult, upper: Promise) -> str:
        """Return the words for other periods of counted or compared terms, or an empty text."""
        periods = ", ".join(_period(period) for period in result.other_periods)
        return self.text("other_periods", periods=periods, own=_period(upper.period_of_plan)) if periods else ""

    def own_period(self, term: Term, slot: Slot, upper: Promise) -> str:
        """Return the period of a term's plan if it differs from the slot's, or an empty text."""
        period = term.answer.promise.period_of_plan
        elsewhere = term.reason == "other_period"
        if not (term.figure or elsewhere) or (not elsewhere and (slot != "end" or period == upper.period_of_plan)):
            return ""
        return self.text("own_period", period=_period(period))

    def cell_text(self, term: Term) -> str:
        """Return the printed cell of a term: of the slot, else of another period, else empty."""
        promise = term.answer.promise
        cell = term.figure.cell if term.figure else term.cell
        if not cell and term.reason == "other_period":
            cell = promise.value
        return with_unit(cell, "%") if cell and promise.unit == "%" and printed_unit(cell) == "" else cell or ""

    def unit_text(self, term: Term) -> str:
        """Return the unit of measure of a term's cell, or an empty text if the cell prints it."""
        cell, unit = self.cell_text(term), term.answer.promise.unit
        return unit if unit and unit != "%" and printed_unit(cell) == "" else ""

    def bound_text(self, total: Total) -> str:
        """Return a sum with the word for its bound."""
        return f"{self.text(f'bound.{total.bound}')} {format_number(total.value)}".strip()

    def figure_text(self, figure: Figure, unit: str | None = None) -> str:
        """Return a figure with the word for its comparator; of its unit only the percent sign."""
        sign = "%" if unit == "%" or "%" in figure.cell else ""
        return f"{self.comparator_text(figure)} {format_number(figure.value)}{sign}".strip()

    def comparator_text(self, figure: Figure) -> str:
        """Return the word for a figure's comparator: "at least"; empty if it is exact."""
        return self._words.text(f"site.comparator.{figure.comparator}")

    def _view(self, measure: Measure, cascade: Cascade) -> CascadeView:
        rows = {answer.promise.key: self._row(answer, cascade) for answer in cascade.answers}
        ordered = sorted(rows.values(), key=lambda row: self._order(row, cascade))
        slots = [self._slot(result, cascade, rows) for result in cascade.slots]
        return CascadeView(measure, cascade, ordered, slots, self._silences(cascade))

    def _order(self, row: AnswerView, cascade: Cascade) -> tuple[object, ...]:
        holder = self._corpus.units[holder_of(row.unit.id, cascade.units)]
        return sort_key(holder.short_name), sort_key(row.unit.short_name), row.plan.order, row.answer.promise.key

    def _row(self, answer: Answer, cascade: Cascade) -> AnswerView:
        key = answer.promise.key
        terms = {
            result.slot: term for result in cascade.slots for term in result.terms if term.answer.promise.key == key
        }
        holder = holder_of(answer.promise.issuer, cascade.units)
        is_only = sum(other.promise.plan == answer.promise.plan for other in cascade.answers) == 1
        return AnswerView(
            answer,
            "" if is_only else answer.promise.name,
            self._corpus.units[answer.promise.issuer],
            self._corpus.units[holder] if holder != answer.promise.issuer else None,
            self._corpus.plans[answer.promise.plan],
            terms,
            self._standing(terms, answer.promise),
        )

    def _standing(self, terms: Mapping[Slot, Term], promise: Promise) -> str:
        """Return how terms compare with the upper figures, by year if that differs; without terms, the periods."""
        if not terms:
            return self.text("reason.other_period")
        slots: dict[str, list[Slot]] = {}
        for slot, term in terms.items():
            slots.setdefault(f"verdict.{term.verdict}" if term.verdict else f"reason.{term.reason}", []).append(slot)
        if len(slots) == 1:
            return self.text(next(iter(slots)), per=self.per_text(promise))
        return "; ".join(
            f"{self.text(key, per=self.per_text(promise))} ({self._slots_text(members, promise)})"
            for key, members in slots.items()
        )

    def per_text(self, promise: Promise) -> str:
        """Return the words for the unit of a norm."""
        unit = self._corpus.units.get(promise.per or "")
        return unit.short_name if unit else promise.per or ""

    def _slot(self, result: SlotResult, cascade: Cascade, rows: Mapping[str, AnswerView]) -> SlotView:
        total = result.total
        highest = max(result.upper.value, total.value if total else 0) or 1
        terms = [(term, rows[term.answer.promise.key], self.reader.below(term, result)) for term in result.terms]
        below = self.reader.total_below(result) if cascade.is_summed else None
        return SlotView(
            self.slot_name(result.slot, cascade.upper),
            result,
            self.total_text(total, result.upper, cascade.upper.unit),
            self.periods_text(result, cascade.upper),
            round(100 * (total.value if total else 0) / highest, 1),
            round(100 * result.upper.value / highest, 1),
            sorted(terms, key=lambda item: self._order(item[1], cascade)),
            self.bound_text(below) if below else "",
        )

    def _silences(self, cascade: Cascade) -> list[SilenceView]:
        silent: dict[tuple[Silence, str], list[Slot]] = {}
        for result in cascade.slots:
            for silence, units in result.silent.items():
                for unit in units:
                    silent.setdefault((silence, unit), []).append(result.slot)
        groups: dict[tuple[Silence, tuple[Slot, ...]], list[Unit]] = {}
        for (silence, unit), slots in silent.items():
            groups.setdefault((silence, tuple(slots)), []).append(self._corpus.units[unit])
        ordered = sorted(
            groups.items(), key=lambda item: (SILENCES.index(item[0][0]), -len(item[0][1]), str(item[0][1]))
        )
        return [
            SilenceView(
                silence,
                "" if len(slots) == len(cascade.slots) else self._slots_text(slots, cascade.upper),
                sorted(units, key=lambda unit: (sort_key(unit.short_name), unit.id)),
            )
            for (silence, slots), units in ordered
        ]

    def _slots_text(self, slots: Iterable[Slot], promise: Promise) -> str:
        members = list(slots)
        years = [format_years(slot for slot in members if slot != "end")] if set(members) != {"end"} else []
        return ", ".join([*years, *([self.slot_name("end", promise)] if "end" in members else [])])

    def text(self, key: str, **values: object) -> str:
        """Return a text of the catalogue's cascade section."""
        return self._words.text(f"site.cascade.{key}", **values)


def _period(period: tuple[int, int]) -> str:
    return format_years(range(period[0], period[1] + 1))
