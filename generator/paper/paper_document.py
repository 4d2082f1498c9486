"""The description of a plan's document: paragraphs and tables in their order.

The Word file and the PDF are both made from it, so that they cannot differ in content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.language.catalogue import Catalogue, catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Heading, Plan, Row, Target
from generator.pages.letterhead import (
    Letterhead,
    amendments_of,
    in_two_lines,
    letterhead_of,
    recipients_of,
    signing_lines,
    standing_of,
)
from generator.pages.page import Options
from generator.pages.plan import Block, Children, blocks_of, children_of
from generator.paper.paper_columns import PaperColumn, cell_text, columns_on_paper, units_text
from generator.paper.paper_prose import Paragraph, TextRun, prose_paragraphs

LETTERS, LETTERS_WIDE = 30, 40
"""Capital letters that fit into the issuer's half of the letterhead, in portrait and in landscape."""

DETAILS = {
    "when": "site.column.when",
    "levels_text": "site.column.levels",
    "lead": "site.lead",
    "partners": "site.partners",
    "funding": "site.column.funding",
}
"""The fields that may stand below an activity's title, in order, with the key of the name of each."""

RowKind = Literal["heading", "target", "activity", "sub"]


@dataclass(frozen=True)
class TableRow:
    """A row: label, main cell, and a text for each further column.

    `cells` is None if the main cell spans all columns.
    """

    kind: RowKind
    label: str
    body: Sequence[Paragraph]
    cells: Sequence[str] | None = None


@dataclass(frozen=True)
class PaperTable:
    """A table: the rows between two headings, under the plan's columns."""

    columns: Sequence[PaperColumn]
    rows: Sequence[TableRow]


@dataclass(frozen=True)
class Document:
    """A plan's document. `wide` says that it is set in landscape.

    `standing` is what a draft or a superseded plan says above its head, `mark` the same in a word for every further
    page; both are None for a plan in force.

    Decree 30/2020/NĐ-CP allows landscape ("theo chiều rộng của khổ A4") for a whole document with a table in its text
    (annex I, part I).
    """

    plan: str
    title: str
    language: str
    wide: bool
    standing: str | None
    mark: str | None
    letterhead: Letterhead
    amendments: Sequence[str]
    body: Sequence[Paragraph | PaperTable]
    recipients_title: str
    recipients: Sequence[str]
    signing: Sequence[str]
    signer: str | None
    footnotes_title: str
    footnotes: Sequence[tuple[str, Sequence[Paragraph]]]
    closing: Sequence[str]


def plan_document(corpus: Corpus, plan: Plan, options: Options) -> Document:
    """Return the document of a plan."""
    words = catalogue(options.language)
    body = [*_basis(plan, words), *_outline(corpus, plan, words), *_texts(plan.organisation)]
    official = words.text("site.paper.closing", document=plan.document)
    wide = plan.layout != "outline"
    head = letterhead_of(corpus, plan, words)
    issuer = in_two_lines(head.issuer, LETTERS_WIDE if wide else LETTERS, words.text("site.paper.places"))
    return Document(
        plan=plan.id,
        title=plan.title,
        language=options.language,
        wide=wide,
        standing=standing_of(corpus, plan, words),
        mark=None if plan.in_force else words.text(f"site.status.{plan.status}").upper(),
        letterhead=replace(head, issuer=issuer),
        amendments=amendments_of(plan, words),
        body=body,
        recipients_title=words.text("site.plan.recipients"),
        recipients=recipients_of(plan),
        signing=signing_lines(plan, words),
        signer=plan.signer.name if plan.signer else None,
        footnotes_title=words.text("site.plan.footnotes"),
        footnotes=[(note.id, prose_paragraphs(note.text)) for note in plan.footnotes],
        closing=[official, *([plan.source_note] if plan.source_note else []), *_editors_note(plan.note, words)],
    )


def _basis(plan: Plan, words: Catalogue) -> Iterator[Paragraph]:
    """Yield the documents that the plan rests on, one line each, then its purpose."""
    if plan.basis:
        yield Paragraph("heading", (TextRun(words.text("site.paper.basis")),), level=1)
        last = len(plan.basis) - 1
        for place, item in enumerate(plan.basis):
            yield Paragraph("text", (TextRun(f"- {item.rstrip(' ;.')}{'.' if place == last else ';'}", italic=True),))
    if plan.purpose:
        yield Paragraph("heading", (TextRun(words.text("site.paper.purpose")),), level=1)
        yield from prose_paragraphs(plan.purpose)


def _outline(corpus: Corpus, plan: Plan, words: Catalogue) -> Iterator[Paragraph | PaperTable]:
    """Yield the headings with all that stands below them, as paragraphs or as tables."""
    columns = columns_on_paper(plan, words) if plan.layout != "outline" else ()
    writer = _DocumentWriter(corpus, plan, words, children_of(plan), columns)
    if plan.layout == "outline":
        for block in blocks_of(plan):
            yield from writer.paragraphs(block)
        return
    rows: list[TableRow] = []
    for block in blocks_of(plan):
        # Word's navigation pane lists no heading inside a table, and readers look for tasks.
        if block.heading.depth == 0 or block.heading.kind == "task":
            if rows:
                yield PaperTable(columns, rows)
            rows = []
            yield from writer.heading(block.heading)
        else:
            label, *title = writer.heading(block.heading, apart=True)
            rows.append(TableRow("heading", "".join(run.text for run in label.runs), title))
        rows += writer.rows(block)
    if rows:
        yield PaperTable(columns, rows)


@dataclass(frozen=True)
class _DocumentWriter:
    """Writes the entries of one plan as paragraphs and rows."""

    corpus: Corpus
    plan: Plan
    words: Catalogue
    children: Children
    columns: Sequence[PaperColumn]

    def heading(self, heading: Heading, apart: bool = False) -> list[Paragraph]:
        """Return a heading and its text.

        `apart` puts the label into a first paragraph of its own.
        """
        level = min(heading.depth + 1, 6)
        capitals = heading.depth == 0 and heading.kind == "section"
        text = heading.title if apart else heading.full_title
        title = Paragraph(
            "heading",
            (TextRun(text.upper() if capitals else text), *_marks(heading.footnotes)),
            level=level,
        )
        label = [Paragraph("text", (TextRun(heading.label or ""),))] if apart else []
        lead = self.line("site.lead", units_text(self.corpus, heading.lead))
        return [*label, title, *lead, *_texts(heading.text), *self.note(heading.note)]

    def paragraphs(self, block: Block) -> Iterator[Paragraph]:
        """Yield a heading and all that stands below it, without a table."""
        yield from self.heading(block.heading)
        for target, activities in block.targets:
            yield from self.target(target)
            yield from self.activities(activities, block.heading)
        yield from self.activities(block.activities, block.heading)

    def activities(self, activities: Iterable[Activity], heading: Heading, depth: int = 0) -> Iterator[Paragraph]:
        """Yield activities as paragraphs.

        Those that stand in others begin with a plus, as offices type them.
        """
        for activity in activities:
            sign = activity.label or "-+"[min(depth, 1)]
            runs = (TextRun(f"{sign} {activity.title}"), *_marks(activity.footnotes))
            yield Paragraph("item", runs, level=depth)
            fields = ("when", "levels_text", "partners", *(["lead"] if activity.lead != heading.lead else []))
            details = self.details(activity, fields)
            yield from (replace(paragraph, level=depth) for paragraph in details)
            for row in activity.rows:
                runs = (TextRun(f"{row.label or '+'} {_with_when(row.title, row.when)}"), *_marks(row.footnotes))
                yield Paragraph("item", runs, level=depth + 1)
                yield from self.note(row.note)
            yield from self.activities(self.children.get(activity.id, ()), heading, depth + 1)

    def rows(self, block: Block) -> Iterator[TableRow]:
        """Yield the targets and activities below a heading as rows."""
        for target, activities in block.targets:
            yield TableRow("target", "", self.target(target))
            yield from self.activity_rows(activities)
        yield from self.activity_rows(block.activities)

    def activity_rows(self, activities: Iterable[Activity]) -> Iterator[TableRow]:
        """Yield rows: each activity, its sub-rows, the activities that stand in it."""
        for activity in activities:
            yield TableRow("activity", activity.label or "", self.what(activity), self.cells(activity))
            for row in activity.rows:
                yield TableRow("sub", row.label or "", self.what_of_row(row), self.cells(row))
            yield from self.activity_rows(self.children.get(activity.id, ()))

    def what(self, activity: Activity) -> list[Paragraph]:
        """Return the main cell of an activity: title, and fields without a column."""
        when = activity.when if self.plan.layout == "years" else None
        title = Paragraph("text", (TextRun(_with_when(activity.title, when)), *_marks(activity.footnotes)))
        # The document of a table of roles names no lead: its cells say who does what.
        fields = ("lead", "partners", "funding") if self.plan.layout == "years" else ("funding",)
        kinds = {column.kind for column in self.columns}
        return [title, *self.details(activity, [name for name in fields if name not in kinds])]

    def what_of_row(self, row: Row) -> list[Paragraph]:
        """Return the main cell of a sub-row."""
        when = row.when if self.plan.layout == "years" else None
        title = Paragraph("text", (TextRun(f"{when}: {row.title}" if when else row.title), *_marks(row.footnotes)))
        return [title, *self.note(row.note)]

    def cells(self, entry: Activity | Row) -> list[str]:
        """Return the cells after the main one."""
        return [cell_text(self.corpus, entry, column, self.words) for column in self.columns[2:]]

    def target(self, target: Target) -> list[Paragraph]:
        """Return a target: its label and statement, and who is responsible."""
        label = replace(target, title=target.statement).full_title
        lead = self.line("site.lead", units_text(self.corpus, target.lead))
        return [Paragraph("target", (TextRun(label), *_marks(target.footnotes))), *lead, *self.note(target.note)]

    def details(self, activity: Activity, fields: Sequence[str]) -> Iterator[Paragraph]:
        """Yield the lines below an activity's title: text, some fields, note."""
        yield from _texts(activity.text)
        for name, key in DETAILS.items():
            if name in fields:
                value = getattr(activity, name)
                yield from self.line(key, value if isinstance(value, str | None) else units_text(self.corpus, value))
        yield from self.note(activity.note)

    def line(self, key: str, text: str | None) -> list[Paragraph]:
        """Return a line such as `Chủ trì: …`, or nothing for an empty text."""
        return [Paragraph("detail", (TextRun(f"{self.words.text(key)}: {text}", italic=True),))] if text else []

    def note(self, text: str | None) -> list[Paragraph]:
        """Return an editor's note, marked as such, because the document does not say it."""
        if not text:
            return []
        paragraphs = [replace(paragraph, kind="note") for paragraph in prose_paragraphs(text)]
        head = TextRun(f"{self.words.text('site.paper.note')} ", italic=True, bold=True)
        return [replace(paragraphs[0], runs=(head, *paragraphs[0].runs)), *paragraphs[1:]]


def _editors_note(note: str | None, words: Catalogue) -> list[str]:
    """Return the editors' note of the plan as one line, or nothing."""
    text = " ".join(paragraph.text for paragraph in _texts(note))
    return [f"{words.text('site.paper.note')} {text}"] if text else []


def _marks(ids: Sequence[str]) -> tuple[TextRun, ...]:
    return tuple(TextRun(id_, mark=True) for id_ in ids)


def _texts(text: str | None) -> list[Paragraph]:
    return prose_paragraphs(text) if text else []


def _with_when(title: str, when: str | None) -> str:
    return f"{title} ({when})" if when else title
