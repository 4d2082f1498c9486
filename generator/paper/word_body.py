"""The body of a Word file as WordprocessingML (ISO/IEC 29500-1, clause 17)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from xml.sax.saxutils import escape

from generator.bookmarks import INDENTS, STAMP, bookmark_names
from generator.language.letter_widths import split_by_breaks
from generator.paper.paper_document import Document
from generator.paper.paper_prose import Paragraph, TextRun
from generator.paper.paper_table import PaperTable, TableRow

TWIPS = 56.6929
"""Twips (twentieths of a point, the unit of WordprocessingML) in a millimetre."""

STYLES = {
    **{"text": "Normal", "item": "Item", "target": "Target"},
    **{"detail": "Detail", "figure": "Figure", "note": "Note"},
}
TABLE_STYLES = {
    **{"heading": "TableStrong", "target": "TableTarget"},
    **{"detail": "TableDetail", "figure": "TableFigure", "note": "TableNote"},
}
"""The style id of each kind of paragraph. A heading outside a table has `Heading1` to `Heading6`.

When an edited file is read, they tell targets, lines of fields, texts and editors' notes apart.
"""
RUN_STYLES = {"label": "Label", "when": "When", "task": "Task", "breakthrough": "Breakthrough"}
"""The style ids of runs that are a field or a heading's kind; these styles change no letters."""

LETTER = 2.35
"""The approximate width of a capital letter of the letterhead in millimetres, for the rules below its lines."""


class WordBody:
    """Writes the body of a document.

    `noted` has the footnotes to which its text refers, by number.
    """

    def __init__(self, paper: Document, width: float) -> None:
        """Keep a document, and the width of its text in millimetres."""
        self.paper = paper
        self.width = width
        self.noted: dict[str, int] = {}
        self.numbered: set[str] = set()
        """The footnotes whose printed number equals Word's own numbering. All others carry their printed number."""
        self._notes = {id_ for id_, _ in paper.footnotes}
        self._bookmarks = 0

    def parts(self) -> Iterator[str]:
        """Yield the elements of the body in order."""
        body = list(self._body())
        # An edited file is compared with the plan as printed, if the plan has not changed.
        stamp = f"{STAMP}{sha256(''.join(body).encode()).hexdigest()[:16]}"
        yield f'<w:bookmarkStart w:id="0" w:name="{stamp}"/><w:bookmarkEnd w:id="0"/>'
        if self.paper.standing:
            yield paragraph_xml("Standing", run_xml(self.paper.standing))
        yield from self._letterhead()
        if self.paper.letterhead.kind:
            yield paragraph_xml("Title", run_xml(self.paper.letterhead.kind))
        yield paragraph_xml("Subtitle", run_xml(self.paper.letterhead.subject))
        yield from (paragraph_xml("Amended", run_xml(line)) for line in self.paper.amendments)
        yield from body
        yield from self._ending()
        rest = [(id_, text) for id_, text in self.paper.footnotes if id_ not in self.noted]
        if rest:
            yield paragraph_xml("Note", run_xml(self.paper.footnotes_title, bold=True))
        for id_, paragraphs in rest:
            yield from footnote_paragraphs(id_, paragraphs)
        yield from (paragraph_xml("Closing", run_xml(line)) for line in self.paper.closing)

    def _body(self) -> Iterator[str]:
        """Yield the plan's entries and the texts around them."""
        for number, part in enumerate(self.paper.body, 1):
            if isinstance(part, PaperTable):
                yield self._table(part)
                yield paragraph_xml("Gap")  # Word joins two tables without a paragraph between them
            else:
                yield self._paragraph(part, last=number == len(self.paper.body))

    def _letterhead(self) -> Iterator[str]:
        """Yield issuer and national heading, with number, place and day below."""
        head = self.paper.letterhead
        left, right = 0.42 * self.width, 0.58 * self.width
        # The Decree's rules: one as long as the motto, one a third to half as long as the issuer's line.
        issuer = [paragraph_xml("Letterhead", run_xml(head.issuer, bold=not head.body))]
        issuer += [paragraph_xml("Letterhead", run_xml(head.body, bold=True))] if head.body else []
        issuer.append(_rule(left, LETTER * len(head.body or head.issuer) * 0.45))
        nation = [paragraph_xml("Letterhead", run_xml(head.nation, bold=True))]
        nation += [paragraph_xml("Motto", run_xml(head.motto)), _rule(right, LETTER * len(head.motto))]
        rows = [[issuer, nation]]
        if head.number or head.place_and_day:
            texts = [run_xml(head.number or ""), run_xml(head.place_and_day or "", italic=True)]
            rows.append([[paragraph_xml("Letterhead", text)] for text in texts])
        yield _borderless(rows, [left, right])

    def _ending(self) -> Iterator[str]:
        """Yield recipients at the left and the signer at the right, kept on one page."""
        paper = self.paper
        if not paper.recipients and not paper.signer:
            return
        left = [paragraph_xml("Recipients", run_xml(paper.recipients_title, bold=True, italic=True))]
        left += [paragraph_xml("Recipients", run_xml(item)) for item in paper.recipients]
        right = [paragraph_xml("Signing", run_xml(line)) for line in paper.signing]
        if paper.signer:  # space for signature and seal
            right += [*[paragraph_xml("Signing")] * 4, paragraph_xml("Signing", run_xml(paper.signer))]
        yield paragraph_xml("Gap", "", "<w:keepNext/>")
        cells = [left if paper.recipients else [paragraph_xml("Recipients")], right or [paragraph_xml("Signing")]]
        yield _borderless([cells], [self.width / 2] * 2)

    def _table(self, table: PaperTable) -> str:
        """Return a table that repeats its head on every page and breaks no row."""
        widths = [column.width / 100 * self.width * TWIPS for column in table.columns]
        rows = [*_head(table, widths), *(self._row(row, table, widths, keep) for row, keep in table.kept_rows)]
        return _table_xml("TableGrid", widths, rows, '<w:tblLook w:firstRow="1" w:noHBand="1" w:noVBand="1"/>')

    def _row(self, row: TableRow, table: PaperTable, widths: Sequence[float], keep: bool) -> str:
        """Return a row; `keep` holds it on the page of the next one."""
        body = [self._cell_paragraph(each, keep) for each in row.body]
        label = run_xml(row.label, bold=row.kind in {"heading", "target"})
        number = paragraph_xml("TableNumber", label, "<w:keepNext/>" if keep else "")
        if row.cells is None:
            cells = [_cell([number], widths[0])] if row.label else []
            start = len(cells)
            cells.append(_cell(body, sum(widths[start:]), span=len(widths) - start))
        else:
            cells = [_cell([number], widths[0]), _cell(body, widths[1])]
            for column, width, text in zip(table.columns[2:], widths[2:], row.cells, strict=True):
                style = "TableNumber" if column.centred else "TableText"
                cells.append(_cell([paragraph_xml(style, _whole_words(line)) for line in text.split("\n")], width))
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def _cell_paragraph(self, paragraph: Paragraph, keep: bool) -> str:
        """Return a paragraph of a cell; `keep` holds it on the page of the next one."""
        style = TABLE_STYLES.get(paragraph.kind, "TableText")
        properties = "<w:keepNext/>" if keep else ""
        if paragraph.kind == "heading":
            properties += f'<w:outlineLvl w:val="{paragraph.level - 1}"/>'
        elif paragraph.level:
            properties += f'<w:ind w:left="{paragraph.level * INDENTS["cell"]}"/>'
        return paragraph_xml(style, self._line(paragraph), properties)

    def _paragraph(self, paragraph: Paragraph, last: bool) -> str:
        """Return a paragraph of the text.

        The last one stays on the page of the signature, which must not be alone.
        """
        if paragraph.kind == "heading":
            return paragraph_xml(f"Heading{paragraph.level}", self._line(paragraph))
        properties = "<w:keepNext/>" if last else ""
        properties += f'<w:ind w:left="{paragraph.level * INDENTS["text"]}"/>' if paragraph.level else ""
        return paragraph_xml(STYLES[paragraph.kind], self._line(paragraph), properties)

    def _line(self, paragraph: Paragraph) -> str:
        """Return the runs of a paragraph; if an entry begins here, bookmarks around them have its key."""
        runs = self._runs(paragraph.runs)
        for name in bookmark_names(paragraph.key, self._bookmarks) if paragraph.key else ():
            number = self._bookmarks = self._bookmarks + 1
            start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
            runs = f'{start}{runs}<w:bookmarkEnd w:id="{number}"/>'
        return runs

    def _runs(self, runs: Iterable[TextRun]) -> str:
        """Return runs.

        The first mark of a footnote refers to it; later ones only show its number.
        """
        return "".join(self._mark(run) if run.mark else _text_run(run) for run in runs)

    def _mark(self, run: TextRun) -> str:
        if run.text not in self._notes or run.text in self.noted:
            return run_xml(run.text, mark=True)
        number = self.noted[run.text] = len(self.noted) + 1
        if run.text == str(len(self.numbered) + 1):
            self.numbered.add(run.text)
            return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
        return (
            f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:customMarkFollows="1" '
            f'w:id="{number}"/><w:t>{escape(run.text)}</w:t></w:r>'
        )


def footnote_paragraphs(id_: str, paragraphs: Sequence[Paragraph], numbered: bool = False) -> Iterator[str]:
    """Yield the paragraphs of a footnote after its number.

    The number is Word's own if `numbered`, else the printed one.
    """
    number = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    for index, paragraph in enumerate(paragraphs):
        mark = (number if numbered else run_xml(id_, mark=True)) + run_xml(" ") if index == 0 else ""
        yield paragraph_xml("Note", mark + "".join(_text_run(run) for run in paragraph.runs))


def _text_run(run: TextRun) -> str:
    """Return a run other than a footnote mark."""
    return run_xml(run.text, run.bold, run.italic, capitals=run.capitals, style=RUN_STYLES.get(run.part, ""))


def run_xml(
    text: str, bold: bool = False, italic: bool = False, mark: bool = False, *, capitals: bool = False, style: str = ""
) -> str:
    """Return a run: text in one format."""
    properties = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties += "<w:b/>" * bold + "<w:i/>" * italic + "<w:caps/>" * capitals
    properties += '<w:vertAlign w:val="superscript"/>' * mark
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{lines}</w:r>"


def _whole_words(text: str) -> str:
    """Return a run in which no line breaks at the hyphen of a number or name."""
    hyphen = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
    segments = (
        escape(segment).replace("-", hyphen) if whole else escape(segment) for segment, whole in split_by_breaks(text)
    )
    return f'<w:r><w:t xml:space="preserve">{"".join(segments)}</w:t></w:r>'


def paragraph_xml(style: str, runs: str = "", properties: str = "") -> str:
    """Return a paragraph in a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _rule(width: float, length: float) -> str:
    """Return a centred rule in a cell.

    Both lengths are in millimetres.
    """
    indent = max(width - min(length, 0.8 * width), 0) / 2 * TWIPS
    border = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    return paragraph_xml("Gap", "", f'{border}<w:ind w:left="{indent:.0f}" w:right="{indent:.0f}"/>')


def _head(table: PaperTable, widths: Sequence[float]) -> list[str]:
    """Return the row of column titles, or two rows if columns share a title."""
    columns = table.columns
    grouped = any(column.group for column in columns)
    upper, lower = [], []
    for index, (column, width) in enumerate(zip(columns, widths, strict=True)):
        title = [paragraph_xml("TableHead", run_xml(column.title))]
        if not column.group:
            upper.append(_cell(title, width, merge="restart" if grouped else ""))
            lower.append(_cell([paragraph_xml("TableHead")], width, merge="continue"))
            continue
        lower.append(_cell(title, width))
        if columns[index - 1].group != column.group:
            members = [
                member_width for other, member_width in zip(columns, widths, strict=True) if other.group == column.group
            ]
            group = [paragraph_xml("TableHead", run_xml(column.group))]
            upper.append(_cell(group, sum(members), span=len(members)))
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    return [f"<w:tr>{properties}{''.join(cells)}</w:tr>" for cells in ([upper, lower] if grouped else [upper])]


def _borderless(rows: Sequence[Sequence[Sequence[str]]], widths: Sequence[float]) -> str:
    """Return a table without borders, to set cells side by side; widths in mm."""
    twips = [width * TWIPS for width in widths]
    whole = "<w:trPr><w:cantSplit/></w:trPr>"
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    cells = [[_cell(cell, width) for cell, width in zip(row, twips, strict=True)] for row in rows]
    return _table_xml("TableNormal", twips, [f"<w:tr>{whole}{''.join(row)}</w:tr>" for row in cells], margins)


def _table_xml(style: str, widths: Sequence[float], rows: Iterable[str], look: str = "") -> str:
    """Return a table; widths in twips."""
    grid = "".join(f'<w:gridCol w:w="{width:.0f}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths):.0f}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _cell(paragraphs: Sequence[str], width: float, span: int = 1, merge: str = "") -> str:
    """Return a cell, `width` twips wide, over `span` columns.

    `merge` joins it with the cell above.
    """
    properties = f'<w:tcW w:w="{width:.0f}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs)}</w:tc>"
