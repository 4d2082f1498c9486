"""Numbers with their units: a row that counts different things has none, and no column adds them up."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from golden import sources_of

from generator.check import check_files
from generator.data.data_files import plan_files
from generator.incremental import Build
from generator.model.builder import link
from generator.pages.page import Options

PLAN = """\
id: so-luong
title: Kế hoạch số lượng
kind: term
status: published
issuer: hoi
period: {from: 2024, to: 2025}
layout: years
source: {document: Kế hoạch số lượng}
outline: [{id: nv1, kind: task, label: Nhiệm vụ 1, title: Việc}]
targets:
  - id: ct1
    label: Chỉ tiêu 1
    section: nv1
    title: Chỉ tiêu
    statement: Giúp hộ
    measures: [{id: m1, name: Hộ được giúp, unit: hộ, row: do}]
activities:
  - {id: do, target: ct1, title: Đo, by_year: {2024: "500", 2025: "2.500"}}
  - {id: ghi, section: nv1, title: Ghi, unit: mô hình, by_year: {2024: "3", 2025: "4"}}
  - {id: khac, section: nv1, title: Khác, unit: mô hình, by_year: {2024: 02 (Lạc Sơn), 2025: 15.000 lượt}}
  - {id: in, section: nv1, title: In, by_year: {2024: "342 hộ", 2025: "350 hộ"}}
  - {id: lan, section: nv1, title: Lẫn, by_year: {2024: "88,3%", 2025: "342 hộ"}}
  - {id: phan, section: nv1, title: Phần trăm, by_year: {2024: "88,3%", 2025: ">90%"}}
  - id: dong
    section: nv1
    title: Dòng con
    unit: lớp
    rows: [{title: Xã, unit: xã, by_year: {2024: "7"}}, {title: Lớp, by_year: {2024: "2"}}]
"""
UNITS = {
    "Đo": "hộ",
    "Ghi": "mô hình",
    "Khác": "mô hình",
    "In": "hộ",
    "Lẫn": "",
    "Phần trăm": "%",
    "Dòng con": "lớp",
    "Xã": "xã",
    "Lớp": "lớp",
}


@pytest.fixture(scope="module")
def files() -> dict[str, Any]:
    corpus = link(check_files(sources_of({"plans/so-luong.yml": PLAN})))
    made = plan_files(corpus, corpus.plans["so-luong"], Options(), Build())
    return {path.rpartition(".")[2]: made[path] for path in made}


def text_of(content: Any) -> str:
    if isinstance(content, str | bytes):
        return content if isinstance(content, str) else content.decode("utf-8-sig")
    pieces: list[bytes] = []
    content.write(pieces.append)
    return b"".join(pieces).decode("utf-8-sig")


def test_csv_says_what_is_counted(files: dict[str, Any]) -> None:
    rows = list(csv.DictReader(io.StringIO(text_of(files["csv"]))))
    assert {row["Hoạt động"]: row["Đơn vị tính"] for row in rows} == UNITS
    years = {row["Hoạt động"]: row["2024"] for row in rows}
    assert (years["Đo"], years["Lẫn"], years["Khác"], years["Phần trăm"]) == ("500", "88,3%", "02 (Lạc Sơn)", "88.3")


def test_a_column_of_the_spreadsheet_holds_counts_only(files: dict[str, Any]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).worksheets[0]
    head, *lines = ([cell.value for cell in row] for row in sheet.iter_rows())
    rows = {line[head.index("Hoạt động")]: dict(zip(head, line, strict=True)) for line in lines}
    assert {title: row["Đơn vị tính"] or "" for title, row in rows.items()} == UNITS
    assert [rows[title]["2024"] for title in ("Đo", "In", "Lẫn", "Phần trăm")] == [500, 342, "88,3%", "88,3%"]
    assert sum(row["2024"] for row in rows.values() if isinstance(row["2024"], int | float)) == 500 + 3 + 342 + 7 + 2


def test_json_has_no_numbers_of_mixed_rows(files: dict[str, Any]) -> None:
    activities = {one["title"]: one for one in json.loads(text_of(files["json"]))["activities"]}
    assert {title: one.get("unit", "") for title, one in activities.items()} == {
        title: unit for title, unit in UNITS.items() if title not in {"Xã", "Lớp"}
    }
    assert not activities["Lẫn"].get("numbers")
    assert not activities["Khác"].get("numbers")
    assert activities["Phần trăm"]["numbers"] == {"2024": 88.3, "2025": 90}
    assert [row["unit"] for row in activities["Dòng con"]["rows"][:1]] == ["xã"]
