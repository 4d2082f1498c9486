"""The columns of a plan's tables follow from the fields that its rows fill; pages, Word and PDF share them.

A field that few rows fill was no column of the document: it stands below the rows' titles (`cells_below`). So every
filled field is shown in one of the two places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from generator.language.catalogue import Catalogue
from generator.language.letter_widths import widest_word
from generator.model.entities import Activity, Heading, Plan, Work
from generator.work_fields import WORK_FIELDS

LOCAL_ROLES = ("local", "province", "district", "commune", "branch")
"""The levels whose roles share the column "địa phương"."""


class Column(NamedTuple):
    """A column, or a value shown below a title: of a year, a period, a field, or a heading that has no field."""

    kind: Literal["field", "year", "period", "more"]
    name: str
    """The year, the period's id, the field's name, or the printed heading."""

    @property
    def is_markdown(self) -> bool:
        """Whether its texts are Markdown."""
        return self.kind == "field" and WORK_FIELDS[self.name].text == "markdown"


_FIELD_COLUMNS = {name: Column("field", name) for name in WORK_FIELDS}


SCREEN, LABEL_AND_TITLE, FIELD, LETTER, PADDING = 880, 220, 80, 14.4, 13
"""In pixels: the width for a table on a screen of 1280, widths of its first two columns and of a column of names, the
width of a letter, the space beside a cell's words."""


class PlanColumns(NamedTuple):
    """The columns of a table after label and title.

    `year_width` is the percentage of the table's width that a year's column takes on paper.
    """

    layout: str
    columns: Sequence[Column]
    year_width: float
    wide: bool = False
    """Whether the columns do not fit on a screen, so that the table scrolls in a frame."""

    @property
    def years(self) -> Sequence[int]:
        """The years that have a column."""
        return [int(column.name) for column in self.columns if column.kind == "year"]


NO_COLUMNS = PlanColumns("outline", (), 0)
"""The columns of a part without a table."""


def heading_layout(plan: Plan, heading: Heading) -> str:
    """Return the layout of a plan's part below a heading."""
    return heading.layout or plan.layout


def columns_of(plan: Plan, layout: str) -> PlanColumns:
    """Return the columns of a plan's tables with one layout, from the rows of the parts with this layout."""
    headings = {heading.id for heading in plan.headings if heading_layout(plan, heading) == layout}
    activities = [activity for activity in plan.activities if activity.section in headings]
    if layout == "outline":
        return NO_COLUMNS
    counts = Counter(column for activity in activities for column in dict.fromkeys(_filled_anywhere(activity)))
    fewest = {"always": 0, "filled": 1, "usual": max(1, len(activities) / 3)}
    years = [Column("year", str(year)) for year in _years(plan, layout, counts)]
    periods = [column for period in plan.periods if counts[column := Column("period", period.id)]]
    more = [column for column, number in counts.items() if column.kind == "more" and number >= fewest["usual"]]
    columns: list[Column] = []
    for name, column in _FIELD_COLUMNS.items():
        need = WORK_FIELDS[name].columns.get(layout)
        if name == "by_year":
            columns += [*years, *periods]
        elif need and counts[column] >= fewest[need]:
            columns.append(column)
    shown = [*columns, *more]
    width = _year_width(activities, len(columns) - len(years), len(years))
    return PlanColumns(layout, shown, width, _screen_width(activities, shown) > SCREEN)


def filled_columns(work: Work) -> Iterator[Column]:
    """Yield the fields that an activity or sub-row fills itself, as columns."""
    roles = work.roles if isinstance(work, Activity) else {}
    filled = {
        "central": roles.get("central"),
        "local": any(roles.get(role) for role in LOCAL_ROLES),
        "levels": says_levels(work),
        "lead": (work.lead or work.lead_text) and not (isinstance(work, Activity) and work.lead_from),
        "partners": work.partners or work.partners_text,
        "funding": work.funding or work.costs,
    }
    for name, column in _FIELD_COLUMNS.items():
        if name == "by_year":
            yield from (Column("year", str(year)) for year in work.by_year)
            yield from (Column("period", period) for period in work.by_period)
        elif filled[name] if name in filled else getattr(work, name, None):
            yield column
    yield from dict.fromkeys(Column("more", cell.heading) for cell in work.more)


def cells_below(work: Work, columns: PlanColumns) -> list[Column]:
    """Return the filled fields of a row that have no column; they stand below its title."""
    return [column for column in filled_columns(work) if column not in columns.columns]


def says_levels(work: Work) -> bool:
    """Return whether a row names levels other than those for which it states roles."""
    if work.levels_text or work.levels_units:
        return True
    if not isinstance(work, Activity):
        return bool(work.levels)
    role_levels = {"province" if role == "local" else role for role in work.roles}
    return bool(work.levels) and not work.levels_from and {*work.levels} != role_levels


def column_title(column: Column, plan: Plan, words: Catalogue) -> str:
    """Return the title of a column."""
    match column.kind:
        case "field":
            return words.text(f"site.column.{column.name}")
        case "period":
            return next(period.title for period in plan.periods if period.id == column.name)
    return column.name


def levels_text(work: Work | Heading, words: Catalogue) -> str:
    """Return the levels of a row or heading, as printed if the document prints them."""
    return work.levels_text or ", ".join(words.text(f"site.level.{level}") for level in work.levels)


def _filled_anywhere(activity: Activity) -> Iterator[Column]:
    yield from filled_columns(activity)
    for row in activity.rows:
        yield from filled_columns(row)


def _years(plan: Plan, layout: str, counts: Iterable[Column]) -> Sequence[int]:
    """Return the years with cells; a table with layout `years` and no cells has the years of the plan's period."""
    cells = sorted(int(column.name) for column in counts if column.kind == "year")
    return cells or (plan.years if layout == "years" else ())


def _screen_width(activities: Sequence[Activity], columns: Sequence[Column]) -> float:
    """Return the approximate width in pixels of a table in which no number is broken."""
    works: list[Work] = [work for activity in activities for work in (activity, *activity.rows)]
    widths: list[float] = [LABEL_AND_TITLE]
    for column in columns:
        if column.kind == "year":
            cells = [work.by_year.get(int(column.name), "") for work in works]
        elif column.kind == "period":
            cells = [work.by_period.get(column.name, "") for work in works]
        else:
            widths.append(FIELD)
            continue
        widths.append(widest_word([*cells, column.name]) * LETTER + PADDING)
    return sum(widths)


def _year_width(activities: Sequence[Activity], others: int, years: int) -> float:
    # A year's cell is a cross or a figure; if some hold sentences, they get the width that titles can spare.
    cells = [cells for activity in activities for cells in (activity.by_year, *(row.by_year for row in activity.rows))]
    longest = max((len(cell) for by_year in cells for cell in by_year.values()), default=0)
    spare = 100 - 5 - 30 - 9 * others
    return max(min(12 if longest > 20 else 6.2, spare / max(years, 1)), 3)
