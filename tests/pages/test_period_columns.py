"""Columns of quarters, months and half-years reach the units that do the work, like the same time in words."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import yaml
from golden import sources_of, words_in

from generator.check import check_files
from generator.model.builder import link
from generator.pages.page import Options
from generator.site.tasks import site_files

UNIT = {"id": "hoi", "name": "Hội LHPN tỉnh Mẫu", "kind": "union", "level": "province"}
SHEET, PAGE = "don-vi/hoi/2027/index.md", "don-vi/hoi/index.md"


def files_of(*activities: dict[str, Any], periods: dict[str, str], last: int = 2027) -> dict[str, Any]:
    """The site of a plan of one unit."""
    plan: dict[str, Any] = {
        **{"id": "kh", "title": "Kế hoạch năm 2027", "kind": "annual", "status": "published", "issuer": "hoi"},
        **{"period": {"from": 2027, "to": last}, "layout": "annual", "source": {"document": "Kế hoạch số 1"}},
        "periods": [{"id": id_, "title": title} for id_, title in periods.items()],
        "outline": [{"id": "i", "kind": "section", "label": "I", "title": "Việc", "lead": ["Hội LHPN tỉnh Mẫu"]}],
        "activities": [
            {"id": f"a{number}", "section": "i", "title": f"Việc {number}", **activity}
            for number, activity in enumerate(activities, 1)
        ],
    }
    contents = {"plans/kh.yml": plan, "units/hoi.yml": UNIT}
    dumped = {path: yaml.dump(data, allow_unicode=True, sort_keys=False) for path, data in contents.items()}
    result = check_files(sources_of(dumped))
    assert result.errors == []
    return site_files(link(result), Options())


@pytest.mark.parametrize(
    ("id_", "title"),
    [
        *(("q2", "Quý II"), ("m3", "Tháng 3"), ("dau", "6 tháng đầu năm"), ("q4-2027", "Quý IV/2027")),
        *(("w1", "Tuần 1"), ("m1", "Mốc 1"), ("q1", "Đợt 2")),  # words that name no time of the calendar
    ],
)
def test_a_cross_in_a_column_says_what_its_title_says_as_a_time(id_: str, title: str) -> None:
    said, crossed = (
        files_of(activity, {"when": "Tháng 12"}, periods={id_: title})
        for activity in ({"when": title}, {"by_period": {id_: "x"}})
    )
    of_others = [path for path in said if not re.search(r"ke-hoach/|du-lieu/(index|hoat-dong)\.|\.xlsx$", path)]
    assert {SHEET, PAGE, "nam/2027/index.md", "du-lieu/don-vi/hoi.ics"} <= {*of_others}
    assert [path for path in of_others if crossed[path] != said[path]] == []


def test_figures_stand_on_the_sheet_the_page_the_calendar_and_the_workbook() -> None:
    files = files_of(
        {"by_period": {"q1": "20.000", "q3": "30.000", "q4": "-"}, "unit": "suất"},
        {"by_period": {"q1": "50%"}, "when": "Quý I-III", "by_year": {"2027": "7"}},
        periods={"q1": "Quý I", "q3": "Quý III", "q4": "Quý IV"},
    )
    sheet = words_in(files[SHEET])
    assert "Quý I: 20.000 suất; Quý III: 30.000 suất Quý I; Quý III" in sheet
    assert "7; Quý I: 50%" in sheet and "Quý IV" not in sheet
    assert "Quý I: 20.000; Quý III: 30.000" in words_in(files[PAGE])
    calendar = files["du-lieu/don-vi/hoi.ics"].decode().replace("\r\n ", "")
    assert "Quý I: 20.000\\; Quý III: 30.000" in calendar
    rows = list(openpyxl.load_workbook(BytesIO(files["du-lieu/don-vi/hoi/2027.xlsx"])).worksheets[0].values)
    (first,) = (dict(zip(rows[0], row, strict=True)) for row in rows if "Việc 1" in row)
    assert (first["Từng kỳ"], first["Đơn vị tính"], first["Thời gian"]) == (
        *("Quý I: 20.000; Quý III: 30.000; Quý IV: -", "suất"),
        "Quý I; Quý III",
    )


def test_words_that_are_more_exact_than_a_column_stand_alone() -> None:
    files = files_of(
        *({"when": when, "by_period": {"q2": "x"}} for when in ("Trước 15/6", "Tháng 5", "Quý II")),
        {"when": "Quý II-III", "by_period": {"q2": "x", "q3": "x"}},
        {"when": "Cả năm", "by_period": {"q2": "x"}},
        {"deadline": "30/4/2027", "by_period": {"q2": "x"}},
        periods={"q2": "Quý II", "q3": "Quý III"},
    )
    times = re.findall(r'<td data-label="Thời gian">([^<]*)', files[SHEET])
    assert sorted(times) == ["Cả năm; Quý II", "Quý II", "Quý II", "Quý II-III", "Tháng 5", "Trước 15/6"]
    assert files[PAGE].count('data-due="2027-04-01/2027-06-30"') == 2


def test_columns_that_name_their_year_are_of_that_year() -> None:
    files = files_of(
        {"by_period": {"q1-2027": "5", "q1-2028": "7"}},
        {"by_period": {"q1-2028": "9"}},
        periods={"q1-2027": "Kế hoạch 2027 / Quý I", "q1-2028": "Quý I/2028"},
        last=2028,
    )
    first, second = (words_in(files[f"don-vi/hoi/{year}/index.md"]) for year in (2027, 2028))
    assert "Kế hoạch 2027 / Quý I: 5" in first and "7" not in first.split("Quý I: 5")[1].split()[0]
    assert "Việc 2" not in first and "Quý I/2028: 9" in second
    assert "2028/2028-03-31" not in files[PAGE] and "2028-01-01/2028-03-31" in files[PAGE]


def test_numbers_of_periods_are_numbers_in_the_workbook_of_the_plan() -> None:
    files = files_of(
        {"by_period": {"q1": "20.000", "q2": "01"}, "unit": "suất"},
        {"by_period": {"q1": "50%", "q2": "x"}},
        periods={"q1": "Quý I", "q2": "Quý II"},
    )
    sheet = openpyxl.load_workbook(BytesIO(files["du-lieu/ke-hoach/kh.xlsx"])).worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    cells = [[sheet.cell(row, columns[f"Quý {number}"]) for number in ("I", "II")] for row in (2, 3)]
    assert [[cell.value for cell in row] for row in cells] == [[20000, "01"], ["50%", "x"]]
    assert cells[0][0].number_format == "#,##0"
