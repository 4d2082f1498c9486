"""What plans promise for measures of other plans, as the arithmetic takes it; kept as plain data in plans' summaries.

A page that adds up the promises of a hundred plans needs no body of any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, cast

from generator.cascade.arithmetic import Answer
from generator.cascade.promises import Comparator, Promise
from generator.model.entities import Activity, Body, Measure, Plan, Target

AnswerRow = tuple[Any, ...]
"""An answer as plain data: the fields of its promise, then grade, basis, ground and the plan's status."""

_PROMISE = [field.name for field in fields(Promise)]


def promise_of(plan: Plan, entry: Target | Activity, measure: Measure) -> Promise:
    """Return a measure of a plan as the arithmetic sees it."""
    return Promise(
        key=f"{entry.key}/{measure.id}",
        issuer=plan.issuer,
        first_year=plan.first_year,
        last_year=plan.last_year,
        name=measure.name,
        unit=measure.unit,
        comparator=cast(Comparator | None, measure.comparator),
        value=measure.value,
        period=measure.period,
        per=measure.per_unit or _each(measure.per),
        aggregate=measure.aggregate,
        cells=measure.by_year,
        label=entry.label or entry.title,
        row=measure.row or (entry.id if isinstance(entry, Activity) else None),
    )


def promises_of(plan: Plan, body: Body) -> list[Promise]:
    """Return all measures of a plan, those of targets first."""
    return [promise_of(plan, entry, measure) for entry, measure in _measures(body)]


def answer_rows(plan: Plan, body: Body) -> dict[str, list[AnswerRow]]:
    """Return for measures of other plans what the plan answers to them."""
    rows: dict[str, list[AnswerRow]] = {}
    for entry, measure in _measures(body):
        for upper in measure.contributes_to:
            promise = promise_of(plan, entry, measure)
            values = [getattr(promise, name) for name in _PROMISE]
            row = (*values, upper.grade, upper.basis, upper.ground, plan.status)
            rows.setdefault(upper.measure, []).append(row)
    return rows


def answer_of(row: Sequence[Any]) -> Answer:
    """Return the answer that `answer_rows` has written."""
    size = len(_PROMISE)
    return Answer(Promise(**dict(zip(_PROMISE, row[:size], strict=True))), *row[size:])


def measure_at(body: Body, key: str) -> tuple[Target | Activity, Measure]:
    """Return a measure by its key `<plan>/<entry>/<measure>`, with the entry that it is of."""
    _, entry_id, measure_id = key.split("/")
    entries: Mapping[str, Target | Activity] = {**body.activities_by_id, **body.targets_by_id}
    entry = entries[entry_id]
    return entry, next(measure for measure in entry.measures if measure.id == measure_id)


def _each(words: str | None) -> str | None:
    """Return the unit in "mỗi cơ sở Hội": two norms for the same unit may be written with and without "mỗi"."""
    return re.sub(r"^(?:mỗi|từng)\s+(?:một\s+)?", "", words, flags=re.I) if words else None


def _measures(body: Body) -> Iterator[tuple[Target | Activity, Measure]]:
    entries: Sequence[Target | Activity] = (*body.targets, *body.activities)
    return ((entry, measure) for entry in entries for measure in entry.measures)
