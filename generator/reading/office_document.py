"""The content of an office's file in any format: paragraphs and grids in the document's order.

Every run of text has a token, a number that is unique in the document. The ledger records for each token where it went,
so that nothing is lost unnoticed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

NoticeKind = Literal[
    "tracked-change",
    "comment",
    "nested-table",
    "hidden-text",
    "struck-text",
    "formula-without-value",
    "formula",
    "legacy-font",
    "legacy-font-guess",
    "unknown-font",
    "unknown-symbol",
    "macros",
    "external-link",
    "hidden-rows",
    "hidden-sheet",
    "page-margin",
    "joined-lines",
    "picture",
    "number-format",
    "figure-format",
]
"""What a reader noticed and a person should know, by catalogue key."""


_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufffe\uffff]"
)
_POWERS = str.maketrans("23", "²³")
_LENGTH = re.compile(r"(?<![^\W\d_])[khdcm]?m$")


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """A place in the source; tables, rows, columns and paragraphs count from 1, 0 means none."""

    table: int = 0
    row: int = 0
    column: int = 0
    paragraph: int = 0
    part: str = ""


@dataclass(frozen=True, slots=True)
class OfficeRun:
    """A run of text in one format. `note` is the number of the footnote, if it is a footnote's mark."""

    text: str
    token: int
    bold: bool = False
    raised: bool = False
    hidden: bool = False
    note: str = ""
    style: str = ""


@dataclass(frozen=True)
class OfficeParagraph:
    """A paragraph. `label` is Word's automatic number; `level` its depth in the list, from 0.

    `bookmark` is one of ours, with the id of the entry that begins here; `outline` the level of a heading from 1, 0 for
    none; `indent` is in twips; `is_boxed` says that it is in a text box.
    """

    runs: tuple[OfficeRun, ...]
    location: SourceLocation
    label: OfficeRun | None = None
    level: int = 0
    style: str = ""
    centred: bool = False
    bookmark: str = ""
    outline: int = 0
    indent: int = 0
    is_boxed: bool = False

    @cached_property
    def text(self) -> str:
        """The printed words without raised marks and hidden text; spaces are single, line breaks are kept."""
        return tidy("".join(run.text for run in self.runs if is_plain(run)))

    @cached_property
    def tokens(self) -> tuple[int, ...]:
        """The tokens of all runs and of the automatic number."""
        return tuple(run.token for run in (*((self.label,) if self.label else ()), *self.runs))

    @property
    def is_bold(self) -> bool:
        """Whether every visible letter is bold."""
        shown = [run for run in self.runs if run.text.strip() and is_plain(run)]
        return bool(shown) and all(run.bold for run in shown)


@dataclass(frozen=True)
class GridCell:
    """A cell at grid coordinates: `column` counts from 0; it covers `across` columns and `down` rows."""

    column: int
    across: int
    down: int
    paragraphs: tuple[OfficeParagraph, ...]
    location: SourceLocation

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The printed lines, each with its automatic number; a single sign belongs to the line before it."""
        lines: list[str] = []
        for paragraph in self.paragraphs:
            label = f"{paragraph.label.text} " if paragraph.label else ""
            for line in f"{label}{paragraph.text}".split("\n"):
                text = line.strip()
                if lines and re.fullmatch(r"[;,.:]+", text):
                    lines[-1] += text
                elif text:
                    lines.append(text)
        return tuple(lines)

    @cached_property
    def text(self) -> str:
        """The printed words in one line."""
        return " ".join(self.lines)

    @cached_property
    def tokens(self) -> tuple[int, ...]:
        """The tokens of all paragraphs."""
        return tuple(token for paragraph in self.paragraphs for token in paragraph.tokens)

    @property
    def notes(self) -> tuple[str, ...]:
        """The numbers of the footnotes to which the cell refers."""
        return tuple(run.note for paragraph in self.paragraphs for run in paragraph.runs if run.note)

    @property
    def marks(self) -> tuple[str, ...]:
        """Raised digits that were typed: it is unknown which footnote they mean."""
        runs = [run for paragraph in self.paragraphs for run in paragraph.runs]
        return tuple(run.text.strip() for run in runs if is_mark(run) and not run.note)


@dataclass(frozen=True)
class GridRow:
    """A row of a grid: its cells from left to right, without merged cells that begin in a row above.

    `bookmark` is one of ours, or the key in a hidden column, with the id of the row. In a file of ours `role` says what
    the row is (`heading`, `target`, `activity`, `subrow`), `kind` what a heading is, and `depth` how deep it stands;
    else they are empty.
    """

    cells: tuple[GridCell, ...]
    location: SourceLocation
    is_head: bool = False
    bookmark: str = ""
    role: str = ""
    kind: str = ""
    depth: int = 0

    @cached_property
    def tokens(self) -> tuple[int, ...]:
        """The tokens of all cells."""
        return tuple(token for cell in self.cells for token in cell.tokens)

    @cached_property
    def text(self) -> str:
        """The words of all cells, for comparing rows."""
        return " | ".join(cell.text for cell in self.cells if cell.text)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with `width` columns. `key_head` is the head of the hidden column of ids in a sheet of ours."""

    rows: tuple[GridRow, ...]
    width: int
    location: SourceLocation
    name: str = ""
    key_head: str = ""


@dataclass(frozen=True, slots=True)
class OfficeNote:
    """A footnote or endnote: the number that readers see, and its paragraphs."""

    number: str
    paragraphs: tuple[OfficeParagraph, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a reader noticed: text that is not in the document as accepted, or that needs a review.

    `tokens` are the words concerned, if they are in no paragraph of the document.
    """

    kind: NoticeKind
    location: SourceLocation
    text: str = ""
    author: str = ""
    tokens: tuple[OfficeRun, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeDocument:
    """The content of an office's file. `stamp` is set in a file of ours: equal plans have equal stamps."""

    blocks: tuple[OfficeParagraph | Grid, ...]
    notes: Mapping[str, OfficeNote] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    stamp: str = ""

    @property
    def grids(self) -> Sequence[Grid]:
        """The tables in the document's order."""
        return [block for block in self.blocks if isinstance(block, Grid)]

    def runs(self) -> Iterator[tuple[SourceLocation, OfficeRun]]:
        """Yield all runs with their places, also in notes and notices: all words that the ledger accounts for."""
        for block in self.blocks:
            paragraphs = [block] if isinstance(block, OfficeParagraph) else list(_paragraphs_of(block))
            for paragraph in paragraphs:
                yield from _runs_of(paragraph)
        for note in self.notes.values():
            for paragraph in note.paragraphs:
                yield from _runs_of(paragraph)
        for notice in self.notices:
            for run in notice.tokens:
                yield notice.location, run


def is_mark(run: OfficeRun) -> bool:
    """Return whether a run is a footnote mark typed by hand: raised digits."""
    return run.raised and not run.hidden and re.fullmatch(r"\s*\(?\d{1,2}\)?\s*|\s*\*+\s*", run.text) is not None


def with_powers(runs: Iterable[OfficeRun]) -> tuple[OfficeRun, ...]:
    """Return the runs of a paragraph; a raised digit after a unit of length is a power, not a mark: `30 m²`."""
    result: list[OfficeRun] = []
    for run in runs:
        before = result[-1].text if result and is_plain(result[-1]) else ""
        if is_mark(run) and run.text.strip() in {"2", "3"} and _LENGTH.search(before):
            result.append(replace(run, text=run.text.translate(_POWERS), raised=False))
        else:
            result.append(run)
    return tuple(result)


def joined_runs(runs: Iterable[OfficeRun]) -> tuple[OfficeRun, ...]:
    """Return the runs with neighbours of one format joined: Word splits words at every correction."""
    joined: list[OfficeRun] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and replace(last, text="", token=0) == replace(run, text="", token=0) and not run.note:
            joined[-1] = replace(last, text=clean(last.text + run.text))
        else:
            joined.append(run)
    return tuple(joined)


def is_plain(run: OfficeRun) -> bool:
    """Return whether a run is part of a field's printed words."""
    return not run.hidden and not run.note and not is_mark(run)


def clean(text: str) -> str:
    """Return the text composed (NFC), with plain spaces and line breaks, without invisible characters.

    Soft hyphens, zero-width signs and control characters come with text from the web and PDF; `check` refuses them.
    """
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _SPACES.sub(" ", _BREAKS.sub("\n", text))))


def tidy(text: str) -> str:
    """Return the text with single spaces and without spaces around line breaks."""
    return re.sub(r" *\n *", "\n", re.sub(r" +", " ", text)).strip()


def _paragraphs_of(grid: Grid) -> Iterator[OfficeParagraph]:
    for row in grid.rows:
        for cell in row.cells:
            yield from cell.paragraphs


def _runs_of(paragraph: OfficeParagraph) -> Iterator[tuple[SourceLocation, OfficeRun]]:
    if paragraph.label:
        yield paragraph.location, paragraph.label
    for run in paragraph.runs:
        yield paragraph.location, run
