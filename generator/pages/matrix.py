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

    `inner` is the plan among them that has a matrix itself, or None.
    """

    unit: Unit
    plans: Sequence[Plan]
    replies: Mapping[str, Reply]
    inner: Plan | None

    @property
    def answered(self) -> int:
        """The number of targets that are answered, in whole or in part."""
        return sum(reply in {"answered", "partly"} for reply in self.replies.values())


def matrices_index(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Yield `/doi-chieu/`."""
    plans = [plan for plan in corpus.plans.values() if has_matrix(corpus, plan)]
    overview = overview_of(corpus, plans)
    rows = []
    for plan in overview.shown:
        below = {unit.id for unit in units_below(corpus, plan)}
        rows.append((plan, len(issuers_answering(corpus, plan) & below), len(below)))
    yield index_page(MATRICES, "matrices", options, rows=rows, overview=overview)


def matrix_page(corpus: Corpus, plan: Plan, options: Options) -> Iterator[Page]:
    """Yield `/doi-chieu/<plan>/`, for a plan with targets whose issuer has unions below it."""
    if not has_matrix(corpus, plan):
        return
    words = catalogue(options.language)
    targets = [target for target in plan.targets if target.measures]
    rows = matrix_rows(corpus, plan, targets)
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
            "counts": {target.id: Counter(row.replies[target.id] for row in rows) for target in targets},
            "without_plan": sum(not row.plans for row in rows),
        },
        trail=[section_step(MATRICES, words), plan_step(plan)],
    )


def matrix_rows(corpus: Corpus, plan: Plan, targets: Sequence[Target]) -> list[MatrixRow]:
    """Return the rows of a plan's matrix, those with plans first."""
    reader = CascadeReader(corpus)
    units = units_below(corpus, plan)
    replies = {target.id: reader.replies(plan, target, units) for target in targets}
    rows = [_row(corpus, plan, unit, {id_: of_unit[unit.id][0] for id_, of_unit in replies.items()}) for unit in units]
    return sorted(rows, key=lambda row: (not row.plans, sort_key(row.unit.short_name), row.unit.id))


def has_matrix(corpus: Corpus, plan: Plan) -> bool:
    """Return whether a plan has targets that plans of units below its issuer could answer in the same years."""
    return bool(plan.size.targets) and any(unit.exists_in(plan.period) for unit in unions_under(corpus, plan.issuer))


def _row(corpus: Corpus, upper: Plan, unit: Unit, replies: Mapping[str, Reply]) -> MatrixRow:
    plans = [plan for plan in corpus.plans_of_unit.get(unit.id, ()) if is_of_same_time(plan, upper)]
    return MatrixRow(unit, plans, replies, next((plan for plan in plans if has_matrix(corpus, plan)), None))
