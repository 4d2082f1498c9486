"""Words whose format matters: raised digits, struck-out words, fonts of the 1990s."""

from __future__ import annotations

import io
from typing import Any

import pytest
from import_drafts import imported, plan_file, problems_of
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from word_file import cell, paragraph, row, run, table

from generator.reading.importer import ImportedPlan

RAISED = '<w:vertAlign w:val="superscript"/>'
NOTES = "".join(f'<w:footnote w:id="{number}">{paragraph(f"Chú thích {number}")}</w:footnote>' for number in (2, 3))
HEAD = ("TT", "Nội dung", "Năm 2022", "Chủ trì")


def word_plan(*titles: str, notes: str = "") -> ImportedPlan:
    """A plan of rows whose titles are runs of a Word file."""
    rows = [row(str(number), cell(paragraph(inner)), "x", "Ban KT") for number, inner in enumerate(titles, 1)]
    parts = {"word/footnotes.xml": f"<w:footnotes>{notes}</w:footnotes>"} if notes else None
    return imported(plan_file(table(row(*HEAD), *rows), parts=parts))


def sheet_plan(*titles: Any, fonts: dict[str, Any] | None = None) -> ImportedPlan:
    """A plan of rows whose titles are values of a sheet; `fonts` are those of cells."""
    workbook = Workbook()
    sheet = workbook.active
    for line in (
        ["KẾ HOẠCH NĂM"],
        HEAD,
        *([str(number), title, "x", "Ban KT"] for number, title in enumerate(titles, 1)),
    ):
        sheet.append(line)
    for place, font in (fonts or {}).items():
        sheet[place].font = font
    stream = io.BytesIO()
    workbook.save(stream)
    return imported(stream.getvalue())


def titles_of(result: ImportedPlan) -> list[str]:
    return [one["title"] for one in result.plan["activities"]]


def asked(result: ImportedPlan) -> list[tuple[str, str]]:
    return [(one.why, one.printed) for one in result.reviews]


@pytest.mark.parametrize("unit", ["m", "km", "dm", "cm", "mm"])
@pytest.mark.parametrize(("digit", "power"), [("2", "²"), ("3", "³")])
def test_a_raised_digit_after_a_unit_of_length_is_its_power(unit: str, digit: str, power: str) -> None:
    rest = run(" cho hộ nghèo")
    reference = run("Trồng cây") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    with_notes = word_plan(run(f"Xây nhà 30 {unit}") + run(digit, RAISED) + rest, reference, notes=NOTES)
    assert titles_of(with_notes)[0] == f"Xây nhà 30 {unit}{power} cho hộ nghèo"
    assert [one.get("footnotes") for one in with_notes.plan["activities"]] == [None, ["1"]]
    block = TextBlock(InlineFont(vertAlign="superscript"), digit)
    for result in (with_notes, sheet_plan(CellRichText(f"Xây nhà 30{unit}", block))):
        assert f"{unit}{power}" in titles_of(result)[0]
        assert not result.reviews


def test_a_raised_digit_is_no_reference_where_a_file_has_real_ones() -> None:
    reference = run("Trồng cây") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    result = word_plan(run("Cấp xã") + run("1", RAISED), reference, run("Chương trình") + run("2", RAISED), notes=NOTES)
    assert [one.get("footnotes") for one in result.plan["activities"]] == [None, ["1"], None]
    assert asked(result) == [("mark-without-note", "1"), ("mark-without-note", "2")]


def test_a_mark_that_word_keeps_with_its_note_is_a_reference() -> None:
    properties = f"<w:rPr>{RAISED}</w:rPr>"
    mark = '<w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>7</w:t>'
    result = word_plan(f"{run('Trồng cây')}<w:r>{properties}{mark}</w:r>", notes=NOTES)
    (activity,) = result.plan["activities"]
    assert (activity["title"], activity["footnotes"]) == ("Trồng cây", ["1"])
    assert not result.reviews


@pytest.mark.parametrize("look", ["<w:strike/>", "<w:dstrike/>"])
def test_words_that_are_struck_out_are_asked(look: str) -> None:
    result = word_plan(run("Trồng rừng") + run(" (bỏ đoạn này)", look), run("Cả việc", look) + run("Mở lớp"))
    assert titles_of(result) == ["Trồng rừng", "Mở lớp"]
    assert asked(result) == [("struck-text", "(bỏ đoạn này)"), ("struck-text", "Cả việc")]
    assert problems_of(result) == []
    kept = word_plan(run("Trồng rừng", '<w:strike w:val="0"/>'))
    assert (titles_of(kept), kept.reviews) == (["Trồng rừng"], ())


def test_words_that_are_struck_out_in_a_sheet_are_asked() -> None:
    block = TextBlock(InlineFont(strike=True), " (bỏ)")
    result = sheet_plan(CellRichText("Trồng rừng", block), "Mở lớp")
    assert titles_of(result) == ["Trồng rừng", "Mở lớp"]
    assert asked(result) == [("struck-text", " (bỏ)")]


# ---- Fonts of the nineties ----

TCVN3, VNI = "Tæ chøc héi nghÞ tæng kÕt", "Taäp huaán caùn boä Hoäi"


def test_words_in_old_fonts_of_a_sheet_become_unicode() -> None:
    fonts = {"B3": Font(name=".VnTime"), "B4": Font(name="VNI-Times"), "B5": Font(name=".VnTime")}
    block = TextBlock(InlineFont(rFont=".VnTimeH"), "héi")
    result = sheet_plan(TCVN3, VNI, "Hội nghị", CellRichText("Mở ", block), fonts=fonts)
    assert titles_of(result) == ["Tổ chức hội nghị tổng kết", "Tập huấn cán bộ Hội", "Hội nghị", "Mở HỘI"]
    assert {notice.kind for notice in result.document.notices} == {"legacy-font"}
    assert not result.reviews


def test_words_that_look_typed_in_an_old_font_are_asked_with_a_proposal() -> None:
    """The soft hyphen is a letter of TCVN3: the proposal has it, though it is no sign of the kept words."""
    lines = [
        "KẾ HOẠCH NĂM",
        "\t".join(HEAD),
        f"1\t{TCVN3}\tx\tBan KT",
        f"2\t{VNI}\tx\tBan KT",
        "3\tTr­êng häc\tx\tBan KT",
    ]
    pasted = imported("\n".join(lines).encode("utf-8"))
    assert titles_of(pasted) == [TCVN3, VNI, "Trêng häc"]
    proposals = [("legacy-font-guess", "Tổ chức hội nghị tổng kết"), ("legacy-font-guess", "Tập huấn cán bộ Hội")]
    assert [(one.why, one.proposal) for one in pasted.reviews] == [*proposals, ("legacy-font-guess", "Trường học")]
    for result in (sheet_plan(TCVN3, VNI), word_plan(run(TCVN3), run(VNI))):
        assert [(one.why, one.proposal) for one in result.reviews] == proposals
        assert titles_of(result) == [TCVN3, VNI]
    assert problems_of(pasted) == []


@pytest.mark.parametrize("title", ["Trồng 3×4 m, 5×6 m", "Văn hoá, toà nhà", "Hoà giải", "Họp với Đoàn Hội Ngô Xá"])
def test_vietnamese_words_are_not_asked(title: str) -> None:
    assert not sheet_plan(title).reviews
