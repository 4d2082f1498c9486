"""The work of one target: by task and year in its own plan, and in the plans below whose activities serve it.

The list equals what the search finds by the target: what the document itself puts under the target, and what the
editors align to it.
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
"""Activities of plans below that a target's page lists; the rest are counted by plan."""


@dataclass(frozen=True)
class TargetWork:
    """What serves a target.

    `groups` are the activities of its own plan by task (None: of no task) and basis, in the document's order, `below`
    those of other plans. `rows` count the activities of each task by year, `years` all of them. `basis` says in words
    how many stand on which basis, `nothing` why there are none.
    """

    groups: Sequence[tuple[Heading | None, Sequence[tuple[Basis, Sequence[Activity]]]]]
    below: Listing
    rows: Sequence[tuple[Heading, Mapping[int, int]]]
    years: Mapping[int, int]
    total: int
    basis: Sequence[str]
    nothing: str


def work_of(corpus: Corpus, plan: Plan, target: Target, words: Catalogue) -> TargetWork:
    """Return the work of a target of a plan."""
    everything = corpus.of_target.of(target.key)
    below = list_by_plan(corpus, everything.without(plan.id), MOST_BELOW)
    own = [activity for activity in plan.activities if serves(activity, target)]
    by_task = {
        task: [activity for activity in own if activity.task == (task and task.id)] for task in (*plan.tasks, None)
    }
    groups = [(task, _by_basis(members, target)) for task, members in by_task.items() if members]
    stated = sum(activity.target == target.id for activity in own)
    numbers: Mapping[Basis, int] = {"document": stated, "editors": len(everything) - stated}
    return TargetWork(
        groups,
        below,
        [(task, count_by_year(by_task[task])) for task, _ in groups if task],
        everything.years,
        len(everything),
        [words.text(f"site.serves.count_{basis}", n=number) for basis, number in numbers.items() if number],
        "" if everything else _why_nothing(plan, words),
    )


def serves(activity: Activity, target: Target) -> bool:
    """Return whether an activity is the target's, by the document or by the editors."""
    stated = activity.plan == target.plan and activity.target == target.id
    return stated or target.key in (activity.serves or ())


def _by_basis(activities: Sequence[Activity], target: Target) -> list[tuple[Basis, Sequence[Activity]]]:
    parts: dict[Basis, list[Activity]] = {basis: [] for basis in BASES}
    for activity in activities:
        parts["document" if activity.target == target.id else "editors"].append(activity)
    return [(basis, members) for basis, members in parts.items() if members]


def _why_nothing(plan: Plan, words: Catalogue) -> str:
    undecided = sum(activity.serves is None for activity in plan.activities)
    key, number = ("undecided", undecided) if undecided else ("decided", len(plan.activities))
    return words.text(f"site.target.nothing_{key}", n=counted(words, number, "activities"))
