"""The report of an import into an existing plan: what was read, and what of it stands in the plan after the merge.

Words that an editor has replaced in the plan are marked; only questions that the plan still has are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.reading.importer import ImportedPlan
from generator.reading.ledger import Destination
from generator.reading.office_document import SourceLocation
from generator.reading.review_items import ReviewItem
from generator.reading.three_way_merge import plain, question_key

_OF_THE_PLAN = {"field", "letterhead", "note"}
_Questions = Sequence[Mapping[str, Any]]


def as_written(
    result: ImportedPlan, plan: Mapping[str, Any], questions: _Questions, printed: Mapping[str, Any] | None
) -> ImportedPlan:
    """Return a reading as the plan has it now, with the plan's questions.

    `printed` is what an unchanged file of ours would give: it may word a field otherwise than the plan does.
    """
    asked = {question_key(plain(question)) for question in questions}
    is_open = {item: question_key(vars(item)) in asked for item in result.reviews}
    answered = {token for item, open_ in is_open.items() if not open_ for token in item.tokens}
    theirs = _by_id(result.plan)
    written = [_by_id(plan), *([_by_id(printed)] if printed else [])]

    def destination(token: int, one: Destination) -> Destination:
        if one.kind == "review" and token in answered:
            return Destination("answered")
        if one.kind not in _OF_THE_PLAN or not one.path:
            return one
        value = _value_at(theirs, one.path)
        is_as_read = any(value == _value_at(other, one.path) for other in written)
        return one if is_as_read else replace(one, kind="edited")

    ledger = tuple(
        replace(line, destinations=tuple(destination(line.token, one) for one in line.destinations))
        for line in result.ledger
    )
    open_items = {question_key(vars(item)): item for item, open_ in is_open.items() if open_}
    places = {one.path: line.location for line in reversed(ledger) for one in line.destinations}
    reviews = tuple(
        open_items.get(question_key(question)) or _as_item(question, result, places)
        for question in map(plain, questions)
    )
    return replace(result, ledger=ledger, reviews=reviews)


def _as_item(question: Mapping[str, str], result: ImportedPlan, places: Mapping[str, SourceLocation]) -> ReviewItem:
    """Return a question of the plan as an item, at the place of the words that it asks of, if the file has them."""
    at, field = question.get("at", ""), question.get("field", "")
    row = result.rows.get(at)
    location = places.get(f"{at}/{field}") or (
        row.row.location if row else SourceLocation(part=question.get("from", ""))
    )
    why, printed = question.get("why", ""), question.get("printed", "")
    return ReviewItem(why, location, printed, at, field, question.get("proposal", ""))


def _by_id(plan: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a plan with its entries and notes by their ids."""
    return {
        name: {item["id"]: item for item in value if "id" in item} if _has_ids(value) else value
        for name, value in plain(plan).items()
    }


def _has_ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _value_at(plan: Any, path: str) -> Any:
    """Return the value at a ledger's path, None where there is none: `activities/ct1-1/rows/0/title`."""
    value = plan
    for step in path.split("/"):
        if isinstance(value, list):
            value = value[int(step)] if step.isdigit() and int(step) < len(value) else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
    return value
