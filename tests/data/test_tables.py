"""The tables, read back from CSV and Excel, have what was typed: every activity, every cell, numbers as numbers."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from built_site import read_yaml
from csv_guard import unguard

from generator.data.data_files import Content, plan_xlsx
from generator.incremental import Build
from generator.language.quantities import has_mixed_units
from generator.language.vietnamese import format_number, parse_number
from generator.model.corpus import Corpus
from generator.pages.downloads import activities_of_unit
from generator.pages.page import Options

PLANS = read_yaml("plans")
Record = dict[str, Any]
WHOSE = re.compile(r": cả kế hoạch ")
"""What the file of a unit below says of an amount of a plan, and no other table."""


def csv_records(content: Content) -> list[Record]:
    """The lines of a CSV file by their headings, as a program reads them."""
    assert isinstance(content, bytes)
    text = content.decode()
    assert text.startswith("\ufeff"), "Excel takes UTF-8 without its mark for an old code page"
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    return [dict(zip(rows[0], map(unguard, row), strict=True)) for row in rows[1:]]


def excel_records(content: Content) -> list[Record]:
    """The lines of an Excel file by their headings; what is empty, hidden or left out is absent."""
    assert isinstance(content, bytes)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    shown = [cell.column for cell in sheet[1] if not sheet.column_dimensions[cell.column_letter].hidden]
    head, *rows = sheet.iter_rows(values_only=True, max_col=len(shown))
    return [{str(name): cell for name, cell in zip(head, row, strict=True) if cell is not None} for row in rows]


def typed_lines(plan: Record) -> Iterator[tuple[str, int, Record]]:
    """Activity id, sub-row number, and what was typed for that line."""
    for activity in plan["activities"]:
        yield activity["id"], 0, activity
        for number, row in enumerate(activity.get("rows", ()), 1):
            yield activity["id"], number, row


def printed_cell(record: Record, year: str) -> str:
    """The cell as the document prints it, out of the two columns of a year."""
    if printed := record.get(f"{year} (như in)"):
        return str(printed)
    cell = record.get(year, "")
    return format_number(cell) if isinstance(cell, int | float) else str(cell)


@pytest.mark.parametrize("plan", PLANS)
def test_csv_of_a_plan_holds_what_was_typed(files: dict[str, bytes], plan: str) -> None:
    records = csv_records(files[f"du-lieu/ke-hoach/{plan}.csv"])
    typed = list(typed_lines(PLANS[plan]))
    assert len(records) == len(typed)
    for record, (id_, number, line) in zip(records, typed, strict=True):
        assert (record["Mã kế hoạch"], record["Mã hoạt động"], record["Dòng con"]) == (plan, id_, str(number))
        assert record["Hoạt động"] == line["title"].strip()
        assert record["TT"] == line.get("label", "")
        assert record["Thời gian"] == line.get("when", "").strip()
        for year in (name for name in record if name.isdecimal()):
            cell = line.get("by_year", {}).get(year, "").strip()
            number_of_cell = None if has_mixed_units(line.get("by_year", {}).values()) else parse_number(cell)
            assert record[year] == (cell if number_of_cell is None else str(number_of_cell))
            printed = record.get(f"{year} (như in)", "")
            assert printed or number_of_cell is None or format_number(number_of_cell) == cell
            assert printed in {"", cell}
        assert line.get("by_year", {}).keys() <= record.keys()


@pytest.mark.parametrize("plan", PLANS)
def test_excel_of_a_plan_holds_what_was_typed(files: dict[str, bytes], plan: str) -> None:
    records = excel_records(files[f"du-lieu/ke-hoach/{plan}.xlsx"])
    typed = list(typed_lines(PLANS[plan]))
    assert len(records) == len(typed)
    numbers = 0
    for record, (id_, number, line) in zip(records, typed, strict=True):
        assert (record["Mã hoạt động"], record["Dòng con"]) == (id_, number)
        assert record["Hoạt động"] == line["title"].strip()
        for year, typed_cell in line.get("by_year", {}).items():
            cell = typed_cell.strip()
            assert printed_cell(record, year) == cell
            expected = None if has_mixed_units(line["by_year"].values()) or "%" in cell else parse_number(cell)
            if expected is not None:  # no column adds shares to counts
                assert record[year] == expected
                assert type(record[year]) in {int, float}
                numbers += 1
        for role, title in (("central", "Vai trò: Trung ương"), ("local", "Vai trò: địa phương, đơn vị")):
            assert record.get(title, "") == line.get("roles", {}).get(role, "").strip()
        for field, title in (("text", "Nội dung thêm"), ("funding", "Kinh phí"), ("note", "Ghi chú")):
            if number == 0:
                assert record.get(title, "") == line.get(field, "").strip()
    if plan in {"thai-nguyen-2021-2026", "dong-nai-2017-2021"}:
        assert numbers >= 20


def test_the_table_of_everything_is_the_plans_below_each_other(files: dict[str, bytes]) -> None:
    key = ("Mã kế hoạch", "Mã hoạt động", "Dòng con")
    everything = {tuple(one[name] for name in key): one for one in csv_records(files["du-lieu/hoat-dong.csv"])}
    assert len(everything) == sum(len(list(typed_lines(plan))) for plan in PLANS.values())
    for path, content in files.items():
        if path.endswith(".csv"):
            for record in csv_records(content):
                assert record.items() <= everything[tuple(record[name] for name in key)].items()


def test_excel_has_the_lines_of_its_subject(files: dict[str, bytes], corpus: Corpus) -> None:
    """Each line as the table of everything has it; columns that would be empty or the same throughout are left out."""
    everything = csv_records(files["du-lieu/hoat-dong.csv"])
    subjects = {f"nam/{year}": {one.key for one in corpus.of_year[year]} for year in corpus.of_year}
    subjects |= {f"don-vi/{unit.id}": set(activities_of_unit(corpus, unit)) for unit in corpus.units.values()}
    subjects |= {f"ke-hoach/{plan.id}": {one.key for one in plan.activities} for plan in corpus.plans.values()}
    subjects["hoat-dong"] = set(corpus.activities)
    sheet = re.compile(r"du-lieu/don-vi/[^/]+/\d{4}\.xlsx")  # of a unit's year, whose columns are its own
    paths = {path for path in files if path.endswith(".xlsx") and not sheet.fullmatch(path)}
    assert paths == {f"du-lieu/{name}.xlsx" for name, keys in subjects.items() if keys}
    key = ("Mã hoạt động", "Dòng con")
    known = {(one["Mã kế hoạch"], *(one[part] for part in key)): one for one in everything}
    for name, keys in subjects.items():
        if not keys:
            continue
        shown = excel_records(files[f"du-lieu/{name}.xlsx"])
        plan = name.removeprefix("ke-hoach/")
        lines = [(one.get("Mã kế hoạch", plan), *(str(one[part]) for part in key)) for one in shown]
        assert {f"{plan_id}/{id_}" for plan_id, id_, _ in lines} == keys
        assert len(set(lines)) == len(lines), name
        for line, cells in zip(lines, shown, strict=True):
            told = {
                column: cell.date().isoformat() if isinstance(cell, datetime) else str(cell)
                for column, cell in cells.items()
                if column not in {"Phần việc", "Phạm vi của số"}
            }
            if figures := told.get("Con số trong câu"):
                told["Con số trong câu"] = WHOSE.sub(": ", figures)
            shares = {column for column, cell in told.items() if column.isdecimal() and "%" in cell}  # as printed
            assert {(column, told[column]) for column in told.keys() - shares} <= known[line].items(), name
        if not name.startswith("nam/"):  # a year's file has only the sub-rows that are due in it
            assert len(lines) == sum(f"{one['Mã kế hoạch']}/{one['Mã hoạt động']}" in keys for one in everything), name


def test_a_workbook_is_ready_for_use(files: dict[str, bytes]) -> None:
    """Head frozen, filters on, columns wide enough for a word, printed landscape on A4 with the head on each page."""
    content = files["du-lieu/ke-hoach/thai-nguyen-2021-2026.xlsx"]
    assert isinstance(content, bytes)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Hoạt động"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).column_letter}{sheet.max_row}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    printed = [cell.value for cell in sheet[1] if cell.column <= sheet[sheet.print_area.split("!")[-1]][0][-1].column]
    assert printed[:3] == ["TT", "Hoạt động", "Đơn vị tính"]
    assert printed[-4:] == ["Cấp thực hiện", "Chủ trì", "Phối hợp", "Kinh phí"]
    widths = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
    assert widths["Hoạt động"] > 40 > widths["Chủ trì"] > 10
    *shown, key = sheet[2]
    assert all(cell.alignment.wrap_text for cell in shown if isinstance(cell.value, str))
    assert (key.value, sheet.column_dimensions[key.column_letter].hidden) == ("skh_ct1_1", True)
    facts = dict(book["Nguồn"].iter_rows(values_only=True))
    assert facts["Số"] == "11/KH-BCH"
    assert facts["Ngày ban hành"] == "31/12/2021"


def test_the_same_bytes_at_any_time(corpus: Corpus, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the clock nor the time zone shows in a workbook."""
    plan = corpus.plans["da-nang-2023"]
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        again = plan_xlsx(corpus, plan, Options(), Build())
    time.tzset()
    assert again == files[f"du-lieu/ke-hoach/{plan.id}.xlsx"]
