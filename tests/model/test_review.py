"""The review of a plan's substance: each finding with its cause, and none that `as_printed` silences."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from built_site import ROOT
from click.testing import CliRunner
from golden import sources_of

from generator.check import check_files
from generator.cli import main
from generator.language.catalogue import LANGUAGES, catalogue
from generator.model.builder import link
from generator.model.review import finding_text, review_plan
from generator.pages.page import Options
from generator.site.tasks import site_files

UPPER = """
id: tren
title: Kế hoạch trên
kind: term
status: published
issuer: hoi
period: {from: 2024, to: 2025}
layout: outline
source: {document: Kế hoạch trên}
outline: [{id: nv1, kind: task, title: Việc}]
targets:
  - {id: ct1, label: Chỉ tiêu 1, section: nv1, title: Hộ, statement: Giúp hộ.,
     measures: [{id: ho, name: Hộ, value: "9"}]}
activities: [{id: a1, target: ct1, title: Làm}]
"""
PLAN = """
id: duoi
title: Kế hoạch dưới
kind: term
status: draft
issuer: hoi
period: {from: 2024, to: 2026}
layout: years
implements: [tren]
source: {document: Kế hoạch dưới}
outline: [{id: nv1, kind: task, title: Việc}]
targets:
  - id: ct1
    label: Chỉ tiêu 1
    section: nv1
    title: Hộ
    statement: Mỗi năm giúp 500 hộ, mỗi cơ sở 03 hộ; 12% phụ nữ từ 18 tuổi; theo “gia đình 5 không”.
    measures:
      - {id: ho, name: Hộ, unit: hộ, comparator: "=", value: "500", period: each_year, aggregate: sum}
      - {id: ho-co-so, name: Hộ mỗi cơ sở, unit: hộ, comparator: "=", value: "03", period: each_year, per: mỗi cơ sở}
      - {id: lop, name: Lớp, unit: lớp, comparator: "=", value: "03", period: each_year, row: a1}
  - id: ct2
    label: Chỉ tiêu 2
    section: nv1
    title: Mô hình
    statement: Có 02 mô hình ở mỗi cơ sở.
    measures:
      - {id: mo-hinh, name: Mô hình, unit: mô hình, comparator: "=", value: "02", period: each_year, per: cơ sở,
         by_year: {2024: "20", 2025: "20"}}
activities:
  - {id: a1, target: ct1, title: Mở lớp, by_year: {2024: "3", 2025: "2"}}
"""
FOUND = {
    ("target-without-work", "ct2"),
    ("year-without-work", None),
    ("figure-without-measure", "ct1"),
    ("unit-numbers-disagree", "ct1"),
    ("cells-below-target", "ct1"),
    ("upper-target-unanswered", None),
}


def findings_of(text: str, language: str = "vi") -> dict[tuple[str, str | None], str]:
    result = check_files(sources_of({"plans/tren.yml": UPPER, "plans/duoi.yml": text}))
    assert result.errors == []
    corpus = link(result)
    words = catalogue(language)
    return {(found.id, found.entry): finding_text(found, words) for found in review_plan(corpus, corpus.plans["duoi"])}


def test_each_finding_has_its_reason() -> None:
    found = findings_of(PLAN)
    assert found.keys() == FOUND
    assert "2026" in found["year-without-work", None]
    assert "12%" in found["figure-without-measure", "ct1"]
    assert "18" not in found["figure-without-measure", "ct1"]
    assert "2025: 2" in found["cells-below-target", "ct1"]
    assert "500" in found["unit-numbers-disagree", "ct1"]
    assert "Chỉ tiêu 1" in found["upper-target-unanswered", None]


def test_the_page_of_a_draft_lists_each_finding_with_its_place() -> None:
    result = check_files(sources_of({"plans/tren.yml": UPPER, "plans/duoi.yml": PLAN}))
    pages = site_files(link(result), Options())
    page = pages["ke-hoach/duoi/index.md"]
    review = page.partition('<details class="sk-review">')[2].partition("</details>")[0]
    found = findings_of(PLAN)
    assert all(text in review for text in found.values())
    places = set(re.findall(r'<li><a href="#([^"]+)">', review))
    assert places == {entry for _, entry in found if entry}
    assert all(f'id="{place}"' in page for place in places)
    assert "sk-review" not in pages["ke-hoach/tren/index.md"]  # what is published is as its document is


@pytest.mark.parametrize("finding", sorted(FOUND, key=str), ids=lambda finding: str(finding[0]))
def test_a_finding_is_contented_where_it_stands(finding: tuple[str, str | None]) -> None:
    id_, entry = finding
    plan = yaml.load(PLAN, yaml.BaseLoader)
    holder = plan if entry is None else next(target for target in plan["targets"] if target["id"] == entry)
    holder["as_printed"] = [id_]
    assert findings_of(yaml.safe_dump(plan, allow_unicode=True)).keys() == FOUND - {finding}


def test_a_norm_that_falls_short_of_the_total() -> None:
    """Ten units, each with three households, do not make the ninety or more that are promised."""
    text = PLAN.replace('comparator: "=", value: "500"', 'comparator: ">=", value: "90"').replace("500", "90")
    assert "30" in findings_of(text)["norm-below-total", "ct1"]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Đề án 939",
            "Nghị quyết 26-NQ/TW",
            "Chỉ thị 05-CT/TW",
            "Kế hoạch 12/KH-BTV",
            "xây dựng gia đình 5 không 3 sạch",
        ),
        *(
            "OCOP 3 sao",
            "Tháng 10",
            "Quý 2",
            "giai đoạn 1",
            "lần thứ 13",
            "cấp độ 4",
            "ngày 8/3",
            "giai đoạn 2021-2025",
        ),
    ],
)
def test_a_number_in_a_name_is_no_figure(words: str) -> None:
    """Of a document, a campaign, a rank, a time."""
    text = PLAN.replace("12% phụ nữ từ 18 tuổi; theo “gia đình 5 không”", words)
    assert ("figure-without-measure", "ct1") not in findings_of(text)


def test_cells_below_a_ceiling_are_as_they_should_be() -> None:
    text = PLAN.replace(
        'lop, name: Lớp, unit: lớp, comparator: "=", value: "03"', 'lop, name: Lớp, unit: lớp, value: "≤ 03"'
    )
    assert ("cells-below-target", "ct1") not in findings_of(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_have_no_holes(language: str) -> None:
    texts = findings_of(PLAN, language).values()
    assert all(text and "{" not in text for text in texts)


def test_the_command_names_findings_and_is_no_error() -> None:
    content = f"{ROOT}/content"
    done = CliRunner().invoke(main, ["review", "thai-nguyen-2021-2026", "--format", "json", "--content", content])
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)["findings"]
    assert all({"id", "entry", "message", "plan"} <= finding.keys() for finding in found)
    assert any(finding["id"] == "year-without-work" and "2021" in finding["message"] for finding in found)
    wrong = CliRunner().invoke(main, ["review", "thai-nguyen-2021", "--content", content])
    assert wrong.exit_code == 2
    assert "thai-nguyen-2021-2026" in wrong.output
