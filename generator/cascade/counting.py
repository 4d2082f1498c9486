"""Which terms count in a sum, so that each promise counts once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.cascade.promises import Promise
from generator.cascade.terms import Question, Reason, Term, UnitBelow


def count_once(question: Question, terms: Sequence[Term], units: Mapping[str, UnitBelow]) -> list[Term]:
    """Let each promise count once (rule 10).

    Of one unit's plans the one with the shortest term counts, of equal ones the latest, of these the last issued; for
    the end the one that ends nearest to the upper plan. If the days do not decide, no plan of the unit counts. The
    promise of a unit that ended stops counting when all its successors promise for themselves in later plans; until
    then a successor's promise is part of it. The promise of a unit below another counted unit, or in a counted group,
    is part of that unit's promise.
    """
    chosen = _chosen(question, [term.answer.promise for term in terms if term.reason == "counted"])
    taken = _taken(question, chosen, units)

    def reason_of(promise: Promise) -> Reason:
        unit, issuer = units.get(promise.issuer), promise.issuer
        if issuer not in chosen:
            return "rival"
        if issuer in taken:
            return taken[issuer]
        if unit and any(above in chosen for above in unit.above):
            return "inside"
        return "counted" if promise.plan == chosen[issuer].plan else "same_unit"

    return [
        replace(term, reason=reason_of(term.answer.promise)) if term.reason == "counted" else term for term in terms
    ]


def _chosen(question: Question, promises: Sequence[Promise]) -> dict[str, Promise]:
    """Return for each unit a promise of the plan that counts; none where several plans are as good."""
    chosen: dict[str, Promise] = {}
    for issuer in sorted({promise.issuer for promise in promises}):
        own = [promise for promise in promises if promise.issuer == issuer]
        first = min(_preference(question, promise) for promise in own)
        best = [promise for promise in own if _preference(question, promise) == first]
        issued = [promise.issued for promise in best if promise.issued]
        if len(issued) == len(best):
            best = [promise for promise in best if promise.issued == max(issued)]
        if len({promise.plan for promise in best}) == 1:
            chosen[issuer] = min(best, key=lambda promise: promise.key)
    return chosen


def _preference(question: Question, promise: Promise) -> tuple[int, int, int]:
    return _distance(question, promise), promise.last_year - promise.first_year, -promise.first_year


def _distance(question: Question, promise: Promise) -> int:
    return abs(promise.last_year - question.upper.last_year) if question.slot == "end" else 0


def _taken(question: Question, chosen: Mapping[str, Promise], units: Mapping[str, UnitBelow]) -> dict[str, Reason]:
    """Return the units whose promise is part of others': units that ended, and units that took them over.

    For the end the promises of the former units count if all of their plans end nearer to the upper plan.
    """
    heirs = {id_: _heirs(units[id_], chosen, units) for id_ in chosen if id_ in units and units[id_].until is not None}

    def is_nearer_before(heir: str) -> bool:
        before = [unit.id for unit in units.values() if heir in unit.successors]
        distance = _distance(question, chosen[heir])
        return all(id_ in chosen and _distance(question, chosen[id_]) < distance for id_ in before)

    parts = {heir for found, is_whole in heirs.values() for heir in found if not is_whole or is_nearer_before(heir)}
    taken: dict[str, Reason] = dict.fromkeys(parts, "former")
    for id_, (found, is_whole) in heirs.items():
        if is_whole and found and not found & parts:
            taken[id_] = "heirs"
    return taken


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
