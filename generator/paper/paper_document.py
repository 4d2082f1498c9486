"""The description of a plan's document: its paragraphs and tables in order.

The Word file and the PDF are both made from it, so their content cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.bookmarks import entry_key
from generator.language.catalogue import Catalogue, catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Heading, Measure, Plan, Row, Target
from generator.pages.cell_texts import measure_text, says_more_than_words, units_text
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
from generator.pages.plan_columns import (
    NO_COLUMNS,
    Column,
    PlanColumns,
    cells_below,
    column_title,
    columns_of,
    levels_text,
)
from generator.paper.paper_columns import PaperColumn, columns_on_paper, text_on_paper
from generator.paper.paper_prose import Paragraph, RunPart, TextRun, prose_paragraphs
from generator.paper.paper_table import PaperTable, TableRow
from generator.paper.table_fitting import fit_tables

LETTERS, LETTERS_WIDE = 30, 40
"""Capital letters that fit into the issuer's half of the letterhead: in portrait and in landscape."""

WHEN, LEAD = Column("field", "when"), Column("field", "lead")


@dataclass(frozen=True)
class Document:
    """A plan's document. `wide` means landscape.

    `standing` is the notice above the head of a plan that is not in force, `mark` a word of it on every further page;
    both are None for a plan in force.

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
    body = [*_basis(plan, words), *_outline(corpus, plan, words), *_begins(_texts(plan.organisation), "_organisation")]
    official = words.text("site.paper.closing", site=options.title, document=plan.document)
    wide = any(block.layout != "outline" for block in blocks_of(plan))
    head = letterhead_of(corpus, plan, words)
    kept = (words.text(f"site.paper.{name}") for name in ("places", "unbroken"))
    issuer = in_two_lines(head.issuer, LETTERS_WIDE if wide else LETTERS, *kept)
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
    """Yield the documents on which the plan is based, one line each, then its purpose."""
    if plan.basis:
        yield Paragraph("heading", (TextRun(words.text("site.paper.basis")),), level=1, key="_basis")
        last = len(plan.basis) - 1
        for index, item in enumerate(plan.basis):
            yield Paragraph("text", (TextRun(f"- {item.rstrip(' ;.')}{'.' if index == last else ';'}", italic=True),))
    if plan.purpose:
        yield Paragraph("heading", (TextRun(words.text("site.paper.purpose")),), level=1, key="_purpose")
        yield from prose_paragraphs(plan.purpose)


def _outline(corpus: Corpus, plan: Plan, words: Catalogue) -> Iterator[Paragraph | PaperTable]:
    """Yield the headings with everything below them, as paragraphs or tables."""
    blocks = blocks_of(plan)
    layouts = dict.fromkeys(block.layout for block in blocks)
    columns = {layout: columns_of(plan, layout) for layout in layouts}
    writer = _DocumentWriter(corpus, plan, words, children_of(plan), columns)
    tables = {layout: columns_on_paper(plan, layout, words) for layout in layouts}
    yield from fit_tables(_parts(blocks, tables, writer))


def _parts(
    blocks: Iterable[Block], tables: Mapping[str, Sequence[PaperColumn]], writer: _DocumentWriter
) -> Iterator[Paragraph | PaperTable]:
    """Yield the parts of a plan; headings inside a part with one layout are rows of its table."""
    rows: list[TableRow] = []
    before = ""
    for block in blocks:
        # Word's navigation pane has no headings inside tables, and readers look for tasks.
        begins = block.heading.depth == 0 or block.heading.kind == "task" or block.layout != before
        if rows and (begins or block.layout == "outline"):
            yield PaperTable(tables[before], rows)
            rows = []
        before = block.layout
        if block.layout == "outline":
            yield from writer.paragraphs(block)
            continue
        if begins:
            yield from writer.heading(block.heading)
        else:
            label, *title = writer.heading(block.heading, apart=True)
            rows.append(TableRow("heading", "".join(run.text for run in label.runs), title))
        rows += writer.rows(block, tables[block.layout])
    if rows:
        yield PaperTable(tables[before], rows)


@dataclass(frozen=True)
class _DocumentWriter:
    """Writes the entries of one plan as paragraphs and rows; `columns` are those of its tables by layout."""

    corpus: Corpus
    plan: Plan
    words: Catalogue
    children: Children
    columns: Mapping[str, PlanColumns]

    def heading(self, heading: Heading, apart: bool = False) -> list[Paragraph]:
        """Return a heading and its text.

        `apart` makes the label a paragraph of its own.
        """
        level = min(heading.depth + 1, 6)
        capitals = heading.depth == 0 and heading.kind == "section"
        text = [TextRun(heading.title)] if apart else _behind_label(heading)
        kind: RunPart = "" if heading.kind == "section" else heading.kind
        runs = [replace(run, capitals=capitals, part=run.part or kind) for run in text]
        title = Paragraph("heading", (*runs, *_marks(heading.footnotes)), level=level, key=heading.id)
        label = [Paragraph("text", (TextRun(heading.label or ""),))] if apart else []
        lead = self.line("site.lead", heading.lead_text or units_text(self.corpus, heading.lead))
        levels = self.line("site.column.levels", levels_text(heading, self.words))
        return [*label, title, *lead, *levels, *_texts(heading.text), *self.note(heading.note)]

    def paragraphs(self, block: Block) -> Iterator[Paragraph]:
        """Yield a heading and everything below it, without a table."""
        yield from self.heading(block.heading)
        for target, activities in block.targets:
            yield from self.target(target)
            yield from self.activities(activities)
        yield from self.activities(block.activities)

    def activities(self, activities: Iterable[Activity], depth: int = 0) -> Iterator[Paragraph]:
        """Yield activities as paragraphs.

        Those inside other activities begin with a plus, as offices type them.
        """
        for activity in activities:
            sign = activity.label or "-+"[min(depth, 1)]
            runs = (TextRun(sign, part="label"), TextRun(f" {activity.title}"), *_marks(activity.footnotes))
            yield Paragraph("item", runs, level=depth, key=activity.id)
            yield from (replace(paragraph, level=depth) for paragraph in self.details(activity, NO_COLUMNS))
            for number, row in enumerate(activity.rows, 1):
                label = TextRun(row.label or "+", part="label")
                runs = (label, TextRun(" "), *_with_when(row.title, row.when), *_marks(row.footnotes))
                yield Paragraph("item", runs, level=depth + 1, key=entry_key(activity.id, number))
                below = [*self.below(row, NO_COLUMNS, WHEN), *self.note(row.note)]
                yield from (replace(paragraph, level=depth + 1) for paragraph in below)
            yield from self.activities(self.children.get(activity.id, ()), depth + 1)

    def rows(self, block: Block, table: Sequence[PaperColumn]) -> Iterator[TableRow]:
        """Yield the targets and activities below a heading as rows."""
        columns = self.columns[block.layout]
        for target, activities in block.targets:
            yield TableRow("target", "", self.target(target))
            yield from self.activity_rows(activities, columns, table)
        yield from self.activity_rows(block.activities, columns, table)

    def activity_rows(
        self, activities: Iterable[Activity], columns: PlanColumns, table: Sequence[PaperColumn], depth: int = 0
    ) -> Iterator[TableRow]:
        """Yield rows: each activity, its sub-rows, and the activities inside it."""
        for activity in activities:
            what = [replace(paragraph, level=paragraph.level + depth) for paragraph in self.what(activity, columns)]
            yield TableRow("activity", activity.label or "", what, self.cells(activity, table))
            for number, row in enumerate(activity.rows, 1):
                what = _begins(self.what_of_row(row, columns), entry_key(activity.id, number))
                yield TableRow("sub", row.label or "", what, self.cells(row, table))
            yield from self.activity_rows(self.children.get(activity.id, ()), columns, table, depth + 1)

    def what(self, activity: Activity, columns: PlanColumns) -> list[Paragraph]:
        """Return the main cell of an activity: its title, and fields without a column."""
        when = None if WHEN in columns.columns else activity.when
        runs = (*_with_when(activity.title, when), *_marks(activity.footnotes))
        title = Paragraph("text", runs, key=activity.id)
        return [title, *self.details(activity, columns, WHEN)]

    def what_of_row(self, row: Row, columns: PlanColumns) -> list[Paragraph]:
        """Return the main cell of a sub-row."""
        when = None if WHEN in columns.columns else row.when
        time = (TextRun(when, part="when"), TextRun(": ")) if when else ()
        title = Paragraph("text", (*time, TextRun(row.title), *_marks(row.footnotes)))
        return [title, *self.below(row, columns, WHEN), *self.note(row.note)]

    def cells(self, entry: Activity | Row, table: Sequence[PaperColumn]) -> list[str]:
        """Return the cells after the main cell."""
        columns = (column.column for column in table)
        return [text_on_paper(self.corpus, entry, column, self.words) for column in columns if column]

    def target(self, target: Target) -> list[Paragraph]:
        """Return a target: label, statement, lead, and figures that the statement lacks."""
        label = _behind_label(replace(target, title=target.statement))
        lead = self.line("site.lead", target.lead_text or units_text(self.corpus, target.lead))
        title = Paragraph("target", (*label, *_marks(target.footnotes)), key=target.id)
        return [title, *lead, *self.measures(target.measures), *self.note(target.note)]

    def details(self, activity: Activity, columns: PlanColumns, *beside: Column) -> Iterator[Paragraph]:
        """Yield the lines below an activity's title: text, fields without a column, figures, note."""
        yield from _texts(activity.text)
        yield from self.below(activity, columns, *beside)
        yield from self.measures(activity.measures)
        yield from self.note(activity.note)

    def below(self, work: Activity | Row, columns: PlanColumns, *beside: Column) -> Iterator[Paragraph]:
        """Yield a line for each field that has no column and no place beside the title."""
        for column in cells_below(work, columns):
            if column not in beside:
                name = self.words.text("site.lead") if column == LEAD else column_title(column, self.plan, self.words)
                text = "; ".join(text_on_paper(self.corpus, work, column, self.words).split("\n"))
                yield from self.named_line(name, text)

    def measures(self, measures: Iterable[Measure]) -> Iterator[Paragraph]:
        """Yield a line for each measure with figures that its sentence may lack."""
        for measure in measures:
            if says_more_than_words(measure):
                text = measure_text(self.corpus, measure, self.words)
                yield Paragraph("figure", (TextRun(text, italic=True),))

    def line(self, key: str, text: str | None) -> list[Paragraph]:
        """Return a line such as `Chủ trì: …`; nothing for an empty text."""
        return self.named_line(self.words.text(key), text)

    def named_line(self, name: str, text: str | None) -> list[Paragraph]:
        """Return a line of a name and a text; nothing for an empty text."""
        return [Paragraph("detail", (TextRun(f"{name}: {text}", italic=True),))] if text else []

    def note(self, text: str | None) -> list[Paragraph]:
        """Return an editor's note, marked as such, because it is not in the document."""
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


def _begins(paragraphs: Sequence[Paragraph], key: str) -> list[Paragraph]:
    """Return paragraphs with `key` on the first; the key of a part of the document begins with `_`."""
    return [replace(paragraph, key=key if index == 0 else "") for index, paragraph in enumerate(paragraphs)]


def _behind_label(entry: Heading | Target) -> list[TextRun]:
    """Return the full title of an entry, with the label as a run of its own."""
    if not entry.label:
        return [TextRun(entry.title)]
    return [TextRun(entry.label, part="label"), TextRun(entry.full_title.removeprefix(entry.label))]


def _with_when(title: str, when: str | None) -> tuple[TextRun, ...]:
    return (TextRun(f"{title} ("), TextRun(when, part="when"), TextRun(")")) if when else (TextRun(title),)
