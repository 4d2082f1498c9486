"""The columns of a plan's table on paper: titles, widths, texts of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.language.catalogue import Catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Row
from generator.pages.plan_columns import LOCAL_ROLES, columns_of, levels_text
from generator.paper.paper_prose import prose_paragraphs

WIDTHS = {"levels": 9, "lead": 9, "partners": 10, "funding": 7.5, "when": 10, "central": 25, "local": 25}
"""The share of the table's width, in hundredths, that the column of a field takes."""


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
    columns = columns_of(plan)
    groups = {"central": "site.column.levels", "local": "site.column.levels"}
    title = 100 - 5 - columns.year_width * len(columns.years) - sum(WIDTHS[name] for name in columns.fields)
    return [
        PaperColumn("no", words.text("site.column.no"), 5),
        PaperColumn("what", words.text("site.column.what"), title),
        *(
            PaperColumn("year", str(year), columns.year_width, words.text("site.paper.by_year"), year)
            for year in columns.years
        ),
        *(
            PaperColumn(
                name,
                words.text(f"site.column.{name}"),
                WIDTHS[name],
                words.text(groups[name]) if name in groups else None,
            )
            for name in columns.fields
        ),
    ]


def cell_text(corpus: Corpus, entry: Activity | Row, column: PaperColumn, words: Catalogue) -> str:
    """Return the text of a cell; a sub-row has only years and time of its own."""
    if column.year:
        return entry.by_year.get(column.year, "")
    if isinstance(entry, Row):
        return (entry.when or "") if column.kind == "when" else ""
    return _field(corpus, entry, column.kind, words)


def _field(corpus: Corpus, activity: Activity, name: str, words: Catalogue) -> str:
    match name:
        case "lead" | "partners":
            return units_text(corpus, getattr(activity, name))
        case "levels":
            return levels_text(activity, words)
        case "central":
            return _plain_text(activity.roles.get(name, ""))
        case "local":
            return "\n".join(_role(activity, role, words) for role in LOCAL_ROLES if role in activity.roles)
    text: str | None = getattr(activity, name)
    return text or ""


def _role(activity: Activity, role: str, words: Catalogue) -> str:
    """Return what a level does behind its name; the column itself is called "địa phương"."""
    name = f"{words.text(f'site.level.{role}')}: " if role != "local" else ""
    return name + _plain_text(activity.roles[role])


def _plain_text(text: str) -> str:
    """Return the text of Markdown, a line for each paragraph."""
    return "\n".join(paragraph.text for paragraph in prose_paragraphs(text)) if text else ""


def units_text(corpus: Corpus, ids: Sequence[str]) -> str:
    """Return the short names of units."""
    return ", ".join(corpus.units[id_].short_name for id_ in ids)
