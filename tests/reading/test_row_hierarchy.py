"""Headings, targets, activities and sub-rows, from the labels and merged cells of offices' tables."""

from __future__ import annotations

from word_file import HEAD, cell, paragraph, row, table, word_file, years_table

from generator.reading.column_headings import map_columns
from generator.reading.guard import open_package
from generator.reading.placed_rows import PlacedRow
from generator.reading.plan_tables import PlanTable, plan_tables
from generator.reading.row_hierarchy import place_rows
from generator.reading.word_reader import read_word


def tables_of(*blocks: str) -> list[PlanTable]:
    return plan_tables(read_word(open_package(word_file(*blocks))))


def placed(*blocks: str) -> list[PlacedRow]:
    (found,) = tables_of(*blocks)
    return place_rows(found.rows, map_columns(found.headings, found.rows, {}, lambda _: False))


def shown(rows: list[PlacedRow]) -> list[str]:
    """Return each row as `role label < parent @ target`."""

    def name(index: int | None) -> str:
        one = None if index is None else rows[index]
        return "" if one is None else one.label.printed if one.label else one.title

    return [
        f"{one.role} {name(index)} < {name(one.parent)}" + (f" @ {name(one.target)}" if one.target is not None else "")
        for index, one in enumerate(rows)
    ]


def activity(label: str, title: str = "Tập huấn", levels: str = "Cấp tỉnh") -> tuple[str, ...]:
    return (label, title, "x", "x", levels, "Ban KT")


def test_targets_tasks_and_dotted_activities() -> None:
    rows = placed(
        years_table(
            ("I.", "THỰC HIỆN CHỈ TIÊU"),
            ("1", "Chỉ tiêu 1: Mỗi năm 500 hộ"),
            activity("1.1"),
            ("II", "CÁC NHIỆM VỤ"),
            ("1", "Nhiệm vụ 1: Hỗ trợ phụ nữ"),
            ("1.1", "Xây dựng người phụ nữ"),
            activity("1.1.1"),
            activity("1.1.2"),
            ("1.2", "Gia đình"),
            activity("1.2.1"),
        )
    )
    assert shown(rows) == [
        "heading I. < ",
        "target Chỉ tiêu 1 < I.",
        "activity 1.1 < I. @ Chỉ tiêu 1",
        "heading II < ",
        "heading Nhiệm vụ 1 < II",
        "heading 1.1 < Nhiệm vụ 1",
        "activity 1.1.1 < 1.1",
        "activity 1.1.2 < 1.1",
        "heading 1.2 < Nhiệm vụ 1",
        "activity 1.2.1 < 1.2",
    ]
    assert not any(one.flags for one in rows)


def test_labels_that_start_again_under_each_target() -> None:
    rows = placed(
        years_table(
            ("I", "THỰC HIỆN CHỈ TIÊU", "", "", "", ""),
            ("", "Chỉ tiêu 1: Mỗi năm 500 hộ"),
            activity("1"),
            activity("2"),
            ("", "Chỉ tiêu 2: 90% hội viên"),
            activity("1"),
            ("II", "CÁC NHIỆM VỤ", "", "", "", ""),
            ("1", "Vận động phụ nữ"),
            ("1.1", "Phát triển toàn diện"),
            activity("1"),
            activity("2"),
            ("2", "Phát triển kinh tế"),
            activity("1"),
        )
    )
    assert shown(rows)[2:] == [
        "activity 1 < I @ Chỉ tiêu 1",
        "activity 2 < I @ Chỉ tiêu 1",
        "target Chỉ tiêu 2 < I",
        "activity 1 < I @ Chỉ tiêu 2",
        "heading II < ",
        "heading 1 < II",
        "heading 1.1 < 1",
        "activity 1 < 1.1",
        "activity 2 < 1.1",
        "heading 2 < II",
        "activity 1 < 2",
    ]


def test_rows_without_a_label_are_sub_rows_unless_they_have_a_level_of_their_own() -> None:
    rows = placed(
        years_table(
            ("I", "CHỈ TIÊU"),
            ("1", "Cán bộ thạo phần mềm", "", "", "Các cấp Hội", "Ban KT"),
            ("", "Cấp tỉnh", "25", "-", "", ""),
            activity("", "Giám sát chính sách"),
        )
    )
    assert shown(rows)[1:] == ["activity 1 < I", "subrow Cấp tỉnh < 1", "activity Giám sát chính sách < I"]


def test_letters_and_dashes_stand_below_numbers() -> None:
    rows = placed(years_table(("I", "CHỈ TIÊU"), activity("1"), activity("a)"), activity("đ)"), activity("2")))
    assert shown(rows)[1:] == ["activity 1 < I", "activity a) < 1", "activity đ) < 1", "activity 2 < I"]


def test_a_damaged_place_and_what_follows_is_flagged() -> None:
    rows = placed(
        years_table(
            ("I", "CHỈ TIÊU"),
            ("", "Chỉ tiêu 12: 100% cán bộ"),
            activity("1"),
            ("2", "Đổi mới công tác đào tạo"),
            ("x", "x", "Tỉnh Hội", "", "", "Chỉ tiêu 13: Đề xuất chính sách"),
            activity("1", "Giới thiệu hội viên ưu tú"),
            ("", "Chỉ tiêu 14: Thông tin"),
            activity("1"),
        )
    )
    assert shown(rows)[3:] == [
        "activity 2 < I @ Chỉ tiêu 12",
        "target Chỉ tiêu 13 < I",
        "activity 1 < I @ Chỉ tiêu 13",
        "target Chỉ tiêu 14 < I",
        "activity 1 < I @ Chỉ tiêu 14",
    ]
    assert [[flag.kind for flag in one.flags] for one in rows] == [
        [],
        [],
        [],
        ["row-level", "shifted-row"],
        ["shifted-row"],
        ["follows-damage"],
        [],
        [],
    ]
    assert {column: one.text for column, one in rows[3].cells.items()} == {2: "x", 3: "x", 4: "Tỉnh Hội"}


def test_a_label_that_stands_twice_is_flagged() -> None:
    rows = placed(years_table(("I", "CHỈ TIÊU"), activity("1.1"), activity("1.1")))
    assert [[flag.kind for flag in one.flags] for one in rows] == [[], [], ["label-twice"]]


def test_a_table_cut_by_pages_is_one_and_repeated_heads_are_listed() -> None:
    first = years_table(("I", "CHỈ TIÊU"), activity("1"))
    second = years_table(activity("2"))
    third = table(row(*activity("3")))
    (found,) = tables_of(first, "<w:p/>", second, "<w:p/>", third)
    assert [one.cells[0].text for one in found.rows] == ["I", "1", "2", "3"]
    assert len(found.repeated) == 1


def test_parts_of_a_table_below_headings_are_one() -> None:
    def part(heading: str, *rows: str) -> tuple[str, str]:
        return paragraph(heading), table(*rows)

    head, letterhead = row(*HEAD), paragraph("Căn cứ Điều lệ;")
    one = row(*activity("1"))
    parts = (*part("I. TUYÊN TRUYỀN", head, one), *part("II. TỔ CHỨC", head, one), *part("III. KHÁC", one))
    end = (paragraph("IV. TỔ CHỨC THỰC HIỆN"), table(row("Nơi nhận:", "", "", "", "", "CHỦ TỊCH")))
    rows = placed(letterhead, *parts, *end)
    assert shown(rows) == [
        *("heading I. < ", "activity 1 < I.", "heading II. < ", "activity 1 < II."),
        *("heading III. < ", "activity 1 < III."),
    ]
    numbered = placed(paragraph("2. Yêu cầu"), *part("1. Tuyên truyền", head, one), *part("2. Tổ chức", head, one))
    assert shown(numbered) == ["heading 1. < ", "activity 1 < 1.", "heading 2. < ", "activity 1 < 2."]


def test_a_heading_above_a_table_is_its_section_unless_the_rows_have_their_own() -> None:
    above = paragraph("II. NỘI DUNG")
    assert shown(placed(paragraph("1. Yêu cầu"), above, table(row(*HEAD), row(*activity("1"))))) == [
        "heading II. < ",
        "activity 1 < II.",
    ]
    for kept in (years_table(("I", "VIỆC"), activity("1")), table(row(*HEAD), row(*activity("A")))):
        (found,) = tables_of(above, kept)
        assert found.before


def test_tables_with_other_heads_are_not_joined() -> None:
    tasks = years_table(activity("1"))
    money = table(row("TT", "Nội dung", "Dự toán"), row("1", "Tập huấn", "20.000.000"))
    assert [len(found.rows) for found in tables_of(tasks, "<w:p/>", money)] == [1, 1]


def test_a_row_that_numbers_the_columns_belongs_to_the_head() -> None:
    numbers = row(*(f"({n})" for n in range(1, 7)))
    head = row("TT", "Nội dung hoạt động", "2022", "2023", "Cấp thực hiện", "Đơn vị thực hiện")
    (found,) = tables_of(table(head, numbers, row("1", cell("Tập huấn"), "x", "x", "Cấp tỉnh", "Ban KT")))
    assert [one.cells[1].text for one in found.rows] == ["Tập huấn"]
    assert found.headings[2].words == ("2022",)


def test_a_table_without_merged_cells_has_its_years_in_a_second_row() -> None:
    first = row("TT", "Nội dung hoạt động", "Mức độ từng năm", "", "Cấp thực hiện", "Đơn vị thực hiện")
    second = row("", "", "Năm 2022", "Năm 2023", "", "")
    (found,) = tables_of(table(first, second, row(*activity("1"))))
    mapping = map_columns(found.headings, found.rows, {}, lambda _: False)
    assert (mapping.years, len(found.rows)) == ((2022, 2023), 1)


def test_a_row_of_the_plan_is_no_head_though_it_has_words_of_one() -> None:
    first = years_table(activity("1"))
    second = table(row("2", "Nội dung", "Hoạt động", "Hoạt động", "Cấp tỉnh", "Ban KT"), row(*activity("3")))
    (found,) = tables_of(first, "<w:p/>", second)
    assert [one.cells[0].text for one in found.rows] == ["1", "2", "3"]


def test_a_label_in_front_of_the_title_counts_where_there_is_no_column_of_labels() -> None:
    head = ("Nội dung hoạt động", "2022", "2023", "Cấp thực hiện")
    rows = placed(
        table(
            row(*head),
            row(cell("I. THỰC HIỆN CHỈ TIÊU", across=4)),
            row(cell("1. Chỉ tiêu 1: Giúp 500 hộ", across=4)),
            row("1.1. Cho vay vốn", "x", "x", "Cấp tỉnh"),
            row("1.2. Tập huấn", "x", "x", "Cấp tỉnh"),
        )
    )
    assert shown(rows) == [
        "heading I. < ",
        "target Chỉ tiêu 1 < I.",
        "activity 1.1. < I. @ Chỉ tiêu 1",
        "activity 1.2. < I. @ Chỉ tiêu 1",
    ]


def test_units_merged_down_belong_to_each_activity() -> None:
    rows = placed(
        table(
            row("TT", "Nội dung hoạt động", "2022", "2023", "Cấp thực hiện", "Đơn vị thực hiện"),
            row("", "Việc một", "x", "x", cell("Cấp tỉnh", merge="restart"), cell("Ban KT", merge="restart")),
            row("", "Việc hai", "x", "x", cell("", merge="continue"), cell("", merge="continue")),
            row("1", "Việc ba", "x", "x", cell("Cấp tỉnh", merge="restart"), "Ban KT"),
            row("", "Cấp xã", "5", "5", cell("", merge="continue"), ""),
        )
    )
    assert [one.role for one in rows] == ["activity", "activity", "activity", "subrow"]


def test_rows_of_a_merged_label_or_title_are_parts_of_one_activity() -> None:
    held = cell("", merge="continue")
    head = row("TT", "Nội dung hoạt động", "Thời gian", "Chủ trì", "Dự toán")
    whole = placed(
        table(
            head,
            row(cell("1", merge="restart"), cell("Đại hội", merge="restart"), "Quý I", "Ban KT", ""),
            row(held, held, "Quý II", "Ban TC", "20"),
            row("2", cell("Hội thi", merge="restart"), "Quý I", "Ban KT", ""),
            row("", held, "Quý II", "Ban TC", "20"),
            row("3", held, "Quý III", "Ban TC", "20"),
        )
    )
    assert [(one.role, one.title) for one in whole] == [
        ("activity", "Đại hội"),
        ("subrow", "Đại hội"),
        ("activity", "Hội thi"),
        ("subrow", "Hội thi"),
        ("activity", "Hội thi"),
    ]
    parts = placed(
        table(
            head,
            row(cell("1", merge="restart"), "Giúp hộ nghèo", "Quý I", "Ban KT", ""),
            row(held, "Trao vốn", "Quý II", "Ban TC", "300"),
            row("2", "Hội nghị", "Quý II", "Ban TC", "20"),
        )
    )
    assert shown(parts) == ["activity 1 < ", "subrow Trao vốn < 1", "activity 2 < "]


def test_an_activity_that_counts_on_after_a_heading_is_its_sibling() -> None:
    rows = placed(
        years_table(
            ("I", "TỔ CHỨC"),
            ("1", "Công tác cán bộ"),
            activity("a)"),
            activity("b)"),
            activity("2", "Tuyên truyền"),
            ("4", "Thi đua"),
            activity("-"),
            activity("5", "Kiểm tra"),
            ("II", "KINH TẾ"),
            activity("6"),
        )
    )
    assert [one for one in shown(rows) if one[-3:] != "< 1" and one[-3:] != "< 4"] == [
        "heading I < ",
        "heading 1 < I",
        "activity 2 < I",
        "heading 4 < I",
        "activity 5 < I",
        "heading II < ",
        "activity 6 < II",
    ]
    flags = [(one.label.printed, flag.kind) for one in rows for flag in one.flags if one.label]
    assert flags == [("2", "row-level"), ("5", "row-level")]  # pages show them before the headings


def test_rows_of_one_list_are_of_one_kind_where_an_activity_may_hold_those_below() -> None:
    """A heading among them would be shown behind the activities that it stands before."""
    lead = ("", "", "", "Ban KT")
    lists = [
        ("1", "Công tác cán bộ", *lead),
        activity("1.1"),
        ("1.2", "Hội thi", "", "", "", ""),
        activity("a)"),
        activity("2", "Tuyên truyền"),
        ("3", "Thi đua", "", "", "", ""),
        ("3.1", "Phát động", "", "", "", ""),
        activity("a)"),
        activity("3.2", "Tổng kết"),
    ]
    kinds = [(one.role, one.parent) for one in placed(years_table(*lists, activity("4")))]
    assert kinds == [("activity", at) for at in (None, 0, 0, 2, None, None, 5, 6, 5, None)]
    mostly_headings = placed(years_table(*lists))
    assert [one.role for one in mostly_headings if one.parent is None] == ["heading", "activity", "heading"]
    assert [flag.kind for flag in mostly_headings[4].flags] == ["row-level"]


def test_a_heading_with_the_sum_of_its_rows_is_none_of_them() -> None:
    head = ("TT", "Nội dung hoạt động", "Thời gian", "Kinh phí (triệu đồng)")
    sections = (("I", "Tuyên truyền"), ("II", "TỔ CHỨC"), ("", "KINH TẾ"))
    for label in ("1", "1.1"):
        rows = placed(
            table(
                row(*head), *(one for of in sections for one in (row(*of, "", "150"), row(label, "Việc", "2022", "20")))
            )
        )
        assert [one.role for one in rows] == ["heading", "activity"] * 3
    full = placed(table(row(*head), row("I", "Tổ chức", "Cả năm", "20"), row("1", "Việc", "2022", "20")))
    assert shown(full) == ["heading I < ", "activity 1 < I"]
    letters = placed(table(row(*head), row("I", "Hội thi", "2022", "20"), row("a)", "Vòng loại", "2022", "20")))
    assert shown(letters) == ["activity I < ", "activity a) < I"]


def test_a_list_that_starts_again_or_goes_on_stays_in_its_heading() -> None:
    again = placed(years_table(("I", "VIỆC"), ("1", "Cán bộ"), activity("1"), activity("2"), activity("3")))
    assert shown(again)[2:] == ["activity 1 < 1", "activity 2 < 1", "activity 3 < 1"]
    through = placed(years_table(("1", "CÁN BỘ"), activity("1"), activity("2"), ("2", "KINH TẾ"), activity("3")))
    assert shown(through)[-1] == "activity 3 < 2"
    bare = placed(years_table(("1", "CÁN BỘ"), activity("", "Việc không số"), activity("2")))
    assert shown(bare)[-1] == "activity 2 < 1"
    assert [flag.kind for flag in bare[-1].flags] == ["row-level"]


def test_a_roman_row_with_values_is_the_sibling_of_an_open_roman_heading() -> None:
    rows = placed(
        years_table(("I", "HẠ TẦNG"), activity("1"), activity("II", "Nhân lực"), activity("2"), activity("III"))
    )
    assert shown(rows) == [
        "heading I < ",
        "activity 1 < I",
        "heading II < ",
        "activity 2 < II",
        "activity III < ",
    ]


def test_a_task_with_values_has_the_rows_below_it() -> None:
    task = ("Nhiệm vụ 1", "Cán bộ", "", "", "", "")
    words = placed(years_table(task, activity("1"), activity("Nhiệm vụ 2"), activity("1"), activity("2")))
    assert shown(words)[2:] == ["heading Nhiệm vụ 2 < ", "activity 1 < Nhiệm vụ 2", "activity 2 < Nhiệm vụ 2"]
    section = ("1", "Cán bộ", "", "", "", "")
    again = placed(years_table(section, activity("a)"), activity("2"), activity("1"), activity("2"), activity("3")))
    assert shown(again)[2:] == ["heading 2 < ", "activity 1 < 2", "activity 2 < 2", "activity 3 < 2"]
