"""The sheet of a unit's year: rows with an empty column to fill in, stored in pieces by plan like items of lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.incremental import Build, PartsKind
from generator.language.quantities import cell_with_unit
from generator.language.time_spans import dated
from generator.model.entities import Activity, Heading, Measure, Plan, Row, Unit
from generator.model.queries import Activities
from generator.pages.cell_texts import cells_by_year
from generator.pages.items import items_key
from generator.pages.listing import Listing
from generator.pages.parts import PartWriter
from generator.pages.plan_amounts import PlanAmounts, area_text, sign_of_measure, with_area
from generator.pages.prose import html_text
from generator.pages.unit_work import Share

SubRow = tuple[str, tuple[int, ...], dict[int, str], str]
"""A sub-row in pieces: title, years, cells of years, when."""


class SheetRow(NamedTuple):
    """An activity's row in pieces.

    `what` is title and target; `cells` are by year (key 0: any other year), with the signs of `plan_amounts`;
    `first_days` are numbers by year, if it has any; `document` is its place there; `inner` are its sub-rows.
    """

    what: str
    cells: dict[int, str]
    first_days: dict[int, int]
    when: str
    leads: str
    partners: str
    document: str
    inner: list[SubRow]


SHEET = PartsKind[tuple[Any, ...]]("sheet")
LAST = date.max.toordinal()
"""The sort key of rows without a day: they come last, in the document's order."""
COLUMNS = ("no", "what", "quantity", "when", "with", "document", "result")


class SheetWriter:
    """Writes the table of a unit's year on one page."""

    def __init__(self, parts: PartWriter, build: Build) -> None:
        """Keep the writer of the page's parts."""
        self.parts, self.build = parts, build
        self.corpus, self.to, self.words = parts.corpus, parts.to, parts.words

    def table(self, work: Mapping[Share, Listing], year: int, unit: Unit) -> Markup:
        """Return one table with a body for each share; rows are numbered through."""
        heads = "".join(f'<th scope="col">{self._word(f"sheet.column.{name}")}</th>' for name in COLUMNS)
        bodies, number = [], 0
        for share, listing in work.items():
            if listing.total:
                areas = [area_text(self.corpus, plan, unit, self.words) for plan, _ in listing.groups]
                groups = zip(listing.groups, areas, strict=True)
                rows = [(row, area) for (_, members), area in groups for row in self._rows(members)]
                rows.sort(key=lambda pair: pair[0].first_days.get(year, LAST))
                lines = [self._row(*pair, year, share, number + index) for index, pair in enumerate(rows, 1)]
                number += len(rows)
                bodies.append(
                    f'<tbody><tr class="sk-sheet__part"><th colspan="{len(COLUMNS)}" scope="rowgroup">'
                    f'{self._word(f"sheet.part.{share}")} <span class="sk-dim">{listing.total}</span></th></tr>\n'
                    + "\n".join(lines)
                    + "</tbody>"
                )
        caption = f'<caption class="sk-hidden">{self._word("sheet.caption")}</caption>'
        body = "\n".join(bodies)
        return Markup(f'<table class="sk-sheet">{caption}\n<thead><tr>{heads}</tr></thead>\n{body}\n</table>\n')

    def lines(self, activities: Activities, year: int) -> Markup:
        """Return activities as a short list: titles, and the amounts in the year, also of each sub-row."""
        items = (
            f"<li>{what} {_count(cells, year)}{_inner_list(inner, year)}</li>"
            for what, cells, *_, inner in self._rows(activities)
        )
        return Markup("\n".join(['<ol class="sk-sheet__lines">', *items, "</ol>"]))

    def rows_of(self, plan_id: str, indexes: Sequence[int] = ()) -> list[SheetRow]:
        """Return the rows of a plan's activities by their indexes."""

        def compute() -> Iterator[tuple[Any, ...]]:
            plan = self.corpus.plans[plan_id]
            units, headings = plan.load().units_of_measure, {heading.id: heading for heading in plan.headings}
            amounts = PlanAmounts(self.corpus, plan)
            # Many rows name the same units. Not cached longer: each memo must record what it reads.
            names = cache(self.parts.printed_units)
            return (
                tuple(self._sheet_row(activity, plan, units, headings, names, amounts=amounts))
                for activity in plan.activities
            )

        return list(map(SheetRow._make, self.build.parts(SHEET, items_key(plan_id, self.to), compute, indexes)))

    def _rows(self, activities: Activities) -> Iterable[SheetRow]:
        for plan, indexes in activities.indexes:
            yield from self.rows_of(plan, indexes)

    def _sheet_row(
        self,
        activity: Activity,
        plan: Plan,
        units: Mapping[str, str],
        headings: Mapping[str, Heading],
        names: Callable[[str | None, Sequence[str]], Markup],
        *,
        amounts: PlanAmounts,
    ) -> SheetRow:
        unit = activity.unit or units.get(activity.id)
        what = f'<a class="sk-sheet__title" href="{self.to.activity(activity)}">{html_text(activity.title)}</a>'
        target = self.corpus.targets[f"{activity.plan}/{activity.target}"] if activity.target else None
        if target:
            what += f' <a class="sk-sheet__target" href="{self.to.target(target)}">{html_text(target.full_title)}</a>'
        position = place_in_document(
            activity.label, [target.label or ""] if target else _labels_above(activity.section, headings)
        )
        status = "" if plan.status == "published" else f" ({self._word(f'status.{plan.status}')})"
        figures = "; ".join(self._figure(measure) for measure in activity.measures)
        return SheetRow(
            what,
            _cells(activity, activity, unit, amounts, figures),
            first_days(activity),
            self._td("when", html_text(activity.timing or "")),
            str(names(activity.lead_text, activity.lead)),
            str(names(activity.partners_text, activity.partners)),
            self._td("document", html_text(f"{plan.short_title}{f', {position}' if position else ''}{status}")),
            [_sub_row(row, activity, unit, amounts) for row in activity.rows],
        )

    def _figure(self, measure: Measure) -> str:
        sign = sign_of_measure(measure)
        return f'<span title="{html_text(measure.name)}">{sign}{self.parts.value_of(measure)}</span>'

    def _row(self, row: SheetRow, area: str, year: int, share: Share, number: int) -> str:
        what, cells, _, when, leads, partners, document, inner = row
        who = partners if share == "lead" else f'<b class="sk-sheet__lead">{leads}</b>' if leads else ""
        html = (
            f'<tr class="sk-sheet__row"><td class="sk-sheet__no">{number}</td><td class="sk-sheet__what">{what}</td>'
            f"{self._td('quantity', _cell(cells, area, year))}{when}{self._td('with', who)}{document}"
            f'<td class="sk-sheet__pen"></td></tr>'
        )
        for title, _, sub_cells, sub_when in _due(inner, year):
            html += (
                f'<tr class="sk-sheet__row sk-sheet__row--sub"><td class="sk-sheet__no"></td>'
                f'<td class="sk-sheet__what">{title}</td>{self._td("quantity", _cell(sub_cells, area, year))}'
                f'{self._td("when", sub_when)}<td></td><td></td><td class="sk-sheet__pen"></td></tr>'
            )
        return html

    def _td(self, name: str, html: str) -> str:
        return f'<td data-label="{self._word(f"sheet.column.{name}")}">{html}</td>' if html else "<td></td>"

    def _word(self, key: str) -> str:
        return self.words.texts[f"site.{key}"]


def quantity_unit(entry: Activity | Row, year: int, activity: Activity, units: Mapping[str, str]) -> str | None:
    """Return the unit of measure of a year's cell, of the activity or its sub-row; None without one."""
    unit = entry.unit or activity.unit or units.get(activity.id)
    return unit if unit and cells_by_year(entry, str).get(year) else None


def _labels_above(section: str | None, headings: Mapping[str, Heading]) -> list[str]:
    """Return the printed labels of a heading and of those above it, outermost first."""
    labels: list[str] = []
    while section:
        heading = headings[section]
        labels.insert(0, heading.label or "")
        section = heading.parent
    return labels


def place_in_document(label: str | None, above: Sequence[str]) -> str:
    """Return where something stands in its document: its label, with the labels above if it alone is not unique.

    >>> place_in_document("7.1", ["Chỉ tiêu 7"]), place_in_document("1", ["Chỉ tiêu 4"])
    ('7.1', 'Chỉ tiêu 4, 1')
    >>> place_in_document("7", ["Nhiệm vụ 1", "C", "II"]), place_in_document(None, ["B", "II", "1", "1.2"])
    ('Nhiệm vụ 1, C.II.7', 'B, II, 1.2')
    >>> place_in_document(None, ["B", "II", "4. Nhiệm vụ 3", "4.2"])
    'B, II, 4.2'
    """
    if label and "." in label.rstrip("."):
        return label
    labels = [text.rstrip(".") for text in [*above, label] if text]
    # Above `1.2`, `1` or `1. Nhiệm vụ 1` adds nothing.
    inner = [*labels[1:], ""] if labels else []
    parts = [text for text, below in zip(labels, inner, strict=True) if not below.startswith(f"{text.split('. ')[0]}.")]
    signs = list(takewhile(lambda part: " " not in part and "." not in part, reversed(parts)))[::-1]
    return ", ".join([*parts[: len(parts) - len(signs)], *([".".join(signs)] if signs else [])])


def _cells(
    entry: Activity | Row, activity: Activity, unit: str | None, amounts: PlanAmounts, figures: str = ""
) -> dict[int, str]:
    def write(cell: str) -> str:
        return amounts.sign(activity, cell) + html_text(cell_with_unit(cell, unit))

    return cells_by_year(entry, write, html_text, figures)


def _cell(cells: Mapping[int, str], area: str, year: int) -> str:
    return with_area(cells.get(year) or cells.get(0, ""), area)


def _count(cells: Mapping[int, str], year: int) -> str:
    return f'<span class="sk-sheet__count">{_cell(cells, "", year)}</span>'


def _due(inner: Iterable[SubRow], year: int) -> list[SubRow]:
    """Return the sub-rows of a year: those that name it or no year."""
    return [(what, years, cells, when) for what, years, cells, when in inner if not years or year in years]


def _inner_list(inner: Iterable[SubRow], year: int) -> str:
    items = [f"<li>{title} {_count(cells, year)}</li>" for title, _, cells, _ in _due(inner, year)]
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _sub_row(row: Row, activity: Activity, unit: str | None, amounts: PlanAmounts) -> SubRow:
    return (
        html_text(row.title),
        row.years,
        _cells(row, activity, row.unit or unit, amounts),
        html_text(row.timing or ""),
    )


def first_days(activity: Activity) -> dict[int, int]:
    """Return the first day of an activity in each year, if its time is more exact than years."""
    days = [span.begin for span in dated(activity.spans)]
    return {day.year: day.toordinal() for day in sorted(days, reverse=True)}
