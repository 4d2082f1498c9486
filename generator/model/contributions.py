"""The dependencies that each plan, unit and programme contributes to, each with a fingerprint of the contribution.

A dependency of a task (a collection of `Corpus` and a key in it) has changed if a contribution to it is changed, new or
gone. So no list of rules is needed that says which page depends on which file.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.incremental.dependency import Dependency
from generator.incremental.packing import fingerprint_of
from generator.language.vietnamese import name_key
from generator.model.entities import Body, Plan, Programme, Unit
from generator.model.summary import PlanSummary

Contributions = dict[Dependency, str]


def plan_contributions(summary: PlanSummary, body: Body) -> Contributions:
    """Return what a plan contributes to."""
    plan, order = summary.plan, summary.plan.order
    contributions: Contributions = {("bodies", plan.id): fingerprint_of(body)}
    contributions |= {("entries", entry.key): fingerprint_of(entry) for entry in (*body.headings, *body.targets)}
    contributions |= dict(_head_contributions(plan))
    for relation, groups in summary.activities.items():
        for key, members in groups.items():
            shown = [(index, summary.years[index], summary.lead[index]) for index in members]
            contributions[relation, key] = fingerprint_of(order, plan.in_force, shown)
    for relation, ids in summary.targets.items():
        contributions |= {(relation, key): fingerprint_of(order, members) for key, members in ids.items()}
    for relation, links in (("counterparts", summary.counterparts), ("answers", summary.answers)):
        contributions |= {(relation, key): fingerprint_of(order, others) for key, others in links.items()}
    uppers = {key.partition("/")[0] for key in summary.answers}
    contributions |= {("answered_by", upper): fingerprint_of(plan) for upper in uppers}
    for counted, numbers in (("levels", summary.levels), ("periods", summary.periods)):
        contributions |= {(counted, key): fingerprint_of(number) for key, number in numbers.items()}
    return contributions


def unit_contributions(unit: Unit) -> Contributions:
    """Return what a unit contributes to."""
    version = fingerprint_of(unit)
    contributions: Contributions = {("units", unit.id): version, ("namesakes", name_key(unit.short_name)): version}
    for agency in unit.agencies:
        contributions |= unit_contributions(agency)
    contributions |= {("children", unit.parent): version} if unit.parent else {}
    contributions |= {("members", group): version for group in unit.member_of}
    return contributions | {("predecessors", other): version for other in unit.successors}


def programme_contributions(programme: Programme) -> Contributions:
    """Return what a programme contributes to."""
    return {("programmes", programme.id): fingerprint_of(programme)}


def _head_contributions(plan: Plan) -> Iterator[tuple[Dependency, str]]:
    head = fingerprint_of(plan)
    yield ("plans", plan.id), head
    yield ("plans_of_unit", plan.issuer), head
    for upper in plan.implements:
        yield ("implemented_by", upper), head
