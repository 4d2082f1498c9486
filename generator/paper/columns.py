"""The columns of a plan's table on paper: heads, widths, and the text of each cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator.language.catalogue import Catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Row
from generator.pages.table import columns_of
from generator.paper.prose import prose_paragraphs

ROLES = ("local", "province", "district", "commune", "branch")


@dataclass(frozen=True)
class Column:
    """A column: `kind` names what it holds, `group` the head that it stands under with its neighbours.

    `width` is its share of the table's, in hundredths; `year` is that of a year's column.
    """

    kind: str
    title: str
    width: float
    group: str | None = None
    year: int | None = None

    @property
    def centred(self) -> bool:
        """Whether its cells stand centred: short ones, that are read down the column."""
        return self.kind in {"no", "year", "when"}


def columns_on_paper(plan: Plan, words: Catalogue) -> Sequence[Column]:
    """The columns of a plan's table, label and title first. Widths add up to a hundred."""
    return _roles_columns(words) if plan.layout == "roles" else _years_columns(plan, words)


def _roles_columns(words: Catalogue) -> list[Column]:
    group = words.text("site.column.levels")
    return [
        Column("no", words.text("site.column.no"), 5),
        Column("what", words.text("site.column.what"), 35),
        Column("when", words.text("site.column.when"), 10),
        Column("central", words.text("site.column.central"), 25, group),
        Column("local", words.text("site.column.local"), 25, group),
    ]


def _years_columns(plan: Plan, words: Catalogue) -> list[Column]:
    shown = columns_of(plan)
    widths = {"levels": 9.0, "lead": 9.0, "partners": 10.0, "funding": 7.5}
    further = [name for name in widths if getattr(shown, name)]
    what = 100 - 5 - shown.year_width * len(shown.years) - sum(widths[name] for name in further)
    group = words.text("site.paper.by_year")
    return [
        Column("no", words.text("site.column.no"), 5),
        Column("what", words.text("site.column.what"), what),
        *(Column("year", str(number), shown.year_width, group, number) for number in shown.years),
        *(Column(name, words.text(f"site.column.{name}"), widths[name]) for name in further),
    ]


def cells_of(corpus: Corpus, entry: Activity | Row, columns: Sequence[Column], words: Catalogue) -> list[str]:
    """The text of every cell behind label and title; a sub-row has its own years and time, and nothing else."""
    return [_cell(corpus, entry, column, words) for column in columns[2:]]


def _cell(corpus: Corpus, entry: Activity | Row, column: Column, words: Catalogue) -> str:
    if column.year:
        return entry.by_year.get(column.year, "")
    if column.kind == "when":
        return entry.when or ""
    return "" if isinstance(entry, Row) else _CELLS[column.kind](corpus, entry, words)


def _role(activity: Activity, role: str, words: Catalogue) -> str:
    """What a level does; "địa phương" is what the column is called."""
    name = f"{words.text(f'site.level.{role}')}: " if role != "local" else ""
    return name + _said(activity.roles[role])


def _said(text: str) -> str:
    return "\n".join(paragraph.text for paragraph in prose_paragraphs(text)) if text else ""


def levels_text(activity: Activity, words: Catalogue) -> str:
    """The levels that an activity is for, as printed where the document prints them."""
    return activity.levels_text or ", ".join(words.text(f"site.level.{level}") for level in activity.levels)


def units_text(corpus: Corpus, ids: Sequence[str]) -> str:
    """Units by their short names."""
    return ", ".join(corpus.units[id_].short_name for id_ in ids)


_CELLS: Mapping[str, Callable[[Corpus, Activity, Catalogue], str]] = {
    "levels": lambda _, activity, words: levels_text(activity, words),
    "lead": lambda corpus, activity, _: units_text(corpus, activity.lead),
    "partners": lambda corpus, activity, _: units_text(corpus, activity.partners),
    "funding": lambda _, activity, words: activity.funding or "",
    "central": lambda _, activity, words: _said(activity.roles.get("central", "")),
    "local": lambda _, activity, words: "\n".join(
        _role(activity, role, words) for role in ROLES if role in activity.roles
    ),
}
"""What the columns hold that only an activity has."""
