"""Matrices of upper plans: how each unit below answers each target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.language.catalogue import catalogue
from generator.language.vietnamese import sort_key
from generator.model.cascades import (
    REPLIES,
    CascadeReader,
    Reply,
    is_of_same_time,
    issuers_answering,
    unions_under,
    units_below,
)
from generator.model.corpus import Corpus
from generator.model.entities import Plan, Target, Unit
from generator.pages.links import MATRICES
from generator.pages.listing import overview_of
from generator.pages.page import Options, Page, index_page
from generator.pages.trails import plan_step, section_step


@dataclass(frozen=True)
class MatrixRow:
    """A unit below: its plans that share a year with the upper plan, and how it answers each target, by target id.

    `inner` is the plan among them that has a matrix itself, or None; a plan that units below answer comes first. `now`
    are the units that it has become by the end of the upper plan: itself, or its successors.
    """

    unit: Unit
    plans: Sequence[Plan]
    replies: Mapping[str, Reply]
    inner: Plan | None
    now: Sequence[Unit]

    @property
    def corresponding(self) -> int:
        """The number of targets to which something in its plans corresponds, be it a figure or a target without one."""
        return sum(reply not in {"not_in_plan", "no_plan"} for reply in self.replies.values())

    @property
    def has_ended(self) -> bool:
        """Whether others stand for it by the end of the upper plan."""
        return [unit.id for unit in self.now] != [self.unit.id]


def matrices_index(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Yield `/doi-chieu/`."""
    plans = [plan for plan in corpus.plans.values() if has_matrix(corpus, plan)]
    overview = overview_of(corpus, plans)
    reader = CascadeReader(corpus)
    rows = []
    for plan in overview.shown:
        below = {unit.id for unit in units_below(corpus, plan)}
        answering = reader.units_now(plan, issuers_answering(corpus, plan) & below)
        rows.append((plan, len(answering), len(reader.units_now(plan, below))))
    yield index_page(MATRICES, "matrices", options, rows=rows, overview=overview)


def matrix_page(corpus: Corpus, plan: Plan, options: Options) -> Iterator[Page]:
    """Yield `/doi-chieu/<plan>/`, for a plan with targets whose issuer has unions below it."""
    if not has_matrix(corpus, plan):
        return
    words = catalogue(options.language)
    rows, targets = matrix_rows(corpus, plan)
    replies = {target.id: _replies_now(rows, target) for target in targets}
    with_plan = {unit.id for row in rows if row.plans for unit in row.now}
    units = {unit.id for row in rows for unit in row.now}
    yield Page(
        f"{MATRICES}/{plan.id}",
        "matrix.md.j2",
        words.text("site.matrix.page_title", plan=plan.short_title),
        words.text("site.matrix.lead", plan=plan.short_title),
        {
            "plan": plan,
            "targets": targets,
            "rows": rows,
            "replies": REPLIES,
            "counts": {id_: Counter(of_unit.values()) for id_, of_unit in replies.items()},
            "units": len(units),
            "with_plan": len(with_plan),
            "ended": sum(row.has_ended for row in rows),
            "own_targets": len(plan.targets) - len(targets),
        },
        trail=[section_step(MATRICES, words), plan_step(plan)],
    )


def matrix_rows(corpus: Corpus, plan: Plan) -> tuple[list[MatrixRow], list[Target]]:
    """Return the rows of a plan's matrix, those with plans first, and the targets that are asked of those below."""
    reader = CascadeReader(corpus)
    units = units_below(corpus, plan)
    targets = [target for target in plan.targets if reader.asks_below(plan, target)]
    replies = {target.id: reader.replies(plan, target, units) for target in targets}

    def row_of(unit: Unit) -> MatrixRow:
        plans = [lower for lower in corpus.plans_of_unit.get(unit.id, ()) if is_of_same_time(lower, plan)]
        inner = sorted(
            (lower for lower in plans if has_matrix(corpus, lower)),
            key=lambda lower: not issuers_answering(corpus, lower),
        )
        now = [corpus.units[id_] for id_ in sorted(reader.units_now(plan, [unit.id]))]
        return MatrixRow(
            unit, plans, {id_: of_unit[unit.id][0] for id_, of_unit in replies.items()}, next(iter(inner), None), now
        )

    rows = sorted(map(row_of, units), key=lambda row: (not row.plans, sort_key(row.unit.short_name), row.unit.id))
    return rows, targets


def has_matrix(corpus: Corpus, plan: Plan) -> bool:
    """Return whether a plan has targets that plans of units below its issuer could answer in the same years."""
    return bool(plan.size.targets) and any(unit.exists_in(plan.period) for unit in unions_under(corpus, plan.issuer))


def _replies_now(rows: Sequence[MatrixRow], target: Target) -> dict[str, Reply]:
    """Return the best reply of each unit as it is by the end: its own, or that of a unit that it took over."""
    replies: dict[str, Reply] = {}
    for row in sorted(rows, key=lambda row: REPLIES.index(row.replies[target.id])):
        for unit in row.now:
            replies.setdefault(unit.id, row.replies[target.id])
    return replies
