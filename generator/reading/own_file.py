"""Files that this program wrote: they say what each row is, however an office has edited them.

A bookmark names the entry that begins in a row or paragraph; the style gives its role; further paragraphs are lines of
fields, texts, editors' notes. Rows without a bookmark are new and are read like those of any other file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.bookmarks import BOOKMARK, INDENTS, bookmarked_entry
from generator.language.catalogue import Catalogue, site_words
from generator.reading.column_headings import ColumnField, ColumnHeading
from generator.reading.office_document import Grid, GridCell, GridRow, OfficeDocument, OfficeParagraph, OfficeRun
from generator.reading.plan_tables import PlanTable, headed_table
from generator.work_fields import WORK_FIELDS

_TARGETS = {"Target", "TableTarget"}
_ENTRIES = {*_TARGETS, "Item"}
_DETAILS, _FIGURES, _NOTES = {"Detail", "TableDetail"}, {"Figure", "TableFigure"}, {"Note", "TableNote"}
_KINDS = {"Task", "Breakthrough"}
"""Styles of headings that are more than a section."""
_ASIDE = {"Standing", "Amended", "Closing"}
PARTS = ("basis", "purpose", "organisation")
"""The parts of the document around the entries, with a bookmark at their beginning."""
_FIELDS = {"no": "label", "what": "title", **{name: field.import_name for name, field in WORK_FIELDS.items()}}
del _FIELDS["by_year"]  # its columns have years as headings
"""The columns of our Word files, by catalogue key, with their fields."""


@dataclass(frozen=True)
class OwnFile:
    """A file of ours: its rows as a table, the columns of lines below titles, the parts around the entries.

    `headings` are our names of fields; `aside` is what only the print has.
    """

    table: PlanTable
    columns: tuple[ColumnField, ...]
    headings: Mapping[str, str]
    parts: Mapping[str, Sequence[OfficeParagraph]]
    aside: Sequence[OfficeParagraph]


def is_own_file(document: OfficeDocument) -> bool:
    """Return whether a document has ids of a plan's entries."""
    return any(map(_has_entry, document.blocks))


def read_own_file(document: OfficeDocument) -> OwnFile | None:
    """Return a document as a file of ours; None if it has no ids, or if its tables have several layouts."""
    words, blocks = site_words(), document.blocks
    marked = [index for index, block in enumerate(blocks) if _has_entry(block)]
    if not marked:
        return None
    start, end = marked[0], _end(blocks, marked[-1])
    heads = {index: head for index in range(start, end) if (head := headed_table(index, blocks[index]))}
    first = next(iter(heads.values()), None)
    if first and any(head.key != first.key for head in heads.values()):
        return None
    names = (words.text("site.column.no"), words.text("site.column.what"))
    own = tuple(ColumnHeading(column, (name,), ()) for column, name in enumerate(names))
    headings, width = (first.headings, first.grid.width) if first else (own, len(own))
    builder = _RowBuilder(words, width)
    repeated: list[GridRow] = []
    for index in range(start, end):
        block = blocks[index]
        if isinstance(block, OfficeParagraph):
            builder.add_paragraph(block)
            continue
        head = heads.get(index)
        builder.add_rows(block.rows[head.end if head else 0 :])
        repeated += block.rows[head.start : head.end] if head and head is not first else ()
    rows = tuple(builder.finished())
    parts = {name: list(_part(blocks, start, end, name)) for name in PARTS}
    apart = [paragraph for paragraphs in parts.values() for paragraph in paragraphs]
    aside = [block for block in blocks if isinstance(block, OfficeParagraph) and block.style in _ASIDE]
    excluded_ids = {id(paragraph) for paragraph in (*apart, *aside)}
    table = PlanTable(
        number=first.grid.location.table if first else 0,
        headings=(*headings, *(column.heading for column in builder.columns.values() if column.heading.words)),
        rows=rows,
        head=first.grid.rows[first.start : first.end] if first else (),
        repeated=tuple(repeated),
        width=width,
        before=tuple(block for block in blocks[:start] if id(block) not in excluded_ids),
        after=tuple(block for block in blocks[end:] if id(block) not in excluded_ids),
    )
    columns = tuple(column for column in builder.columns.values() if not column.heading.words)
    return OwnFile(table, columns, printed_headings(), parts, aside)


def printed_headings() -> Mapping[str, str]:
    """Return the fields that the headings in our Word files mean."""
    words = site_words()
    return {words.text("site.lead"): "lead"} | {words.text(f"site.column.{key}"): name for key, name in _FIELDS.items()}


def own_text(paragraphs: Sequence[OfficeParagraph]) -> str:
    """Return paragraphs as the text of a field: separated by blank lines, except the items of a list."""
    text = ""
    for paragraph in paragraphs:
        line = paragraph.text
        is_item = line.startswith(("- ", "+ ", "* "))
        text += ("\n" if is_item and text.rsplit("\n", 1)[-1].startswith(line[:2]) else "\n\n" if text else "") + line
    return text


def _has_entry(block: OfficeParagraph | Grid) -> bool:
    rows: Sequence[OfficeParagraph | GridRow] = block.rows if isinstance(block, Grid) else [block]
    return any(bookmarked_entry(row.bookmark) for row in rows if row.bookmark)


def _end(blocks: Sequence[OfficeParagraph | Grid], last: int) -> int:
    """Return the index of the block after the entries; texts below the last entry belong to it, but not a table."""
    end = last + 1
    while end < len(blocks) and isinstance(blocks[last], OfficeParagraph):
        block = blocks[end]
        if isinstance(block, Grid) or block.bookmark or block.style in {*_ASIDE, "Gap"}:
            break
        end += 1
    return end


def _part(blocks: Sequence[OfficeParagraph | Grid], start: int, end: int, name: str) -> Iterator[OfficeParagraph]:
    """Yield the paragraphs of a part around the entries, without our heading."""
    is_open = False
    for index, block in enumerate(blocks):
        if isinstance(block, Grid) or start <= index < end or block.style in {*_ASIDE, "Gap"}:
            is_open = False
            continue
        if block.bookmark:
            is_open = block.bookmark == f"{BOOKMARK}_{name}"
        if is_open and block.text:
            yield block


@dataclass
class _RowBuilder:
    """Makes rows from paragraphs and table rows: the title, its label, and a cell for each line below it."""

    words: Catalogue
    width: int
    columns: dict[str, ColumnField] = field(default_factory=dict)
    rows: list[GridRow] = field(default_factory=list)
    open: list[OfficeParagraph] = field(default_factory=list)  # paragraphs of the unfinished entry

    def finished(self) -> list[GridRow]:
        """Return all rows."""
        self._close()
        return self.rows

    def add_paragraph(self, paragraph: OfficeParagraph) -> None:
        """Add a paragraph: it begins an entry, or belongs to the one before."""
        begins = bookmarked_entry(paragraph.bookmark) or paragraph.style in _ENTRIES or paragraph.outline
        if begins or not self.open:
            self._close()
        if paragraph.text:
            self.open.append(paragraph)

    def add_rows(self, rows: Sequence[GridRow]) -> None:
        """Add the rows of a table."""
        self._close()
        for row in rows:
            title = next((cell for cell in row.cells if cell.column <= 1 < cell.column + cell.across), None)
            paragraphs = [paragraph for paragraph in title.paragraphs if paragraph.text] if title else []
            if title is None or not paragraphs:
                self.rows.append(row)
                continue
            others = [cell for cell in row.cells if cell is not title]
            self.rows.append(self._row(paragraphs, row, title, others, "cell"))

    def _close(self) -> None:
        if self.open:
            first = self.open[0]
            cell = GridCell(0, self.width, 1, (), first.location)
            row = GridRow((), first.location, bookmark=first.bookmark)
            self.rows.append(self._row(self.open, row, cell, [], "text"))
        self.open = []

    def _row(
        self, paragraphs: Sequence[OfficeParagraph], row: GridRow, title: GridCell, others: list[GridCell], where: str
    ) -> GridRow:
        first = paragraphs[0]
        label, when, rest = _split(first)
        cells: dict[str, list[OfficeParagraph]] = {}
        for paragraph in ([when] if when else []) + list(paragraphs[1:]):
            name, value = self._line(paragraph, is_when=paragraph is when)
            cells.setdefault(name, []).append(value)
        start = title.column
        if start == 0 and title.across > 1:
            others = [*([GridCell(0, 1, 1, (label,), title.location)] if label else []), *others]
            start = 1
        across = title.across - (start - title.column)
        below = [
            GridCell(self.columns[name].heading.column, 1, 1, tuple(values), title.location)
            for name, values in cells.items()
        ]
        whole = GridCell(start, across, title.down, (rest,), title.location)
        ordered = sorted((*others, whole), key=lambda cell: cell.column)
        entry = bookmarked_entry(row.bookmark)
        role = _role(first, entry.row > 0) if entry else ""
        depth = first.outline if role == "heading" else round(first.indent / INDENTS[where])
        kind = next((run.style.lower() for run in rest.runs if run.style in _KINDS), "section") if role else ""
        return replace(row, cells=(*ordered, *below), role=role, kind=kind, depth=depth)

    def _line(self, paragraph: OfficeParagraph, is_when: bool) -> tuple[str, OfficeParagraph]:
        """Return the column of a line below a title, and its content."""
        if is_when:
            return self._column("when", self.words.text("site.column.when")), paragraph
        if paragraph.style in _FIGURES:
            return self._column("figures"), paragraph
        if paragraph.style in _NOTES:
            head = self.words.text("site.paper.note")
            return self._column("note"), _with_text(paragraph, paragraph.text.removeprefix(head).strip())
        name, sign, text = paragraph.text.partition(": ")
        if paragraph.style in _DETAILS and sign:
            return self._column(name, name), _with_text(paragraph, text)
        return self._column("text"), paragraph

    def _column(self, name: str, *heading: str) -> str:
        if name not in self.columns:
            column = ColumnHeading(self.width + len(self.columns), heading, (), is_below=True)
            self.columns[name] = ColumnField(column, "" if heading else name, "own-file")
        return name


def _role(first: OfficeParagraph, is_subrow: bool) -> str:
    """Return the role of a row with an id; empty if its style does not give it."""
    if is_subrow:
        return "subrow"
    if first.style in _TARGETS:
        return "target"
    if first.outline:
        return "heading"
    return "activity" if first.style in {"Item", "TableText"} else ""


def _split(first: OfficeParagraph) -> tuple[OfficeParagraph | None, OfficeParagraph | None, OfficeParagraph]:
    """Return label, time and title of a first line; they have different styles."""
    labels = [run for run in first.runs if run.style == "Label"]
    times = [run for run in first.runs if run.style == "When"]
    rest = [run for run in first.runs if run.style not in {"Label", "When"}]
    if times:
        at = first.runs.index(times[0])
        if at == 0 or not any(run.text.strip() for run in first.runs[:at] if run not in labels):
            rest = [_without(run, ":") if run is rest[0] else run for run in rest]
        else:
            before = [run for run in first.runs[:at] if run in rest]
            after = [run for run in first.runs[at:] if run in rest]
            before[-1:] = [replace(run, text=run.text.rstrip().removesuffix("(").rstrip()) for run in before[-1:]]
            after[:1] = [replace(run, text=run.text.lstrip().removeprefix(")")) for run in after[:1]]
            rest = [*before, *after]
    if labels and rest:
        rest[0] = _without(rest[0], ":.")
    own_label = replace(first, runs=tuple(labels)) if labels else None
    return own_label, replace(first, runs=tuple(times)) if times else None, replace(first, runs=tuple(rest))


def _without(run: OfficeRun, signs: str) -> OfficeRun:
    text = run.text.lstrip()
    return replace(run, text=text[1:].lstrip() if text[:1] in tuple(signs) else text)


def _with_text(paragraph: OfficeParagraph, text: str) -> OfficeParagraph:
    """Return a paragraph with a part of its words; it accounts for all of them."""
    first, *more = paragraph.runs
    return replace(paragraph, runs=(replace(first, text=text, style=""), *(replace(run, text="") for run in more)))
