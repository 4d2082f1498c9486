"""Activities and targets outside their plans, as items of lists.

Pages of units, years and programmes list activities of many plans. An item is kept as pieces that are the same on every
page, so that no page has to read all the plans that it lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.incremental import Build, MemoKind, PartsKind
from generator.incremental.memo import MemoKey
from generator.language.catalogue import Catalogue
from generator.language.quantities import cell_with_unit
from generator.language.time_spans import NO_DAY, Order, dated, order_in_year
from generator.language.vietnamese import format_years
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Heading, Plan, Target
from generator.model.queries import Activities
from generator.pages.cell_texts import cells_by_year
from generator.pages.due_times import is_said_by_year, when_html
from generator.pages.links import Links, year_anchor
from generator.pages.plan_amounts import PlanAmounts, area_text, with_area
from generator.pages.prose import html_text, unbroken

OwnRows = dict[str, list[tuple[str, dict[int, str]]]]
InYears = dict[int, tuple[Order, str]]


class Item(NamedTuple):
    """An activity's item in pieces.

    `head` is its title; `cells` are those of years that say more than a cross (key 0: of no year), with the signs of
    `plan_amounts`; `leads` the units that lead, in segments between which a year's anchor goes; `when` is for all
    years, `in_years` its sort key and its time by year, if its time is more exact than the year; `links` are targets
    and task; `ground` is that of the editors' alignment; `rows` are by unit the sub-rows that name it, each with its
    title and cells of years.
    """

    head: str
    cells: dict[int, str]
    leads: list[str]
    when: str
    in_years: InYears
    links: str
    ground: str
    rows: OwnRows


ITEMS = PartsKind[tuple[Any, ...]]("items")
TARGETS = MemoKind[dict[str, str]]("targets")


class ItemWriter:
    """Writes the items of one page."""

    def __init__(self, corpus: Corpus, to: Links, words: Catalogue, build: Build) -> None:
        """Keep what items look up; `to` makes addresses relative to the page."""
        self.corpus, self.to, self.words, self.build = corpus, to, words, build

    def activities(
        self, activities: Iterable[Activity], year: int | None, *, lead: bool, grounds: bool = False, unit: str = ""
    ) -> Markup:
        """Return a list of activities: what, when, who, task and targets; with `grounds`, why these targets.

        With `unit`, only the sub-rows that name it are shown, and words mark amounts that are not its own.
        """
        if isinstance(activities, Activities):
            items = self._shared(activities, unit)
        else:
            items = ((item, "") for item in self._items(activities))
        if year:
            items = iter(
                sorted(items, key=lambda pair: pair[0].in_years[year][0] if year in pair[0].in_years else NO_DAY)
            )
        lines = (with_area(_item_html(item, year, lead=lead, grounds=grounds, unit=unit), area) for item, area in items)
        return Markup("\n".join(['<ul class="sk-acts">', *lines, "</ul>"]))

    def targets(self, keys: Iterable[str]) -> Markup:
        """Return items of targets by `<plan>/<target>`, each with its plan."""
        pairs = (key.split("/", 1) for key in keys)
        return Markup("\n".join(self.targets_of(plan)[id_] for plan, id_ in pairs))

    def activities_of(self, plan_id: str, indexes: Sequence[int] = ()) -> list[Item]:
        """Return the items of a plan's activities by their indexes."""

        def compute() -> Iterator[tuple[Any, ...]]:
            plan = self.corpus.plans[plan_id]
            return map(tuple, self._items(plan.activities, PlanAmounts(self.corpus, plan)))

        return list(map(Item._make, self.build.parts(ITEMS, items_key(plan_id, self.to), compute, indexes)))

    def targets_of(self, plan_id: str) -> dict[str, str]:
        """Return the items of a plan's targets by their ids."""

        def compute() -> dict[str, str]:
            plan = self.corpus.plans[plan_id]
            return {target.id: self._target(target, plan) for target in plan.targets}

        return self.build.memo(TARGETS, items_key(plan_id, self.to), compute)

    def _shared(self, activities: Activities, unit: str) -> Iterator[tuple[Item, str]]:
        """Yield items, each with the words for what its plan's amounts count, seen from a unit."""
        for plan, indexes in activities.indexes:
            reader = self.corpus.units[unit] if unit else None
            area = area_text(self.corpus, self.corpus.plans[plan], reader, self.words) if reader else ""
            yield from ((item, area) for item in self.activities_of(plan, indexes))

    def _items(self, activities: Iterable[Activity], amounts: PlanAmounts | None = None) -> Iterator[Item]:
        # Many items share lead, years and task. The cache lives for one list, so each list records what it reads.
        leads, tail = cache(self._leads), cache(self._tail)
        for activity in activities:
            head, cells, when = self._head(activity), _cells(activity, amounts), self._when(activity)
            links = tail(activity.plan, activity.target, activity.task, activity.serves or ())
            ground = self._ground(activity)
            in_years, rows = self._in_years(activity), self._rows(activity)
            yield Item(head, cells, leads(activity.lead), when, in_years, links, ground, rows)

    def _rows(self, activity: Activity) -> OwnRows:
        """Return the sub-rows by the unit that they name."""
        rows: OwnRows = {}
        for row in activity.rows:
            cells = cells_by_year(row, partial(_amount, unit=row.unit), unbroken)
            for id_ in dict.fromkeys((*row.lead, *row.partners, *row.levels_units)):
                rows.setdefault(id_, []).append((unbroken(row.title), cells))
        return rows

    def _head(self, activity: Activity) -> str:
        label = f'<span class="sk-label">{html_text(activity.label)}</span> ' if activity.label else ""
        link = f'<a class="sk-act__title" href="{self.to.activity(activity)}">{label}{unbroken(activity.title)}</a>'
        return f'<li class="sk-act">\n{link}\n'

    def _when(self, activity: Activity) -> str:
        is_due = self.corpus.plans[activity.plan].in_force
        shown = when_html(activity.timing, activity.spans, self.words, is_due=is_due)
        return shown or f"<span>{html_text(format_years(activity.years) or self._word('undated'))}</span>"

    def _in_years(self, activity: Activity) -> dict[int, tuple[Order, str]]:
        """Return when something is due in each year, if its time is more exact than the year."""
        if is_said_by_year(activity.timing, activity.spans) and not activity.all_spans:
            return {}
        is_due = self.corpus.plans[activity.plan].in_force
        year_says_all = is_said_by_year(activity.timing, activity.spans) and not dated(activity.spans)
        return {
            year: (
                order_in_year(activity.all_spans, year),
                "" if year_says_all else when_html(activity.timing, activity.spans, self.words, year, is_due=is_due),
            )
            for year in activity.years
        }

    def _ground(self, activity: Activity) -> str:
        if not activity.serves or not activity.ground:
            return ""
        return f'<span class="sk-act__ground">{unbroken(activity.ground)}</span>'

    def _tail(self, plan: str, target_id: str | None, task_id: str | None, serves: Sequence[str]) -> str:
        tail = ""
        if target_id:
            target = self.corpus.targets[f"{plan}/{target_id}"]
            tail += f'<a href="{self.to.target(target)}">{html_text(target.label_or_title)}</a>'
        if serves:
            links = ", ".join(served_link(self.corpus, self.to, plan, key) for key in serves)
            tail += f'<span class="sk-editors">{self._word("serves.editors")}: {links}</span>'
        if task_id:
            heading = self.corpus.headings[f"{plan}/{task_id}"]
            tail += f'<a href="{self.to.task(heading)}">{task_name(heading, self.words)}</a>'
        return tail

    def _leads(self, ids: Sequence[str]) -> list[str]:
        """Return units as links, in segments between which a year's anchor may go."""
        if not ids:
            return []
        segments = ["<span>"]
        for number, id_ in enumerate(ids):
            unit = self.corpus.units[id_]
            segments[-1] += f'{", " if number else ""}<a href="{self.to.unit(unit)}'
            segments.append(f'" title="{html_text(unit.name)}">{unbroken(self.corpus.short_name(unit))}</a>')
        segments[-1] += "</span>"
        return segments

    def _target(self, target: Target, plan: Plan) -> str:
        label = f'<span class="sk-label">{html_text(target.label)}</span> ' if target.label else ""
        return (
            f'<li><a href="{self.to.target(target)}">{label}'
            f'{unbroken(target.title)}</a> <span class="sk-dim">{unbroken(plan.short_title)}</span>'
            f"{status_mark(plan, self.words)}</li>"
        )

    def _word(self, key: str) -> str:
        return self.words.texts[f"site.{key}"]


def served_link(corpus: Corpus, to: Links, plan: str, key: str, css: str = "") -> str:
    """Return a link to a target that the editors align an entry of a plan with; it names the plan if it is another."""
    target = corpus.targets[key]
    of_plan = f" · {unbroken(corpus.plans[target.plan].short_title)}" if target.plan != plan else ""
    marked = f' class="{css}"' if css else ""
    return f'<a{marked} href="{to.target(target)}">{html_text(target.label_or_title)}{of_plan}</a>'


def items_key(plan: str, to: Links) -> MemoKey:
    """Return the key of the memo with a plan's items, for pages at the same folder depth."""
    return plan, to.page()


def status_mark(plan: Plan, words: Catalogue) -> str:
    """Return the mark of a plan that is not in force; empty for one in force."""
    named = words.texts[f"site.status.{plan.status}"]
    return "" if plan.in_force else f' <span class="sk-mark sk-mark--{plan.status}">{named}</span>'


def task_name(task: Heading, words: Catalogue) -> str:
    """Return a task's label, as HTML."""
    if task.label and " " in task.label:
        return html_text(task.label)
    return f"{words.texts['site.task.one']} {html_text(task.label or task.id)}"


def _cells(activity: Activity, amounts: PlanAmounts | None) -> dict[int, str]:
    def write(cell: str) -> str:
        return f"{amounts.sign(activity, cell) if amounts else ''}{unbroken(cell)}"

    cells = cells_by_year(activity, write, unbroken)
    return {year: f'<span class="sk-act__cell">{text}</span>' for year, text in cells.items()}


def _amount(cell: str, unit: str | None) -> str:
    return unbroken(cell_with_unit(cell, unit))


def _item_html(item: Item, year: int | None, *, lead: bool, grounds: bool, unit: str) -> str:
    head, cells, leads, when, in_years, tail, ground, rows = item
    who = (f"#{year_anchor(year)}" if year else "").join(leads) if lead else ""
    shown = cells.get(year or 0, "")
    meta = f"{who}{in_years[year][1] if year in in_years else '' if year else when}{tail}"
    own_rows = _own_rows(rows.get(unit, ()), year)
    return f'{head}{shown}{own_rows}<span class="sk-act__meta">\n{meta}</span>\n{ground if grounds else ""}</li>'


def _own_rows(rows: Iterable[tuple[str, dict[int, str]]], year: int | None) -> str:
    """Return the sub-rows that name one unit: its own part of an activity of several."""
    shown = []
    for title, cells in rows:
        in_all = (f"{each}: {cell}" if each else cell for each, cell in cells.items() if not year)
        texts = [cells[year]] if year in cells else list(in_all)
        shown.append(f'<span class="sk-act__row">{title}{": " if texts else ""}{"; ".join(texts)}</span>\n')
    return "".join(shown)
