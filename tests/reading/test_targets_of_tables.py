"""Targets in tables: their figures, a table of targets beside one of work, and work that names targets by number."""

from __future__ import annotations

import pytest
from import_drafts import imported, plan_file, problems_of
from word_file import paragraph, row, table, years_table

from generator.reading.guard import UnreadableFile

TARGETS = (
    row("TT", "Chỉ tiêu", "ĐVT", "2022", "2023", "Cả nhiệm kỳ"),
    row("1", "Hội viên mới", "người", "500", ">600", "1.100"),
    row("2", "Chi hội vững mạnh", "%", "80", "x", ""),
)
WORK_HEAD = row("TT", "Nội dung", "Thực hiện chỉ tiêu số", "Chủ trì", "Thời hạn")
WORK = (WORK_HEAD, row("1", "Kết nạp", "1", "Ban KT", "2022"), row("2", "Bình xét", "Chỉ tiêu số 02", "Ban KT", "2023"))


def test_figures_in_the_row_of_a_target_are_a_measure_of_it() -> None:
    head = ("TT", "Nội dung hoạt động", "2022", "2023", "ĐVT", "Đơn vị thực hiện")
    target = ("1", "Chỉ tiêu 1: Mỗi năm 500 hộ", "500", "500", "hộ", "Ban KT")
    result = imported(
        plan_file(years_table(("I", "CHỈ TIÊU"), target, ("1.1", "Vay vốn", "x", "x", "", ""), head=head))
    )
    assert result.plan["targets"][0]["measures"] == [
        {"id": "chi-so", "name": "Mỗi năm 500 hộ", "by_year": {2022: "500", 2023: "500"}, "unit": "hộ"}
    ]
    assert result.plan["targets"][0]["lead"] == ["Ban KT"]
    assert "review" not in result.plan
    assert problems_of(result) == []


@pytest.mark.parametrize("tables", [(TARGETS, WORK), (WORK, TARGETS)])
def test_a_table_of_targets_and_one_of_work_are_one_plan(tables: tuple[tuple[str, ...], ...]) -> None:
    """The headings above them are sections, whichever comes first; none of their words stands in the prose."""
    blocks = [
        block
        for label, rows in zip(("I", "II"), tables, strict=True)
        for block in (paragraph(f"{label}. BIỂU SỐ {label}"), table(*rows))
    ]
    result = imported(plan_file(*blocks, paragraph("Các ban thực hiện.")))
    plan = result.plan
    assert [one["statement"] for one in plan["targets"]] == ["Hội viên mới", "Chi hội vững mạnh"]
    assert [one["measures"][0]["by_year"] for one in plan["targets"]] == [
        {2022: "500", 2023: ">600"},
        {2022: "80", 2023: "x"},
    ]
    ids = [one["id"] for one in plan["targets"]]
    assert [(one["title"], one["target"]) for one in plan["activities"]] == [("Kết nạp", ids[0]), ("Bình xét", ids[1])]
    assert [one["label"] for one in plan["outline"]] == ["I", "II"]
    assert {plan["targets"][0]["section"], plan["activities"][0]["section"]} == {one["id"] for one in plan["outline"]}
    assert (plan.get("purpose"), plan["organisation"]) == (None, "Các ban thực hiện.")
    assert [(one["why"], one["printed"]) for one in plan["review"]] == [
        ("column-by-cells", "Chỉ tiêu"),
        ("unknown-column", "1.100"),
    ]
    assert problems_of(result) == []
    assert all(one.destinations for one in result.ledger)


@pytest.mark.parametrize("field", [None, "target"])
def test_numbers_of_targets_are_no_targets(field: str | None) -> None:
    headings = {"Thực hiện chỉ tiêu số": field} if field else {}
    result = imported(plan_file(table(*WORK)), headings=headings)
    assert "targets" not in result.plan
    assert [one["more"][0]["text"] for one in result.plan["activities"]] == ["1", "Chỉ tiêu số 02"]
    assert [(one["why"], one["printed"]) for one in result.plan["review"]] == [
        ("unknown-target", "1"),
        ("unknown-target", "Chỉ tiêu số 02"),
    ]


def test_a_table_of_targets_alone_is_a_plan_of_targets_unless_somebody_says_otherwise() -> None:
    result = imported(plan_file(table(*TARGETS)))
    assert [one["title"] for one in result.plan["targets"]] == ["Hội viên mới", "Chi hội vững mạnh"]
    assert result.plan["activities"] == problems_of(result) == []
    asked = [(one["why"], one.get("proposal")) for one in result.plan["review"]]
    assert asked == [("column-by-cells", "title, target, amount"), ("unknown-column", None)]
    work = imported(plan_file(table(*TARGETS)), headings={"Chỉ tiêu": "title"}).plan["activities"]
    assert [one["title"] for one in work] == ["Hội viên mới", "Chi hội vững mạnh"]


def test_other_tables_are_still_chosen_by_a_person() -> None:
    money = table(row("TT", "Nội dung", "Dự toán"), row("1", "Tập huấn", "20"))
    with pytest.raises(UnreadableFile) as error:
        imported(plan_file(table(*TARGETS), "<w:p/>", table(*WORK), "<w:p/>", money))
    assert error.value.reason == "several-tables"
