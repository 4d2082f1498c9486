""".docx -> `OfficeDocument`: reads the XML without losing anything.

Cells are at grid coordinates (`gridBefore`, `gridSpan`, `vMerge`), not at positions in a list. Tracked changes are read
as accepted, and reported; automatic numbers are resolved; text in old fonts becomes Unicode; all text is NFC.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from generator.bookmarks import BOOKMARK, STAMP, joined_bookmark
from generator.reading.guard import MOST_ROWS, OfficePackage, UnreadableFile
from generator.reading.legacy_fonts import guess_unicode, notice_of, to_unicode
from generator.reading.numbering import ListCounters, W, whole_number
from generator.reading.office_document import (
    Grid,
    GridCell,
    GridRow,
    Notice,
    NoticeKind,
    OfficeDocument,
    OfficeNote,
    OfficeParagraph,
    OfficeRun,
    SourceLocation,
    clean,
    joined_runs,
    with_powers,
)
from generator.reading.run_looks import StyleSheet, is_on, style_of
from generator.reading.word_tree import parts_of, text_of

MOST_COLUMNS = 250
"""The most columns of a table; Word itself draws 63."""
_WIDEST = 31_680
"""In twips: Word's widest page."""
_SYMBOLS = {"f0b3": "≥", "f0a3": "≤", "f0b7": "•", "f02d": "-", "f0fc": "√", "f0d6": "√", "f0b1": "±", "f0ae": "→"}
_SYMBOLS |= {"f0e0": "→", "f0a7": "•", "f0d8": "•", "f0b0": "°", "f06d": "µ", "f0b4": "×"}
_BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}


def read_word(package: OfficePackage) -> OfficeDocument:
    """Return the document of a .docx.

    Raises `UnreadableFile` if a part is missing or damaged, or the tables have more than 20,000 rows.
    """
    root = package.xml("word/document.xml")
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise UnreadableFile("truncated")
    reader = _WordReader(
        StyleSheet.of(package.xml("word/styles.xml")), ListCounters.of(package.xml("word/numbering.xml"))
    )
    reader.read_notes(package)
    reader.read_comments(package)
    blocks = tuple(reader.blocks(body))
    reader.read_margins(package)
    if package.has_macros:
        reader.notice("macros")
    for target in package.external_links:
        reader.notice("external-link", text=target)
    return OfficeDocument(blocks, reader.used_notes(), tuple(reader.notices), reader.stamp)


@dataclass
class _WordReader:
    """Reads the parts of one document and counts tokens, tables and paragraphs."""

    styles: StyleSheet
    lists: ListCounters
    notices: list[Notice] = field(default_factory=list)
    notes: dict[tuple[str, str], OfficeNote] = field(default_factory=dict)
    comments: dict[str, tuple[str, str]] = field(default_factory=dict)  # id -> author, text
    note_numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    tokens: int = 0
    tables: int = 0
    paragraphs: int = 0
    rows: int = 0
    bookmarks: list[str] = field(default_factory=list)
    stamp: str = ""
    location: SourceLocation = field(default_factory=SourceLocation)

    def notice(self, kind: NoticeKind, text: str = "", author: str = "", tokens: Iterable[OfficeRun] = ()) -> None:
        """Record something that a person should know, at the reader's present location."""
        self.notices.append(Notice(kind, self.location, text.strip(), author, tuple(tokens)))

    def blocks(self, body: Any) -> Iterable[OfficeParagraph | Grid]:
        """Yield paragraphs and tables of the body; text boxes follow the paragraph to which they are anchored."""
        for element in parts_of(body, self.on_change):
            if element.tag == f"{W}p":
                self.paragraphs += 1
                self.location = SourceLocation(paragraph=self.paragraphs)
                first, *boxes = self.paragraph(element)
                yield replace(first, bookmark=self.take_bookmark())
                yield from boxes
            elif element.tag == f"{W}tbl":
                yield self.grid(element)
            else:
                self.see_bookmark(element)

    def see_bookmark(self, element: Any) -> None:
        """Keep the name of a bookmark of ours to the end of the paragraph or row in which it begins."""
        name = element.get(f"{W}name") or ""
        if element.tag == f"{W}bookmarkStart" and name.startswith(STAMP):
            self.stamp = name.removeprefix(STAMP)
        elif element.tag == f"{W}bookmarkStart" and name.startswith(BOOKMARK):
            self.bookmarks.append(name)

    def take_bookmark(self) -> str:
        """Return the bookmark of the paragraph or row that ends here."""
        names, self.bookmarks = self.bookmarks, []
        return joined_bookmark(names)

    def grid(self, table: Any) -> Grid:
        """Return a table; a cell merged over several rows belongs to the first of them."""
        self.tables += 1
        number = self.tables
        rows: list[list[GridCell]] = []
        heads: list[bool] = []
        marks: list[str] = []
        hanging: dict[int, tuple[int, int]] = {}  # column -> row and index of the cell that is merged downwards
        for element in parts_of(table, self.on_change):
            self.see_bookmark(element)
            if element.tag != f"{W}tr" or self._is_deleted(element, SourceLocation(number, len(rows) + 1)):
                continue
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise UnreadableFile("too-many-rows", most=MOST_ROWS)
            rows.append([])
            self._read_cells(element, SourceLocation(number, len(rows)), rows, hanging)
            heads.append(is_on(element.find(f"{W}trPr/{W}tblHeader")))
            marks.append(self.take_bookmark())
        done = tuple(
            GridRow(tuple(cells), SourceLocation(number, index + 1), heads[index], marks[index])
            for index, cells in enumerate(rows)
        )
        width = max((cell.column + cell.across for row in done for cell in row.cells), default=0)
        return Grid(done, width, SourceLocation(number))

    def _read_cells(
        self, row: Any, location: SourceLocation, rows: list[list[GridCell]], hanging: dict[int, tuple[int, int]]
    ) -> None:
        column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for element in parts_of(row, self.on_change):
            if element.tag != f"{W}tc":
                self.see_bookmark(element)
                continue
            across = max(1, _number(element.find(f"{W}tcPr/{W}gridSpan"), 1))
            merge = element.find(f"{W}tcPr/{W}vMerge")
            self.location = replace(location, column=column + 1)
            paragraphs = tuple(self.cell_paragraphs(element))
            goes_on = merge is not None and merge.get(f"{W}val") in {None, "continue"}
            if goes_on and column in hanging:
                above, index = hanging[column]
                cell = rows[above][index]
                more = tuple(paragraph for paragraph in paragraphs if paragraph.runs)
                down = location.row - 1 - above + 1
                rows[above][index] = replace(cell, down=down, paragraphs=(*cell.paragraphs, *more))
            else:
                hanging.pop(column, None)
                if merge is not None:
                    hanging[column] = (location.row - 1, len(rows[-1]))
                rows[-1].append(GridCell(column, across, 1, paragraphs, self.location))
            column += across

    def cell_paragraphs(self, cell: Any) -> Iterable[OfficeParagraph]:
        """Yield the paragraphs of a cell; a table inside it becomes lines `a | b`."""
        for element in parts_of(cell, self.on_change):
            if element.tag == f"{W}p":
                yield from self.paragraph(element)
            elif element.tag == f"{W}tbl":
                for line in self._nested_lines(element):
                    yield OfficeParagraph(line, self.location)
            else:
                self.see_bookmark(element)

    def _nested_lines(self, table: Any) -> Iterable[tuple[OfficeRun, ...]]:
        text: list[str] = []
        for row in parts_of(table, self.on_change):
            runs: list[OfficeRun] = []
            for cell in parts_of(row, self.on_change) if row.tag == f"{W}tr" else ():
                inner = (
                    [run for paragraph in self.cell_paragraphs(cell) for run in paragraph.runs]
                    if cell.tag == f"{W}tc"
                    else []
                )
                runs += [*([self._run(" | ")] if runs and inner else []), *inner]
            if runs:
                text.append("".join(run.text for run in runs))
                yield tuple(runs)
        self.notice("nested-table", "\n".join(text))

    def paragraph(self, element: Any) -> Iterable[OfficeParagraph]:
        """Yield a paragraph, then those of the text boxes anchored to it."""
        style = style_of(element)
        boxes: list[Any] = []
        label = None
        if numbering := self.styles.numbering(element):
            shown = self.lists.next_label(*numbering)
            label = self._run(shown) if shown else None
        runs = tuple(self._runs(element, style, boxes))
        has_text = any(run.text.strip() for run in runs)
        centred = element.find(f"{W}pPr/{W}jc")
        yield OfficeParagraph(
            with_powers(joined_runs(runs)),
            self.location,
            label if has_text or (label and any(sign.isalnum() for sign in label.text)) else None,
            numbering[1] if numbering else 0,
            style,
            centred is not None and centred.get(f"{W}val") == "center",
            outline=self.styles.outline(element),
            indent=self._indent(element.find(f"{W}pPr/{W}ind")),
        )
        for box in boxes:
            for inner in parts_of(box, self.on_change):
                if inner.tag == f"{W}p":
                    yield from (replace(boxed, is_boxed=True) for boxed in self.paragraph(inner))

    @staticmethod
    def _indent(element: Any) -> int:
        return max(_number(element, 0, name, _WIDEST) for name in ("left", "start"))  # LibreOffice writes `start`

    def _runs(self, element: Any, style: str, boxes: list[Any]) -> Iterable[OfficeRun]:
        for part in parts_of(element, self.on_change):
            if part.tag == f"{W}r":
                yield from self._run_parts(part, style, boxes)
            else:
                self.see_bookmark(part)

    def _run_parts(self, run: Any, style: str, boxes: list[Any]) -> Iterable[OfficeRun]:
        look = self.styles.look(run, style)
        text, note = "", ""
        for part in parts_of(run, self.on_change):
            if part.tag == f"{W}t":
                text += to_unicode(part.text or "", look.coding)
            elif part.tag in _BREAKS:
                text += _BREAKS[part.tag] if part.get(f"{W}type") != "page" else " "
            elif part.tag == f"{W}sym":
                text += self._symbol(part.get(f"{W}char") or "")
            elif part.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                mark = self._note_mark(part)
                note = mark.note if part.get(f"{W}customMarkFollows") in {"1", "true", "on"} else note
                yield mark
            elif part.tag == f"{W}commentReference":
                self._tell_comment(part.get(f"{W}id") or "")
            elif part.tag in {f"{W}drawing", f"{W}pict", f"{W}object"}:
                found = list(part.iter(f"{W}txbxContent"))
                boxes += found
                if not found:
                    self.notice("picture")
        printed = clean(text)
        if printed.strip() and (kind := notice_of(look.coding)):
            self.notice(kind, printed)
        elif guess := guess_unicode(text):
            self.notice("legacy-font-guess", printed, guess)
        if printed:
            office_run = self._run(printed)
            hidden = look.hidden or look.struck
            yield replace(office_run, bold=look.bold, raised=look.raised, hidden=hidden, note=note, style=look.style)
            if hidden and printed.strip():
                self.notice("struck-text" if look.struck else "hidden-text", printed)

    def _symbol(self, code: str) -> str:
        symbol = _SYMBOLS.get(code.lower())
        if symbol is None:
            self.notice("unknown-symbol", f"U+{code.upper()}")
            return "\ufffc"
        return symbol

    def _note_mark(self, part: Any) -> OfficeRun:
        kind = "footnote" if part.tag == f"{W}footnoteReference" else "endnote"
        key = (kind, part.get(f"{W}id") or "")
        if key not in self.note_numbers:
            self.note_numbers[key] = str(len(self.note_numbers) + 1)
        return replace(self._run(""), note=self.note_numbers[key], raised=True)

    def read_notes(self, package: OfficePackage) -> None:
        """Read footnotes and endnotes, without separators."""
        for kind in ("footnote", "endnote"):
            root = package.xml(f"word/{kind}s.xml")
            for element in () if root is None else root.iter(f"{W}{kind}"):
                if element.get(f"{W}type") in {None, "normal"}:
                    paragraphs = [
                        inner for p in element.iter(f"{W}p") for inner in self.paragraph(p) if inner.text or inner.label
                    ]
                    self.notes[kind, element.get(f"{W}id") or ""] = OfficeNote("", tuple(paragraphs))

    def read_comments(self, package: OfficePackage) -> None:
        """Keep comments beside the text; they are reported at their marks."""
        root = package.xml("word/comments.xml")
        for element in () if root is None else root.iter(f"{W}comment"):
            text = clean("\n".join(text_of(paragraph) for paragraph in element.iter(f"{W}p"))).strip()
            self.comments[element.get(f"{W}id") or ""] = (element.get(f"{W}author") or "", text)

    def _tell_comment(self, id_: str) -> None:
        author, text = self.comments.get(id_, ("", ""))
        if text:
            self.notice("comment", text, author, [self._run(text)])

    def used_notes(self) -> dict[str, OfficeNote]:
        """Return the notes by the numbers that readers see, in the order of their marks; then those without a mark."""
        for key in self.notes:
            self.note_numbers.setdefault(key, str(len(self.note_numbers) + 1))
        numbered = [(number, self.notes.get(key)) for key, number in self.note_numbers.items()]
        return {number: replace(note, number=number) for number, note in numbered if note}

    def read_margins(self, package: OfficePackage) -> None:
        """Keep the words of page headers and footers for the report: they are no part of the plan."""
        for name in sorted(package.archive.namelist()):
            if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
                self.location = SourceLocation(part=name)
                root = package.xml(name)
                paragraphs = [] if root is None else list(root.iter(f"{W}p"))
                runs = [
                    run for p in paragraphs for inner in self.paragraph(p) for run in inner.runs if run.text.strip()
                ]
                if runs:
                    self.notice("page-margin", " ".join(run.text for run in runs), tokens=runs)

    def on_change(self, kind: str, element: Any) -> None:
        """Report a tracked change. Deleted text is no part of the document, but is kept for the report."""
        text = clean(text_of(element))
        tokens = [self._run(text)] if kind in {"del", "moveFrom"} and text.strip() else []
        if text.strip():
            self.notice("tracked-change", f"{kind}: {text}", element.get(f"{W}author") or "", tokens)

    def _is_deleted(self, row: Any, location: SourceLocation) -> bool:
        properties = row.find(f"{W}trPr")
        for kind in ("del", "ins"):
            mark = None if properties is None else properties.find(f"{W}{kind}")
            if mark is not None:
                self.location = location
                text = clean(text_of(row))
                tokens = [self._run(text)] if kind == "del" and text.strip() else []
                self.notice("tracked-change", f"{kind}: {text}", mark.get(f"{W}author") or "", tokens)
                return kind == "del"
        return False

    def _run(self, text: str) -> OfficeRun:
        self.tokens += 1
        return OfficeRun(text, self.tokens)


def _number(element: Any, default: int, name: str = "val", most: int = MOST_COLUMNS) -> int:
    return whole_number(None if element is None else element.get(f"{W}{name}"), default, most)
