"""Contributors' Markdown as paragraphs and runs, for documents that are not HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal

from generator.pages.prose import prose

ParagraphKind = Literal["heading", "text", "item", "target", "detail", "figure", "note"]
RunPart = Literal["", "label", "when", "task", "breakthrough"]
"""The kind of a run: label or time in a line of several fields, title of a task or breakthrough."""


@dataclass(frozen=True)
class TextRun:
    """A text in one format.

    `mark` says that it is the raised number of a footnote; `capitals` that it is shown in capitals but stored as typed.
    """

    text: str
    bold: bool = False
    italic: bool = False
    mark: bool = False
    capitals: bool = False
    part: RunPart = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph.

    `level` is the rank of a heading (from 1), or the depth of a list item (from 0). `key` names the entry or the part
    of the document that begins here, so that an edited file can be compared.
    """

    kind: ParagraphKind
    runs: tuple[TextRun, ...]
    level: int = 0
    key: str = ""

    @property
    def text(self) -> str:
        """The text without marks of footnotes."""
        return "".join(run.text for run in self.runs if not run.mark)


def prose_paragraphs(text: str) -> list[Paragraph]:
    r"""Return Markdown as paragraphs.

    List items begin with a dash or their number, as offices type them.

    >>> [paragraph.text for paragraph in prose_paragraphs("**1.** Một\n\n- hai\n- ba")]
    ['1. Một', '- hai', '- ba']
    """
    reader = _ProseReader()
    reader.feed(str(prose(text)))
    reader.close()
    reader.end_paragraph()
    return reader.paragraphs or [Paragraph("text", (TextRun(text),))]


class _ProseReader(HTMLParser):
    """Collects paragraphs from the few HTML elements that `prose` writes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[Paragraph] = []
        self.runs: list[TextRun] = []
        self.bold = self.italic = 0
        self.lists: list[int | None] = []
        """Of each open list the number of its next item; None where it has none."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a format, a list or an item."""
        if tag in {"strong", "h1", "h2", "h3", "h4", "h5", "h6"}:
            self.bold += 1
        elif tag == "em":
            self.italic += 1
        elif tag == "br":  # begins a paragraph: in a justified one Word would stretch a broken line
            self.end_paragraph()
        elif tag in {"ul", "ol"}:
            self.end_paragraph()
            self.lists.append(int(dict(attrs).get("start") or 1) if tag == "ol" else None)
        elif tag == "li":
            self.end_paragraph()
            given = dict(attrs)
            number = int(given.get("value") or self.lists[-1] or 0) if self.lists[-1] else None
            self.runs.append(TextRun(f"{given.get('data-sign') or (f'{number}.' if number else '-')} "))
            self.lists[-1] = number + 1 if number else None

    def handle_endtag(self, tag: str) -> None:
        """End a format, a paragraph or a list."""
        if tag in {"strong", "h1", "h2", "h3", "h4", "h5", "h6"}:
            self.bold -= 1
        elif tag == "em":
            self.italic -= 1
        if tag in {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6"}:
            self.end_paragraph()
        elif tag in {"ul", "ol"}:
            self.lists.pop()

    def handle_data(self, data: str) -> None:
        """Add a run."""
        text = data.replace("\n", " " if self.runs and not self.runs[-1].text.endswith("\n") else "")
        if text.strip() or (self.runs and text):
            self.runs.append(TextRun(text, bool(self.bold), bool(self.italic)))

    def end_paragraph(self) -> None:
        """Finish the paragraph, unless it is blank."""
        if "".join(run.text for run in self.runs).strip(" -+\n"):
            last = self.runs[-1]
            self.runs[-1] = TextRun(last.text.rstrip(), last.bold, last.italic)
            level = max(len(self.lists) - 1, 0)
            self.paragraphs.append(Paragraph("text", tuple(run for run in self.runs if run.text), level))
        self.runs = []
