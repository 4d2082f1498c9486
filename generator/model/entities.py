"""The model: plans with their bodies, units and programmes. Frozen; references to other entries are ids.

An activity, target or heading belongs to one plan; `key` (`<plan>/<id>`) names it in the whole corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from generator.language.vietnamese import SortKey, sort_key
from generator.model.plan_entries import (
    LEVELS,
    Activity,
    Contribution,
    Cost,
    DaySpan,
    Entry,
    ExtraCell,
    Footnote,
    Heading,
    HeadingKind,
    Measure,
    Period,
    PeriodCell,
    Row,
    Target,
    Work,
)

__all__ = [
    "LEVELS",
    "STATUSES",
    "Activity",
    "Amendment",
    "Body",
    "Contribution",
    "Cost",
    "DaySpan",
    "Entry",
    "ExtraCell",
    "Footnote",
    "Heading",
    "HeadingKind",
    "Measure",
    "Period",
    "PeriodCell",
    "Plan",
    "Programme",
    "Row",
    "Signer",
    "Size",
    "Target",
    "Unit",
    "Work",
    "no_body",
]

STATUSES = ("draft", "published", "superseded", "withdrawn")


@dataclass(frozen=True)
class Signer:
    """Who signed a plan, as printed."""

    name: str
    position: str | None = None
    on_behalf_of: str | None = None


@dataclass(frozen=True)
class Amendment:
    """A later change of a plan's document: when, and what it changed."""

    day: date
    note: str


@dataclass(frozen=True)
class Size:
    """How much a plan holds; `dated` counts the activities that are due in some year."""

    activities: int
    targets: int
    tasks: int
    dated: int


@dataclass(frozen=True)
class Body:
    """What a plan holds, in the document's order; `lines` maps the id of each entry to its line in the file."""

    headings: tuple[Heading, ...] = ()
    targets: tuple[Target, ...] = ()
    activities: tuple[Activity, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def tasks(self) -> tuple[Heading, ...]:
        """The headings that are tasks."""
        return tuple(heading for heading in self.headings if heading.kind == "task")

    @cached_property
    def headings_by_id(self) -> Mapping[str, Heading]:
        """Every heading by its id."""
        return {heading.id: heading for heading in self.headings}

    @cached_property
    def targets_by_id(self) -> Mapping[str, Target]:
        """Every target by its id."""
        return {target.id: target for target in self.targets}

    @cached_property
    def activities_by_id(self) -> Mapping[str, Activity]:
        """Every activity by its id."""
        return {activity.id: activity for activity in self.activities}

    @cached_property
    def units_of_measure(self) -> Mapping[str, str]:
        """What the cells of an activity count, by its id: the unit of measure that its own measures have in common.

        If a target's measure points at the activity, that measure's unit takes precedence. `tin/bài` equals `tin bài`.
        """
        by_activity = {
            activity.id: [measure.unit for measure in activity.measures if measure.unit] for activity in self.activities
        }
        shared = {
            id_: units[0] for id_, units in by_activity.items() if len({unit.replace("/", " ") for unit in units}) == 1
        }
        measures = (measure for target in self.targets for measure in target.measures)
        return shared | {measure.row: measure.unit for measure in measures if measure.row and measure.unit}

    @cached_property
    def of_task(self) -> Mapping[str, tuple[Activity, ...]]:
        """Activities by their task."""
        groups: dict[str, list[Activity]] = {}
        for activity in self.activities:
            if activity.task:
                groups.setdefault(activity.task, []).append(activity)
        return {task: tuple(members) for task, members in groups.items()}


@dataclass(frozen=True)
class Plan:
    """One plan: its document, and its body, which is loaded on first use.

    Pages that only name a plan need no body, so an edit in one of a thousand plans loads few bodies. `periods` are the
    columns of its table below a year. `serves` is empty if the editors have decided that none of its activities serves
    a target, None if each activity says so for itself.
    """

    id: str
    title: str
    short_title: str
    kind: str
    status: str
    issuer: str
    first_year: int
    last_year: int
    layout: str
    document: str
    size: Size
    load: Callable[[], Body] = field(compare=False, repr=False)
    source_url: str | None = None
    source_note: str | None = None
    number: str | None = None
    issued_on: date | None = None
    issued_at: str | None = None
    posted_on: date | None = None
    amended: tuple[Amendment, ...] = ()
    issuing_body: str | None = None
    signer: Signer | None = None
    superseded_by: str | None = None
    implements: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    purpose: str | None = None
    organisation: str | None = None
    recipients: tuple[str, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    periods: tuple[Period, ...] = ()
    serves: tuple[str, ...] | None = None
    formerly: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    as_printed: tuple[str, ...] = ()
    note: str | None = None

    def with_loader(self, load: Callable[[], Body]) -> Plan:
        """Return this plan with another way to load its body."""
        # dataclasses.replace takes ten times as long, and each build does this for every plan.
        plan = object.__new__(Plan)
        vars(plan).update(vars(self), load=load)
        return plan

    @property
    def in_force(self) -> bool:
        """Whether its activities are due: a draft, superseded or withdrawn plan binds nobody."""
        return self.status == "published"

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The outline."""
        return self.load().headings

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets."""
        return self.load().targets

    @property
    def lines(self) -> Mapping[str, int]:
        """The line (from 1) of each entry in the plan's file, by its id."""
        return self.load().lines

    @property
    def activities(self) -> tuple[Activity, ...]:
        """The activities."""
        return self.load().activities

    @property
    def tasks(self) -> tuple[Heading, ...]:
        """The headings that are tasks."""
        return self.load().tasks

    @property
    def changed_on(self) -> date | None:
        """The day of its last change: when it was posted on the site or amended, else when it was issued."""
        news = [self.posted_on, *(change.day for change in self.amended)]
        return max((day for day in news if day), default=self.issued_on)

    @property
    def period(self) -> tuple[int, int]:
        """The first and the last year of its period."""
        return self.first_year, self.last_year

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the plan's table: those with cells, else those of its period."""
        cells = {year for activity in self.activities for year in _cell_years(activity)}
        return tuple(sorted(cells)) or tuple(range(self.first_year, self.last_year + 1))

    @property
    def order(self) -> tuple[int, int, SortKey, str]:
        """The sort key of plans: newest period first, then by short title."""
        return -self.last_year, -self.first_year, sort_key(self.short_title), self.id


def no_body() -> Body:
    """Stand in for the body until the corpus sets a loader. Raises if it is called."""
    raise AssertionError("the body of a plan that belongs to no corpus was asked for")


def _cell_years(activity: Activity) -> set[int]:
    return {*activity.by_year, *(year for row in activity.rows for year in row.by_year)}


@dataclass(frozen=True)
class Unit:
    """An organisation, a department of one, a partner, or a group that plans name as one.

    `parent` is the unit above it; `scope` is the unit in whose plans its short names are understood. `agencies` are the
    local bodies that its file lists: units without files of their own.
    """

    id: str
    name: str
    short_name: str
    kind: str
    aliases: tuple[str, ...] = ()
    level: str | None = None
    parent: str | None = None
    scope: str | None = None
    member_of: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    agencies: tuple[Unit, ...] = ()
    note: str | None = None
    formerly: tuple[str, ...] = ()

    def exists_in(self, years: tuple[int, int]) -> bool:
        """Return whether the unit exists on any day of these years."""
        first, last = years
        return not ((self.valid_from and self.valid_from.year > last) or (self.valid_to and self.valid_to.year < first))


@dataclass(frozen=True)
class Programme:
    """A programme, scheme, campaign or directive that activities carry out."""

    id: str
    name: str
    short_name: str
    kind: str
    number: str | None = None
    aliases: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    note: str | None = None
    formerly: tuple[str, ...] = ()
