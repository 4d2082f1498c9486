"""Activities as HTML: the rows of a plan's table, and the items of every other list.

They are most of what a site is made of. Written here, without a template engine, they take a fifth of the time.
Everything that contributors wrote goes through `html_text` or `prose`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from generator.incremental import Build
from generator.language.catalogue import Catalogue
from generator.language.vietnamese import format_number
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Row, Target
from generator.model.queries import LazySequence
from generator.pages.frame import FrameWriter
from generator.pages.items import ItemWriter, task_name
from generator.pages.links import Links
from generator.pages.listing import Listing
from generator.pages.parts import counted
from generator.pages.prose import html_text, prose
from generator.pages.table import Columns

LONG_CELL = 12
"""Letters; a longer cell is words."""
_LOCAL = ("local", "province", "district", "commune", "branch")


class RowWriter(FrameWriter):
    """Writes one page and its activities; `to` makes the addresses from there."""

    def __init__(self, corpus: Corpus, to: Links, words: Catalogue, build: Build) -> None:
        super().__init__(corpus, to, words)
        self._items = ItemWriter(corpus, to, words, build)

    def items(self, activities: Iterable[Activity], year: int | None = None, *, lead: bool = True) -> Markup:
        """A list of activities outside of their plans: what, when, who, for which task and target."""
        return self._items.activities(activities, year, lead=lead)

    def listing(self, listing: Listing, search: str, year: int | None = None, *, lead: bool = True) -> Markup:
        """Activities grouped by plan, and links to the plans whose activities are only counted; `search` is the address
        at which all are found."""
        groups = "".join(
            f'<p class="sk-group"><a href="{self._plan(plan, year)}">{html_text(plan.short_title)}</a> '
            f"{_dim(counted(self.words, len(members), 'activities'))}</p>\n{self.items(members, year, lead=lead)}\n"
            for plan, members in listing.groups
        )
        return Markup(f"{groups}{self.rest(listing, search, year)}\n")

    def rest(self, listing: Listing, search: str, year: int | None = None) -> Markup:
        """Links to the plans of a listing whose activities are only counted."""
        if not listing.rest:
            return Markup()
        plans = "".join(
            f'<li><a href="{self._plan(plan, year)}">{html_text(plan.short_title)}</a> '
            f"{_dim(format_number(number))}</li>\n"
            for plan, number in listing.rest
        )
        if listing.more:
            text = self.words.text("site.rest_more", n=counted(self.words, listing.more, "plans"))
            plans += f'<li><a href="{html_text(search)}">{html_text(text)}</a></li>\n'
        return Markup(f'<p>{self._word("rest")}</p>\n<ul class="sk-columns">\n{plans}</ul>')

    def _plan(self, plan: Plan, year: int | None) -> str:
        return self.to.plan(plan, query=f"nam={year}" if year else "")

    def target_items(self, targets: LazySequence[Target]) -> Markup:
        """A list's items of targets outside of their plans."""
        return self._items.targets(targets.keys)

    def rows(
        self, activities: Iterable[Activity], plan: Plan, columns: Columns, children: Mapping[str, Sequence[Activity]]
    ) -> Markup:
        """Rows of a plan's table, each followed by those of the activities that stand in it."""
        return Markup("\n".join(self._rows(activities, plan, columns, children)))

    def bullets(self, activities: Iterable[Activity], plan: Plan, children: Mapping[str, Sequence[Activity]]) -> Markup:
        """Activities of a plan without a table, each with those that stand in it."""
        return Markup(self._bullets(activities, plan, children))

    def _rows(
        self, activities: Iterable[Activity], plan: Plan, columns: Columns, children: Mapping[str, Sequence[Activity]]
    ) -> Iterator[str]:
        for activity in activities:
            yield self._row(activity, plan, columns)
            yield from (self._sub_row(row, activity, plan, columns) for row in activity.rows)
            yield from self._rows(children.get(activity.id, ()), plan, columns, children)

    def _bullets(self, activities: Iterable[Activity], plan: Plan, children: Mapping[str, Sequence[Activity]]) -> str:
        items = (self._bullet(activity, plan, children.get(activity.id, ()), children) for activity in activities)
        return "".join(('<ul class="sk-bullets">\n', *items, "</ul>\n"))

    def _bullet(
        self, activity: Activity, plan: Plan, inner: Sequence[Activity], children: Mapping[str, Sequence[Activity]]
    ) -> str:
        id_ = activity.id
        label = f'<a class="sk-label" href="#{id_}">{html_text(activity.label)}</a> ' if activity.label else ""
        under = "".join(_dim(text) for text in (activity.when, activity.levels_text) if text)
        rows = "".join(self._bullet_row(row, plan) for row in activity.rows)
        return (
            f'<li class="sk-row" id="{id_}" data-years="{_years(activity.years)}">\n'
            f'{label}<span class="sk-title">{html_text(activity.title)}{self._marks(activity.footnotes, plan)}</span>\n'
            f' <a class="sk-hash" href="#{id_}" title="{self._word("plan.anchor")}">#</a>\n{under}'
            f"{self._details(activity, plan, lead=True, partners=True, years=activity.years)}\n"
            + (f'<ol class="sk-rows">\n{rows}</ol>' if rows else "")
            + (self._bullets(inner, plan, children) if inner else "")
            + "</li>\n"
        )

    def _bullet_row(self, row: Row, plan: Plan) -> str:
        label = f'<span class="sk-label">{html_text(row.label)}</span> ' if row.label else ""
        when = f" {_dim(row.when)}" if row.when else ""
        marks, note = self._marks(row.footnotes, plan), self._note(row.note)
        return f"<li>{label}{html_text(row.title)}{when}{marks}{note}</li>\n"

    def _row(self, activity: Activity, plan: Plan, columns: Columns) -> str:
        roles = plan.layout == "roles"
        when = f' <span class="sk-dim">{html_text(activity.when)}</span>' if activity.when and not roles else ""
        given = activity.by_year if not roles else {}
        details = self._details(
            activity,
            plan,
            lead=roles or not columns.lead,
            partners=roles or not columns.partners,
            years=[year for year in activity.years if year not in given],
        )
        cells = self._roles(activity) if roles else self._cells(activity, plan, columns)
        return (
            f'<tr class="sk-row" id="{activity.id}" data-years="{_years(activity.years)}">\n'
            f'<th scope="row" class="sk-no"><a href="#{activity.id}" title="{self._word("plan.anchor")}">'
            f"{html_text(activity.label or '–')}</a></th>\n"
            f'<td class="sk-what"><span class="sk-title">{html_text(activity.title)}'
            f"{self._marks(activity.footnotes, plan)}</span>{when}{details}</td>\n{cells}\n</tr>"
        )

    def _sub_row(self, row: Row, activity: Activity, plan: Plan, columns: Columns) -> str:
        roles = plan.layout == "roles"
        when = f'<span class="sk-dim">{html_text(row.when)}:</span> ' if row.when and not roles else ""
        empty = '<td class="sk-cell--empty"></td>'
        if roles:
            cells = f'<td data-label="{self._word("column.when")}">{html_text(row.when or "")}</td>\n{empty}\n{empty}'
        else:
            cells = self._year_cells(row, plan, columns) + empty * (columns.count - 2 - len(columns.years))
        return (
            f'<tr class="sk-row sk-row--sub" data-years="{_years(row.years or activity.years)}">\n'
            f'<td class="sk-no">{html_text(row.label or "")}</td>\n'
            f'<td class="sk-what"><span class="sk-title">{when}{html_text(row.title)}'
            f"{self._marks(row.footnotes, plan)}</span>{self._note(row.note)}</td>\n{cells}\n</tr>"
        )

    def _cells(self, activity: Activity, plan: Plan, columns: Columns) -> str:
        found = [self._year_cells(activity, plan, columns)]
        if columns.levels:
            levels = activity.levels_text or ", ".join(self._word(f"level.{level}") for level in activity.levels)
            found.append(self._cell("levels", html_text(levels)))
        if columns.lead:
            found.append(self._cell("lead", self._units(activity.lead)))
        if columns.partners:
            found.append(self._cell("partners", self._units(activity.partners)))
        if columns.funding:
            found.append(self._cell("funding", html_text(activity.funding or "")))
        return "\n".join(found)

    def _year_cells(self, entry: Activity | Row, plan: Plan, columns: Columns) -> str:
        return "\n".join(self._year_cell(entry, year, plan) for year in columns.years)

    def _year_cell(self, entry: Activity | Row, year: int, plan: Plan) -> str:
        cell = entry.by_year.get(year, "")
        if not cell:
            return f'<td class="sk-cell sk-cell--empty" data-label="{year}"></td>'
        words = " sk-cell--words" if len(cell) > LONG_CELL else ""
        if year in entry.years:
            shown = f'<a class="sk-cell__year" href="{self.to.year(year, plan.id)}">{year}</a>'
        else:
            shown = f'<span class="sk-cell__year">{year}</span>'
        return f'<td class="sk-cell{words}" data-label="{year}">{shown} <b>{html_text(cell)}</b></td>'

    def _roles(self, activity: Activity) -> str:
        local = "".join(
            ("" if role == "local" else f"<b>{self._word(f'level.{role}')}:</b> ") + prose(activity.roles[role])
            for role in _LOCAL
            if activity.roles.get(role)
        )
        central = prose(activity.roles.get("central", ""))
        return "\n".join(
            (
                self._cell("when", html_text(activity.when or "")),
                self._cell("central", central),
                self._cell("local", local),
            )
        )

    def _cell(self, column: str, html: str) -> str:
        return f'<td data-label="{self._word(f"column.{column}")}">{html}</td>'

    def _details(self, activity: Activity, plan: Plan, *, lead: bool, partners: bool, years: Iterable[int]) -> str:
        """More text, figures and the links that the row's columns do not carry."""
        text = f'<div class="sk-prose">{prose(activity.text)}</div>' if activity.text else ""
        links = []
        if activity.target:
            target = self.corpus.targets[f"{activity.plan}/{activity.target}"]
            address = self.to.target(target)
            links.append(f'<a class="sk-chip sk-chip--target" href="{address}">{html_text(target.label or "")}</a>')
        if activity.task:
            task = self.corpus.headings[f"{activity.plan}/{activity.task}"]
            links.append(
                f'<a class="sk-chip sk-chip--task" href="{self.to.task(task)}">{task_name(task, self.words)}</a>'
            )
        for year in years:
            links.append(f'<a class="sk-chip sk-chip--year" href="{self.to.year(year, plan.id)}">{year}</a>\n')
        links.append(self.programme_links(activity.programmes))
        if lead and activity.lead:
            heading = self.corpus.headings[f"{activity.plan}/{activity.section}"]
            # on paper the heading has said it
            said = " sk-screen" if activity.lead == heading.lead else ""
            links.append(f'<span class="sk-who{said}">{self._word("lead")}: {self._units(activity.lead)}</span>')
        if partners and activity.funding and plan.layout != "years":
            links.append(f'<span class="sk-who">{self._word("column.funding")}: {html_text(activity.funding)}</span>')
        if partners and activity.partners:
            links.append(f'<span class="sk-who">{self._word("partners")}: {self._units(activity.partners)}</span>')
        return (
            f"{text}{self._measures(activity.measures)}{self._note(activity.note)}\n"
            f'<p class="sk-links">\n{"".join(links)}</p>'
        )


def _dim(text: str) -> str:
    return f'<span class="sk-dim">{html_text(text)}</span>'


def _years(years: Sequence[int]) -> str:
    """For the filter by year: the years, or a dash where there are none."""
    return " ".join(map(str, years)) or "-"
