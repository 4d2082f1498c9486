"""Small parts of many pages as HTML: units, programmes, measures, notes, footnote marks.

All text of contributors goes through `html_text` or `prose`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from generator.cascade.totals import Total
from generator.language.catalogue import Catalogue
from generator.language.quantities import cell_with_unit, is_cross, with_unit
from generator.language.vietnamese import format_number, format_years
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Contribution, Heading, Measure, Plan, Target, Unit
from generator.pages.cell_texts import per_text, says_more_than_words, unit_of_cells
from generator.pages.items import status_mark, task_name
from generator.pages.links import Links
from generator.pages.plan_columns import levels_text
from generator.pages.prose import html_text, prose, share_class, unbroken

ON_SCREEN = ' class="sk-screen"'
"""For what paper leaves out, because the words beside it say it."""

Bars = Sequence[tuple[int, str, float | None]]
"""The bars of a measure: year, printed value, and height from 0 to 1 (None if it is no number)."""


class PartWriter:
    """Writes parts of one page."""

    def __init__(self, corpus: Corpus, to: Links, words: Catalogue) -> None:
        """Keep what parts look up; `to` makes addresses relative to the page."""
        self.corpus, self.to, self.words = corpus, to, words

    def unit_links(self, ids: Iterable[str], year: int | None = None) -> Markup:
        """Return units as links to their pages, or to the part for a year."""
        links = (
            f'<a href="{self.to.unit(unit, year)}" title="{html_text(unit.name)}">'
            f"{unbroken(unit.short_name)}{self._years_of(unit)}</a>"
            for unit in map(self.corpus.units.__getitem__, ids)
        )
        return Markup(", ".join(links))

    def printed_units(self, text: str | None, ids: Sequence[str]) -> Markup:
        """Return the printed words of a cell, with each unit's name as a link.

        A unit whose name is not in the words follows in brackets. Without printed words, the units are listed.
        """
        if not text:
            return self.unit_links(ids)
        units = [self.corpus.units[id_] for id_ in ids]
        spans: list[tuple[int, int, Unit]] = [(0, len(text), unit) for unit in units if len(units) == 1]
        for unit in units if len(units) > 1 else ():
            if span := _named_in(text, unit, spans):
                spans.append((*span, unit))
        html, end = "", 0
        for first, last, unit in sorted(spans, key=lambda span: span[0]):
            html += unbroken(text[end:first]) + self._unit_link(unit, text[first:last])
            end = last
        rest = [unit.id for unit in units if all(unit is not named for _, _, named in spans)]
        more = f' <span class="sk-reads">({self.unit_links(rest)})</span>' if rest else ""
        return Markup(html + unbroken(text[end:]) + more)

    def _years_of(self, unit: Unit) -> str:
        """Return the years that tell a unit from its namesakes, not shown on paper."""
        years = self.corpus.short_name(unit)[len(unit.short_name) :]
        return f'<span class="sk-screen sk-dim">{html_text(years)}</span>' if years else ""

    def _unit_link(self, unit: Unit, text: str) -> str:
        return f'<a href="{self.to.unit(unit)}" title="{html_text(unit.name)}">{unbroken(text)}</a>'

    def programme_links(self, ids: Iterable[str]) -> Markup:
        """Return programmes as links to their pages."""
        links = (
            f'<a class="sk-chip sk-chip--programme" href="{self.to.programme(programme)}" '
            f'title="{html_text(programme.name)}">{unbroken(programme.short_name)}</a>\n'
            for programme in map(self.corpus.programmes.__getitem__, ids)
        )
        return Markup("".join(links))

    def footnote_marks(self, ids: Iterable[str], plan: Plan) -> Markup:
        """Return marks that link to footnotes of a plan."""
        marks = (
            f'<sup><a class="sk-footnote-mark" href="{self.to.plan(plan, f"chu-thich-{id_}")}" '
            f'aria-label="{html_text(self.words.text("site.footnote", n=id_))}">{html_text(id_)}</a></sup>'
            for id_ in ids
        )
        return Markup("".join(marks))

    def status(self, plan: Plan) -> Markup:
        """Return the mark of a plan that is not in force."""
        return Markup(status_mark(plan, self.words))

    def standing(self, plan: Plan) -> Markup:
        """Return the notice above a page of a plan that is not in force; empty for one in force."""
        if plan.in_force:
            return Markup()
        named = self._word(f"status.{plan.status}")
        if plan.status == "superseded" and plan.superseded_by:
            successor = self.corpus.plans[plan.superseded_by]
            link = f'<a href="{self.to.plan(successor)}" title="{html_text(successor.title)}">'
            named = f"{self._word('plan.superseded_by')} {link}{unbroken(successor.short_title)}</a>"
        says = self._word(f"plan.standing.{plan.status}")
        return Markup(
            f'<p class="sk-standing sk-standing--{plan.status}"><strong>{named}</strong> '
            f'<span class="sk-screen">{says}</span></p>\n'
        )

    def share(self, address: str) -> Markup:
        """Return the sign for sharing an entry; without JavaScript it is a link to the entry."""
        return Markup(f'<a class="sk-share" href="{address}" title="{self._word("actions.share_entry")}"></a>')

    def note(self, note: str | None) -> Markup:
        """Return an editor's note; empty if there is none."""
        text = f'<div class="sk-note"><strong>{self._word("note")}</strong> {prose(note)}</div>' if note else ""
        return Markup(text)

    def measures(self, measures: Sequence[Measure]) -> str:
        """Return a list of measures with their values; empty without measures."""
        items = (
            f"<li{'' if says_more_than_words(measure) else ON_SCREEN}>"
            f'<span class="sk-measures__name">{unbroken(measure.name)}</span> '
            f'<span class="sk-measures__value">{self.value_of(measure)}{self._cells(measure)}</span></li>'
            for measure in measures
        )
        return "\n".join(('<ul class="sk-measures">', *items, "</ul>")) if measures else ""

    def target_measures(self, target: Target) -> Markup:
        """Return the measures of a target that have figures beyond its statement."""
        return Markup(self.measures([measure for measure in target.measures if says_more_than_words(measure)]))

    def levels(self, heading: Heading) -> Markup:
        """Return the levels of a heading, as printed if the document prints them."""
        return self.printed_units(levels_text(heading, self.words), heading.levels_units)

    def task_label(self, task: Heading) -> Markup:
        """Return the label of a task."""
        return Markup(task_name(task, self.words))

    def value_of(self, measure: Measure) -> Markup:
        """Return a measure's value with comparator, unit and period."""
        html = ""
        if measure.value:
            comparator = self._word(f"comparator.{measure.comparator}") if measure.comparator else ""
            shown = with_unit(measure.value, measure.unit)
            number = shown if measure.unit == "%" else measure.value
            unit = html_text(shown.removeprefix(number))
            html = f"{comparator} <strong>{unbroken(number)}</strong>{unit}".lstrip()
        dim = [unit_of_cells(measure, self.words), per_text(self.corpus, measure, self.words)]
        dim += [self._word(f"period.{measure.period}")] if measure.period else []
        dim += [f"{self._word('baseline')} {measure.baseline}"] if measure.baseline else []
        return Markup(html + "".join(f' <span class="sk-dim">{unbroken(text)}</span>' for text in dim if text))

    def _cells(self, measure: Measure) -> str:
        """Return the cells that a measure has itself; cells of a row are shown at the row."""
        cells = "" if measure.row else "; ".join(f"{year}: {cell}" for year, cell in measure.by_year.items())
        return f' <span class="sk-dim">{unbroken(cells)}</span>' if cells else ""

    def values(self, measures: Iterable[Measure]) -> Markup:
        """Return the figures of measures in one line, for lists: their values, else the cells of their years."""
        figures = (self.value_of(measure).strip() if measure.value else _years_html(measure) for measure in measures)
        return Markup(" · ".join(filter(None, figures)))

    def figures(self, charts: Iterable[tuple[Measure, Bars, Total | None]], plan: Plan) -> Markup:
        """Return measures with the bars of their years and their sums."""
        figures = "".join(self._figure(*chart, plan) for chart in charts)
        return Markup(f'<div class="sk-figures">\n{figures}</div>')

    def contributions(self, measures: Iterable[Measure]) -> Markup:
        """Return the measures of other plans that these contribute to, with the editors' grade and ground."""
        links = (self._contribution(measure, link) for measure in measures for link in measure.contributes_to)
        return Markup("\n".join(links))

    def contributions_title(self, measures: Iterable[Measure], plan: Plan) -> str:
        """Return the heading above the contributions of a plan's measures; it depends on which plans they are of."""
        plans = {link.measure.partition("/")[0] for measure in measures for link in measure.contributes_to}
        is_own = any(self.corpus.plans[id_].issuer == plan.issuer for id_ in plans)
        return self._word("target.upper_other" if is_own else "target.upper")

    def _figure(self, measure: Measure, bars: Bars, total: Total | None, plan: Plan) -> str:
        html = (
            f'<figure class="sk-figure" id="{measure.id}">\n'
            f'<figcaption><span class="sk-figure__name">{unbroken(measure.name)}</span>'
            f'<span class="sk-figure__value">{self.value_of(measure)}</span></figcaption>\n'
        )
        if bars:
            items = "".join(self._bar(*bar, plan) for bar in bars)
            html += f'<ol class="sk-bars sk-bars--figure">\n{items}</ol>\n'
            if measure.row:
                address = self.to.plan(plan, measure.row)
                html += f'<p class="sk-dim"><a href="{address}">{self._word("target.row")}</a></p>'
        if total is not None:
            bound = self._word(f"cascade.bound.{total.bound}")
            unit = f" {html_text(measure.unit)}" if measure.unit else ""
            html += f"<p>{self._word('target.total')} {bound} <strong>{format_number(total.value)}</strong>{unit}</p>"
        return f"{html}</figure>\n"

    def former(self, entry: Activity | Heading | Target) -> Markup:
        """Return anchors for an entry's former ids, so that old addresses lead to it."""
        return Markup("".join(f'<span id="{id_}"></span>' for id_ in entry.formerly))

    def _bar(self, year: int, cell: str, share: float | None, plan: Plan) -> str:
        kind = "sk-bars__bar--none" if share is None else share_class(share)
        return (
            f'<li><a href="{self.to.year(year, plan.id)}"><span class="sk-bars__bar {kind}">'
            f"<b>{unbroken(cell)}</b></span>"
            f'<span class="sk-bars__year">{year}</span></a></li>\n'
        )

    def _contribution(self, measure: Measure, link: Contribution) -> str:
        key, _, id_ = link.measure.rpartition("/")
        other: Target | Activity = self.corpus.targets.get(key) or self.corpus.activities[key]
        other_measure = next(other_measure for other_measure in other.measures if other_measure.id == id_)
        plan = self.corpus.plans[other.plan]
        address = self.to.target(other) if isinstance(other, Target) else self.to.activity(other)
        words = [self._word(f"cascade.grade.{link.grade or 'none'}")]
        words += [self._word(f"cascade.basis.{link.basis}")] if link.basis else []
        words += [unbroken(link.ground)] if link.ground else []
        title = unbroken(f"{plan.short_title}, {other.label_or_title}")
        return (
            f'<li><a href="{address}">{title}</a>{self.status(plan)}: '
            f"{unbroken(other_measure.name)} {self.value_of(other_measure)} "
            f'<span class="sk-dim">← {unbroken(measure.name)} {self.value_of(measure)} ({"; ".join(words)})</span></li>'
        )

    def _word(self, key: str) -> str:
        """Return a text of the site's catalogue; it is our own and needs no escaping."""
        return self.words.texts[f"site.{key}"]


def counted(words: Catalogue, number: int, key: str) -> str:
    """Return a number with its noun: `12 hoạt động`."""
    return f"{format_number(number)} {words.texts[f'site.count.{key}']}"


def _named_in(text: str, unit: Unit, spans: Sequence[tuple[int, int, Unit]]) -> tuple[int, int] | None:
    """Return where a text names a unit, by its longest spelling; None where that is part of another unit's name."""
    for name in sorted((unit.name, unit.short_name, *unit.aliases), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            if all(match.end() <= first or last <= match.start() for first, last, _ in spans):
                return match.span()
    return None


def _years_html(measure: Measure) -> str:
    """Return the cells of a measure with their unit; years of equal cells stand together."""
    years: dict[str, list[int]] = {}
    for year, cell in measure.by_year.items():
        if not is_cross(cell):
            years.setdefault(cell_with_unit(cell, measure.unit), []).append(year)
    return ", ".join(f"{format_years(own)}: <strong>{unbroken(cell)}</strong>" for cell, own in years.items())
