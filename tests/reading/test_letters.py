"""The letter around a plan: title, opening sentence, end before an annex, prose that names work beside a table."""

from __future__ import annotations

import io

import pytest
from import_drafts import imported, problems_of
from openpyxl import Workbook
from openpyxl.comments import Comment
from word_file import cell, paragraph, row, run, table, word_file, years_table

from generator.reading.guard import UnreadableFile

CENTRED = '<w:jc w:val="center"/>'
ROWS = (("I", "VIỆC"), ("1", "Tập huấn", "x", "", "Cấp tỉnh", "Ban KT"))
PLAN = years_table(*ROWS)
OPENING = "Thực hiện Kế hoạch số 12/KH-ĐCT ngày 05/01/2026, Ban Thường vụ ban hành Kế hoạch như sau:"
SIGNED = table(row("Nơi nhận:\n- TW Hội;\n- Lưu: VT.", "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nNguyễn Thị Minh"))
BOX = (
    "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Dự thảo lần 2</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    "<w:r><w:t>KẾ HOẠCH</w:t></w:r>"
)


@pytest.mark.parametrize(
    ("blocks", "title", "purpose"),
    [
        ([paragraph("KẾ HOẠCH"), paragraph("Đại hội cơ sở"), paragraph(OPENING)], "Kế hoạch Đại hội cơ sở", OPENING),
        (
            [paragraph("KẾ HOẠCH"), "<w:p/>", paragraph("Công tác năm"), "<w:p/>", paragraph("Ban Thường vụ lập")],
            "Kế hoạch công tác năm",
            "Ban Thường vụ lập",
        ),
        (
            [paragraph("KẾ HOẠCH", CENTRED), paragraph("Công tác năm", CENTRED), paragraph("Ban Thường vụ lập")],
            "Kế hoạch công tác năm",
            "Ban Thường vụ lập",
        ),
        ([paragraph(BOX), paragraph("Công tác dân vận")], "Kế hoạch công tác dân vận", None),
        (
            [paragraph("KẾ HOẠCH"), paragraph("Thực hiện Nghị quyết số 5-NQ/TW về công tác Hội")],
            "Kế hoạch thực hiện Nghị quyết số 5-NQ/TW về công tác Hội",
            None,
        ),
    ],
)
def test_a_sentence_that_opens_the_letter_is_no_title(blocks: list[str], title: str, purpose: str | None) -> None:
    result = imported(word_file(*blocks, PLAN))
    assert (result.plan["title"], result.plan.get("purpose")) == (title, purpose)
    assert "review" not in result.plan


def test_a_letter_is_signed_before_its_annex() -> None:
    blocks = [paragraph("I. MỤC ĐÍCH"), paragraph("Cụ thể hóa nghị quyết."), SIGNED]
    annex = [paragraph("PHỤ LỤC 1"), paragraph("(Kèm theo Kế hoạch này)"), paragraph("VIỆC CỦA NĂM")]
    result = imported(word_file(paragraph("KẾ HOẠCH NĂM"), *blocks, *annex, PLAN))
    assert result.plan["purpose"] == "I. MỤC ĐÍCH\n\nCụ thể hóa nghị quyết."
    assert result.plan["recipients"] == ["TW Hội", "Lưu: VT"]
    assert result.plan["signer"] == {
        "name": "Nguyễn Thị Minh",
        "position": "Chủ tịch",
        "on_behalf_of": "Ban Thường vụ",
    }
    assert [(item["why"], item["printed"]) for item in result.plan["review"]] == [("unplaced", "VIỆC CỦA NĂM")]


def test_an_annex_alone_has_number_and_day_of_its_letter() -> None:
    attached = "(Kèm theo Kế hoạch số 30/KH-BTV ngày 15/01/2026 của Ban Thường vụ)"
    title = "KẾ HOẠCH CÔNG TÁC CỦA HỘI LHPN TỈNH MINH HỌA"
    plan = imported(word_file(paragraph("KẾ HOẠCH NĂM"), paragraph(title), paragraph(attached), PLAN)).plan
    assert (plan["number"], plan["issued"]) == ("30/KH-BTV", {"date": "15/1/2026"})
    assert plan["title"] == "Kế hoạch công tác của Hội LHPN tỉnh Minh Họa"
    decision = attached.replace("Kế hoạch", "Quyết định")
    assert "number" not in imported(word_file(paragraph(title), paragraph(decision), PLAN)).plan


PROSE = [paragraph("II. NỘI DUNG"), paragraph("1. Tuyên truyền"), paragraph("- Treo băng rôn"), paragraph("- Viết tin")]
BUDGET = table(row("TT", "Nội dung", "Thành tiền"), row("1", "Băng rôn", "2"), row("2", "Quà", "3"))


def test_a_small_table_does_not_hide_the_work_that_prose_names() -> None:
    content = word_file(paragraph("KẾ HOẠCH NĂM"), *PROSE, paragraph("III. KINH PHÍ"), BUDGET)
    with pytest.raises(UnreadableFile) as error:
        imported(content)
    assert error.value.reason == "prose-or-table"
    prose = imported(content, table=0)
    assert [activity["title"] for activity in prose.plan["activities"]] == ["Treo băng rôn", "Viết tin"]
    assert not problems_of(prose)
    (item,) = imported(content, table=1).plan["review"]
    assert (item["why"], item["printed"]) == ("prose-besides", "II. NỘI DUNG")


def test_work_in_prose_besides_a_table_is_asked() -> None:
    rows = [("1", f"Việc {number}", "x", "", "Cấp tỉnh", "Ban KT") for number in range(9)]
    content = word_file(paragraph("KẾ HOẠCH NĂM"), *PROSE, years_table(("I", "VIỆC"), *rows))
    result = imported(content)
    assert ("prose-besides", "II. NỘI DUNG") in [(item["why"], item["printed"]) for item in result.plan["review"]]
    assert not [problem for problem in problems_of(result) if not problem.startswith("unanswered-review")]


def test_a_bold_line_goes_on_in_the_title_behind_a_blank_one() -> None:
    bold = paragraph(run("Công tác năm", "<w:b/>"))
    result = imported(word_file(paragraph("KẾ HOẠCH CHUNG CỦA HỘI"), "<w:p/>", bold, "<w:p/>", PLAN))
    assert result.plan["title"] == "Kế hoạch chung của hội công tác năm"


def prose(*lines: str) -> bytes:
    return word_file(paragraph("KẾ HOẠCH NĂM"), *map(paragraph, lines))


def test_bullets_below_a_heading_of_targets_are_targets() -> None:
    result = imported(
        prose(
            "I. MỤC TIÊU, CHỈ TIÊU",
            "1. Mục tiêu",
            "- Nâng cao",
            "2. Về tổ chức",
            "- Kết nạp 50 hội viên",
            "II. NHIỆM VỤ",
            "1. Hội thi",
            "- Treo băng rôn",
        )
    )
    shown = [(target.get("label"), target["statement"]) for target in result.plan["targets"]]
    assert shown == [(None, "Kết nạp 50 hội viên")]
    result = imported(prose("I. CHỈ TIÊU", "1. Giúp 120 hộ", "2. Mở 3 lớp", "II. NHIỆM VỤ", "1. Hội thi", "2. Sơ kết"))
    assert [(target["label"], target["statement"]) for target in result.plan["targets"]] == [
        ("1", "Giúp 120 hộ"),
        ("2", "Mở 3 lớp"),
    ]
    assert [activity["title"] for activity in result.plan["activities"]] == ["Hội thi", "Sơ kết"]
    assert not problems_of(result)
    only_targets = imported(prose("I. CHỈ TIÊU", "1. Giúp 120 hộ", "2. Mở 3 lớp"))  # a plan without work is none
    assert len(only_targets.plan["activities"]) == 2


def test_lines_that_say_when_where_and_who_are_cells_of_the_work_above_them() -> None:
    result = imported(
        prose(
            "I. NỘI DUNG",
            "1. Tuyên truyền",
            "- Nội dung: Mít tinh 8/3.",
            "- Thời gian: Tháng 3/2022.",
            "- Địa điểm: Hội trường tỉnh.",
            "2. Hội thi",
            "- Treo băng rôn",
            "- Đơn vị chủ trì: Ban KT; phối hợp: Các ngành liên quan.",
            "- Thời gian thực hiện: Quý I",
            "3. Phong trào",
            "- Hình thức: thi đua",
        )
    )
    first, second, bullet, form = result.plan["activities"]
    assert (first["title"], first["text"]) == ("Tuyên truyền", "Tuyên truyền\n- Mít tinh 8/3")
    assert (first["when"], first["years"]) == ("Tháng 3/2022", "2022")
    assert first["more"] == [{"heading": "Địa điểm", "text": "Hội trường tỉnh"}]
    assert (second["lead"], second["partners"]) == (["Ban KT"], ["Các ngành liên quan"])
    assert (bullet["title"], bullet["parent"]) == ("Treo băng rôn", second["id"])
    assert form["title"] == "Hình thức: thi đua"
    assert result.plan["layout"] == "outline"
    assert not problems_of(result)


def test_a_line_of_time_that_belongs_to_no_work_is_asked() -> None:
    result = imported(prose("I. HỘI THI", "1. Thời gian: Tháng 3/2022", "2. Thi áo dài", "3. Trao giải"))
    assert [(item["why"], item["printed"]) for item in result.plan["review"]] == [
        ("detail-alone", "1. Thời gian: Tháng 3/2022")
    ]


def test_a_comment_and_a_change_say_who_made_them_and_are_asked() -> None:
    mark = '<w:r><w:commentReference w:id="0"/></w:r>'
    inserted = f'<w:ins w:author="Lan">{run(" cán bộ")}</w:ins>'
    comment = f'<w:comment w:id="0" w:author="Hoa">{paragraph("Đổi thành quý II")}</w:comment>'
    file = word_file(
        paragraph("KẾ HOẠCH NĂM"),
        years_table(("I", "VIỆC"), ("1", cell(paragraph(run("Tập huấn") + inserted + mark)), "x", "", "Cấp tỉnh", "")),
        parts={"word/comments.xml": f"<w:comments>{comment}</w:comments>"},
    )
    result = imported(file)
    assert result.plan["activities"][0]["title"] == "Tập huấn cán bộ"
    assert [(item["why"], item["printed"], item["from"]) for item in result.plan["review"]] == [
        ("tracked-change", "Lan: ins:  cán bộ", "bảng 1, hàng 3, cột 2"),
        ("comment", "Hoa: Đổi thành quý II", "bảng 1, hàng 3, cột 2"),
    ]
    assert not any("proposal" in item for item in result.plan["review"])


def test_a_comment_of_a_sheet_is_asked() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["KẾ HOẠCH NĂM"])
    sheet.append(["TT", "Nội dung hoạt động", "Năm 2022"])
    sheet.append(["1", "Tập huấn", "x"])
    sheet["B3"].comment = Comment("Thêm một lớp", "Hoa")
    stream = io.BytesIO()
    workbook.save(stream)
    (item,) = imported(stream.getvalue()).plan["review"]
    assert (item["why"], item["printed"], item["from"]) == ("comment", "Hoa: Thêm một lớp", "bảng 1, hàng 3, cột 2")


def test_prose_from_a_pdf_has_whole_sentences_and_no_page_numbers() -> None:
    lines = (
        "KẾ HOẠCH NĂM",
        "I. NHIỆM VỤ",
        "1. Tuyên truyền, vận động phụ nữ tham gia các",
        "phong trào thi đua",
        "- Tổ chức 02 hội thi; phối hợp với Sở Văn hóa",
        "2",
        "tổ chức liên hoan văn nghệ",
        "2. Kinh tế",
        "- Giúp 100 hộ nghèo",
        "3",
    )
    result = imported("\n".join(lines).encode())
    assert result.plan["outline"][1]["title"] == "Tuyên truyền, vận động phụ nữ tham gia các phong trào thi đua"
    titles = [activity["title"] for activity in result.plan["activities"]]
    sentence = "Tổ chức 02 hội thi; phối hợp với Sở Văn hóa tổ chức liên hoan văn nghệ"
    assert titles == [sentence, "Giúp 100 hộ nghèo"]
    told = [notice.kind for notice in result.document.notices]
    assert told == ["page-margin", "page-margin", "joined-lines", "joined-lines"]
