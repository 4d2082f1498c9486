"""The work of one target: its own plan's by task and year, and that of plans below whose activities serve it.

The list equals the search by target: activities that the document puts under the target, and those that the editors
align with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.language.catalogue import Catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Heading, Plan, Target
from generator.pages.listing import Listing, count_by_year, list_by_plan
from generator.pages.parts import counted

Basis = Literal["document", "editors"]
BASES: Sequence[Basis] = ("document", "editors")

MOST_BELOW = 80
"""Activities of plans below that a target's page lists; further ones are counted by plan."""


@dataclass(frozen=True)
class TargetWork:
    """What serves a target.

    `groups` are the activities of its own plan by task (None: no task) and basis, in the document's order. `below` are
    those of other plans. `rows` count by year the activities of each task, and of no task if the plan has tasks;
    `below_years` count those of other plans, `years` all. `summary` says in words how many its own plan has on which
    basis, or why none, and how many other plans have.
    """

    groups: Sequence[tuple[Heading | None, Sequence[tuple[Basis, Sequence[Activity]]]]]
    below: Listing
    rows: Sequence[tuple[Heading | None, Mapping[int, int]]]
    below_years: Mapping[int, int]
    years: Mapping[int, int]
    total: int
    summary: str


def work_of(corpus: Corpus, plan: Plan, target: Target, words: Catalogue) -> TargetWork:
    """Return the work of a target of a plan."""
    everything = corpus.of_target.of(target.key)
    others = everything.of_others(plan.id)
    activities = list(everything.by_plan().get(plan.id, ()))
    by_task: dict[str | None, list[Activity]] = {}
    for activity in activities:
        by_task.setdefault(activity.task, []).append(activity)
    tasks = {task.id: task for task in plan.tasks}
    return TargetWork(
        [(tasks.get(task or ""), _by_basis(members, target)) for task, members in by_task.items()],
        list_by_plan(corpus, others, MOST_BELOW),
        [(tasks.get(task or ""), count_by_year(members)) for task, members in by_task.items() if tasks],
        others.years,
        everything.years,
        len(everything),
        _summary(len(activities), sum(each.target == target.id for each in activities), len(others), plan, words),
    )


def _by_basis(activities: Sequence[Activity], target: Target) -> list[tuple[Basis, Sequence[Activity]]]:
    parts: dict[Basis, list[Activity]] = {basis: [] for basis in BASES}
    for activity in activities:
        parts["document" if activity.target == target.id else "editors"].append(activity)
    return [(basis, members) for basis, members in parts.items() if members]


def _summary(own: int, stated: int, others: int, plan: Plan, words: Catalogue) -> str:
    if own:
        basis = "document" if stated == own else "both" if stated else "editors"
        every = counted(words, own, "activities")
        summary = words.text(f"site.target.work_{basis}", n=every, document=stated, editors=own - stated)
    else:
        undecided = sum(activity.serves is None for activity in plan.activities)
        number = counted(words, undecided or len(plan.activities), "activities")
        summary = words.text(f"site.target.nothing_{'undecided' if undecided else 'decided'}", n=number)
    more = words.text("site.target.work_others", n=counted(words, others, "activities")) if others else ""
    return f"{summary} {more}".rstrip()
