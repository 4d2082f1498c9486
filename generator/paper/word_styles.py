"""The styles of a Word file, as prescribed by Decree 30/2020/NĐ-CP (annex I)."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from generator.paper.paper_document import Document
from generator.paper.word_body import RUN_STYLES

FONT = "Times New Roman"
HEADINGS = 6


def set_styles(word: WordDocument, paper: Document) -> None:
    """Replace python-docx's styles by those of the document, and add others."""
    styles = word.styles.element
    _set_defaults(styles, "vi-VN" if paper.language == "vi" else paper.language)
    # The Decree allows 13 to 14 points for text: 13 in a wide document, which is mostly a table, else 14. It allows 12
    # to 13 for the national heading: in portrait only 12 fits into the right half of the page.
    sizes = (13, 11, 13) if paper.wide else (14, 12, 12)
    for style in _all_styles(*sizes):
        element = parse_xml(style)
        name = element.get(qn("w:styleId"))
        for old in [each for each in styles if each.get(qn("w:styleId")) == name]:
            styles.remove(old)
        styles.append(element)


def _set_defaults(styles: object, language: str) -> None:
    """Set font, size and language of all text."""
    defaults = parse_xml(
        f'<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>{_fonts()}<w:sz w:val="26"/><w:szCs w:val="26"/>'
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    old = styles.find(qn("w:docDefaults"))  # type: ignore[attr-defined]
    styles.replace(old, defaults)  # type: ignore[attr-defined]


def _all_styles(size: float, table: float, letterhead: float) -> list[str]:
    """Return all styles; sizes of text, tables and letterhead in points."""
    text = _spaced(0, 6) + '<w:ind w:firstLine="567"/><w:jc w:val="both"/>'
    in_middle, at_left = (f'<w:ind w:firstLine="0"/><w:jc w:val="{side}"/>' for side in ("center", "left"))
    centred, left, cell = _spaced(0, 0) + in_middle, _spaced(0, 0) + at_left, _spaced(1, 1) + at_left
    headings = [_heading(rank, size) for rank in range(1, HEADINGS + 1)]
    return [
        _style("Normal", "Normal", text, size),
        _style("Title", "Title", _spaced(12, 0) + in_middle, size + 1, "<w:b/>"),
        _style("Subtitle", "Subtitle", _spaced(0, 12) + in_middle, size, "<w:b/>"),
        _style("Standing", "Standing", _spaced(0, 8) + in_middle, size, "<w:b/>"),
        _style("Amended", "Amended", _spaced(0, 6) + in_middle, size - 1, "<w:i/>"),
        *headings,
        _style("Header", "header", centred, 13),
        _style("Letterhead", "Letterhead", centred, letterhead),
        _style("Motto", "Motto", centred, letterhead + 1, "<w:b/>"),
        _style("Gap", "Gap", left, 5),
        _style("Item", "Item", text, size),
        _style("Target", "Target", text, size, "<w:b/>"),
        _style("Detail", "Detail", text, size - 1),
        _style("Figure", "Figure", text, size - 1),
        _style("Note", "Note", _spaced(0, 2) + '<w:ind w:firstLine="0"/><w:jc w:val="both"/>', 10),
        _style("Recipients", "Recipients", left, 11),
        _style("Signing", "Signing", "<w:keepNext/>" + centred, size, "<w:b/>"),
        _style("Closing", "Closing", _spaced(12, 0) + at_left, 9, "<w:i/>"),
        _style("TableHead", "Table Head", "<w:keepNext/>" + _spaced(1, 1) + in_middle, table, "<w:b/>"),
        _style("TableNumber", "Table Number", _spaced(1, 1) + in_middle, table),
        _style("TableText", "Table Text", cell, table),
        _style("TableStrong", "Table Strong", cell, table, "<w:b/>"),
        _style("TableTarget", "Table Target", cell, table, "<w:b/>"),
        *(
            _style(f"Table{name}", f"Table {name}", cell, table - 1.5, "<w:i/>")
            for name in ("Detail", "Figure", "Note")
        ),
        *(_run_style(name) for name in RUN_STYLES.values()),
    ]


def _heading(rank: int, size: float) -> str:
    """Return the style of a heading.

    It is bold, at deep levels italic, and has the level for Word's navigation pane.
    """
    layout = f'<w:keepNext/><w:keepLines/>{_spaced(8, 6)}<w:ind w:firstLine="567"/><w:jc w:val="both"/>'
    layout += f'<w:outlineLvl w:val="{rank - 1}"/>'
    letters = "<w:b/>" if rank < 4 else "<w:b/><w:i/>"
    return _style(f"Heading{rank}", f"heading {rank}", layout, size, letters)


def _style(id_: str, name: str, layout: str, size: float, letters: str = "") -> str:
    """Return a paragraph style; size in points."""
    default, based = (' w:default="1"', "") if id_ == "Normal" else ("", '<w:basedOn w:val="Normal"/>')
    follows = '<w:next w:val="Normal"/>' if id_.startswith("Heading") else ""
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph"{default} '
        f'w:styleId="{id_}"><w:name w:val="{name}"/>{based}{follows}<w:qFormat/><w:pPr>{layout}</w:pPr>'
        f'<w:rPr>{_fonts()}{letters}<w:color w:val="000000"/><w:sz w:val="{size * 2:.0f}"/>'
        f'<w:szCs w:val="{size * 2:.0f}"/></w:rPr></w:style>'
    )


def _run_style(name: str) -> str:
    """Return a style that only marks the kind of a run."""
    head = f'<w:style {nsdecls("w")} w:type="character" w:customStyle="1" w:styleId="{name}">'
    return f'{head}<w:name w:val="{name}"/></w:style>'


def _fonts() -> str:
    return f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'


def _spaced(before: float, after: float) -> str:
    """Return the spacing above and below in points, with 1.08 lines."""
    return f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}" w:line="259" w:lineRule="auto"/>'
