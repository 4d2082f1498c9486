"""The page of one plan, whole and in its own table form, and the list of all plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Heading, Plan, Target
from generator.pages.downloads import plan_downloads
from generator.pages.letterhead import letterhead_of, recipients_of, signing_lines
from generator.pages.links import PLANS
from generator.pages.listing import count_by_year, overview_of
from generator.pages.page import Options, Page
from generator.pages.table import columns_of


@dataclass(frozen=True)
class Block:
    """A heading and what stands directly under it, in the document's order."""

    heading: Heading
    targets: Sequence[tuple[Target, Sequence[Activity]]]
    activities: Sequence[Activity]

    @property
    def targets_have_rows(self) -> bool:
        """Whether the targets are groups of rows in the table (else they stand above it)."""
        return any(activities for _, activities in self.targets)


def plans_index(corpus: Corpus, options: Options) -> Iterator[Page]:
    """`/ke-hoach/`."""
    words = catalogue(options.language)
    title, lead = words.text("site.plans.title"), words.text("site.plans.lead")
    overview = overview_of(corpus, list(corpus.plans.values()))
    yield Page(PLANS, "plans.md.j2", title, lead, {"groups": by_level(corpus, overview.shown), "overview": overview})


def plan_page(corpus: Corpus, plan: Plan, options: Options) -> Iterator[Page]:
    """One plan, whole."""
    words = catalogue(options.language)
    issuer = corpus.units[plan.issuer]
    yield Page(
        f"{PLANS}/{plan.id}",
        "plan.md.j2",
        plan.short_title,
        f"{plan.title}. {issuer.name}.",
        {
            "plan": plan,
            "issuer": issuer,
            "blocks": blocks_of(plan),
            "columns": columns_of(plan),
            "counts": count_by_year(plan.activities),
            "undated": [activity for activity in plan.activities if not activity.years],
            "children": children_of(plan),
            "letterhead": letterhead_of(corpus, plan, words),
            "recipients": recipients_of(plan),
            "signing": signing_lines(plan, words),
            "downloads": plan_downloads(plan, options),
        },
    )


def by_level(corpus: Corpus, plans: Iterable[Plan]) -> Mapping[str, Sequence[Plan]]:
    """Plans by the level of their issuer, the central level first, in the given order within a level."""
    kept, groups = list(plans), dict[str, list[Plan]]()
    for level in ("central", "province", "district", "commune", "branch", "other"):
        found = [plan for plan in kept if (corpus.units[plan.issuer].level or "other") == level]
        if found:
            groups[level] = found
    return groups


def blocks_of(plan: Plan) -> list[Block]:
    """The plan's outline with its targets and activities in their places."""
    targets = {target.id: target for target in plan.targets}
    under_target: dict[str, list[Activity]] = {target.id: [] for target in plan.targets}
    under_heading: dict[str, list[Activity]] = {heading.id: [] for heading in plan.headings}
    for activity in plan.activities:
        if activity.parent:
            continue  # shown inside its parent
        if activity.target and targets[activity.target].section == activity.section:
            under_target[activity.target].append(activity)
        else:
            under_heading[activity.section].append(activity)
    return [
        Block(
            heading,
            [(target, under_target[target.id]) for target in plan.targets if target.section == heading.id],
            under_heading[heading.id],
        )
        for heading in plan.headings
    ]


def children_of(plan: Plan) -> Mapping[str, Sequence[Activity]]:
    """Activities by the activity that they stand in."""
    children: dict[str, list[Activity]] = {}
    for activity in plan.activities:
        if activity.parent:
            children.setdefault(activity.parent, []).append(activity)
    return children
