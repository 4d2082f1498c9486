"""The workbook's sheet of headings and targets: an office may edit them like activities."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from generator.bookmarks import sheet_key
from generator.data.cascade_table import ExtraSheet
from generator.data.table_columns import ActivityTable
from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Heading, Plan, Target
from generator.pages.cell_texts import measure_text, units_text
from generator.pages.page import Options

_WIDTHS = {"kind": 12, "label": 10, "title": 60, "short_title": 36, "text": 60, "lead": 20, "levels": 14}
_WIDTHS |= {"programmes": 24, "measures": 36, "footnotes": 10, "note": 40, "parent": 36, "id": 12, "parent_id": 12}


def outline_sheet(corpus: Corpus, plan: Plan, options: Options) -> ExtraSheet:
    """Return the sheet of headings and targets, each target below its heading; its keys are the rows' ids.

    Columns that are empty in all rows are left out.
    """
    rows = list(_OutlineRows(corpus, plan, options).rows())
    words = catalogue(options.language)
    filled = [index for index in range(len(_WIDTHS)) if any(row[index] for _, row in rows)]
    names = [(words.text(f"site.data.outline.column.{name}"), width) for name, width in _WIDTHS.items()]
    return ExtraSheet(
        words.text("site.data.outline.sheet"),
        [names[index] for index in filled],
        [[row[index] for index in filled] for _, row in rows],
        [key for key, _ in rows],
    )


def stamp_of(table: ActivityTable, outline: ExtraSheet) -> str:
    """Return a stamp that tells editions of a plan's workbook apart.

    Columns of other plans, and addresses, do not count.
    """
    columns = [index for index, column in enumerate(table.columns) if column.group in {"main", "year", "more"}]
    cells = [[row[index] for index in columns] for row in table.rows()]
    ids = [(line.activity.plan, line.activity.id, line.number) for line in table.lines]
    return sha256(repr((ids, cells, outline)).encode()).hexdigest()[:16]


class _OutlineRows:
    """Writes the rows of headings and targets."""

    def __init__(self, corpus: Corpus, plan: Plan, options: Options) -> None:
        self.corpus, self.plan = corpus, plan
        self.words = catalogue(options.language)
        self.titles = {heading.id: heading.full_title for heading in plan.headings}

    def rows(self) -> Iterator[tuple[str, list[str | None]]]:
        """Yield the key and the cells of each row."""
        for heading in self.plan.headings:
            yield sheet_key(heading.id), self._heading(heading)
            for target in self.plan.targets:
                if target.section == heading.id:
                    yield sheet_key(target.id), self._target(target)

    def _heading(self, heading: Heading) -> list[str | None]:
        levels = heading.levels_text or "; ".join(self.words.text(f"site.level.{level}") for level in heading.levels)
        return [
            *(self._kind(heading.kind), heading.label, heading.title, None, heading.text, self._lead(heading), levels),
            *(None, None, "; ".join(heading.footnotes), heading.note),
            *(self.titles.get(heading.parent or ""), heading.id, heading.parent),
        ]

    def _target(self, target: Target) -> list[str | None]:
        programmes = "; ".join(self.corpus.programmes[id_].short_name for id_ in target.programmes)
        measures = "\n".join(measure_text(self.corpus, measure, self.words) for measure in target.measures)
        return [
            *(self._kind("target"), target.label, target.statement, target.title, None, self._lead(target), None),
            *(programmes, measures, "; ".join(target.footnotes), target.note),
            *(self.titles.get(target.section), target.id, target.section),
        ]

    def _kind(self, kind: str) -> str:
        return self.words.text(f"site.data.outline.kind.{kind}")

    def _lead(self, entry: Heading | Target) -> str:
        return entry.lead_text or units_text(self.corpus, entry.lead)
