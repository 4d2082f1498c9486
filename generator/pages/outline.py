"""The pages of a plan's tasks and targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from generator.cascade.promises import Promise, figures_of
from generator.cascade.totals import Total, add_figures
from generator.language.catalogue import catalogue
from generator.language.vietnamese import parse_number
from generator.model.answers import promise_of
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Measure, Plan
from generator.pages.cascade_view import CascadeViewer
from generator.pages.links import TARGETS, TASKS
from generator.pages.listing import count_by_year
from generator.pages.matrix import has_matrix
from generator.pages.page import Options, Page
from generator.pages.parts import Bars
from generator.pages.proof_view import ProofViewer
from generator.pages.target_work import work_of
from generator.pages.trails import plan_step, section_step


def task_pages(corpus: Corpus, plan: Plan, options: Options) -> Iterator[Page]:
    """Yield a page for each task of a plan."""
    words = catalogue(options.language)
    for task in plan.tasks:
        activities = corpus.of_task.get(task.key, ())
        inside = [heading for heading in plan.headings if _is_inside(corpus, heading.key, task.key)]
        yield Page(
            f"{TASKS}/{task.key}",
            "task.md.j2",
            f"{task.label or words.text('site.task.one')} · {plan.short_title}",
            task.title,
            {
                "task": task,
                "plan": plan,
                "headings": [heading for heading in inside if heading.kind != "breakthrough"],
                "breakthroughs": [heading for heading in inside if heading.kind == "breakthrough"],
                "targets": [target for target in plan.targets if target.task == task.id],
                "groups": _by_section(activities),
                "activities": activities,
                "counts": count_by_year(activities),
                "counterparts": [corpus.headings[key] for key in corpus.counterparts.get(task.key, ())],
            },
            trail=[section_step(TASKS, words, plan.id), plan_step(plan)],
            subject=task,
        )


def target_pages(corpus: Corpus, plan: Plan, options: Options) -> Iterator[Page]:
    """Yield a page for each target of a plan."""
    words = catalogue(options.language)
    viewer = CascadeViewer(corpus, words)
    proofs = ProofViewer(plan, viewer)
    for target in plan.targets:
        yield Page(
            f"{TARGETS}/{target.key}",
            "target.md.j2",
            f"{target.label_or_title} · {plan.short_title}",
            target.statement,
            {
                "target": target,
                "plan": plan,
                "task": corpus.headings.get(f"{plan.id}/{target.task}"),
                "charts": [
                    (measure, chart_of(measure), total_of(promise_of(plan, target, measure)))
                    for measure in target.measures
                ],
                "work": work_of(corpus, plan, target, words),
                "upper": [measure for measure in target.measures if measure.contributes_to],
                "has_matrix": has_matrix(corpus, plan),
                "viewer": viewer,
                "cascades": viewer.views(plan, target),
                "proofs": proofs.lines(target),
                "counterparts": [corpus.targets[key] for key in corpus.counterparts.get(target.key, ())],
            },
            trail=[section_step(TARGETS, words, plan.id), plan_step(plan)],
            subject=target,
            has_picture=True,
        )


def chart_of(measure: Measure) -> Bars:
    """Return the bars of a measure."""
    numbers = {year: parse_number(cell) for year, cell in measure.by_year.items()}
    highest = max((number for number in numbers.values() if number is not None), default=0)
    return [
        (year, cell, None if (number := numbers[year]) is None or not highest else number / highest)
        for year, cell in measure.by_year.items()
    ]


def total_of(promise: Promise) -> Total | None:
    """Return the sum of a measure's years; None if they are not to be added or not all are figures."""
    years = [figure for slot, figure in figures_of(promise).items() if slot in promise.cells]
    return add_figures(years) if promise.is_summed and 1 < len(years) == len(promise.cells) else None


def _is_inside(corpus: Corpus, key: str, above: str) -> bool:
    heading = corpus.headings[key]
    while heading.parent:
        heading = corpus.headings[f"{heading.plan}/{heading.parent}"]
        if heading.key == above:
            return True
    return False


def _by_section(activities: Sequence[Activity]) -> list[tuple[str, list[Activity]]]:
    """Return runs of activities under the same heading, in the document's order."""
    return [(section, list(members)) for section, members in groupby(activities, key=attrgetter("section"))]
