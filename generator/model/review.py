"""The review of one plan's substance: what a reader should look at. Findings, never errors.

A finding may be what the document says. `as_printed` of the entry or the plan then names its id and silences it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from generator.cascade.promises import CEILINGS, Promise, figures_of, read_figure
from generator.cascade.proof import disagreements, implied_numbers, products_of
from generator.cascade.totals import sum_exactly
from generator.language.catalogue import Catalogue
from generator.language.vietnamese import format_number, format_years, parse_number
from generator.model.answers import promise_of, promises_of
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Target

FindingId = Literal[
    "target-without-work",
    "year-without-work",
    "figure-without-measure",
    "unit-numbers-disagree",
    "norm-below-total",
    "cells-below-target",
    "upper-target-unanswered",
]

_NUMBER = re.compile(r"(?<![\w.,/])\d{1,3}(?:\.\d{3})+(?:,\d+)?%?|(?<![\w.,/])\d+(?:,\d+)?%?(?![\w/.]*\d)")
_CITED = re.compile(
    r"[“\"][^”\"]*[”\"]|\b\d+(?:/\d+)?-[A-ZĐ]+|\b\d+\s+(?:tuổi|sao|không|sạch)\b"
    r"|\b(?:năm|số|từ|tuổi|điều|khoản|đề án|nghị quyết|chỉ thị|kết luận|quyết định|kế hoạch|thông tư|nghị định"
    r"|ngày|tháng|quý|giai đoạn|lần thứ|cấp độ|mức độ|hạng|khóa)\s+\d+(?:[-–/]\d+)*",
    re.I,
)
"""Numbers that are no figures: in quotations, numbers of documents and periods, ages, ranks."""


@dataclass(frozen=True)
class Finding:
    """Something to look at: its id, its entry (None: the plan), and values for the message."""

    id: FindingId
    entry: str | None
    values: dict[str, str] = field(default_factory=dict)


def review_plan(corpus: Corpus, plan: Plan) -> list[Finding]:
    """Return the findings of a plan, by kind and in the document's order, without those in `as_printed`."""
    contented = {entry.id: entry.as_printed for entry in (*plan.targets, *plan.activities)}
    findings = (finding for look in _LOOKS for finding in look(corpus, plan))
    return [
        finding for finding in findings if finding.id not in (*plan.as_printed, *contented.get(finding.entry or "", ()))
    ]


def finding_text(finding: Finding, words: Catalogue) -> str:
    """Return what a finding says, with its reason."""
    part = f".{finding.values['part']}" if "part" in finding.values else ""
    return words.text(f"review.{finding.id}{part}", **finding.values)


def _targets_without_work(corpus: Corpus, plan: Plan) -> Iterator[Finding]:
    served = {target for activity in plan.activities for target in activity.all_targets}
    for target in plan.targets:
        if target.key not in served:
            yield Finding("target-without-work", target.id, {"target": target.label_or_title})


def _years_without_work(corpus: Corpus, plan: Plan) -> Iterator[Finding]:
    due = {year for activity in plan.activities for year in activity.years}
    missing = [year for year in range(plan.first_year, plan.last_year + 1) if year not in due]
    if due and missing:
        yield Finding("year-without-work", None, {"years": format_years(missing)})


def _figures_without_measure(corpus: Corpus, plan: Plan) -> Iterator[Finding]:
    for target in plan.targets:
        numbers = set(_known_numbers(plan, target))
        stated = dict.fromkeys(
            number for number in _stated_numbers(target.statement) if parse_number(number) not in numbers
        )
        if stated:
            values = {"target": target.label_or_title, "figures": ", ".join(stated)}
            yield Finding("figure-without-measure", target.id, values)


def _stated_numbers(statement: str) -> Iterable[str]:
    """Yield the figures in a statement, as printed, without years and numbers inside names."""
    numbers = _NUMBER.findall(_CITED.sub(" ", statement))
    return (number for number in numbers if not re.fullmatch(r"(?:19|20)\d\d", number))


def _known_numbers(plan: Plan, target: Target) -> Iterator[int | float | None]:
    for measure in target.measures:
        for text in (measure.value, measure.baseline, *measure.by_year.values(), measure.name):
            yield from map(parse_number, _NUMBER.findall(text or ""))


def _unit_numbers(corpus: Corpus, plan: Plan) -> Iterator[Finding]:
    promises = {promise.key: promise for promise in promises_of(plan, plan.load())}
    numbers = implied_numbers(promises.values())
    for pair in disagreements(numbers):
        first, second = pair.first, pair.second
        values = {"first": _shown(promises, first.norm_key), "total": first.total.cell, "norm": first.norm.cell}
        if second:
            values |= {
                "second": _shown(promises, second.norm_key),
                "other_total": second.total.cell,
                "other_norm": second.norm.cell,
            }
        key = "pair" if second else "fraction"
        yield Finding("unit-numbers-disagree", _entry(first.norm_key), {**values, "part": key})
    for product in products_of(numbers):
        if product.falls_short:
            values = {
                "measure": _shown(promises, product.norm_key),
                "norm": product.norm.cell,
                "units": str(product.units),
                "value": format_number(product.value),
                "total": product.total.cell,
            }
            yield Finding("norm-below-total", _entry(product.norm_key), values)


def _cells_below(corpus: Corpus, plan: Plan) -> Iterator[Finding]:
    for target in plan.targets:
        for measure in target.measures:
            promise = promise_of(plan, target, measure)
            value = read_figure(promise, promise.value)
            if promise.per or value is None or value.comparator in CEILINGS:
                continue
            for cells in _below(promise, value.value):
                values = {"measure": measure.name, "cells": cells, "value": measure.value or ""}
                yield Finding("cells-below-target", target.id, values)


def _below(promise: Promise, value: int | float) -> Iterator[str]:
    """Yield the cells, or the sum of all cells, that are less than the measure's own value."""
    years = [(slot, figure) for slot, figure in figures_of(promise).items() if slot in promise.cells]
    if not years:
        return
    if promise.period == "each_year":
        yield from (f"{slot}: {figure.cell}" for slot, figure in years if figure.value < value)
    elif promise.is_summed and len(years) == len(promise.cells):
        total = sum_exactly(figure.value for _, figure in years)
        if total < value:
            yield f"{' + '.join(figure.cell for _, figure in years)} = {format_number(total)}"


def _upper_unanswered(corpus: Corpus, plan: Plan) -> Iterator[Finding]:
    entries: Sequence[Target | Activity] = (*plan.targets, *plan.activities)
    answered = {
        upper.measure.rpartition("/")[0]
        for entry in entries
        for measure in entry.measures
        for upper in measure.contributes_to
    }
    answered |= {other for target in plan.targets for other in target.counterparts}
    answered |= {target for activity in plan.activities for target in activity.all_targets}
    for upper in plan.implements:
        for target in corpus.plans[upper].targets:
            if target.key not in answered and target.measures:
                values = {"target": target.full_title, "plan": corpus.plans[upper].short_title}
                yield Finding("upper-target-unanswered", None, values)


def _entry(key: str) -> str:
    return key.split("/")[1]


def _shown(promises: dict[str, Promise], key: str) -> str:
    return f"{promises[key].label}, {promises[key].name}"


_LOOKS: Sequence[Callable[[Corpus, Plan], Iterator[Finding]]] = (
    _targets_without_work,
    _years_without_work,
    _figures_without_measure,
    _unit_numbers,
    _cells_below,
    _upper_unanswered,
)
