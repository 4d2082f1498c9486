"""Which terms count in a sum, so that each promise counts once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.cascade.promises import Promise
from generator.cascade.terms import Question, Reason, Term, UnitBelow


def count_once(question: Question, terms: Sequence[Term], units: Mapping[str, UnitBelow]) -> list[Term]:
    """Let each promise count once (rule 10).

    Of one unit's plans the one with the shortest term counts, of equal ones the latest; for the end the one that ends
    nearest to the upper plan. The promise of a unit that ended stops counting when all its successors promise for
    themselves in later plans; until then a successor's promise is part of it. The promise of a unit below another
    counted unit is part of that unit's promise.
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
    """Return the units whose promise is part of others': units that ended, and units that took them over."""
    heirs = {id_: _heirs(units[id_], chosen, units) for id_ in chosen if id_ in units and units[id_].until is not None}
    parts = {heir for found, is_whole in heirs.values() if not is_whole for heir in found}
    return parts | {id_ for id_, (found, is_whole) in heirs.items() if is_whole and found and not found & parts}


def _heirs(
    unit: UnitBelow,
    chosen: Mapping[str, Promise],
    units: Mapping[str, UnitBelow],
    reached: frozenset[str] = frozenset(),
) -> tuple[set[str], bool]:
    """Return the successors that promise since, and whether these are all; a successor may itself have ended."""
    found: set[str] = set()
    is_whole = True
    for id_ in unit.successors:
        heir = units.get(id_)
        if id_ in chosen and unit.until is not None and chosen[id_].first_year >= unit.until:
            found.add(id_)
        elif heir and heir.until is not None and id_ not in reached:
            further, is_all = _heirs(heir, chosen, units, reached | {id_})
            found |= further
            is_whole &= is_all and bool(further)
        else:
            is_whole = False
    return found, is_whole
