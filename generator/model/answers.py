"""What plans promise for measures of other plans, in the form that the arithmetic uses; packed in plans' summaries.

A page that adds up the promises of a hundred plans needs none of their bodies. After an edit the summaries of a
thousand plans are loaded and few of their answers are used: unpacked, all answers would take a third of the time and
memory.
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
"""An answer packed as bytes: the fields of its promise, then grade, basis, ground and the plan's status."""

_PROMISE = [field.name for field in fields(Promise)]


def promise_of(plan: Plan, entry: Target | Activity, measure: Measure) -> Promise:
    """Return a measure of a plan as the arithmetic takes it."""
    return Promise(
        key=f"{entry.key}/{measure.id}",
        issuer=plan.issuer,
        first_year=plan.first_year,
        last_year=plan.last_year,
        name=measure.name,
        unit=measure.unit,
        comparator=cast("Comparator | None", measure.comparator),
        value=measure.value,
        period=measure.period,
        per=measure.per_unit or unit_of_norm(measure.per),
        aggregate=measure.aggregate,
        cells=measure.by_year,
        label=entry.label_or_title,
        row=measure.row or (entry.id if isinstance(entry, Activity) else None),
    )


def promises_of(plan: Plan, body: Body) -> list[Promise]:
    """Return all measures of a plan, those of targets first."""
    return [promise_of(plan, entry, measure) for entry, measure in _measures(body)]


def packed_answers(plan: Plan, body: Body) -> dict[str, list[PackedAnswer]]:
    """Return what the plan answers, by the measure of another plan."""
    answers: dict[str, list[PackedAnswer]] = {}
    for entry, measure in _measures(body):
        for upper in measure.contributes_to:
            promise = promise_of(plan, entry, measure)
            values = [getattr(promise, name) for name in _PROMISE]
            packed = canonical_bytes((*values, upper.grade, upper.basis, upper.ground, plan.status))
            answers.setdefault(upper.measure, []).append(packed)
    return answers


def answer_of(packed: PackedAnswer) -> Answer:
    """Return the answer from bytes of `packed_answers`."""
    row, size = from_bytes(packed), len(_PROMISE)
    return Answer(Promise(**dict(zip(_PROMISE, row[:size], strict=True))), *row[size:])


def unit_of_norm(words: str | None) -> str | None:
    """Return "cơ sở Hội" for "mỗi cơ sở Hội": norms for the same unit may be written with and without "mỗi"."""
    return re.sub(r"^(?:mỗi|từng)\s+(?:một\s+)?", "", words, flags=re.I) if words else None


def _measures(body: Body) -> Iterator[tuple[Target | Activity, Measure]]:
    entries: Sequence[Target | Activity] = (*body.targets, *body.activities)
    return ((entry, measure) for entry in entries for measure in entry.measures)
