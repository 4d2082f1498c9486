"""Numbers of a sheet: as Excel shows them in Vietnam, with a question if the format is unknown."""

from __future__ import annotations

import io

import pytest
from import_drafts import imported
from openpyxl import Workbook

from generator.reading.importer import ImportedPlan
from generator.reading.sheet_reader import printed_value

HEAD = ["TT", "Nội dung", "Năm 2022", "Năm 2023", "Dự toán (triệu đồng)"]


def plan_of_figures(values: list[object], formats: list[str], label: object = "1") -> ImportedPlan:
    """A plan of one row with these cells, in these formats."""
    workbook = Workbook()
    sheet = workbook.active
    for line in (["KẾ HOẠCH NĂM"], HEAD, [label, "Tập huấn", *values]):
        sheet.append(line)
    for column, number_format in zip("CDE", formats, strict=False):
        sheet[f"{column}3"].number_format = number_format
    stream = io.BytesIO()
    workbook.save(stream)
    return imported(stream.getvalue())


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (95, '0"%"', "95%"),
        (-5, r"0\%", "-5%"),
        (0.8, "0%", "80%"),
        (0.9345, "0.0%", "93,5%"),
        (1 / 3, "0%", "33%"),
        (1 / 3, "0.00", "0,33"),
        (1 / 3, "General", "0,3333333333"),
        (0.1 + 0.2, "General", "0,3"),
        (1200, '"≥ "#,##0', "≥ 1.200"),
        (15, '0" hộ"', "15 hộ"),
        (1500000, "#,##0.0,,", "1,5"),
        (1500000, "#,##0,", "1.500"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1,01"),
        (2500000, "#,##0", "2.500.000"),
        (2500000, "# ##0", "2.500.000"),
        (2500000, "#,##0.00", "2.500.000,00"),
        (2.5, "#,##0.##", "2,5"),
        (3, "0.##", "3"),
        (5, "00", "05"),
        (-1234, "#,##0;(#,##0)", "(1.234)"),
        (-1234, "#,##0;[Red]-#,##0", "-1.234"),
        (1234, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)', "1.234"),
        (0, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)', "-"),
        (1500, "#,##0 [$₫-42A]", "1.500 ₫"),
        (7, "@", "7"),
        (-0.2, "0", "0"),
        ("2 lớp", '"Mở "@', "Mở 2 lớp"),
        (True, "General", "x"),
    ],
)
def test_a_figure_is_what_excel_shows(value: object, number_format: str, shown: str) -> None:
    assert printed_value(value, number_format) == shown


def test_figures_of_a_row_are_those_that_its_readers_see() -> None:
    result = plan_of_figures([95, 1200, 1.5], ['0"%"', '"≥ "#,##0', "General"])
    (activity,) = result.plan["activities"]
    assert activity["by_year"] == {2022: "95%", 2023: "≥ 1.200"}
    assert activity["costs"] == [{"amount": "1,5", "unit": "triệu đồng"}]
    assert not result.reviews


@pytest.mark.parametrize("number_format", ["0.00E+00", "# ?/?", "[>=100]0;0.0", ";;;", "#"])
def test_a_format_that_hides_or_is_not_understood_is_asked(number_format: str) -> None:
    result = plan_of_figures([0 if number_format == "#" else 0.25], [number_format])
    (activity,) = result.plan["activities"]
    assert activity["by_year"] == {2022: "0" if number_format == "#" else "0,25"}
    assert [(one.why, one.proposal) for one in result.reviews] == [("figure-format", number_format)]


def test_only_a_number_in_front_of_the_title_may_be_a_label() -> None:
    (activity,) = plan_of_figures([1.5, 2.5], [], label=1.1).plan["activities"]
    assert (activity["label"], activity["by_year"]) == ("1.1", {2022: "1,5", 2023: "2,5"})
    workbook = Workbook()
    for line in (["KẾ HOẠCH NĂM"], ["Nội dung", "Năm 2022", "Năm 2023"], ["Việc", 1.5, 2.5]):
        workbook.active.append(line)
    stream = io.BytesIO()
    workbook.save(stream)
    assert imported(stream.getvalue()).plan["activities"][0]["by_year"] == {2022: "1,5", 2023: "2,5"}
