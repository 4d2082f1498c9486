"""Activities as HTML: the rows of a plan's table, and lists of activities by plan.

They are most of the site. Written here without a template engine, they take a fifth of the time.
All text of contributors goes through `html_text` or `prose`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from markupsafe import Markup

from generator.incremental import Build
from generator.language.catalogue import Catalogue
from generator.language.vietnamese import format_number
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Row, Target, Unit, Work
from generator.model.queries import Activities, LazySequence
from generator.pages.cell_texts import cell_text, roles_of
from generator.pages.due_times import when_html
from generator.pages.frame import FrameWriter
from generator.pages.items import ItemWriter, served_link, task_name
from generator.pages.links import Links
from generator.pages.listing import MOST_LISTED, Listing, list_by_plan
from generator.pages.parts import PartWriter, counted
from generator.pages.plan import Children
from generator.pages.plan_columns import NO_COLUMNS, Column, PlanColumns, cells_below, column_title, levels_text
from generator.pages.prose import html_text, prose, unbroken
from generator.pages.sheet_rows import SheetWriter
from generator.pages.target_work import TargetWork
from generator.pages.unit_work import Share

LONG_CELL = 12
"""Letters; a longer cell counts as words, not as a figure."""
EMPTY = '<td class="sk-cell--empty"></td>'
WHEN, LEAD = Column("field", "when"), Column("field", "lead")


class RowWriter(FrameWriter):
    """Writes one page and its activities."""

    def __init__(self, corpus: Corpus, to: Links, words: Catalogue, build: Build, site: str) -> None:
        """Keep what parts of the page look up; `to` makes addresses relative to it, `site` is the site's name."""
        super().__init__(corpus, to, words)
        self.site = site
        self._items = ItemWriter(corpus, to, words, build)
        parts = PartWriter(corpus, to, words)  # not this object, which would refer to itself
        self._sheets = SheetWriter(parts, build)
        # The same few units occur in most rows of a page.
        self._units_html = cache(parts.printed_units)

    def items(
        self,
        activities: Iterable[Activity],
        year: int | None = None,
        *,
        lead: bool = True,
        grounds: bool = False,
        unit: str = "",
    ) -> Markup:
        """Return a list of activities outside their plans, with the sub-rows that name `unit`."""
        return self._items.activities(activities, year, lead=lead, grounds=grounds, unit=unit)

    def sheet(self, work: Mapping[Share, Activities], year: int, search: str, unit: Unit) -> Markup:
        """Return the table of a unit's year, and a link to the search for what exceeds one sheet."""
        listings, room = {}, MOST_LISTED
        for share, activities in work.items():
            listings[share] = list_by_plan(self.corpus, activities, room)
            room = max(0, room - sum(len(members) for _, members in listings[share].groups))
        rests = (self.rest(listing, search, year) for listing in listings.values())
        return self._sheets.table(listings, year, unit) + Markup("\n").join(filter(None, rests))

    def sheet_lines(self, activities: Activities, year: int) -> Markup:
        """Return a short list of what a department leads in a year."""
        return self._sheets.lines(activities, year)

    def listing(
        self,
        listing: Listing,
        search: str,
        year: int | None = None,
        *,
        lead: bool = True,
        grounds: bool = False,
        unit: str = "",
    ) -> Markup:
        """Return activities by plan, and links to plans whose activities are only counted, or to the search."""
        groups = "".join(
            f'<p class="sk-group"><a href="{self._plan(plan, year)}">{unbroken(plan.short_title)}</a>'
            f"{self.status(plan)} {_dim(counted(self.words, len(members), 'activities'))}</p>\n"
            f"{self.items(members, year, lead=lead, grounds=grounds, unit=unit)}\n"
            for plan, members in listing.groups
        )
        return Markup(f"{groups}{self.rest(listing, search, year)}\n")

    def rest(self, listing: Listing, search: str, year: int | None = None) -> Markup:
        """Return links to the plans of a listing whose activities are only counted."""
        if not listing.rest:
            return Markup()
        plans = "".join(
            f'<li><a href="{self._plan(plan, year)}">{unbroken(plan.short_title)}</a>'
            f"{self.status(plan)} {_dim(format_number(number))}</li>\n"
            for plan, number in listing.rest
        )
        if listing.more:
            text = self.words.text("site.rest_more", n=counted(self.words, listing.more, "plans"))
            plans += f'<li><a href="{html_text(search)}">{html_text(text)}</a></li>\n'
        return Markup(f'<p>{self._word("rest")}</p>\n<ul class="sk-columns">\n{plans}</ul>')

    def _plan(self, plan: Plan, year: int | None) -> str:
        return self.to.plan(plan, query=f"nam={year}" if year else "")

    def work_matrix(self, work: TargetWork, target: Target) -> Markup:
        """Return how much of a target's work is due in each year: for each task of its plan, for no task, others, all.

        Each count links to the search for these activities, or to their list: the search has no filter for "no task".
        """

        def row(name: str, counts: Mapping[int, int], address: Callable[[int], str]) -> str:
            cells = "".join(
                f'<td><a href="{html_text(address(year))}">{format_number(counts[year])}</a></td>'
                if counts.get(year)
                else '<td><span class="sk-dim">·</span></td>'
                for year in work.years
            )
            return f'<tr><th scope="row">{name}</th>{cells}</tr>\n' if counts else ""

        def search(task: str = "") -> Callable[[int], str]:
            return lambda year: self.to.search("chi-tieu", target.key, year, task)

        head = "".join(f'<th scope="col">{year}</th>' for year in work.years)
        rows = [
            row(task_name(task, self.words), counts, search(task.key))
            if task
            else row(self._word("target.no_task"), counts, lambda _: "#ngoai-nhiem-vu")
            for task, counts in work.rows
        ]
        rows.append(row(self._word("target.others"), work.below_years, lambda _: "#ke-hoach-khac"))
        rows.append(row(self._word("target.all_work"), work.years, search()))
        return Markup(
            f'<div class="sk-frame"><table class="sk-matrix"><caption>{self._word("target.work_caption")}</caption>\n'
            f'<thead><tr><th scope="col">{self._word("task.one")}</th>{head}</tr></thead>\n'
            f"<tbody>\n{''.join(rows)}</tbody></table></div>"
        )

    def target_items(self, targets: LazySequence[Target]) -> Markup:
        """Return a list of targets outside their plans."""
        return self._items.targets(targets.keys)

    def rows(self, activities: Iterable[Activity], plan: Plan, columns: PlanColumns, children: Children) -> Markup:
        """Return rows of a plan's table, each followed by the activities inside it."""
        rows: list[str] = []
        for activity in activities:
            rows.append(self._row(activity, plan, columns))
            rows += (self._sub_row(row, activity, plan, columns) for row in activity.rows)
            if inner := children.get(activity.id):
                rows.append(self.rows(inner, plan, columns, children))
        return Markup("\n".join(rows))

    def bullets(self, activities: Iterable[Activity], plan: Plan, children: Children) -> Markup:
        """Return activities of a plan without a table, each with the activities inside it."""
        items = "".join(self._bullet(activity, plan, children) for activity in activities)
        return Markup(f'<ul class="sk-bullets">\n{items}</ul>\n')

    def _bullet(self, activity: Activity, plan: Plan, children: Children) -> str:
        id_, inner = activity.id, children.get(activity.id)
        label = f'<a class="sk-label" href="#{id_}">{html_text(activity.label)}</a> ' if activity.label else ""
        when = self._dim_when(activity, plan)
        rows = "".join(self._bullet_row(row, plan) for row in activity.rows)
        rows = f'<ol class="sk-rows">\n{rows}</ol>' if rows else ""
        return (
            f'<li class="sk-row" id="{id_}" data-years="{_years(activity.years)}">\n'
            f"{label}{self._title(activity, plan)}\n"
            f"{when}{self._details(activity, plan, activity.years, NO_COLUMNS)}\n{rows}"
            f"{self.bullets(inner, plan, children) if inner else ''}</li>\n"
        )

    def _bullet_row(self, row: Row, plan: Plan) -> str:
        label = f'<span class="sk-label">{html_text(row.label)}</span> ' if row.label else ""
        when = f" {self._dim_when(row, plan)}" if row.when else ""
        marks, below = self.footnote_marks(row.footnotes, plan), self._row_details(row, plan, NO_COLUMNS)
        return f"<li>{label}{unbroken(row.title)}{when}{marks}{below}</li>\n"

    def _row(self, activity: Activity, plan: Plan, columns: PlanColumns) -> str:
        has_column = WHEN in columns.columns
        when = f" {self._dim_when(activity, plan)}" if activity.when and not has_column else ""
        years = [year for year in activity.years if year not in columns.years or year not in activity.by_year]
        details = self._details(activity, plan, years, columns)
        lines = "\n".join(self._cell(activity, column, plan) for column in columns.columns)
        return (
            f'<tr class="sk-row" id="{activity.id}" data-years="{_years(activity.years)}">\n'
            f'<th scope="row" class="sk-no"><a href="#{activity.id}" title="{self._word("plan.anchor")}">'
            f"{html_text(activity.label or '–')}</a></th>\n"
            f'<td class="sk-what">{self._title(activity, plan)}{when}{details}</td>\n{lines}\n</tr>'
        )

    def _sub_row(self, row: Row, activity: Activity, plan: Plan, columns: PlanColumns) -> str:
        has_column = WHEN in columns.columns
        when = f'<span class="sk-dim">{self._when(row, plan)}:</span> ' if row.when and not has_column else ""
        cells = "\n".join(self._cell(row, column, plan) for column in columns.columns)
        return (
            f'<tr class="sk-row sk-row--sub" data-years="{_years(row.years or activity.years)}">\n'
            f'<td class="sk-no">{html_text(row.label or "")}</td>\n'
            f'<td class="sk-what">{self._title(row, plan, when)}{self._row_details(row, plan, columns)}</td>\n'
            f"{cells}\n</tr>"
        )

    def _when(self, work: Work, plan: Plan) -> str:
        # In a plan of one year readers know the year; days beside each month would only add clutter.
        is_read = plan.first_year != plan.last_year
        # The days of quarters' columns are in the table's head.
        spans = work.spans if work.when or work.due or work.deadline else ()
        return when_html(work.when, spans, self.words, is_due=plan.in_force, is_read=is_read)

    def _dim_when(self, work: Work, plan: Plan) -> str:
        html = self._when(work, plan)
        return f'<span class="sk-dim">{html}</span>' if html else ""

    def _title(self, entry: Activity | Row, plan: Plan, when: str = "") -> str:
        marks = self.footnote_marks(entry.footnotes, plan)
        former = self.former(entry) if isinstance(entry, Activity) else ""
        return f'<span class="sk-title">{former}{when}{unbroken(entry.title)}{marks}</span>'

    def _cell(self, work: Activity | Row, column: Column, plan: Plan) -> str:
        if column.kind == "year":
            return self._year_cell(work, int(column.name), plan)
        html = self._when(work, plan) if column == WHEN else self._cell_html(work, column)
        if not html and isinstance(work, Row):
            return EMPTY
        kind = ' class="sk-cell"' if column.kind == "period" else ""
        return f'<td{kind} data-label="{html_text(column_title(column, plan, self.words))}">{html}</td>'

    def _year_cell(self, entry: Activity | Row, year: int, plan: Plan) -> str:
        cell = entry.by_year.get(year, "")
        if not cell:
            return f'<td class="sk-cell sk-cell--empty" data-label="{year}"></td>'
        words = " sk-cell--words" if len(cell) > LONG_CELL else ""
        if year in entry.years:
            shown = f'<a class="sk-cell__year" href="{self.to.year(year, plan.id)}">{year}</a>'
        else:
            shown = f'<span class="sk-cell__year">{year}</span>'
        return f'<td class="sk-cell{words}" data-label="{year}">{shown} <b>{unbroken(cell)}</b></td>'

    def _cell_html(self, work: Activity | Row, column: Column) -> str:
        """Return a row's text in a column; names of units are links."""
        match column.name if column.kind == "field" else "":
            case "lead":
                return self._lead(work)
            case "partners":
                return self._units_html(work.partners_text, work.partners)
            case "levels":
                return self._units_html(levels_text(work, self.words), work.levels_units)
            case "central" | "local":
                return "".join(
                    (f"<b>{self._word(f'level.{level}')}:</b> " if level not in {"central", "local"} else "")
                    + str(prose(text))  # a str: Markup would escape the other part
                    for level, text in roles_of(work, column.name)
                )
        text = cell_text(self.corpus, work, column, self.words)
        return prose(text) if column.is_markdown else "<br>".join(map(unbroken, text.split("\n")))

    def _lead(self, work: Activity | Row) -> str:
        """Return who leads; an inherited lead says where it comes from."""
        html = self._units_html(work.lead_text, work.lead)
        if not isinstance(work, Activity) or not work.lead_from:
            return html
        source = "target" if work.lead_from == work.target else "heading"
        return f'{html} <span class="sk-dim sk-inherited">({self._word(f"inherited.{source}")})</span>'

    def _details(self, activity: Activity, plan: Plan, years: Iterable[int], columns: PlanColumns) -> str:
        """Return text, figures and links, and the fields that have no column."""
        text = f'<div class="sk-prose">{prose(activity.text)}</div>' if activity.text else ""
        links: list[str] = [self.share(f"#{activity.id}")]
        if activity.target:
            target = self.corpus.targets[f"{activity.plan}/{activity.target}"]
            address = self.to.target(target)
            links.append(f'<a class="sk-chip sk-chip--target" href="{address}">{html_text(target.label_or_title)}</a>')
        if activity.task:
            task = self.corpus.headings[f"{activity.plan}/{activity.task}"]
            links.append(
                f'<a class="sk-chip sk-chip--task" href="{self.to.task(task)}">{task_name(task, self.words)}</a>'
            )
        for year in years:
            links.append(f'<a class="sk-chip sk-chip--year" href="{self.to.year(year, plan.id)}">{year}</a>\n')
        links.append(self.programme_links(activity.programmes))
        if activity.lead_from and LEAD not in columns.columns:
            # paper shows it at the heading or target
            links.append(f'<span class="sk-who sk-screen">{self._word("lead")}: {self._lead(activity)}</span>')
        links.append(self._below(activity, plan, columns))
        return (
            f"{text}{self.measures(activity.measures)}{self.note(activity.note)}\n"
            f'<p class="sk-links">\n{"".join(links)}</p>{self._alignment(activity, plan)}{self._answered(activity)}'
        )

    def _answered(self, activity: Activity) -> str:
        """Return the measures of other plans that an activity's measures answer, according to the editors."""
        if not (links := self.contributions(activity.measures)):
            return ""
        title = self.contributions_title(activity.measures, self.corpus.plans[activity.plan])
        return f'<div class="sk-serves"><span>{title}:</span><ul>{links}</ul></div>'

    def _alignment(self, activity: Activity, plan: Plan) -> str:
        """Return the editors' words on the targets that an activity serves; the document's own target is a link above.

        If the whole plan is aligned with nothing, only the plan says so.
        """
        if activity.serves is None or (activity.target and not activity.serves) or plan.serves is not None:
            return ""
        chip = "sk-chip sk-chip--target sk-chip--editors"
        links = "".join(served_link(self.corpus, self.to, plan.id, key, chip) for key in activity.serves)
        ground = f' <span class="sk-serves__ground">{unbroken(activity.ground)}</span>' if activity.ground else ""
        says = links or f"{self._word('serves.none')}."
        return f'<p class="sk-serves"><span>{self._word("serves.editors")}:</span> {says}{ground}</p>'

    def _row_details(self, row: Row, plan: Plan, columns: PlanColumns) -> str:
        """Return the note of a sub-row, and its fields that have no column."""
        below = self._below(row, plan, columns)
        return self.note(row.note) + (Markup(f'<p class="sk-links">{below}</p>') if below else "")

    def _below(self, work: Activity | Row, plan: Plan, columns: PlanColumns) -> str:
        """Return the fields that have no column, each after its name; the time is beside the title instead."""
        return "".join(
            f'<span class="sk-who">{html_text(self._name(column, plan))}: {self._inline(work, column)}</span>'
            for column in cells_below(work, columns)
            if column != WHEN
        )

    def _inline(self, work: Activity | Row, column: Column) -> str:
        """Return a row's text in a column, as part of a line."""
        if column.name in {"central", "local"} and column.kind == "field":
            return "; ".join(
                (f"{self._word(f'level.{level}')}: " if level not in {"central", "local"} else "") + unbroken(text)
                for level, text in roles_of(work, column.name)
            )
        if column.is_markdown:
            return unbroken(cell_text(self.corpus, work, column, self.words))
        return self._cell_html(work, column)

    def _name(self, column: Column, plan: Plan) -> str:
        return self._word("lead") if column == LEAD else column_title(column, plan, self.words)


def _dim(text: str) -> str:
    return f'<span class="sk-dim">{html_text(text)}</span>'


def _years(years: Sequence[int]) -> str:
    """Return the years for the filter by year; a dash if there are none."""
    return " ".join(map(str, years)) or "-"
