"""Cascades as open data: the figures of the pages, as JSON and as a sheet of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from generator.cascade.arithmetic import SILENCES, Cascade, SlotResult
from generator.cascade.promises import Figure
from generator.cascade.proof import implied_numbers, products_of
from generator.cascade.terms import Term
from generator.language.catalogue import catalogue
from generator.model.answers import promises_of
from generator.model.cascades import CascadeReader
from generator.model.corpus import Corpus
from generator.model.entities import Measure, Plan, Target
from generator.pages.cascade_view import CascadeViewer
from generator.pages.page import Options

Json = dict[str, Any]


class ExtraSheet(NamedTuple):
    """A further sheet of a workbook: name, columns with widths, rows.

    `keys` are the cells of a hidden column, its head first; empty if there is none.
    """

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[str | int | float | None]]
    keys: Sequence[str] = ()


def cascades_data(corpus: Corpus, plan: Plan) -> list[Json]:
    """Return the cascades of a plan's measures as data; a measure without answers has only its silent units."""
    return [_cascade_data(cascade) for _, _, cascade in _cascades(corpus, plan)]


def proofs_data(plan: Plan) -> list[Json]:
    """Return implied numbers of units, and norms times such a number, as data."""
    numbers = implied_numbers(promises_of(plan, plan.load()))
    products = {product.norm_key: product for product in products_of(numbers)}
    return [
        {
            "per": number.per,
            "norm": {"measure": number.norm_key, **_figure_data(number.norm)},
            "total": {"measure": number.total_key, **_figure_data(number.total)},
            "at_least": None if number.least is None else round(float(number.least), 6),
            "at_most": None if number.most is None else round(float(number.most), 6),
            **(
                {"units": product.units, "product": product.value} if (product := products.get(number.norm_key)) else {}
            ),
        }
        for number in numbers
    ]


def cascade_sheet(corpus: Corpus, plan: Plan, options: Options) -> ExtraSheet | None:
    """Return the sheet of a plan's cascades, one line for each figure; None if no units are below."""
    rows = [
        row
        for target, measure, cascade in _cascades(corpus, plan)
        for row in _SheetRows(corpus, options).rows(target, measure, cascade)
    ]
    words = catalogue(options.language)
    widths = {"target": 14, "measure": 36, "slot": 14, "line": 16, "unit": 28, "plan": 28, "cell": 14, "number": 12}
    names = (*widths, "binds", "grade", "standing")
    columns = [(words.text(f"site.cascade.sheet.{name}"), widths.get(name, 26)) for name in names]
    return ExtraSheet(words.text("site.cascade.sheet.name"), columns, rows) if rows else None


def _cascades(corpus: Corpus, plan: Plan) -> Iterator[tuple[Target, Measure, Cascade]]:
    reader = CascadeReader(corpus)
    for target in plan.targets:
        for measure in target.measures:
            cascade = reader.cascade(plan, target, measure.id)
            if cascade.has_units:
                yield target, measure, cascade


def _cascade_data(cascade: Cascade) -> Json:
    return {
        "measure": cascade.upper.key,
        "unit": cascade.upper.unit,
        "per": cascade.upper.per,
        "summed": cascade.is_summed,
        "slots": [_slot_data(result) for result in cascade.slots],
    }


def _slot_data(result: SlotResult) -> Json:
    return {
        "slot": str(result.slot),
        "upper": _figure_data(result.upper),
        "sum": result.total and {"number": result.total.value, "bound": result.total.bound},
        **({"other_periods": [list(period) for period in result.other_periods]} if result.other_periods else {}),
        "terms": [_term_data(term) for term in result.terms],
        "silent": {silence: list(units) for silence, units in result.silent.items() if units},
    }


def _term_data(term: Term) -> Json:
    answer = term.answer
    promise = answer.promise
    return {
        "measure": promise.key,
        "issuer": promise.issuer,
        **(_figure_data(term.figure) if term.figure else {"cell": term.cell, "number": None}),
        **{name: value for name, value in (("unit", promise.unit), ("per", promise.per)) if value},
        "grade": answer.grade,
        "basis": answer.basis,
        "reason": term.reason,
        **({"verdict": term.verdict} if term.verdict else {}),
    }


def _figure_data(figure: Figure) -> Json:
    return {"cell": figure.cell, "number": figure.value, "comparator": figure.comparator}


class _SheetRows:
    """Writes the lines of one measure in words."""

    def __init__(self, corpus: Corpus, options: Options) -> None:
        self._corpus, self._viewer = corpus, CascadeViewer(corpus, catalogue(options.language))

    def rows(self, target: Target, measure: Measure, cascade: Cascade) -> Iterator[list[Any]]:
        """Yield for each slot the upper figure, the terms, the sum, and the silent units."""
        text = self._viewer.text
        for result in cascade.slots:
            head = [target.label_or_title, measure.name, self._viewer.slot_name(result.slot, cascade.upper)]
            upper = result.upper
            yield [*head, text("sheet.upper"), None, None, upper.cell, upper.value, self._binds(upper), None, None]
            for term in result.terms:
                yield [*head, text("sheet.answer"), *self._term(term)]
            if result.total:
                total = result.total
                bound = text(f"bound.{total.bound}") or None
                periods = self._viewer.periods_text(result, cascade.upper) or None
                yield [*head, text("sheet.sum"), None, None, None, total.value, bound, None, periods]
            for silence in SILENCES:
                if units := result.silent[silence]:
                    names = "; ".join(self._corpus.units[unit].short_name for unit in units)
                    yield [*head, text(f"silence.{silence}"), names, *([None] * 6)]

    def _term(self, term: Term) -> list[Any]:
        answer, figure = term.answer, term.figure
        grade = self._viewer.text(f"grade.{answer.grade or 'none'}")
        key = f"verdict.{term.verdict}" if term.verdict else f"reason.{term.reason}"
        return [
            self._corpus.units[answer.promise.issuer].short_name,
            self._corpus.plans[answer.promise.plan].short_title,
            figure.cell if figure else term.cell,
            figure.value if figure else None,
            self._binds(figure) if figure else None,
            grade,
            self._viewer.text(key, per=self._viewer.per_text(answer.promise)),
        ]

    def _binds(self, figure: Figure) -> str:
        return self._viewer.comparator_text(figure)
