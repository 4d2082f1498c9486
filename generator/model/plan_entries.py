"""The parts of a plan's body: headings, targets, activities and their parts. See `entities`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from generator.language.time_words import TimeSpan

HeadingKind = Literal["task", "section", "breakthrough"]
LEVELS = ("central", "province", "district", "commune", "branch")


@dataclass(frozen=True)
class Footnote:
    """A footnote of a plan, with the number printed."""

    id: str
    text: str


@dataclass(frozen=True)
class Period:
    """A column below a year: a quarter, a month, half a year."""

    id: str
    title: str


@dataclass(frozen=True)
class PeriodCell:
    """What a column below a year says of one piece of work: its title and cell as printed, and the years it is for."""

    title: str
    cell: str
    years: tuple[int, ...]


@dataclass(frozen=True)
class DaySpan:
    """A span of days, first and last included."""

    first: date
    last: date


@dataclass(frozen=True)
class Cost:
    """A sum of money as printed: amount, unit, source, year; `text` if it is not given as a number."""

    amount: str | None = None
    unit: str | None = None
    source: str | None = None
    year: int | None = None
    text: str | None = None


@dataclass(frozen=True)
class ExtraCell:
    """A cell of a column that has no field, with the heading of its column."""

    heading: str
    text: str


@dataclass(frozen=True)
class Contribution:
    """The measure of an upper plan (`<plan>/<target>/<measure>`) that a measure answers, as the editors see it.

    `grade` says whether both measure the `same` thing or only `partly`. `basis` says whether the `document` names the
    upper plan or only the `wording` is alike. `ground` is the editors' reason.
    """

    measure: str
    grade: str | None = None
    basis: str | None = None
    ground: str | None = None


@dataclass(frozen=True)
class Measure:
    """A figure to reach. `by_year` holds the printed values, its own or those of the row that it points at.

    `baseline` is the printed figure to start from. `aligned`: the editors have decided what it answers, perhaps
    nothing. With `per` (the words and the unit that they mean) the figure is a norm for each such unit and must not be
    summed.
    """

    id: str
    name: str
    unit: str | None = None
    comparator: str | None = None
    value: str | None = None
    period: str | None = None
    aggregate: str | None = None
    row: str | None = None
    by_year: Mapping[int, str] = field(default_factory=dict)
    contributes_to: tuple[Contribution, ...] = ()
    aligned: bool = False
    baseline: str | None = None
    per: str | None = None
    per_unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What headings, targets and activities have in common: an id in the plan, a title, a printed label.

    `formerly` are its earlier ids; `as_printed` are rules and findings not to report, because the document is so.
    """

    plan: str
    id: str
    title: str
    label: str | None = None
    formerly: tuple[str, ...] = ()
    as_printed: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """`<plan>/<id>`."""
        return f"{self.plan}/{self.id}"

    @property
    def label_or_title(self) -> str:
        """The name used in links: its label, or its title if the document prints no label."""
        return self.label or self.title

    @property
    def full_title(self) -> str:
        """The title after its label, as documents print it: `Nhiệm vụ 1: …`, `1.1. …`, `a) …`."""
        if not self.label:
            return self.title
        sign = "" if self.label[-1] in ".)" else ":" if " " in self.label else "."
        return f"{self.label}{sign} {self.title}"


@dataclass(frozen=True, kw_only=True)
class Heading(Entry):
    """A heading of the outline: a task (nhiệm vụ), a section, or a breakthrough (khâu đột phá).

    `layout` is the form of the tables below it, its own or that of the heading above; None if it is the plan's.
    `serves` is as in activities, `aligned` as in targets.
    """

    kind: HeadingKind
    parent: str | None = None
    layout: str | None = None
    text: str | None = None
    lead: tuple[str, ...] = ()
    lead_text: str | None = None
    levels: tuple[str, ...] = ()
    levels_text: str | None = None
    levels_units: tuple[str, ...] = ()
    serves: tuple[str, ...] | None = None
    ground: str | None = None
    counterparts: tuple[str, ...] = ()
    aligned: bool = False
    footnotes: tuple[str, ...] = ()
    note: str | None = None
    depth: int = 0


@dataclass(frozen=True, kw_only=True)
class Target(Entry):
    """A target (chỉ tiêu). `task` is the task it belongs to, directly or through its section.

    `aligned`: the editors have decided which entries of other plans are its counterparts, perhaps none.
    """

    statement: str
    section: str
    task: str | None = None
    lead: tuple[str, ...] = ()
    lead_text: str | None = None
    measures: tuple[Measure, ...] = ()
    counterparts: tuple[str, ...] = ()
    aligned: bool = False
    programmes: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Work:
    """What activities and sub-rows have in common: when, how much, who and for what, as printed and as read.

    `by_year` and `by_period` keep the cells as printed; `unit` is what they count. A field ending in `_text` holds the
    printed words of a cell, the field without it the ids that they mean. `due` and `deadline` take precedence over the
    reading of `when` and of the columns below a year; `spans` are the resulting days. For places without the plan's
    table, `timing` is the time in words (`when` with the titles of such columns) and `period_cells` are their filled
    cells. `remark` is the document's, `note` the editors'.
    """

    when: str | None = None
    timing: str | None = None
    due: DaySpan | None = None
    deadline: date | None = None
    spans: tuple[TimeSpan, ...] = ()
    years: tuple[int, ...] = ()
    by_year: Mapping[int, str] = field(default_factory=dict)
    by_period: Mapping[str, str] = field(default_factory=dict)
    period_cells: tuple[PeriodCell, ...] = ()
    unit: str | None = None
    levels: tuple[str, ...] = ()
    levels_text: str | None = None
    levels_units: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    lead_text: str | None = None
    partners: tuple[str, ...] = ()
    partners_text: str | None = None
    funding: str | None = None
    costs: tuple[Cost, ...] = ()
    products: str | None = None
    remark: str | None = None
    more: tuple[ExtraCell, ...] = ()
    footnotes: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Row(Work):
    """A row below an activity, not counted as an activity itself; it may have a printed label.

    Its empty fields take the activity's values.
    """

    title: str
    label: str | None = None


@dataclass(frozen=True, kw_only=True)
class Activity(Entry, Work):
    """An activity (hoạt động): one row of the table or one bullet.

    `section` is the heading it stands under, its own or its target's. `lead`, `levels` and `years` are its own or those
    of its target, heading, rows or plan. `lead_from` and `levels_from` are the ids of the target or heading that they
    come from; None for its own.
    `serves` are the targets (`<plan>/<target>`) that the editors align it with, besides `target`, which is the
    document's: empty if it serves none, None if undecided; `ground` is the reason. Both are its own or come from the
    nearest heading that decides, `serves_from`; an activity with `target` counts as decided by itself.
    """

    section: str
    target: str | None = None
    task: str | None = None
    parent: str | None = None
    text: str | None = None
    lead_from: str | None = None
    levels_from: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()
    rows: tuple[Row, ...] = ()
    programmes: tuple[str, ...] = ()
    serves: tuple[str, ...] | None = None
    ground: str | None = None
    serves_from: str | None = None

    @property
    def all_targets(self) -> tuple[str, ...]:
        """The targets that it serves, as `<plan>/<target>`: first the document's, then the editors'."""
        stated = (f"{self.plan}/{self.target}",) if self.target else ()
        return tuple(dict.fromkeys((*stated, *(self.serves or ()))))

    @property
    def leaders(self) -> tuple[str, ...]:
        """The units that lead it or one of its sub-rows."""
        return tuple(dict.fromkeys((*self.lead, *(unit for row in self.rows for unit in row.lead))))

    @property
    def helpers(self) -> tuple[str, ...]:
        """The units that take part in it or in a sub-row, and lead neither."""
        partners = dict.fromkeys((*self.partners, *(unit for row in self.rows for unit in row.partners)))
        leaders = self.leaders
        return tuple(unit for unit in partners if unit not in leaders)

    @property
    def performers(self) -> tuple[str, ...]:
        """The units that its cell of levels, or a sub-row's, names and that have no other part in it."""
        named = dict.fromkeys((*self.levels_units, *(unit for row in self.rows for unit in row.levels_units)))
        others = {*self.leaders, *self.helpers}
        return tuple(unit for unit in named if unit not in others)

    @property
    def all_spans(self) -> tuple[TimeSpan, ...]:
        """The days of the activity and of its sub-rows."""
        return (*self.spans, *(span for row in self.rows for span in row.spans))
