"""The page of one plan, complete and in the form of its own table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Heading, Plan, Target
from generator.model.review import Finding, finding_text, review_plan
from generator.pages.downloads import plan_downloads
from generator.pages.letterhead import letterhead_of, recipients_of, signing_lines
from generator.pages.links import PLANS
from generator.pages.listing import count_by_year
from generator.pages.matrix import has_matrix
from generator.pages.page import Options, Page
from generator.pages.plan_columns import column_title, columns_of, heading_layout
from generator.pages.trails import section_step

Children = Mapping[str, Sequence[Activity]]
"""Activities by the activity that contains them."""


@dataclass(frozen=True)
class Block:
    """A heading, the layout of its part, and the entries directly under it, in the document's order."""

    heading: Heading
    layout: str
    targets: Sequence[tuple[Target, Sequence[Activity]]]
    activities: Sequence[Activity]

    @property
    def targets_have_rows(self) -> bool:
        """Whether the targets head groups of rows in the table (else they are listed above it)."""
        return any(activities for _, activities in self.targets)


def plan_page(corpus: Corpus, plan: Plan, options: Options) -> Iterator[Page]:
    """Yield the page of one plan."""
    words = catalogue(options.language)
    issuer, blocks = corpus.units[plan.issuer], blocks_of(plan)
    yield Page(
        f"{PLANS}/{plan.id}",
        "plan.md.j2",
        plan.short_title,
        f"{plan.title}. {issuer.name}.",
        {
            "plan": plan,
            "issuer": issuer,
            "blocks": blocks,
            "columns": {layout: columns_of(plan, layout) for layout in {block.layout: None for block in blocks}},
            "counts": count_by_year(plan.activities),
            "undated": [activity for activity in plan.activities if not activity.years],
            "column_title": lambda column: column_title(column, plan, words),
            "children": children_of(plan),
            "letterhead": letterhead_of(corpus, plan, words),
            "recipients": recipients_of(plan),
            "signing": signing_lines(plan, words),
            "findings": [(finding.entry, finding_text(finding, words)) for finding in _findings(corpus, plan)],
            "related": _related(corpus, plan),
            "answered": _answered(corpus, plan),
            "has_matrix": has_matrix(corpus, plan),
            "downloads": plan_downloads(plan, options),
        },
        trail=[section_step(PLANS, words)],
        subject=plan,
        has_picture=True,
    )


def _findings(corpus: Corpus, plan: Plan) -> list[Finding]:
    """Return the review's findings for a draft; none for other plans."""
    return review_plan(corpus, plan) if plan.status == "draft" else []


def _related(corpus: Corpus, plan: Plan) -> list[tuple[str, Sequence[Plan]]]:
    """Return the plans that a plan implements and those that implement it, its issuer's own apart from others."""
    related = {
        "implements": [corpus.plans[upper] for upper in plan.implements],
        "implemented_by": corpus.implemented_by.get(plan.id, ()),
    }
    parts = [
        (f"{relation}_own" if own else relation, [other for other in plans if (other.issuer == plan.issuer) == own])
        for relation, plans in related.items()
        for own in (False, True)
    ]
    return [(relation, plans) for relation, plans in parts if plans]


def _answered(corpus: Corpus, plan: Plan) -> list[Plan]:
    """Return the plans next above with matrices in which this plan answers a measure."""
    entries: Sequence[Target | Activity] = (*plan.targets, *plan.activities)
    links = (upper for entry in entries for measure in entry.measures for upper in measure.contributes_to)
    uppers = dict.fromkeys(link.measure.partition("/")[0] for link in links)
    above = corpus.units[plan.issuer].parent
    return [upper for id_ in uppers if (upper := corpus.plans[id_]).issuer == above and has_matrix(corpus, upper)]


def blocks_of(plan: Plan) -> list[Block]:
    """Return the plan's outline with targets and activities under their headings."""
    targets = {target.id: target for target in plan.targets}
    under_target: dict[str, list[Activity]] = {target.id: [] for target in plan.targets}
    under_heading: dict[str, list[Activity]] = {heading.id: [] for heading in plan.headings}
    for activity in plan.activities:
        if activity.parent:
            continue  # it is shown inside its parent
        if activity.target and targets[activity.target].section == activity.section:
            under_target[activity.target].append(activity)
        else:
            under_heading[activity.section].append(activity)
    return [
        Block(
            heading,
            heading_layout(plan, heading),
            [(target, under_target[target.id]) for target in plan.targets if target.section == heading.id],
            under_heading[heading.id],
        )
        for heading in plan.headings
    ]


def children_of(plan: Plan) -> Children:
    """Return the activities inside other activities, by their parent."""
    children: dict[str, list[Activity]] = {}
    for activity in plan.activities:
        if activity.parent:
            children.setdefault(activity.parent, []).append(activity)
    return children
