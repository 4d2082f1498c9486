"""Word files of the real plans, read back and compared with the site's data."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import docx
import pytest
from built_site import CONTENT
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table

from generator.check import check
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.model.entities import Plan
from generator.pages.page import Options
from generator.paper.word import plan_docx

OPTIONS = Options()
IDS = sorted(path.stem for path in (CONTENT / "plans").glob("*.yml"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return link(check(CONTENT))


@pytest.fixture(scope="module", params=IDS)
def plan(corpus: Corpus, request: pytest.FixtureRequest) -> Plan:
    return corpus.plans[request.param]


@pytest.fixture(scope="module")
def word(corpus: Corpus, plan: Plan) -> docx.document.Document:
    return docx.Document(BytesIO(plan_docx(corpus, plan, OPTIONS)))


def tables(word: docx.document.Document) -> list[Table]:
    """The tables of the plan; the letterhead and the end have no borders."""
    return [table for table in word.tables if table.style.name == "Table Grid"]


def cells(row: ElementTree.Element) -> list[str]:
    """The texts of a row's own cells, without the numbers of footnotes."""
    return ["\n".join(words(paragraph) for paragraph in cell.findall(f"{W}p")) for cell in row.findall(f"{W}tc")]


def words(paragraph: ElementTree.Element) -> str:
    parts = []
    for run in paragraph.findall(f"{W}r"):
        raised = run.find(f"{W}rPr/{W}vertAlign") is not None
        parts += ["" if raised else SIGNS.get(each.tag, each.text or "") for each in run if each.tag in TEXTS]
    return "".join(parts)


SIGNS = {f"{W}br": "\n", f"{W}noBreakHyphen": "-"}
TEXTS = {f"{W}t", *SIGNS}


def document_xml(corpus: Corpus, plan: Plan, part: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(BytesIO(plan_docx(corpus, plan, OPTIONS))) as package:
        return ElementTree.fromstring(package.read(part))


def test_page_and_letters(word: docx.document.Document, plan: Plan) -> None:
    """A4, lying where the plan is a table, the Decree's margins and letters, and the language of spelling."""
    (section,) = word.sections
    wide = plan.layout != "outline"
    assert (section.orientation == WD_ORIENT.LANDSCAPE) == wide
    sides = sorted((round(section.page_width.mm), round(section.page_height.mm)), reverse=wide)
    assert (round(section.page_width.mm), round(section.page_height.mm)) == tuple(sides)
    assert sorted(sides) == [210, 297]
    assert [Mm(20), Mm(20), Mm(30), Mm(15)] == pytest.approx(
        [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin], abs=Mm(0.1)
    )
    normal = word.styles["Normal"].font
    assert (normal.name, normal.size.pt) == ("Times New Roman", 13 if wide else 14)
    assert word.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "vi-VN"


def test_number_of_the_page(word: docx.document.Document) -> None:
    """Centred above, none on the first page."""
    (section,) = word.sections
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert word.styles["Header"].paragraph_format.alignment == 1
    assert "PAGE" not in section.first_page_header._element.xml


def test_head_and_end_stand_once(word: docx.document.Document, corpus: Corpus, plan: Plan) -> None:
    """Issuer, national heading, number and day, and the signer: what the plan gives, and nothing that it does not."""
    text = "\n".join(each.text or "" for each in word.element.body.iter(qn("w:t")))
    assert text.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 1
    assert text.count("Độc lập - Tự do - Hạnh phúc") == 1
    assert " ".join(text.split()).count(corpus.units[plan.issuer].name.upper()) == 1
    assert text.splitlines().count(plan.issuing_body.upper()) == 1
    assert text.splitlines().count(plan.signer.name) == 1
    assert ("Số:" in text) == bool(plan.number)
    assert bool(re.search(r"\bngày \d\d tháng \d\d? năm \d{4}$", text, re.M)) == bool(plan.issued_on)
    assert ("TM. " in text) == bool(plan.signer.on_behalf_of)
    for recipient in plan.recipients:
        assert f"- {recipient.rstrip('.;')}" in text


def test_headings_lead(word: docx.document.Document, plan: Plan) -> None:
    """Word's navigation pane shows the document's outline: its headings stand outside of the tables, styled as such."""
    shown = [each for each in word.paragraphs if each.style.name.startswith("Heading")]
    expected = [each for each in plan.headings if plan.layout == "outline" or each.depth == 0 or each.kind == "task"]
    titles = [each.full_title.casefold() for each in expected]
    assert [each.text.casefold() for each in shown if each.text.casefold() in titles] == titles
    assert {each.style.name for each in shown} <= {f"Heading {rank}" for rank in range(1, 7)}


def test_rows_equal_the_data(corpus: Corpus, plan: Plan, word: docx.document.Document) -> None:
    """Each activity and sub-row is one row, in the document's order, with its label, title and cells."""
    if plan.layout == "outline":
        assert not tables(word)
        return
    found = [cells(row) for table in tables(word) for row in table._tbl.findall(f"{W}tr")]
    heads = 2
    rows = [row for row in found if len(row) > heads]
    by_start: dict[tuple[str, str], list[list[str]]] = {}
    for row in rows:
        by_start.setdefault((row[0], row[1].split("\n")[0]), []).append(row)
    for activity in plan.activities:
        when = f" ({activity.when})" if activity.when and plan.layout == "years" else ""
        row = by_start[(activity.label or "", activity.title + when)].pop(0)
        if plan.layout == "years":
            assert row[2 : 2 + len(plan.years)] == [activity.by_year.get(year, "") for year in plan.years]
        else:
            assert row[2] == (activity.when or "")
            assert row[3].split() == (activity.roles.get("central") or "").split()
        for sub in activity.rows:
            shown = f"{sub.when}: {sub.title}" if sub.when and plan.layout == "years" else sub.title
            cells_of_row = by_start[(sub.label or "", shown)].pop(0)
            if plan.layout == "years":
                assert cells_of_row[2 : 2 + len(plan.years)] == [sub.by_year.get(year, "") for year in plan.years]


def test_outline_equals_the_data(plan: Plan, word: docx.document.Document) -> None:
    """Each activity of a plan without tables is a paragraph of its own, in the document's order."""
    if plan.layout != "outline":
        return
    items = [words(each._p) for each in word.paragraphs if each.style.name == "Item"]
    expected = sorted(
        title
        for activity in plan.activities
        for title in (
            activity.title,
            *(f"{row.title} ({row.when})" if row.when else row.title for row in activity.rows),
        )
    )
    assert sorted(item.split(" ", 1)[1] for item in items) == expected


def test_heads_repeat_and_rows_stay_whole(word: docx.document.Document) -> None:
    for table in tables(word):
        rows = table._tbl.findall(f"{W}tr")
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert heads[0] and sum(heads) <= 2 and heads == sorted(heads, reverse=True)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        width = sum(int(each.get(f"{W}w")) for each in table._tbl.find(f"{W}tblGrid"))
        assert width == pytest.approx((297 - 45) * 56.69, rel=0.01), "as wide as the page lets it"


def test_targets_stand_whole(plan: Plan, word: docx.document.Document) -> None:
    text = "\n".join(words(paragraph) for paragraph in word.element.body.iter(f"{W}p"))
    assert [each.id for each in plan.targets if each.statement not in text] == []


def test_footnotes_are_footnotes(corpus: Corpus, plan: Plan) -> None:
    """Each footnote stands once: at the foot of the page that refers to it, or at the end where the text does not."""
    if not plan.footnotes:
        return
    body = document_xml(corpus, plan)
    references = [each.get(f"{W}id") for each in body.iter(f"{W}footnoteReference")]
    notes = {each.get(f"{W}id"): each for each in document_xml(corpus, plan, "word/footnotes.xml")}
    assert len(references) == len(set(references))
    assert {id_ for id_ in notes if int(id_) > 0} == set(references)
    texts = ["".join(each.text or "" for each in notes[id_].iter(f"{W}t")) for id_ in references]
    end = ["".join(each.text or "" for each in paragraph.iter(f"{W}t")) for paragraph in body.iter(f"{W}p")]
    for footnote in plan.footnotes:
        # the number is Word's own where that is the printed one
        start = footnote.text[:40]
        found = [text for text in [*texts, *end] if text.startswith((f" {start}", f"{footnote.id} {start}"))]
        assert len(found) == 1, footnote


def test_same_plan_same_bytes(corpus: Corpus, plan: Plan) -> None:
    """Neither the clock nor the order of a dictionary is in the file."""
    once = plan_docx(corpus, plan, OPTIONS)
    assert once == plan_docx(corpus, plan, OPTIONS)
    with zipfile.ZipFile(BytesIO(once)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_are_the_plan_s(word: docx.document.Document, corpus: Corpus, plan: Plan) -> None:
    properties = word.core_properties
    assert properties.title == plan.title
    assert properties.author == corpus.units[plan.issuer].name
    assert properties.language == "vi-VN"
    assert (properties.created.date() if properties.created else None) == plan.issued_on


def test_no_markup_gets_out(corpus: Corpus) -> None:
    """Signs that XML reads as its own stand as typed."""
    plan = corpus.plans[IDS[0]]
    first, *rest = plan.activities
    title = 'A < B & "C" > D'
    body = replace(plan.load(), activities=(replace(first, title=title), *rest))
    sharp = replace(plan, load=lambda: body, title=f"Kế hoạch {title}")
    text = "".join(each.text or "" for each in document_xml(corpus, sharp).iter(f"{W}t"))
    assert text.count(title) == 2
