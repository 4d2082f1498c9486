"""Small parts of many pages as HTML: units, programmes, measures, notes and footnotes' marks.

Everything that contributors wrote goes through `html_text` or `prose`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from generator.language.catalogue import Catalogue
from generator.link.corpus import Corpus
from generator.link.model import Heading, Measure, Plan
from generator.pages.items import task_name
from generator.pages.links import Links
from generator.pages.prose import html_text, prose


class PartWriter:
    """Writes parts of one page; `to` makes the addresses from there."""

    def __init__(self, corpus: Corpus, to: Links, words: Catalogue) -> None:
        self.corpus, self.to, self.words = corpus, to, words

    def unit_links(self, ids: Iterable[str], year: int | None = None) -> Markup:
        """Units, each leading to its page (to a year's part of it)."""
        return Markup(self._units(ids, year))

    def programme_links(self, ids: Iterable[str]) -> Markup:
        """Programmes, each leading to its page."""
        return Markup("".join(f"{self._programme(id_)}\n" for id_ in ids))

    def footnote_marks(self, ids: Iterable[str], plan: Plan) -> Markup:
        """Marks that lead to footnotes of a plan."""
        return Markup(self._marks(ids, plan))

    def note(self, note: str | None) -> Markup:
        """An editor's note, where there is one."""
        return Markup(self._note(note))

    def task_label(self, task: Heading) -> Markup:
        """A task by its label."""
        return Markup(task_name(task, self.words))

    def value_of(self, measure: Measure) -> Markup:
        """A measure's value with comparator, unit and period."""
        html = ""
        if measure.value:
            comparator = self._word(f"comparator.{measure.comparator}") if measure.comparator else ""
            unit = f" {html_text(measure.unit)}" if measure.unit and measure.unit != "%" else ""
            html = f"{comparator} <strong>{html_text(measure.value)}</strong>{unit}"
        if measure.period:
            html += f' <span class="sk-dim">{self._word(f"period.{measure.period}")}</span>'
        return Markup(html)

    def _measures(self, measures: Sequence[Measure]) -> str:
        if not measures:
            return ""
        items = (
            f'<li><span class="sk-measures__name">{html_text(one.name)}</span> '
            f'<span class="sk-measures__value">{self.value_of(one)}</span></li>'
            for one in measures
        )
        return "\n".join(('<ul class="sk-measures">', *items, "</ul>"))

    def _note(self, note: str | None) -> str:
        return f'<div class="sk-note"><strong>{self._word("note")}</strong> {prose(note)}</div>' if note else ""

    def _marks(self, ids: Iterable[str], plan: Plan) -> str:
        return "".join(
            f'<sup><a class="sk-footnote-mark" href="{self.to.plan(plan, f"chu-thich-{id_}")}" '
            f'aria-label="{html_text(self.words.text("site.footnote", n=id_))}">{html_text(id_)}</a></sup>'
            for id_ in ids
        )

    def _units(self, ids: Iterable[str], year: int | None = None) -> str:
        units = (self.corpus.units[id_] for id_ in ids)
        return ", ".join(
            f'<a href="{self.to.unit(unit, year)}" title="{html_text(unit.name)}">{html_text(unit.short_name)}</a>'
            for unit in units
        )

    def _programme(self, id_: str) -> str:
        programme = self.corpus.programmes[id_]
        return (
            f'<a class="sk-chip sk-chip--programme" href="{self.to.programme(programme)}" '
            f'title="{html_text(programme.name)}">{html_text(programme.short_name)}</a>'
        )

    def _word(self, key: str) -> str:
        """A word of the site: ours, and without signs that HTML would take for its own."""
        return self.words.texts[f"site.{key}"]
