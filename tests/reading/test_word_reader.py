"""What a reader of Word files must not lose or shift. Each file is built from raw XML."""

from __future__ import annotations

import pytest
from word_file import cell, paragraph, row, run, table, word_file

from generator.reading.guard import open_package
from generator.reading.office_document import Grid, OfficeDocument
from generator.reading.word_reader import read_word


def read(*blocks: str, **parts: str) -> OfficeDocument:
    files = {f"word/{name}.xml": text for name, text in parts.items()}
    return read_word(open_package(word_file(*blocks, parts=files)))


def grid_of(*rows: str, **parts: str) -> Grid:
    return read(table(*rows), **parts).grids[0]


def cells_of(grid: Grid) -> list[list[tuple[int, int, int, str]]]:
    return [[(one.column, one.across, one.down, one.text) for one in row.cells] for row in grid.rows]


def test_spans_and_merges_keep_their_columns() -> None:
    grid = grid_of(
        row(cell("TT", merge="restart"), cell("Năm", across=2), cell("Đơn vị", merge="restart")),
        row(cell("", merge="continue"), "2022", "2023", cell("", merge="continue")),
    )
    assert cells_of(grid) == [
        [(0, 1, 2, "TT"), (1, 2, 1, "Năm"), (3, 1, 2, "Đơn vị")],
        [(1, 1, 1, "2022"), (2, 1, 1, "2023")],
    ]
    assert grid.width == 4


def test_a_row_that_begins_later_keeps_its_columns() -> None:
    grid = grid_of(row("1", "a"), row("b", properties='<w:gridBefore w:val="1"/>'))
    assert cells_of(grid)[1] == [(1, 1, 1, "b")]


@pytest.mark.parametrize(
    "wrap",
    [
        lambda inner: f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>",
        lambda inner: f"<w:customXml>{inner}</w:customXml>",
    ],
    ids=["content control", "custom XML"],
)
def test_wrappers_at_every_level_lose_nothing(wrap) -> None:  # type: ignore[no-untyped-def]
    plain = [[(0, 1, 1, "1"), (1, 1, 1, "Tập huấn")]]
    assert cells_of(grid_of(wrap(row("1", "Tập huấn")))) == plain
    assert cells_of(grid_of(row("1", wrap(cell("Tập huấn"))))) == plain
    assert cells_of(grid_of(row("1", cell(wrap(paragraph("Tập huấn")))))) == plain
    assert cells_of(grid_of(row("1", cell(paragraph(wrap(run("Tập huấn"))))))) == plain


def test_tracked_changes_are_accepted_and_told() -> None:
    inner = (
        run("Tập huấn ")
        + '<w:del w:author="Lan"><w:r><w:delText>90</w:delText></w:r></w:del>'
        + f'<w:ins w:author="Lan">{run("100")}</w:ins>'
        + run(" cán bộ")
    )
    document = read(table(row("1", cell(paragraph(inner))), row("2", "xóa", properties='<w:del w:author="Lan"/>')))
    assert cells_of(document.grids[0]) == [[(0, 1, 1, "1"), (1, 1, 1, "Tập huấn 100 cán bộ")]]
    told = [(notice.kind, notice.text, notice.author) for notice in document.notices]
    assert ("tracked-change", "del: 90", "Lan") in told
    assert ("tracked-change", "ins: 100", "Lan") in told
    assert ("tracked-change", "del: 2xóa", "Lan") in told


def test_fields_smart_tags_and_hyphens() -> None:
    inner = (
        '<w:fldSimple w:instr="DATE">' + run("2022") + "</w:fldSimple>"
        "<w:smartTag>" + run(" Đồng Nai ") + "</w:smartTag>"
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
        "<w:r><w:t>GĐXH</w:t><w:noBreakHyphen/><w:t>KT</w:t></w:r>"
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>80%</w:t></w:r>'
        "<w:r><w:t>phụ\xadnữ</w:t></w:r>"
    )
    assert grid_of(row(cell(paragraph(inner)))).rows[0].cells[0].text == "2022 Đồng Nai GĐXH-KT≥80%phụnữ"


def test_a_nested_table_is_text_and_told() -> None:
    inner = paragraph("Trước") + table(row("a", "b"), row("c", "d")) + paragraph("Sau")
    document = read(table(row("1", cell(inner))))
    assert document.grids[0].rows[0].cells[1].lines == ("Trước", "a | b", "c | d", "Sau")
    assert [notice.kind for notice in document.notices] == ["nested-table"]


def test_text_boxes_come_once() -> None:
    box = "<wps:txbx><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    both = f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box.format('Khung')}</w:drawing></mc:Choice>"
    both += f"<mc:Fallback><w:pict>{box.format('Khung')}</w:pict></mc:Fallback></mc:AlternateContent>"
    alone = f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box.format('WPS')}</w:drawing></mc:Choice>"
    document = read(paragraph(f"<w:r>{both}</w:r>"), paragraph(f"<w:r>{alone}</mc:AlternateContent></w:r>"))
    assert [block.text for block in document.blocks if not isinstance(block, Grid) and block.text] == ["Khung", "WPS"]


def test_boldness_is_evaluated() -> None:
    off, on = run("a", '<w:b w:val="0"/>'), run("b", "<w:b/>")
    grid = grid_of(row(cell(paragraph(off)), cell(paragraph(on))))
    assert [one.paragraphs[0].is_bold for one in grid.rows[0].cells] == [False, True]


def test_hidden_text_and_raised_marks_are_apart() -> None:
    inner = run("Cấp cơ sở") + run("2", '<w:vertAlign w:val="superscript"/>') + run("bỏ", "<w:vanish/>")
    found = grid_of(row(cell(paragraph(inner)))).rows[0].cells[0]
    assert (found.text, found.notes, found.marks) == ("Cấp cơ sở", (), ("2",))


def test_footnotes_are_numbered_in_order() -> None:
    notes = (
        '<w:footnotes><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="7">{paragraph("Chủ tịch cấp xã: 178")}</w:footnote></w:footnotes>'
    )
    inner = run("Cấp cơ sở") + '<w:r><w:footnoteReference w:id="7"/></w:r>'
    document = read(table(row(cell(paragraph(inner)))), footnotes=notes)
    assert document.grids[0].rows[0].cells[0].notes == ("1",)
    assert document.notes["1"].paragraphs[0].text == "Chủ tịch cấp xã: 178"


def test_automatic_numbers_are_resolved() -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = (
        '<w:numbering><w:abstractNum w:abstractNumId="0">'
        + level.format(0, "upperRoman", "%1.")
        + level.format(1, "decimal", "%2")
        + level.format(2, "decimal", "%2.%3")
        + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )

    def numbered(depth: int) -> str:
        number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="3"/></w:numPr>'
        return row(cell(paragraph("", number)), "việc")

    grid = grid_of(*map(numbered, (0, 1, 2, 2, 1, 2, 0, 1)), numbering=numbering)
    assert [one.cells[0].text for one in grid.rows] == ["I.", "1", "1.1", "1.2", "2", "2.1", "II.", "1"]


def test_old_fonts_become_unicode_by_their_names() -> None:
    styles = (
        '<w:styles><w:style w:type="paragraph" w:styleId="Cu"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>'
        "</w:styles>"
    )
    tcvn3 = paragraph(run("Céng hßa"), '<w:pStyle w:val="Cu"/>')
    capitals = paragraph(run("Céng hßa", '<w:rFonts w:ascii=".VnTimeH"/>'))
    vni = paragraph(run("Coäng hoøa", '<w:rFonts w:ascii="VNI-Times"/>'))
    modern = paragraph(run("Céng hßa", '<w:rFonts w:ascii="Times New Roman"/>'))
    document = read(tcvn3, capitals, vni, modern, styles=styles)
    texts = [block.text for block in document.blocks if not isinstance(block, Grid)]
    assert texts == ["Cộng hòa", "CỘNG HÒA", "Cộng hòa", "Céng hßa"]
    assert [notice.kind for notice in document.notices] == ["legacy-font"] * 3


def test_text_is_composed() -> None:
    assert grid_of(row(cell("Hội\xa0phụ nữ"))).rows[0].cells[0].text == "Hội phụ nữ"
