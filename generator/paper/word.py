"""A plan's document as a Word file that an office can edit.

python-docx writes the package, sections and properties. The body is written as XML (`word_body`), because python-docx
takes seconds for a table of hundreds of rows.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from generator.model.corpus import Corpus
from generator.model.entities import Plan
from generator.pages.page import Options
from generator.paper.paper_document import Document, plan_document
from generator.paper.word_body import WordBody, footnote_paragraphs, paragraph_xml, run_xml
from generator.paper.word_styles import set_styles

MARGINS = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 15}
"""Margins in millimetres. Decree 30/2020/NĐ-CP allows 20-25 above and below, 30-35 left, 15-20 right."""

SHORT, LONG = 210, 297
"""The sides of A4 in millimetres."""

LONGEST_PROPERTY = 255
"""The most letters in a property of a Word file."""

FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def plan_docx(corpus: Corpus, plan: Plan, options: Options) -> bytes:
    """Return the Word file of a plan. The same plan gives the same bytes."""
    paper = plan_document(corpus, plan, options)
    word = docx.Document()
    set_styles(word, paper)
    _set_page(word, paper)
    width = (LONG if paper.wide else SHORT) - MARGINS["left_margin"] - MARGINS["right_margin"]
    body = WordBody(paper, width)
    elements = parse_xml(f"<w:body {nsdecls('w')}>{''.join(body.parts())}</w:body>")
    for element in list(elements):
        word.element.body.insert(len(word.element.body) - 1, element)  # the section's properties must be last
    if body.noted:
        _add_footnotes(word, paper, body)
    _set_properties(word, plan, corpus.units[plan.issuer].name, paper)
    return _pack(word)


def _set_page(word: WordDocument, paper: Document) -> None:
    """Set A4, the margins and the page number as the Decree prescribes.

    The number is centred above, from the second page on; beside it is the status of a plan that is not in force.
    """
    wide = paper.wide
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(LONG), Mm(SHORT)) if wide else (Mm(SHORT), Mm(LONG))
    for side, millimetres in MARGINS.items():
        setattr(section, side, Mm(millimetres))
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    number += run_xml(f" – {paper.mark}") if paper.mark else ""
    header = section.header._element
    for paragraph in list(header):
        header.remove(paragraph)
    header.append(parse_xml(paragraph_xml("Header", number).replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))


def _add_footnotes(word: WordDocument, paper: Document, body: WordBody) -> None:
    """Add footnotes at the foot of the page that refers to them.

    python-docx cannot, so the part is written here.
    """
    line = "<w:r><w:separator/></w:r>"
    parts = [f'<w:footnote w:type="separator" w:id="-1">{paragraph_xml("Gap", line)}</w:footnote>']
    line = "<w:r><w:continuationSeparator/></w:r>"
    parts.append(f'<w:footnote w:type="continuationSeparator" w:id="0">{paragraph_xml("Gap", line)}</w:footnote>')
    texts = dict(paper.footnotes)
    for id_, number in body.noted.items():
        text = "".join(footnote_paragraphs(id_, texts[id_], id_ in body.numbered))
        parts.append(f'<w:footnote w:id="{number}">{text}</w:footnote>')
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{"".join(parts)}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, xml.encode(), word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _set_properties(word: WordDocument, plan: Plan, author: str, paper: Document) -> None:
    """Set the properties of the file from the plan.

    The file's days are the day of issue, if the plan has one.
    """
    properties = word.core_properties
    properties.title = plan.title[:LONGEST_PROPERTY]
    properties.subject = (plan.number or "")[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = author[:LONGEST_PROPERTY]
    properties.comments = paper.closing[0][:LONGEST_PROPERTY]
    properties.language = "vi-VN" if paper.language == "vi" else paper.language
    properties.keywords = ""
    properties.revision = 1
    element = properties._element
    for day in [child for child in element if child.tag.endswith(("}created", "}modified"))]:
        element.remove(day)
    if plan.issued_on:
        properties.created = properties.modified = datetime.combine(plan.issued_on, datetime.min.time())


def _pack(word: WordDocument) -> bytes:
    """Return the package.

    All parts have a fixed time, so that the same document gives the same bytes.
    """
    saved, packed = BytesIO(), BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
