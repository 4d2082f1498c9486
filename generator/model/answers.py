"""What plans promise for measures of other plans, as the arithmetic takes it; kept packed in plans' summaries.

A page that adds up the promises of a hundred plans needs no body of any. An edit loads the summaries of a thousand
plans and asks for few of their answers: as objects, all of them would take a third of the time and of the room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import cast

from generator.cascade.promises import Promise
from generator.cascade.terms import Answer
from generator.incremental.packing import canonical_bytes, from_bytes
from generator.language.quantities import Comparator
from generator.model.entities import Activity, Body, Measure, Plan, Target

PackedAnswer = bytes
"""An answer as bytes: the fields of its promise, then grade, basis, ground and the plan's status."""

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
        per=measure.per_unit or unit_of_norm(measure.per),
        aggregate=measure.aggregate,
        cells=measure.by_year,
        label=entry.label_or_title,
        row=measure.row or (entry.id if isinstance(entry, Activity) else None),
        issued=plan.issued_on.isoformat() if plan.issued_on else None,
    )


def promises_of(plan: Plan, body: Body) -> list[Promise]:
    """Return all measures of a plan, those of targets first."""
    return [promise_of(plan, entry, measure) for entry, measure in _measures(body)]


def packed_answers(plan: Plan, body: Body) -> dict[str, list[PackedAnswer]]:
    """Return for measures of other plans what the plan answers to them."""
    answers: dict[str, list[PackedAnswer]] = {}
    for entry, measure in _measures(body):
        for upper in measure.contributes_to:
            promise = promise_of(plan, entry, measure)
            values = [getattr(promise, name) for name in _PROMISE]
            packed = canonical_bytes((*values, upper.grade, upper.basis, upper.ground, plan.status))
            answers.setdefault(upper.measure, []).append(packed)
    return answers


def answer_of(packed: PackedAnswer) -> Answer:
    """Return the answer that `packed_answers` has written."""
    row, size = from_bytes(packed), len(_PROMISE)
    return Answer(Promise(**dict(zip(_PROMISE, row[:size], strict=True))), *row[size:])


def unit_of_norm(words: str | None) -> str | None:
    """Return the unit in "mỗi cơ sở Hội": two norms for the same unit may be written with and without "mỗi"."""
    return re.sub(r"^(?:mỗi|từng)\s+(?:một\s+)?", "", words, flags=re.I) if words else None


def _measures(body: Body) -> Iterator[tuple[Target | Activity, Measure]]:
    entries: Sequence[Target | Activity] = (*body.targets, *body.activities)
    return ((entry, measure) for entry in entries for measure in entry.measures)
