"""Columns of years, quarters and months: their meaning from the headings above them."""

from __future__ import annotations

import pytest
from import_drafts import imported, plan_file, problems_of
from word_file import cell, paragraph, row, table, word_file

from generator.reading.importer import ImportedPlan

WHOLE = ("TT", "Nội dung", "Chủ trì")


def grouped_plan(*groups: tuple[str, tuple[str, ...], tuple[str, ...]], title: str = "") -> ImportedPlan:
    """A plan of one row. Each group has a heading, the headings below it and the cells of the row."""
    label, work, lead = (cell(text, merge="restart") for text in WHOLE)
    heads = [cell(head, across=len(below)) for head, below, _ in groups]
    below = [text for _, texts, _ in groups for text in texts]
    values = [text for _, _, texts in groups for text in texts]
    hanging = cell("", merge="continue")
    rows = [row(label, work, *heads, lead), row(hanging, hanging, *below, hanging)]
    return imported(plan_file(table(*rows, row("1", "Tập huấn", *values, "Ban KT"))))


def asked(result: ImportedPlan) -> list[tuple[str, str, str]]:
    return [(one.why, one.printed, one.proposal) for one in result.reviews]


YEARS = ("2022", "2023")


def test_money_of_each_year_is_no_cell_of_the_plan() -> None:
    """Both groups have columns of the same years: neither overwrites the other."""
    result = grouped_plan(
        ("Kế hoạch", YEARS, ("5 lớp", "6 lớp")), ("Kinh phí (triệu đồng)", YEARS, ("120", "Theo dự toán"))
    )
    (activity,) = result.plan["activities"]
    assert activity["by_year"] == {2022: "5 lớp", 2023: "6 lớp"}
    assert activity["costs"] == [
        {"amount": "120", "unit": "triệu đồng", "year": "2022"},
        {"year": "2023", "text": "Theo dự toán"},
    ]
    assert (result.reviews, problems_of(result)) == ((), [])


def test_a_heading_that_is_not_merged_is_said_of_all_columns_below_it() -> None:
    rows = [row("TT", "Nội dung", "Kế hoạch", "", "Kinh phí (đồng)", "", "Chủ trì"), row("", "", *YEARS, *YEARS, "")]
    result = imported(plan_file(table(*rows, row("1", "Tập huấn", "5", "6", "120", "150", "Ban KT"))))
    (activity,) = result.plan["activities"]
    assert activity["by_year"] == {2022: "5", 2023: "6"}
    assert [(one["year"], one["amount"]) for one in activity["costs"]] == [("2022", "120"), ("2023", "150")]


@pytest.mark.parametrize("unit", ["triệu đồng", "tr.đ", "trđ", "Tr. đồng", "VNĐ"])
def test_the_unit_of_money_is_that_of_its_heading(unit: str) -> None:
    head = row("TT", "Nội dung", f"Dự toán ({unit})", "Chủ trì")
    result = imported(plan_file(table(head, row("1", "Tập huấn", "120", "Ban KT"))))
    assert result.plan["activities"][0]["costs"] == [{"amount": "120", "unit": unit}]


@pytest.mark.parametrize("head", ["Nhu cầu kinh phí thực hiện", "Dự toán ngân sách", "Vốn (triệu đồng)", "Kinh phí"])
def test_money_has_many_names(head: str) -> None:
    (activity,) = grouped_plan((head, YEARS, ("120", "150"))).plan["activities"]
    assert [(one["year"], one["amount"]) for one in activity["costs"]] == [("2022", "120"), ("2023", "150")]
    assert "by_year" not in activity


def test_money_of_each_source_says_from_where() -> None:
    result = grouped_plan(("Kinh phí (triệu đồng)", ("Tổng số", "Ngân sách xã", "2022"), ("10", "4", "6")))
    (activity,) = result.plan["activities"]
    assert activity["costs"] == [
        {"amount": "4", "unit": "triệu đồng", "source": "Ngân sách xã"},
        {"amount": "6", "unit": "triệu đồng", "year": "2022"},
    ]
    assert activity["more"] == [{"heading": "Kinh phí (triệu đồng) / Tổng số", "text": "10"}]
    assert (result.reviews, problems_of(result)) == ((), [])


def test_a_sum_beside_nothing_that_it_adds_up_is_the_money_itself() -> None:
    (activity,) = grouped_plan(("Kinh phí (triệu đồng)", ("Tổng", "Nguồn"), ("10", "Xã"))).plan["activities"]
    assert activity["costs"] == [{"amount": "10", "unit": "triệu đồng"}]


def test_two_columns_of_one_year_are_asked() -> None:
    result = grouped_plan(("Toàn tỉnh", YEARS, ("5", "6")), ("Trong đó nữ", YEARS, ("3", "4")))
    assert "by_year" not in result.plan["activities"][0]
    expected = [
        ("unknown-column", text, f"by_year.{year}, previous") for text, year in zip("5634", YEARS * 2, strict=True)
    ]
    assert asked(result) == expected


def test_years_below_a_heading_of_another_field_keep_its_words() -> None:
    result = grouped_plan(("Nguồn kinh phí", YEARS, ("Tỉnh", "Xã")), ("Kinh phí", ("Quý I", "Quý II"), ("5", "6")))
    (activity,) = result.plan["activities"]
    assert [(one["heading"], one["text"]) for one in activity["more"]] == [
        ("Nguồn kinh phí / 2022", "Tỉnh"),
        ("Nguồn kinh phí / 2023", "Xã"),
        ("Kinh phí / Quý I", "5"),
        ("Kinh phí / Quý II", "6"),
    ]
    assert "by_period" not in activity


@pytest.mark.parametrize(
    ("head", "cells", "filled"),
    [
        (("Thời gian", "Thời hạn"), ("Quý I/2022", "30/6/2023"), {"when": "Quý I/2022", "years": "2022"}),
        (("Đơn vị chủ trì", "Đơn vị thực hiện"), ("Ban KT", "Các ngành liên quan"), {"lead": ["Ban KT"]}),
        (("Dự toán", "Thành tiền"), ("120", "150"), {"costs": [{"amount": "120"}]}),
        (("Sản phẩm", "Đầu ra"), ("Báo cáo", "Kế hoạch"), {"products": "Báo cáo"}),
        (("Đơn vị tính", "ĐVT"), ("lớp", "người"), {"unit": "lớp"}),
        (("Cấp thực hiện", "Cấp triển khai"), ("Cấp tỉnh", "Cấp xã"), {"levels_text": "Cấp tỉnh"}),
    ],
)
def test_a_second_cell_of_a_field_is_asked(
    head: tuple[str, str], cells: tuple[str, str], filled: dict[str, str]
) -> None:
    result = imported(plan_file(table(row("TT", "Nội dung", *head), row("1", "Tập huấn", *cells))))
    (activity,) = result.plan["activities"]
    assert filled.items() <= activity.items()
    assert [(one.why, one.printed) for one in result.reviews] == [("second-cell", cells[1])]
    assert problems_of(result) == []


# ---- Years before the plan ----


def plan_of_years(title: str, *years: str) -> ImportedPlan:
    head = row("TT", "Nội dung", *(f"Năm {year}" for year in years), "Chủ trì")
    cells = row("1", "Tập huấn", *(f"0{number}" for number, _ in enumerate(years, 1)), "Ban KT")
    return imported(word_file(paragraph(title), table(head, cells)), years=None)


@pytest.mark.parametrize(
    ("title", "years", "period", "outside"),
    [
        ("KẾ HOẠCH GIAI ĐOẠN 2022 - 2024", ("2021", "2022", "2023"), (2022, 2024), ["2021"]),
        ("KẾ HOẠCH NHIỆM KỲ 2022 - 2026, GIAI ĐOẠN 2022 - 2023", ("2021", "2022", "2023"), (2022, 2023), ["2021"]),
        ("KẾ HOẠCH NĂM 2023", ("2022", "2023"), (2023, 2023), ["2022"]),
        ("KẾ HOẠCH NHIỆM KỲ 2021 - 2026", ("2022", "2023"), (2021, 2026), []),
        ("KẾ HOẠCH", ("2022", "2023"), (2022, 2023), []),
    ],
)
def test_columns_of_years_outside_of_the_title_are_asked(
    title: str, years: tuple[str, ...], period: tuple[int, int], outside: list[str]
) -> None:
    result = plan_of_years(title, *years)
    assert tuple(result.plan["period"].values()) == period
    assert list(result.plan["activities"][0]["by_year"]) == [int(year) for year in years if year not in outside]
    assert asked(result) == [("unknown-column", "01", f"by_year.{year}, previous") for year in outside]
    assert problems_of(result) == []


def test_a_title_that_names_other_years_than_the_columns_is_asked() -> None:
    result = plan_of_years("KẾ HOẠCH NĂM 2022", "2022", "2023")
    assert tuple(result.plan["period"].values()) == (2022, 2023)
    assert asked(result) == [("period-unclear", "Kế hoạch năm 2022", "2022")]


@pytest.mark.parametrize("head", ["Thực hiện", "Kết quả", "Ước thực hiện", "Kết quả thực hiện"])
def test_what_was_done_is_no_plan(head: str) -> None:
    result = grouped_plan((head, ("2022",), ("5",)), ("Kế hoạch", ("2023",), ("6",)))
    assert result.plan["activities"][0]["by_year"] == {2023: "6"}
    assert asked(result) == [("unknown-column", "5", "by_year.2022, previous")]


@pytest.mark.parametrize("head", ["Thực hiện năm 2021", "Ước thực hiện 2021", "Hiện trạng năm 2021"])
def test_a_column_of_a_year_by_itself_may_say_what_was_done(head: str) -> None:
    content = plan_file(table(row("TT", "Nội dung", head, "KH năm 2022"), row("1", "Tập huấn", "5", "6")))
    result = imported(content)
    assert result.plan["activities"][0]["by_year"] == {2022: "6"}
    assert asked(result) == [("unknown-column", "5", "by_year.2021, previous")]


@pytest.mark.parametrize(
    ("when", "years", "reviews"),
    [
        ("31/12/2023", None, []),  # a deadline: the cells say the years
        ("2022-2023", "2022-2023", []),
        ("Năm 2024", None, [("time-unclear", "Năm 2024", "2022-2023")]),
    ],
)
def test_cells_of_years_say_more_than_words_for_the_time(
    when: str, years: str | None, reviews: list[tuple[str, str, str]]
) -> None:
    head = row("TT", "Nội dung", *YEARS, "Thời hạn")
    rows = row("1", "Hội viên mới", "500", "600", when), row("2", "Lớp", "", "", when), row("", "Xã", "5", "6", "")
    result = imported(plan_file(table(head, *rows)), years=(2022, 2025))
    assert [(one["when"], one.get("years")) for one in result.plan["activities"]] == [(when, years)] * 2
    assert asked(result) == reviews * 2
    assert problems_of(result) == []


# ---- Months and quarters that are named by a number only ----


def numbered_plan(head: str, *numbers: str, is_merged: bool = True) -> ImportedPlan:
    """A plan of one row, with a cross in the first and the last column below a heading over numbers."""
    count = len(numbers)
    values = ["x", *[""] * (count - 2), "x"]
    if is_merged:
        return grouped_plan((head, numbers, tuple(values)))
    rows = [row("TT", "Nội dung", head, *[""] * (count - 1), "Chủ trì"), row("", "", *numbers, "")]
    return imported(plan_file(table(*rows, row("1", "Tập huấn", *values, "Ban KT"))))


MONTHS = tuple(map(str, range(1, 13)))


@pytest.mark.parametrize("is_merged", [True, False])
@pytest.mark.parametrize(
    ("head", "numbers", "ids", "titles"),
    [
        ("Tháng", MONTHS, ("m1", "m12"), ("Tháng 1", "Tháng 12")),
        ("Thời gian thực hiện (tháng)", ("01", "02", "03"), ("m1", "m3"), ("Tháng 01", "Tháng 03")),
        ("Quý", ("1", "2", "3", "4"), ("q1", "q4"), ("Quý 1", "Quý 4")),
        ("Quý", ("I", "II", "III", "IV"), ("q1", "q4"), ("Quý I", "Quý IV")),
    ],
)
def test_numbers_below_months_and_quarters_name_them(
    head: str, numbers: tuple[str, ...], ids: tuple[str, str], titles: tuple[str, str], is_merged: bool
) -> None:
    result = numbered_plan(head, *numbers, is_merged=is_merged)
    assert result.plan["activities"][0]["by_period"] == dict.fromkeys(ids, "x")
    periods = [(one["id"], one["title"]) for one in result.plan["periods"]]
    assert len(periods) == len(numbers)
    assert (periods[0], periods[-1]) == tuple(zip(ids, titles, strict=True))
    assert (result.reviews, problems_of(result)) == ((), [])


def test_a_row_that_numbers_all_columns_numbers_no_months() -> None:
    rows = [
        row("TT", "Nội dung", "Tháng", "Chủ trì"),
        row("(1)", "(2)", "(3)", "(4)"),
        row("1", "Tập huấn", "3", "Ban KT"),
    ]
    result = imported(plan_file(table(*rows)))
    assert [one["title"] for one in result.plan["activities"]] == ["Tập huấn"]
    assert asked(result) == [("unknown-column", "3", "when, by_period")]


def test_short_names_of_months_make_a_plan_of_months() -> None:
    head = row("TT", "Nội dung", *(f"T{number}" for number in MONTHS), "Chủ trì")
    result = imported(plan_file(table(head, row("1", "Tập huấn", "x", *[""] * 10, "x", "Ban KT"))))
    assert result.plan["activities"][0]["by_period"] == {"m1": "x", "m12": "x"}
    assert not result.reviews
