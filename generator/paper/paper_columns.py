"""The columns of a plan's tables on paper: titles, widths, texts of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.language.catalogue import Catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Row
from generator.pages.cell_texts import cell_text, roles_of
from generator.pages.plan_columns import Column, column_title, columns_of
from generator.paper.paper_prose import prose_paragraphs
from generator.work_fields import WORK_FIELDS

PERIOD_WIDTH, MORE_WIDTH, LEAST_TITLE = 6.2, 9, 22
"""Percentages of the table's width: for the column of a period, for a column without a field, and the least for
titles."""


@dataclass(frozen=True)
class PaperColumn:
    """A column of a table on paper.

    `column` names its content; None for label and title. `group` is a title shared with neighbouring columns. `width`
    is a percentage of the table's width.
    """

    title: str
    width: float
    column: Column | None = None
    group: str | None = None
    centred: bool = False


def columns_on_paper(plan: Plan, layout: str, words: Catalogue) -> Sequence[PaperColumn]:
    """Return the columns of a plan's tables with one layout, label and title first.

    Their widths add up to 100.
    """
    columns = columns_of(plan, layout)
    widths = [_width(column, columns.year_width) for column in columns.columns]
    number = 5
    scale = min(1, (100 - number - LEAST_TITLE) / max(sum(widths), 1))
    widths = [width * scale for width in widths]
    return [
        PaperColumn(words.text("site.column.no"), number, centred=True),
        PaperColumn(words.text("site.column.what"), 100 - number - sum(widths)),
        *(
            PaperColumn(
                column_title(column, plan, words),
                width,
                column,
                _group(column, words),
                column.kind in {"year", "period"} or column.name in {"when", "unit"},
            )
            for column, width in zip(columns.columns, widths, strict=True)
        ),
    ]


def _width(column: Column, year_width: float) -> float:
    if column.kind == "field":
        return WORK_FIELDS[column.name].paper
    return {"year": year_width, "period": PERIOD_WIDTH, "more": MORE_WIDTH}[column.kind]


def _group(column: Column, words: Catalogue) -> str | None:
    """Return the title that a column shares with its neighbours, or None."""
    if column.kind == "year":
        return words.text("site.paper.by_year")
    return words.text("site.column.levels") if column.name in {"central", "local"} else None


def text_on_paper(corpus: Corpus, work: Activity | Row, column: Column, words: Catalogue) -> str:
    """Return the text of a cell; a lead that comes from a heading or target is not repeated, as in the document."""
    if column.name == "lead" and isinstance(work, Activity) and work.lead_from:
        return ""
    if column.kind == "field" and column.name in {"central", "local"}:
        return "\n".join(_role(level, text, words) for level, text in roles_of(work, column.name))
    text = cell_text(corpus, work, column, words)
    return _plain_text(text) if column.is_markdown else text


def _role(level: str, text: str, words: Catalogue) -> str:
    """Return a role after its level's name; the columns themselves are called "Trung ương", "địa phương"."""
    name = f"{words.text(f'site.level.{level}')}: " if level not in {"central", "local"} else ""
    return name + _plain_text(text)


def _plain_text(text: str) -> str:
    """Return the plain text of Markdown, one line for each paragraph."""
    return "\n".join(paragraph.text for paragraph in prose_paragraphs(text)) if text else ""
