"""From a file's bytes to a draft: every word has a place, every doubt is reported, and the draft is valid."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from import_drafts import WORDS, imported, plan_file, problems_of
from word_file import HEAD, cell, paragraph, row, run, table, word_file, years_table

from generator.reading.guard import UnreadableFile
from generator.reading.importer import ImportedPlan


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", re.sub("[\xad\u200b]", "", text.casefold())))


def value_at(plan: Mapping[str, Any], path: str) -> str:
    """Return all words of the field at a ledger's path, such as `activities/ct1-1/rows/0/title`."""
    name, *rest = path.split("/")
    value: Any = plan[name]
    for step in rest:
        if isinstance(value, list):
            value = value[int(step)] if step.isdigit() and not any("id" in one for one in value) else by_id(value, step)
        else:
            value = value.get(step, "") if isinstance(value, Mapping) else ""
    return str(value)


def by_id(entries: Sequence[Mapping[str, Any]], id_: str) -> Mapping[str, Any]:
    return next(one for one in entries if one["id"] == id_)


def test_a_row_becomes_an_activity_with_its_cells_as_printed() -> None:
    plan = imported(
        plan_file(
            years_table(
                ("I", "THỰC HIỆN CHỈ TIÊU"),
                ("1", "Chỉ tiêu 1: Mỗi năm giúp 2.500 hộ"),
                ("1.1", "Giúp hộ nghèo", "2.500", ">80%", "Tỉnh Hội và huyện Hội", "Ban KT, Các ngành liên quan"),
            )
        )
    ).plan
    assert plan["outline"] == [{"id": "i", "kind": "section", "label": "I", "title": "Thực hiện chỉ tiêu"}]
    assert plan["targets"] == [
        {
            "id": "ct1",
            "label": "Chỉ tiêu 1",
            "section": "i",
            "title": "Mỗi năm giúp 2.500 hộ",
            "statement": "Mỗi năm giúp 2.500 hộ",
        }
    ]
    assert plan["activities"] == [
        {
            "id": "ct1-1",
            "label": "1.1",
            "target": "ct1",
            "title": "Giúp hộ nghèo",
            "by_year": {2022: "2.500", 2023: ">80%"},
            "levels": ["province", "district"],
            "levels_text": "Tỉnh Hội và huyện Hội",
            "lead": ["Ban KT", "Các ngành liên quan"],
        }
    ]
    assert "review" not in plan


def test_an_unknown_unit_is_asked_and_never_guessed() -> None:
    result = imported(plan_file(years_table(("I", "VIỆC"), ("1", "Tập huấn", "x", "", "Cấp tỉnh", "Ban KTe, Ban KT"))))
    assert result.plan["activities"][0]["lead"] == ["Ban KT"]
    (item,) = result.plan["review"]
    assert item == {
        "at": "activities/i-1",
        "field": "lead",
        "from": "bảng 1, hàng 3, cột 6",
        "printed": "Ban KTe",
        "why": "unknown-unit",
        "proposal": "Ban KT",
    }


def test_no_column_is_dropped() -> None:
    head = (
        "TT",
        "Nội dung hoạt động",
        "Thời gian",
        "Màu sắc",
        "Sản phẩm",
        "Dự toán (triệu đồng)",
        "Ước thực hiện",
        "Ghi chú",
    )
    rows = row("1", "Tập huấn", "Quý I/2022", "Xanh", "Báo cáo", "12,5", "120 hộ", "Lồng ghép")
    result = imported(plan_file(table(row(*head), rows)))
    assert "review" not in result.plan
    assert result.plan["layout"] == "annual"
    activity = result.plan["activities"][0]
    assert (activity["when"], activity["years"]) == ("Quý I/2022", "2022")
    assert (activity["products"], activity["remark"]) == ("Báo cáo", "Lồng ghép")
    assert activity["costs"] == [{"amount": "12,5", "unit": "triệu đồng"}]
    assert activity["more"] == [{"heading": "Màu sắc", "text": "Xanh"}, {"heading": "Ước thực hiện", "text": "120 hộ"}]


@pytest.mark.parametrize(
    "head", ["Chủ trì thực hiện", "Bộ phận chủ trì", "Đơn vị, cá nhân chủ trì", "Phân công thực hiện"]
)
def test_who_leads_has_many_names(head: str) -> None:
    result = imported(plan_file(table(row("TT", "Nội dung", head), row("1", "Tập huấn", "Ban KT"))))
    assert result.plan["activities"][0]["lead"] == ["Ban KT"]


def test_a_column_that_nobody_knows_is_asked_where_it_holds_units() -> None:
    rows = row("1", "Tập huấn", "Ban KT", "Xanh"), row("2", "Hội thi", "Ban khác", "Đỏ")
    result = imported(plan_file(table(row("TT", "Nội dung", "Ai lo", "Màu sắc"), *rows)))
    assert result.plan["review"] == [
        {"from": "bảng 1, cột 3", "printed": "Ai lo", "why": "column-of-units", "proposal": "lead, partners"}
    ]
    assert [one["more"][0]["text"] for one in result.plan["activities"]] == ["Ban KT", "Ban khác"]


def test_a_mapping_file_overrides_the_headings() -> None:
    content = plan_file(
        table(row("TT", "Chỉ tiêu", "Thời gian"), row("1", "Giúp 500 hộ", "2022"), row("2", "B", "2023"))
    )
    assert imported(content, headings={"Chỉ tiêu": "title"}).plan["activities"][0]["title"] == "Giúp 500 hộ"


def test_sub_rows_and_notes() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    raised = run("7", '<w:vertAlign w:val="superscript"/>')
    notes = f'<w:footnotes><w:footnote w:id="2">{paragraph("178 xã")}</w:footnote></w:footnotes>'
    content = plan_file(
        years_table(
            ("I", "VIỆC"),
            ("1", "Cán bộ", "", "", "Cấp tỉnh", "Ban KT"),
            ("", cell(paragraph(run("Cấp xã") + mark)), "25", "-", "", ""),
            ("", cell(paragraph(run("Cấp huyện") + raised)), "5", "-", "", ""),
        ),
        parts={"word/footnotes.xml": notes},
    )
    result = imported(content)
    assert result.plan["footnotes"] == [{"id": "1", "text": "178 xã"}]
    assert result.plan["activities"][0]["rows"] == [
        {"title": "Cấp xã", "by_year": {2022: "25", 2023: "-"}, "footnotes": ["1"]},
        {"title": "Cấp huyện", "by_year": {2022: "5", 2023: "-"}},
    ]
    assert [(one["why"], one["printed"]) for one in result.plan["review"]] == [("mark-without-note", "7")]


def test_letterhead_title_basis_recipients_and_signer() -> None:
    head = table(
        row("HỘI LHPN TỈNH MINH HỌA\nBAN CHẤP HÀNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"),
        row("Số: 11 /KH-BCH", "Minh Họa, ngày 31 tháng 12 năm 2021"),
    )
    end = table(row("Nơi nhận:\n- TW Hội;\n- Lưu: VT.", "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\n\nNguyễn Thị Minh"))
    result = imported(
        word_file(
            head,
            paragraph("KẾ HOẠCH TOÀN KHÓA"),
            paragraph("nhiệm kỳ 2022 - 2027"),
            paragraph("Căn cứ Điều lệ Hội LHPN Việt Nam;"),
            years_table(("I", "VIỆC"), ("1", "Tập huấn", "x", "", "Cấp tỉnh", "Ban KT")),
            end,
        ),
        issuer=None,
        years=None,
    )
    plan = result.plan
    assert {name: plan[name] for name in ("title", "number", "issued", "issuer", "issuing_body", "period")} == {
        "title": "Kế hoạch toàn khóa nhiệm kỳ 2022 - 2027",
        "number": "11/KH-BCH",
        "issued": {"date": "31/12/2021", "place": "Minh Họa"},
        "issuer": "hoi",
        "issuing_body": "Ban Chấp hành",
        "period": {"from": 2022, "to": 2027},
    }
    assert plan["basis"] == ["Căn cứ Điều lệ Hội LHPN Việt Nam"]
    assert plan["recipients"] == ["TW Hội", "Lưu: VT"]
    assert plan["signer"] == {"name": "Nguyễn Thị Minh", "position": "Chủ tịch", "on_behalf_of": "Ban Chấp hành"}
    assert "review" not in plan
    assert problems_of(result) == []


def test_a_long_sentence_keeps_its_words_beside_a_short_title() -> None:
    sentence = "Tổ chức tuyên truyền, học tập, quán triệt phong trào thi đua; " * 6
    result = imported(plan_file(years_table(("I", "VIỆC"), ("1", sentence.strip(), "x", "", "Cấp tỉnh", "Ban KT"))))
    (activity,) = result.plan["activities"]
    assert words_of(activity["text"]) == words_of(sentence)
    assert len(activity["title"]) <= 160
    assert sentence.startswith(activity["title"])
    assert result.shortened == ("activities/i-1",)


@pytest.mark.parametrize(
    ("printed", "title", "has_text"),
    [
        ("Xây dựng gia đình\nno ấm, tiến bộ", "Xây dựng gia đình no ấm, tiến bộ", False),
        ("Tuyên truyền, phổ biến\nLuật Bình đẳng giới", "Tuyên truyền, phổ biến Luật Bình đẳng giới", True),
        ("- Tập huấn;\n- Hội thi.", "Tập huấn; Hội thi", True),
        ("- Tập huấn", "Tập huấn", False),
        ("Các hoạt động:\n- Tập huấn;\n- Hội thi.", "Các hoạt động", True),
    ],
)
def test_a_title_is_not_cut_where_its_line_breaks(printed: str, title: str, has_text: bool) -> None:
    result = imported(plan_file(years_table(("1", printed, "x", "x", "Cấp tỉnh", "Ban KT"))))
    (activity,) = result.plan["activities"]
    assert (activity["title"], "text" in activity) == (title, has_text)


@pytest.mark.parametrize(
    ("blocks", "reason"),
    [
        ([paragraph("Thư mời họp")], "no-table"),
        ([years_table()], "no-rows"),
        (
            [years_table(("1", "a")), "<w:p/>", table(row("TT", "Nội dung", "Dự toán"), row("1", "a", "2"))],
            "several-tables",
        ),
        ([table(row("TT", "Thời gian"), row("1", "2022"), row("2", "2023"))], "no-title-column"),
    ],
)
def test_what_holds_no_plan_is_refused_with_a_reason(blocks: list[str], reason: str) -> None:
    with pytest.raises(UnreadableFile) as error:
        imported(plan_file(*blocks))
    assert error.value.reason == reason
    assert WORDS.text(f"import.unreadable.{reason}", **error.value.values)


def test_columns_of_fields_and_targets_become_headings_and_targets() -> None:
    def line(field: str, target: str, *cells: str) -> str:
        return row(*(cell(text, merge=merge) for text, merge in ((field, "restart"), (target, "restart"))), *cells)

    below = [cell("", merge="continue")] * 2
    rows = [
        row("Lĩnh vực", "Tên chỉ tiêu", "TT", "Nội dung", "Thời gian", "Chủ trì"),
        line("Kinh tế", "Chỉ tiêu 1: Giúp 500 hộ", "1", "Cho vay vốn", "2022", "Ban KT"),
        row(*below, "2", "Dạy nghề", "2023", "Ban KT"),
        line("Kinh tế", "90% hội viên được học", "3", "Mở lớp", "2023", "Ban KT"),
        line("Gia đình", "", "1", "Tọa đàm", "2023", "Ban KT"),
    ]
    result = imported(plan_file(table(*rows)))
    plan = result.plan
    assert [one["title"] for one in plan["outline"]] == ["Kinh tế", "Gia đình"]
    first, second = plan["outline"][0]["id"], plan["outline"][1]["id"]
    assert [(one.get("label"), one["statement"], one["section"]) for one in plan["targets"]] == [
        ("Chỉ tiêu 1", "Giúp 500 hộ", first),
        (None, "90% hội viên được học", first),
    ]
    targets = [one["id"] for one in plan["targets"]]
    assert [(one["title"], one.get("target") or one["section"]) for one in plan["activities"]] == [
        ("Cho vay vốn", targets[0]),
        ("Dạy nghề", targets[0]),
        ("Mở lớp", targets[1]),
        ("Tọa đàm", second),
    ]
    assert not plan.get("review")
    assert not problems_of(result)
    assert all(one.destinations for one in result.ledger)


def test_a_label_that_stands_once_in_each_group_is_the_group_s() -> None:
    def group(label: str, name: str, *works: str) -> list[str]:
        first = row(label, name, works[0], "2022", "Ban KT")
        return [first, *(row("", "", work, "2022", "Ban KT") for work in works[1:])]

    head = row("TT", "Nhóm nhiệm vụ", "Nội dung", "Thời gian", "Chủ trì")
    groups = [*group("1", "Tuyên truyền", "Mít tinh", "Hội thi"), *group("2", "Tổ chức", "Kiểm tra")]
    plan = imported(plan_file(table(head, *groups))).plan
    assert [(one["label"], one["title"]) for one in plan["outline"]] == [("1", "Tuyên truyền"), ("2", "Tổ chức")]
    assert not any("label" in one for one in plan["activities"])


def test_a_row_that_says_nothing_is_asked() -> None:
    head = row("TT", "Nội dung", "Thời gian", "Chủ trì")
    result = imported(plan_file(table(head, row("1", "Tập huấn", "2022", "Ban KT"), row("2", "", "2023", "Ban KT"))))
    assert [(one["why"], one["at"]) for one in result.plan["review"]] == [("row-without-words", "activities/muc-2")]


def test_the_source_names_the_issuer_in_words() -> None:
    head = [paragraph("Số: 05/KH-HPN"), paragraph("KẾ HOẠCH NĂM")]
    content = word_file(*head, years_table(("1", "Tập huấn", "x")))
    document = imported(content).plan["source"]["document"]
    assert document == "Kế hoạch số 05/KH-HPN của Hội LHPN tỉnh Minh Họa"


def test_a_cell_of_units_keeps_its_words_where_a_name_is_not_known() -> None:
    plan = imported(plan_file(years_table(("1", "Tập huấn", "x", "", "Cấp tỉnh", "Ban Lạ, Ban KT")))).plan
    assert plan["activities"][0]["lead"] == ["Ban KT"]
    assert plan["activities"][0]["lead_text"] == "Ban Lạ, Ban KT"


def test_a_cell_of_lead_and_partners_keeps_its_words_where_they_are_no_names() -> None:
    cells = {
        "Chủ trì: Ban KT\nPhối hợp: Các ngành liên quan": {"lead": ["Ban KT"], "partners": ["Các ngành liên quan"]},
        "Ban KT": {"lead": ["Ban KT"]},
        "Ban KT chủ trì; các ngành phối hợp": {"lead_text": "Ban KT chủ trì; các ngành phối hợp"},
        "Ban KT; phối hợp: các ngành": {"lead": ["Ban KT"], "lead_text": "Ban KT; phối hợp: các ngành"},
        "Chủ trì: Ban KT\nPhối hợp: Sở Lạ,\nBan KT": {
            **{"lead": ["Ban KT"], "partners": ["Ban KT"], "partners_text": "Sở Lạ, Ban KT"}
        },
    }
    rows = [(str(number), "Tập huấn", "x", "x", "", words) for number, words in enumerate(cells, 1)]
    head = (*HEAD[:-1], "Đơn vị chủ trì, phối hợp")
    plan = imported(plan_file(years_table(*rows, head=head))).plan
    names = ("lead", "lead_text", "partners", "partners_text")
    found = [{name: entry[name] for name in names if name in entry} for entry in plan["activities"]]
    assert found == list(cells.values())


TEXT = st.text("abcđêêơư ĐƠ05.,-%>(:\n\"'#&*{[|\\@`!\xa0\xad\u200b", max_size=24).map(str.strip)
ROWS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["I", "1", "1.1", "a)", "", "-", "x"]), TEXT),
        st.tuples(st.sampled_from(["1", "2", "1.1", "", "I", "Chỉ tiêu 3"]), *[TEXT] * (len(HEAD) - 1)),
    ),
    min_size=1,
    max_size=8,
)


@given(ROWS)
def test_every_word_of_any_table_has_a_destination(rows: list[tuple[str, ...]]) -> None:
    content = word_file(paragraph("KẾ HOẠCH NĂM"), years_table(*rows), paragraph("Nơi nhận: như trên"))
    try:
        result = imported(content)
    except UnreadableFile as error:
        assert error.reason in {"no-rows", "no-table", "only-targets"}
        return
    source = words_of(" ".join(["kế hoạch năm", *HEAD, "nơi nhận như trên", *(text for one in rows for text in one)]))
    assert words_of(" ".join(line.text for line in result.ledger)) == source
    reviewed = words_of(" ".join(str(one.get("printed", "")) for one in result.plan.get("review", ())))
    for line in result.ledger:
        assert line.destinations, line
        fields = " ".join(value_at(result.plan, one.path) for one in line.destinations if one.kind == "field")
        if any(one.kind == "field" for one in line.destinations):
            assert words_of(line.text).keys() <= words_of(fields).keys() | reviewed.keys(), line
        elif line.destinations[0].kind == "review":
            assert words_of(line.text).keys() <= reviewed.keys(), line
    assert problems_of(result) == []


# ---- Columns below a year ----


def periods_plan(head: str, *below: str, cells: tuple[str, ...] = ("02 lớp", "x")) -> ImportedPlan:
    """A plan of one year with a head of two rows: the second stands below `head`."""
    table_rows = [
        row(*(cell(text, merge="restart") for text in ("TT", "Nội dung")), cell(head, across=len(below)), "Chủ trì"),
        row(*(cell("", merge="continue") for _ in range(2)), *below, ""),
        row("1", "Tập huấn", *cells, "Ban KT"),
    ]
    return imported(plan_file(table(*table_rows)), years=(2023, 2023))


@pytest.mark.parametrize(
    ("head", "below", "ids", "titles"),
    [
        ("Tiến độ", ("Quý I", "Quý II"), ("q1", "q2"), ("Quý I", "Quý II")),
        ("Quý", ("III", "IV"), ("q3", "q4"), ("Quý III", "Quý IV")),
        ("Thời gian thực hiện", ("Tháng 1", "Tháng 12"), ("m1", "m12"), ("Tháng 1", "Tháng 12")),
        ("Năm 2023", ("6 tháng đầu năm", "6 tháng cuối năm"), ("h1-2023", "h2-2023"), None),
    ],
)
def test_quarters_and_months_are_periods(
    head: str, below: tuple[str, ...], ids: tuple[str, ...], titles: tuple[str, ...] | None
) -> None:
    result = periods_plan(head, *below)
    titles = titles or tuple(f"{head} / {text}" for text in below)
    periods = [{"id": id_, "title": title} for id_, title in zip(ids, titles, strict=True)]
    assert result.plan["periods"] == periods
    (activity,) = result.plan["activities"]
    assert activity["by_period"] == dict(zip(ids, ("02 lớp", "x"), strict=True))
    assert "more" not in activity
    assert not result.reviews
    assert not problems_of(result)


def test_two_columns_of_one_quarter_are_asked() -> None:
    result = periods_plan("Quý I", "Kế hoạch", "Thực hiện")
    assert "periods" not in result.plan
    table_rows = [row("TT", "Nội dung", "Quý I", "Quý I", "Chủ trì"), row("1", "Tập huấn", "5", "4", "Ban KT")]
    twice = imported(plan_file(table(*table_rows)), years=(2023, 2023))
    assert [(one.why, one.printed) for one in twice.reviews] == [("unknown-column", "5"), ("unknown-column", "4")]


def test_a_column_of_quarters_without_a_number_is_asked() -> None:
    table_rows = [row("TT", "Nội dung", "Quý", "Chủ trì"), row("1", "Tập huấn", "II", "Ban KT")]
    result = imported(plan_file(table(*table_rows)), years=(2023, 2023))
    assert [(one.why, one.printed) for one in result.reviews] == [("unknown-column", "II")]


def test_a_plan_keeps_the_ids_of_its_periods() -> None:
    table_rows = [row("TT", "Nội dung", "Quý I", "Chủ trì"), row("1", "Tập huấn", "x", "Ban KT")]
    result = imported(plan_file(table(*table_rows)), years=(2023, 2023), periods={"Quý I": "dau-nam"})
    assert result.plan["periods"] == [{"id": "dau-nam", "title": "Quý I"}]


# ---- Rows that add up others ----


@pytest.mark.parametrize("words", ["Tổng cộng", "CỘNG", "Cộng mục I", "Tổng cộng (I + II)", "Tổng số", "Cộng (A):"])
@pytest.mark.parametrize("place", ["title", "label"])
def test_a_row_that_adds_up_others_is_asked(words: str, place: str) -> None:
    cells = (cell("", across=1), words) if place == "title" else (cell(words, across=2),)
    rows = [row("TT", "Nội dung", "Năm 2022", "Chủ trì"), row("1", "Kết nạp hội viên", "100", "Ban KT")]
    result = imported(plan_file(table(*rows, row(*cells, "105", ""))))
    assert [one["title"] for one in result.plan["activities"]] == ["Kết nạp hội viên"]
    assert "rows" not in result.plan["activities"][0]
    assert [(one.why, one.printed) for one in result.reviews] == [("total-row", f"{words} | 105")]
    assert all(one.destinations for one in result.ledger)


@pytest.mark.parametrize(
    "words", ["Tổng kết phong trào", "Tổng số hội viên", "Cộng tác viên dư luận", "Cộng đồng an toàn"]
)
def test_work_that_begins_like_a_total_is_work(words: str) -> None:
    rows = [row("TT", "Nội dung", "Năm 2022", "Chủ trì"), row("1", words, "100", "Ban KT")]
    result = imported(plan_file(table(*rows)))
    assert [one["title"] for one in result.plan["activities"]] == [words]
    assert not result.reviews
