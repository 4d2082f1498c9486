"""Excel files, pasted text and plans in prose; and files that must be refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from import_drafts import WORDS, imported
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from word_file import named, package, paragraph, row, table, word_file, years_table

from generator.reading.guard import UnreadableFile
from generator.reading.importer import read_document

HEAD = ["TT", "Nội dung hoạt động", "Năm 2022", "Năm 2023", "Cấp thực hiện", "Đơn vị thực hiện"]


def sheet_file(*rows: list[object], change=lambda sheet: None) -> bytes:  # type: ignore[no-untyped-def]
    workbook = Workbook()
    sheet = workbook.active
    for line in rows:
        sheet.append(line)
    change(sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_a_sheet_is_read_as_it_is_shown() -> None:
    def change(sheet) -> None:  # type: ignore[no-untyped-def]
        sheet["C5"].number_format = "0%"
        sheet["D5"].number_format = "#,##0"
        sheet.merge_cells("B4:F4")

    title, letter = ["KẾ HOẠCH NĂM"], ["Hội LHPN tỉnh Minh Họa"]
    mark = CellRichText("Cấp xã", TextBlock(InlineFont(vertAlign="superscript"), "2"))
    rows = [["1", "Giúp hộ nghèo", 0.8, 2500000, "Cấp tỉnh", "Ban KT"], ["", mark, 5, "-", "", ""]]
    result = imported(sheet_file(letter, title, HEAD, ["I", "THỰC HIỆN CHỈ TIÊU"], *rows, change=change), issuer=None)
    plan = result.plan
    assert (plan["title"], plan["issuer"]) == ("Kế hoạch năm", "hoi")
    assert plan["activities"][0]["by_year"] == {2022: "80%", 2023: "2.500.000"}
    assert plan["activities"][0]["rows"] == [{"title": "Cấp xã", "by_year": {2022: "5", 2023: "-"}}]
    assert [(one["why"], one["printed"]) for one in plan["review"]] == [("mark-without-note", "2")]


def test_hidden_rows_and_sheets_are_left_out_and_told() -> None:
    def change(sheet) -> None:  # type: ignore[no-untyped-def]
        sheet.row_dimensions[3].hidden = True
        other = sheet.parent.create_sheet("Nháp")
        other.append(["bí mật"])
        other.sheet_state = "hidden"

    row = ["Tập huấn", "x", "", "Cấp tỉnh", "Ban KT"]
    result = imported(sheet_file(["KẾ HOẠCH NĂM"], HEAD, ["1", *row], ["2", *row], change=change))
    assert [one["label"] for one in result.plan["activities"]] == ["2"]
    told = {notice.kind: notice.text for notice in result.document.notices}
    assert told.keys() == {"hidden-rows", "hidden-sheet"}
    assert {line.destinations[0].kind for line in result.ledger if line.text == "bí mật"} == {"hidden"}


def test_formulas_without_a_value_and_labels_that_excel_changed_are_asked() -> None:
    row = ["Tập huấn", "x", "", "Cấp tỉnh", "Ban KT"]
    rows = [[1.8, *row], [1.9, *row], [1.1, *row], [1.11, "Khác", "=1+1", *row[2:]]]
    result = imported(sheet_file(["KẾ HOẠCH NĂM"], HEAD, *rows))
    asked = [(one["why"], one["printed"], one.get("proposal")) for one in result.plan["review"]]
    assert ("number-format", "1.1", "1.10") in asked
    assert ("formula-without-value", "=1+1", None) in asked


def test_dates_are_printed_as_in_vietnam() -> None:
    def change(sheet) -> None:  # type: ignore[no-untyped-def]
        sheet["C3"].number_format = "mm/yyyy"

    head = ["TT", "Nội dung", "Thời gian", "Chủ trì"]
    content = sheet_file(["KẾ HOẠCH NĂM"], head, ["1", "Tập huấn", date(2023, 3, 1), "Ban KT"], change=change)
    activity = imported(content).plan["activities"][0]
    assert (activity["when"], activity["years"]) == ("03/2023", "2023")


def test_a_million_styled_rows_are_cut() -> None:
    """The file has 300,000 empty rows with a style below its values; each is some 40 bytes of XML."""
    content = sheet_file(["KẾ HOẠCH NĂM"], HEAD, ["1", "Tập huấn", "x", "", "Cấp tỉnh", "Ban KT"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(4, 300_004)).encode()
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</sheetData>", rows + b"</sheetData>")
    document = read_document(package(parts))
    assert len(document.grids[0].rows) == 3


def test_pasted_text_is_a_table() -> None:
    lines = ["KẾ HOẠCH NĂM", "\t".join(HEAD), "I\tTHỰC HIỆN CHỈ TIÊU", '1\t"Tập\nhuấn"\tx\t\tCấp tỉnh\tBan KT']
    plan = imported("\r\n".join(lines).encode("utf-8")).plan
    assert plan["outline"][0]["title"] == "Thực hiện chỉ tiêu"
    assert plan["activities"][0]["title"] == "Tập huấn"
    assert plan["activities"][0]["by_year"] == {2022: "x"}
    assert imported("\n".join(lines).encode("utf-16")).plan["activities"] == plan["activities"]


PASTED = [
    pytest.param(
        ['1\t"5 không 3 sạch" ở xã\tx\tBan KT'], ['"5 không 3 sạch" ở xã|Ban KT'], id="quotation marks of Word"
    ),
    pytest.param(['1\t"Cả ô"\tx\tBan KT'], ['"Cả ô"|Ban KT'], id="quotation marks around a cell"),
    pytest.param(
        ['1\t"Ngày thứ Bảy\tx\tBan KT', '2\tHội thi "Khéo tay"\tx\tBan KT'],
        ['"Ngày thứ Bảy|Ban KT', 'Hội thi "Khéo tay"|Ban KT'],
        id="a quotation mark without its other",
    ),
    pytest.param(
        ['1\t"Hội thi ""Khéo tay""\nở xã"\tx\tBan KT'],
        ['Hội thi "Khéo tay" ở xã|Ban KT'],
        id="a cell of Excel in quotes",
    ),
    pytest.param(
        [
            "1\tTập huấn:",
            "- Lớp tỉnh;",
            "- Lớp xã\tx\tBan KT",
            "2\tThi\tx\tBan KT",
            "Các ngành liên quan",
            "3\tHọp\tx\t",
        ],
        ["Tập huấn:\n- Lớp tỉnh;\n- Lớp xã|Ban KT", "Thi|Ban KT, Các ngành liên quan", "Họp|"],
        id="cells of several lines of Word",
    ),
    pytest.param(
        [
            "I\tTỔ CHỨC",
            "HỘI",
            "1\tThi\tx\tBan KT",
            "CÔNG TÁC CHO VAY",
            "1\tVay\tx\t",
            "VNPT",
            "2\tHọp\tx\tBan KT",
            "\tLớp xã\tx\t",
        ],
        ["Thi|Ban KT", "Vay|", "Họp|Ban KT"],
        id="headings over all columns",
    ),
    pytest.param(
        ["1\tThi\tx\tBan KT", "2\tHọp\tx", "Nơi nhận:\tTM. BAN THƯỜNG VỤ"],
        ["Thi|Ban KT", "Họp|"],
        id="a row without its last cell before the end",
    ),
    pytest.param(
        ["1\tThi\tx\tBan KT", "Chỉ tiêu 1: Kết nạp 1.200 hội viên", "2\tHọp\tx\t"],
        ["Thi|Ban KT", "Họp|"],
        id="a target over all columns",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), PASTED)
@pytest.mark.parametrize("head", ["TT\tNội dung\tNăm 2022\tChủ trì", "TT\tNội dung\tNăm\n2022\tĐơn vị\nchủ trì"])
def test_pasted_rows_of_several_lines_and_quotes(head: str, lines: list[str], expected: list[str]) -> None:
    plan = imported("\n".join(["KẾ HOẠCH NĂM", head, *lines]).encode(), years=(2022, 2022)).plan
    found = [f"{one.get('text', one['title'])}|{', '.join(one.get('lead', ()))}" for one in plan["activities"]]
    assert found == expected
    assert all(one["by_year"] == {2022: "x"} for one in plan["activities"])


def test_pasted_headings_of_several_lines_and_targets_have_their_words() -> None:
    lines = [
        "TT\tNội dung\tNăm 2022\tChủ trì",
        "I\tTỔ CHỨC",
        "HỘI",
        "1\tThi\tx\t",
        "Chỉ tiêu 1: Kết nạp hội viên",
        "2\tHọp\tx\t",
    ]
    plan = imported("\n".join(["KẾ HOẠCH NĂM", *lines]).encode()).plan
    assert [one["title"] for one in plan["outline"]] == ["Tổ chức hội"]
    assert [one["statement"] for one in plan["targets"]] == ["Kết nạp hội viên"]
    assert [one.get("target") for one in plan["activities"]] == [None, plan["targets"][0]["id"]]


def test_a_plan_in_prose() -> None:
    lines = [
        "I. MỤC ĐÍCH",
        "Nâng cao chất lượng.",
        "II. NỘI DUNG",
        "1. Xây dựng tổ chức Hội",
        "- Tập huấn cán bộ;",
        "+ Cấp tỉnh 2 lớp;",
        "- Giám sát chính sách.",
        "2. Hỗ trợ phụ nữ",
        "Lời dẫn của nhiệm vụ.",
        "- Cho vay vốn.",
    ]
    end = [paragraph("Nơi nhận:"), paragraph("- Lưu: VT.")]
    result = imported(word_file(paragraph("KẾ HOẠCH NĂM 2022"), *map(paragraph, lines), *end), years=None)
    plan = result.plan
    assert [(one["id"], one["label"], one.get("parent")) for one in plan["outline"]] == [
        ("ii", "II", None),
        ("ii-1", "1", "ii"),
        ("ii-2", "2", "ii"),
    ]
    assert [(one["section"], one.get("parent"), one["title"]) for one in plan["activities"]] == [
        ("ii-1", None, "Tập huấn cán bộ;"),
        ("ii-1", "ii-1-1", "Cấp tỉnh 2 lớp;"),
        ("ii-1", None, "Giám sát chính sách."),
        ("ii-2", None, "Cho vay vốn."),
    ]
    assert plan["outline"][2]["text"] == "Lời dẫn của nhiệm vụ."
    assert plan["purpose"] == "I. MỤC ĐÍCH\n\nNâng cao chất lượng."
    assert (plan["layout"], plan["kind"], plan["recipients"]) == ("outline", "annual", ["Lưu: VT"])
    assert "review" not in plan


def bomb() -> bytes:
    return package({"word/document.xml": b"<a>" + b" " * 150_000_000 + b"</a>"})


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
GOOD = word_file(years_table(("1", "a")))
ENTITIES = '<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><d>&b;</d>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (GOOD[: len(GOOD) // 2], "truncated"),
        (GOOD.replace(b"PK\x01\x02", b"PK\x01\x09"), "truncated"),
        (bomb(), "too-big"),
        (package({f"a{n}": "" for n in range(2_100)} | {"word/document.xml": "<a/>"}), "too-big"),
        (package({"word/document.xml": ENTITIES}), "broken-xml"),
        (package({"word/document.xml": "<w:document"}), "broken-xml"),
        (
            package({"word/document.xml": "<a/>", "word/_rels/document.xml.rels": "<Relationship " * 300_000}),
            "broken-xml",
        ),
        (package({"a.txt": "x"}), "unknown-kind"),
        (ENCRYPTED, "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "old-excel"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG....", "picture"),
        (b"{\\rtf1 }", "rtf"),
        (b"K\xd5 ho\xb9ch", "not-text"),
        (b"\x00\x01\x02\x03", "unknown-kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_bad_files_are_refused_with_words_that_say_how_to_go_on(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        read_document(content)
    assert error.value.reason == reason
    assert WORDS.text(f"import.unreadable.{reason}", **error.value.values)


def test_macros_and_links_are_told_and_never_followed() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="http://127.0.0.1:9/m.dotm" TargetMode="External"/></Relationships>'
    )
    parts = {
        "word/document.xml": named("<w:document><w:body/></w:document>"),
        "word/vbaProject.bin": b"x",
        "word/_rels/document.xml.rels": relations,
    }
    notices = {notice.kind: notice.text for notice in read_document(package(parts)).notices}
    assert notices == {"macros": "", "external-link": "http://127.0.0.1:9/m.dotm"}


def test_fifty_tables_are_listed_shortly() -> None:
    tables = [table(row("TT", "Nội dung", f"Cột {n}"), row("1", "a", "b")) for n in range(50)]
    with pytest.raises(UnreadableFile) as error:
        imported(word_file(*tables))
    assert error.value.reason == "several-tables"
    assert error.value.values["count"] == 50
    assert len(str(error.value.values["tables"]).splitlines()) == 21


def test_numbers_that_no_office_means_cost_nothing() -> None:
    """A cell over a billion columns, a list at level abc, a merged range over a whole sheet."""
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc>'
    item = paragraph("a", '<w:numPr><w:ilvl w:val="abc"/><w:numId w:val="1"/></w:numPr>')
    assert read_document(word_file(table(row(wide, "b")), item)).grids[0].width < 1_000
    content = sheet_file(["KẾ HOẠCH NĂM"], HEAD, ["1", "Tập huấn", "x", "", "Cấp tỉnh", "Ban KT"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A9:XFD1048576"/></mergeCells>'
    parts[name] = parts[name].replace(b"</sheetData>", merge)
    assert len(read_document(package(parts)).grids[0].rows) == 3
