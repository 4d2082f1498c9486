"""Our own Excel files, imported again, give the plans that they were made from; edited, they give the edits."""

from __future__ import annotations

import io
import random
import shutil
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from built_site import CONTENT
from click.testing import CliRunner, Result
from openpyxl.worksheet.worksheet import Worksheet
from own_files import plan_of, printed_names
from slow import rest_slow

from generator.check import CheckResult, check
from generator.cli import main
from generator.data.data_files import plan_workbook
from generator.data.table_columns import ColumnMaker
from generator.language.catalogue import catalogue
from generator.model.builder import link
from generator.pages.page import Options
from generator.reading.cell_fields import FIELD_KEYS
from generator.reading.heading_words import heading_key
from generator.reading.importer import ImportOptions, import_document, read_document
from generator.reading.known_names import KnownNames
from generator.reading.own_workbook import sheet_fields
from generator.reading.three_way_merge import plain

IDS = sorted(path.stem for path in (CONTENT / "plans").glob("*.yml"))
PLAN = "thai-nguyen-2021-2026"
ENTRIES = {
    "outline": ("label", "title", "kind", "parent", "text", "note", "footnotes"),
    "targets": ("label", "title", "section", "statement", "note", "footnotes"),
    "activities": (
        *("label", "title", "text", "section", "target", "parent", "when", "by_year", "roles", "funding", "note"),
        "footnotes",
    ),
}
"""What the workbook carries word for word; what the program works out of it is compared in the merge."""


@cache
def real_content() -> CheckResult:
    return check(CONTENT)


@pytest.fixture(scope="module")
def content() -> CheckResult:
    return real_content()


@pytest.fixture(scope="module")
def files(content: CheckResult) -> dict[str, bytes]:
    corpus = link(content)
    return {id_: plan_workbook(corpus, corpus.plans[id_], Options()) for id_ in IDS}


@pytest.mark.parametrize("id_", rest_slow(IDS))
def test_a_workbook_gives_the_plan_that_nobody_knows(content: CheckResult, files: dict[str, bytes], id_: str) -> None:
    plan = plan_of(content, id_)
    document = read_document(files[id_])
    result = import_document(document, ImportOptions(id_, "ke-hoach.xlsx"), KnownNames.of(content), catalogue("vi"))
    again = plain(result.plan)
    for name in ("title", "number", "issuer", "period"):
        assert again.get(name) == plan.get(name)
    asked = {item.at for item in result.reviews if item.why in {"unknown-unit", "ambiguous-unit"}}
    for name, fields in ENTRIES.items():
        assert [one["id"] for one in again.get(name, ())] == [one["id"] for one in plan.get(name, ())]
        for before, after in zip(plan.get(name, ()), again.get(name, ()), strict=True):
            for key in fields:
                texts = [" ".join(str(one.get(key) or "").split()) for one in (before, after)]
                assert texts[0] == texts[1], key
            for key in ("lead", "partners"):
                names = [printed_names(content, one, key) for one in (before, after)]
                assert names[0] == names[1] or f"{name}/{before['id']}" in asked, key
            rows = [
                [(row.get("label"), row["title"], row.get("by_year")) for row in one.get("rows", ())]
                for one in (before, after)
            ]
            assert rows[0] == rows[1]


def test_each_column_of_our_sheet_is_known_and_fills_a_field(content: CheckResult) -> None:
    """A column that nobody knows would come home as one that the office has added, in `more`."""
    maker, fields = ColumnMaker(link(content), Options()), sheet_fields()
    columns = {column.name: heading_key(column.title) for column in (*maker.front(), *maker.texts(), *maker.codes())}
    for name in ("plan", "part", "area"):  # no column of a plan's workbook
        del columns[name]
    for name in ("by_period", "more"):  # there a column for each period and each heading
        del columns[name]
    assert [name for name, heading in columns.items() if heading not in fields] == []
    names = {field.split(".")[0] for field in fields.values()} - {"key", "ancestor", "name", "computed"}
    assert names - FIELD_KEYS["activity"] == {"label", "title"}


# ---- Edited in an office ----

Edit = Callable[[Worksheet, Worksheet], Any]


@pytest.fixture
def office(tmp_path: Path, files: dict[str, bytes]) -> Callable[..., Result]:
    """Edits the workbook of a plan, given its sheets of activities and of the outline, and imports it."""
    shutil.copytree(CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns("pages"))

    def edit(change: Edit = lambda *_: None, id_: str = PLAN, file: bytes = b"") -> Result:
        book = openpyxl.load_workbook(io.BytesIO(file or files[id_]))
        change(book.worksheets[0], book.worksheets[1])
        book.save(tmp_path / "sua.xlsx")
        arguments = [str(tmp_path / "sua.xlsx"), "--id", id_, "--content", str(tmp_path / "content")]
        return CliRunner().invoke(main, ["import", *arguments])

    return edit


def column_of(sheet: Worksheet, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def key_column(sheet: Worksheet) -> int:
    return next(cell.column for cell in sheet[1] if str(cell.value).startswith("skh__"))


def row_of(sheet: Worksheet, key: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, key_column(sheet)).value == key)


def put(sheet: Worksheet, key: str, heading: str, value: object) -> None:
    sheet.cell(row_of(sheet, key), column_of(sheet, heading)).value = value  # type: ignore[assignment]


def imported(tmp_path: Path) -> dict[str, Any]:
    return plan_of(check(tmp_path / "content"), PLAN)


def differences(tmp_path: Path) -> dict[str, dict[str, Any]]:
    """The fields of entries that are not as before, by their ids; an entry that is new or gone whole."""
    before, after = (
        {one["id"]: one for name in ENTRIES for one in plan.get(name, ())}
        for plan in (plan_of(real_content(), PLAN), imported(tmp_path))
    )
    return {
        id_: {key: new.get(key) for key in {*new, *old} if new.get(key) != old.get(key)}
        for id_ in {*before, *after}
        if (new := after.get(id_, {})) != (old := before.get(id_, {}))
    }


def asked(tmp_path: Path) -> list[tuple[str, str]]:
    return [(one["why"], one.get("at", "")) for one in imported(tmp_path).get("review", ())]


@pytest.mark.parametrize("id_", rest_slow(IDS))
def test_a_workbook_that_nobody_edited_changes_nothing(office: Callable[..., Result], tmp_path: Path, id_: str) -> None:
    done = office(id_=id_)
    assert done.exit_code == 0, done.output
    path = Path("plans", f"{id_}.yml")
    assert (tmp_path / "content" / path).read_text("utf-8") == (CONTENT / path).read_text("utf-8")


def test_an_error_anywhere_in_the_content_is_told_instead_of_a_merge(
    office: Callable[..., Result], tmp_path: Path
) -> None:
    """The plan cannot be printed then: without an unchanged file to compare with, all of it would look edited."""
    path = tmp_path / "content" / "plans" / f"{PLAN}.yml"
    before = path.read_bytes()
    faulty = tmp_path / "content" / "units" / "loi.yml"
    faulty.write_text("id: loi\nname: Đơn vị lỗi\nkind: sai\n", "utf-8")
    done = office()
    assert done.exit_code == 1
    assert f"1 tệp (trước hết: {faulty})" in done.output
    assert path.read_bytes() == before


def test_cells_that_an_office_changed(office: Callable[..., Result], tmp_path: Path) -> None:
    def change(sheet: Worksheet, outline: Worksheet) -> None:
        put(sheet, "skh_ct1_1", "2023", 2600)
        put(sheet, "skh_ct1_2", "Hoạt động", "Lời khác hẳn")
        put(sheet, "skh_nv3_3_7", "Chủ trì", "Ban Tuyên giáo")
        put(sheet, "skh_ct6_1__1", "2022", 30)
        put(outline, "skh_ct1", "Nội dung", "Chỉ tiêu viết lại")
        put(outline, "skh_nv1", "Nội dung", "Nhiệm vụ viết lại")

    done = office(change)
    assert "activities/ct1-1 by_year" in done.output
    changed = differences(tmp_path)
    assert changed.keys() == {"ct1-1", "ct1-2", "nv3-3-7", "ct6-1", "ct1", "nv1"}
    assert changed["ct1-1"]["by_year"]["2023"] == "2.600"
    assert changed["ct1-2"] == {"title": "Lời khác hẳn"}
    assert changed["ct6-1"]["rows"][0]["by_year"]["2022"] == "30"
    assert (changed["ct1"], changed["nv1"]) == ({"statement": "Chỉ tiêu viết lại"}, {"title": "Nhiệm vụ viết lại"})


def test_rows_that_an_office_sorted_filtered_merged_and_removed(office: Callable[..., Result], tmp_path: Path) -> None:
    def change(sheet: Worksheet, outline: Worksheet) -> None:
        rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
        random.Random(7).shuffle(rows)
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        gone = row_of(sheet, "skh_nv3_3_4")
        sheet.delete_rows(gone)
        for number in range(5, 40):
            sheet.row_dimensions[number].hidden = True
        outline.delete_rows(row_of(outline, "skh_ct2"))

    assert office(change).exit_code == 1
    assert differences(tmp_path) == {}
    assert sorted(asked(tmp_path)) == [("row-gone", "activities/nv3-3-4"), ("row-gone", "targets/ct2")]


def test_rows_that_an_office_inserted_and_copied(office: Callable[..., Result], tmp_path: Path) -> None:
    def change(sheet: Worksheet, _: Worksheet) -> None:
        above = row_of(sheet, "skh_ct1_1")
        sheet.insert_rows(above + 1, 2)
        sheet.cell(above + 1, column_of(sheet, "Hoạt động")).value = "Việc cơ quan thêm"
        for cell in sheet[above]:  # the copy carries the id, too
            sheet.cell(above + 2, cell.column).value = cell.value
        sheet.cell(above + 2, column_of(sheet, "Hoạt động")).value = "Việc chép rồi sửa"

    office(change)
    new = {one["title"]: one for one in differences(tmp_path).values()}
    assert new.keys() == {"Việc cơ quan thêm", "Việc chép rồi sửa"}
    assert {one["target"] for one in new.values()} == {"ct1"}
    order = [one["title"] for one in imported(tmp_path)["activities"]]
    assert order[1:3] == ["Việc cơ quan thêm", "Việc chép rồi sửa"]


@pytest.mark.slow
def test_a_new_row_in_a_sorted_sheet_is_asked_where_it_belongs(office: Callable[..., Result], tmp_path: Path) -> None:
    def change(sheet: Worksheet, _: Worksheet) -> None:
        moved = [cell.value for cell in sheet[2]]
        sheet.delete_rows(2)
        for values in (moved, [None, "Không ghi thuộc đâu"], [None, "Ghi theo tên chỉ tiêu"]):
            sheet.append(values)
        other = sheet.cell(row_of(sheet, "skh_ct2_1"), column_of(sheet, "Chỉ tiêu")).value
        sheet.cell(sheet.max_row, column_of(sheet, "Chỉ tiêu")).value = other

    office(change)
    new = {one["title"]: (id_, one["target"]) for id_, one in differences(tmp_path).items()}
    assert {title: target for title, (_, target) in new.items()} == {
        "Không ghi thuộc đâu": "ct1",
        "Ghi theo tên chỉ tiêu": "ct2",
    }
    assert asked(tmp_path) == [("placed-below", f"activities/{new['Không ghi thuộc đâu'][0]}")]


def test_what_excel_does_to_numbers_dates_and_merged_cells(office: Callable[..., Result], tmp_path: Path) -> None:
    def change(sheet: Worksheet, _: Worksheet) -> None:
        printed = column_of(sheet, "2024 (như in)")
        row = next(row for row in range(2, sheet.max_row) if sheet.cell(row, printed).value)
        sheet.cell(row, printed - 1).value = 12.5  # the number; the cell as printed beside it stays
        put(sheet, "skh_nv3_3_7", "2022", datetime(2022, 11, 9))
        share = sheet.cell(row_of(sheet, "skh_nv3_3_4"), column_of(sheet, "2022"))
        share.value, share.number_format = 0.85, "0%"
        first, money = row_of(sheet, "skh_ct1_1"), column_of(sheet, "Kinh phí")
        sheet.cell(first, money).value = "Ngân sách"
        sheet.merge_cells(start_row=first, end_row=first + 1, start_column=money, end_column=money)
        new = sheet.max_column + 1
        sheet.cell(1, new).value = "Ước thực hiện"
        sheet.cell(first, new).value = "120 hộ"
        put(sheet, "skh_ct5_2", "Con số trong câu", "Số khác")

    assert office(change).exit_code == 1
    changed = differences(tmp_path)
    assert changed.pop("nv3-3-7")["by_year"]["2022"] == "09/11/2022"
    assert changed.pop("nv3-3-4")["by_year"]["2022"] == "85%"
    more = [{"heading": "Ước thực hiện", "text": "120 hộ"}]
    assert changed.pop("ct1-1") == {"funding": "Ngân sách", "more": more}
    assert changed.pop("ct1-2") == {"funding": "Ngân sách"}
    (other,) = changed.values()
    assert "12,5" in str(other)
    assert sorted(asked(tmp_path)) == [("computed-changed", "activities/ct5-2"), ("date-in-cell", "activities/nv3-3-7")]


@pytest.mark.slow
def test_without_the_hidden_column_the_codes_name_the_rows(office: Callable[..., Result], tmp_path: Path) -> None:
    def change(sheet: Worksheet, outline: Worksheet) -> None:
        put(sheet, "skh_ct1_2", "Hoạt động", "Lời khác hẳn")
        for one in (sheet, outline):
            one.delete_cols(key_column(one))

    assert office(change).exit_code == 1
    assert differences(tmp_path) == {}  # nobody knows of which edition the file was: asked, not taken over
    assert asked(tmp_path) == [("merge-conflict", "activities/ct1-2")]


@pytest.mark.slow
def test_without_the_sheet_of_the_outline_headings_stay(office: Callable[..., Result], tmp_path: Path) -> None:
    def change(sheet: Worksheet, outline: Worksheet) -> None:
        put(sheet, "skh_ct1_2", "Hoạt động", "Lời khác hẳn")
        outline.parent.remove(outline)

    assert office(change).exit_code == 0
    assert differences(tmp_path) == {"ct1-2": {"title": "Lời khác hẳn"}}


@pytest.mark.slow
def test_a_cell_that_holds_two_fields_is_asked(office: Callable[..., Result], tmp_path: Path) -> None:
    """Source and sums of money are printed in one cell, periods each in their own."""
    path = tmp_path / "content" / "plans" / f"{PLAN}.yml"
    text = path.read_text("utf-8").replace("layout: years\n", "layout: years\nperiods: [{id: dau, title: Quý I}]\n", 1)
    costs = '    by_period: {dau: x}\n    costs: [{amount: "12,5", unit: triệu đồng}]\n'
    text = text.replace("  - id: ct1-1\n", f"  - id: ct1-1\n{costs}", 1)
    number = '    by_period: {dau: "20.000"}\n'
    path.write_text(text.replace("  - id: ct1-2\n", f"  - id: ct1-2\n{number}", 1), encoding="utf-8")
    checked = check(tmp_path / "content")
    assert not checked.errors
    corpus = link(checked)

    def change(sheet: Worksheet, _: Worksheet) -> None:
        put(sheet, "skh_ct1_1", "Quý I", "y")
        put(sheet, "skh_ct1_1", "Kinh phí", "13 triệu đồng")

    assert office(change, file=plan_workbook(corpus, corpus.plans[PLAN], Options())).exit_code == 1
    changed = differences(tmp_path)
    assert changed["ct1-2"] == {"by_period": {"dau": "20.000"}}  # a number in the sheet
    assert changed["ct1-1"]["by_period"] == {"dau": "y"}
    assert "funding" not in changed["ct1-1"]
    assert asked(tmp_path) == [("computed-changed", "activities/ct1-1")]
