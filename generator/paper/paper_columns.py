"""The columns of a plan's table on paper: titles, widths, texts of cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator.language.catalogue import Catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Row
from generator.pages.table import columns_of
from generator.paper.paper_prose import prose_paragraphs

ROLES = ("local", "province", "district", "commune", "branch")


@dataclass(frozen=True)
class PaperColumn:
    """A column of a table on paper.

    `kind` names its content, `group` the title that it shares with its neighbours. `width` is its share of the table's
    width in hundredths, `year` the year of a year's column.
    """

    kind: str
    title: str
    width: float
    group: str | None = None
    year: int | None = None

    @property
    def centred(self) -> bool:
        """Whether its cells are centred: those that are short."""
        return self.kind in {"no", "year", "when"}


def columns_on_paper(plan: Plan, words: Catalogue) -> Sequence[PaperColumn]:
    """Return the columns of a plan's table, label and title first.

    Their widths add up to a hundred.
    """
    return _roles_columns(words) if plan.layout == "roles" else _years_columns(plan, words)


def _roles_columns(words: Catalogue) -> list[PaperColumn]:
    group = words.text("site.column.levels")
    return [
        PaperColumn("no", words.text("site.column.no"), 5),
        PaperColumn("what", words.text("site.column.what"), 35),
        PaperColumn("when", words.text("site.column.when"), 10),
        PaperColumn("central", words.text("site.column.central"), 25, group),
        PaperColumn("local", words.text("site.column.local"), 25, group),
    ]


def _years_columns(plan: Plan, words: Catalogue) -> list[PaperColumn]:
    shown = columns_of(plan)
    widths = {"levels": 9.0, "lead": 9.0, "partners": 10.0, "funding": 7.5}
    further = [name for name in widths if getattr(shown, name)]
    what = 100 - 5 - shown.year_width * len(shown.years) - sum(widths[name] for name in further)
    group = words.text("site.paper.by_year")
    return [
        PaperColumn("no", words.text("site.column.no"), 5),
        PaperColumn("what", words.text("site.column.what"), what),
        *(PaperColumn("year", str(number), shown.year_width, group, number) for number in shown.years),
        *(PaperColumn(name, words.text(f"site.column.{name}"), widths[name]) for name in further),
    ]


def cells_of(corpus: Corpus, entry: Activity | Row, columns: Sequence[PaperColumn], words: Catalogue) -> list[str]:
    """Return the texts of the cells after label and title.

    A sub-row has only years and time of its own.
    """
    return [_cell(corpus, entry, column, words) for column in columns[2:]]


def _cell(corpus: Corpus, entry: Activity | Row, column: PaperColumn, words: Catalogue) -> str:
    if column.year:
        return entry.by_year.get(column.year, "")
    if column.kind == "when":
        return entry.when or ""
    return "" if isinstance(entry, Row) else _CELLS[column.kind](corpus, entry, words)


def _role(activity: Activity, role: str, words: Catalogue) -> str:
    """Return what a level does, behind the level's name.

    The column itself is called "địa phương".
    """
    name = f"{words.text(f'site.level.{role}')}: " if role != "local" else ""
    return name + _plain_text(activity.roles[role])


def _plain_text(text: str) -> str:
    """Return the text of Markdown, a line for each paragraph."""
    return "\n".join(paragraph.text for paragraph in prose_paragraphs(text)) if text else ""


def levels_text(activity: Activity, words: Catalogue) -> str:
    """Return the levels of an activity, as printed if the document prints them."""
    return activity.levels_text or ", ".join(words.text(f"site.level.{level}") for level in activity.levels)


def units_text(corpus: Corpus, ids: Sequence[str]) -> str:
    """Return the short names of units."""
    return ", ".join(corpus.units[id_].short_name for id_ in ids)


_CELLS: Mapping[str, Callable[[Corpus, Activity, Catalogue], str]] = {
    "levels": lambda _, activity, words: levels_text(activity, words),
    "lead": lambda corpus, activity, _: units_text(corpus, activity.lead),
    "partners": lambda corpus, activity, _: units_text(corpus, activity.partners),
    "funding": lambda _, activity, words: activity.funding or "",
    "central": lambda _, activity, words: _plain_text(activity.roles.get("central", "")),
    "local": lambda _, activity, words: "\n".join(
        _role(activity, role, words) for role in ROLES if role in activity.roles
    ),
}
"""The text of each kind of column that only activities fill."""
