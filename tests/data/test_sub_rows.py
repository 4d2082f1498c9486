"""Sub-rows in the tables: their units, and the years' files that have them; and a plan without a day."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from golden import sources_of

from generator.check import check_files
from generator.data.data_files import plan_files, unit_year_xlsx, year_files
from generator.incremental import Build
from generator.incremental.segments import whole
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.pages.page import Options

UNITS = {
    "units/van-phong.yml": "id: van-phong\nname: Văn phòng\nkind: department\nparent: hoi\n",
    "units/ban-xa.yml": "id: ban-xa\nname: Ban Xã hội\nkind: department\nparent: hoi\n",
}
PLAN = """\
id: dong-con
title: Kế hoạch dòng con
kind: term
status: published
issuer: hoi
period: {from: 2024, to: 2025}
layout: years
source: {document: Kế hoạch dòng con}
outline: [{id: nv1, kind: task, label: Nhiệm vụ 1, title: Việc}]
activities:
  - id: mo
    section: nv1
    title: Mở lớp
    years: 2024-2025
    lead: [van-phong]
    partners: [Ban Xã hội]
    levels: [province]
    levels_text: Tỉnh Hội
    unit: buổi
    funding: Ngân sách
    programmes: [Đề án 938]
    rows:
      - title: Của riêng
        lead: [ban-xa]
        partners: [van-phong]
        levels: [commune]
        unit: lớp
        funding: Xã lo
        by_year: {2024: "5"}
      - {title: Như trên, by_year: {2025: "6"}}
      - {title: Không năm, when: Theo yêu cầu}
"""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    result = check_files(sources_of({**UNITS, "plans/dong-con.yml": PLAN}))
    assert result.errors == []
    return link(result)


@pytest.fixture(scope="module")
def rows(corpus: Corpus) -> dict[str, dict[str, str]]:
    """The lines of the plan's CSV by their titles."""
    content = whole(plan_files(corpus, corpus.plans["dong-con"], Options(), Build())["du-lieu/ke-hoach/dong-con.csv"])
    assert isinstance(content, bytes)
    return {row["Hoạt động"]: row for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}


def titles(book: Any) -> list[str]:
    head, *lines = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].iter_rows(values_only=True)
    return [str(line[head.index("Hoạt động")]) for line in lines]


def test_a_sub_row_that_names_its_own_lead_has_no_other(rows: dict[str, dict[str, str]]) -> None:
    """Named by an id, so that it has no printed words of its own."""
    who = {title: (row["Chủ trì"], row["Phối hợp"], row["Cấp thực hiện"]) for title, row in rows.items()}
    assert who == {
        "Mở lớp": ("Văn phòng", "Ban Xã hội", "Tỉnh Hội"),
        "Của riêng": ("Ban Xã hội", "Văn phòng", "Cấp xã"),
        "Như trên": ("Văn phòng", "Ban Xã hội", "Tỉnh Hội"),
        "Không năm": ("Văn phòng", "Ban Xã hội", "Tỉnh Hội"),
    }


def test_a_sub_row_counts_and_is_paid_as_it_says_else_as_its_activity(rows: dict[str, dict[str, str]]) -> None:
    told = {title: (row["Đơn vị tính"], row["Kinh phí"]) for title, row in rows.items()}
    assert told.pop("Của riêng") == ("lớp", "Xã lo")
    assert set(told.values()) == {("buổi", "Ngân sách")}
    assert {row["Chương trình, đề án"] for row in rows.values()} == {"Đề án 938"}


def test_a_sub_row_without_years_stands_in_the_file_of_every_year(corpus: Corpus) -> None:
    for year, own in ((2024, "Của riêng"), (2025, "Như trên")):
        expected = ["Mở lớp", own, "Không năm"]
        assert titles(unit_year_xlsx(corpus, corpus.units["van-phong"], year, Options())) == expected
        assert titles(year_files(corpus, year, Options(), Build())[f"du-lieu/nam/{year}.xlsx"]) == expected


def test_a_plan_that_says_neither_day_nor_place_was_issued_at_none(corpus: Corpus) -> None:
    files = plan_files(corpus, corpus.plans["dong-con"], Options(), Build())
    assert json.loads(whole(files["du-lieu/ke-hoach/dong-con.json"]))["issued"] is None
