"""Which terms count in a sum, so that each promise counts once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.cascade.promises import Promise
from generator.cascade.terms import Question, Reason, Term, UnitBelow


def count_once(question: Question, terms: Sequence[Term], units: Mapping[str, UnitBelow]) -> list[Term]:
    """Let each promise count once (rule 10).

    Of one unit's plans the one with the shortest term counts, of such the latest; by the end the one that ends next to
    the upper plan. A unit that ended leaves its promise to the units that took it over, once all of them promise for
    themselves in plans made later; until then what one of them promises is part of it. A unit below another that is
    counted is part of that one's promise.
    """
    counted = [term.answer.promise for term in terms if term.reason == "counted"]
    chosen: dict[str, Promise] = {}
    for promise in sorted(counted, key=lambda promise: _preference(promise, question)):
        chosen.setdefault(promise.issuer, promise)
    replaced = _replaced(chosen, units)

    def reason_of(promise: Promise) -> Reason:
        unit = units.get(promise.issuer)
        if promise.plan != chosen[promise.issuer].plan or promise.issuer in replaced:
            return "same_unit"
        return "inside" if unit and any(above in chosen for above in unit.above) else "counted"

    return [
        replace(term, reason=reason_of(term.answer.promise)) if term.reason == "counted" else term for term in terms
    ]


def _preference(promise: Promise, question: Question) -> tuple[int, int, int, str]:
    distance = abs(promise.last_year - question.upper.last_year) if question.slot == "end" else 0
    return distance, promise.last_year - promise.first_year, -promise.first_year, promise.plan


def _replaced(chosen: Mapping[str, Promise], units: Mapping[str, UnitBelow]) -> set[str]:
    """Return the units whose promise others have: of units that ended and of those that took them over."""
    replaced: set[str] = set()
    for id_ in sorted(chosen):
        unit = units.get(id_)
        if unit is None or unit.until is None:
            continue
        later = {
            successor
            for successor in unit.successors
            if successor in chosen and chosen[successor].first_year >= unit.until
        }
        is_left = later == set(unit.successors) and later.isdisjoint(replaced)
        replaced |= {id_} if is_left and later else later
    return replaced
