"""The page of one plan, whole and in its own table form, and the list of all plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.language.catalogue import catalogue
from generator.link.corpus import Corpus
from generator.link.model import Activity, Heading, Plan, Target
from generator.pages.downloads import plan_downloads
from generator.pages.letterhead import letterhead_of, recipients_of, signing_lines
from generator.pages.links import PLANS
from generator.pages.listing import count_by_year
from generator.pages.render import Options, Page


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


@dataclass(frozen=True)
class Columns:
    """Which columns the plan's table has besides label and title."""

    years: Sequence[int]
    levels: bool
    lead: bool
    partners: bool
    funding: bool
    year_width: float
    """The share of the table, in hundredths, that a year's column takes on paper."""

    @property
    def count(self) -> int:
        """Columns in all, with the label's and the title's."""
        return 2 + len(self.years) + self.levels + self.lead + self.partners + self.funding


def plans_index(corpus: Corpus, options: Options) -> Iterator[Page]:
    """`/ke-hoach/`."""
    words = catalogue(options.language)
    title, lead = words.text("site.plans.title"), words.text("site.plans.lead")
    yield Page(PLANS, "plans.md.j2", title, lead, {"groups": by_level(corpus)})


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


def by_level(corpus: Corpus) -> Mapping[str, Sequence[Plan]]:
    """The plans by the level of their issuer, the central level first, in the corpus' order within a level."""
    groups: dict[str, list[Plan]] = {}
    for level in ("central", "province", "district", "commune", "branch", "other"):
        found = [plan for plan in corpus.plans.values() if (corpus.units[plan.issuer].level or "other") == level]
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


def columns_of(plan: Plan) -> Columns:
    """The columns of the plan's table. What only a few rows have was no column of the document: their rows say it."""
    rows = plan.activities

    def column(filled: Iterable[object]) -> bool:
        return sum(map(bool, filled)) * 3 >= len(rows)

    years = plan.years if plan.layout == "years" else ()
    levels = column(row.levels_text or row.levels for row in rows)
    lead, partners, funding = (column(getattr(row, name) for row in rows) for name in ("lead", "partners", "funding"))
    # A year's cell is a cross or a figure; where some hold sentences, they take what the titles can spare.
    spare = 100 - 5 - 30 - 9 * sum((levels, lead, partners, funding))
    width = min(12 if _longest_cell(plan) > 20 else 6.2, spare / max(len(years), 1))
    return Columns(years, levels, lead, partners, funding, width)


def _longest_cell(plan: Plan) -> int:
    rows = [
        cells for activity in plan.activities for cells in (activity.by_year, *(row.by_year for row in activity.rows))
    ]
    return max((len(cell) for cells in rows for cell in cells.values()), default=0)
