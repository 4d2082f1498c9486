"""The words for what a plan's amounts count, for units below its issuer; norms, percentages and days have none."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_site import content_in

from generator.check import check
from generator.model.builder import link
from generator.pages.page import Options
from generator.site.tasks import site_files

ROWS = """\
  - {id: a2, section: nv1, title: Tổng, lead: [xa], unit: hộ, by_year: {2024: "20"}}
  - {id: a3, section: nv1, title: Tỷ lệ, lead: [xa], by_year: {2024: 80%}}
  - {id: a4, section: nv1, title: Ngày, lead: [xa], by_year: {2024: 30/6/2024}}
  - {id: a5, section: nv1, title: Cấp trên làm, lead: [xa], levels_units: [hoi], unit: hội nghị, by_year: {2024: "01"}}
  - id: a6
    section: nv1
    title: Định mức
    lead: [xa]
    unit: hộ
    by_year: {2024: "03"}
    measures: [{id: ho, name: Hộ, unit: hộ, value: "3", per: mỗi xã}]
  - id: a7
    section: nv1
    title: Định mức trong đơn vị tính
    lead: [xa]
    unit: hộ/xã
    by_year: {2024: "04"}
    measures: [{id: ho, name: Hộ, unit: hộ/xã, value: "3", per: mỗi xã}]
"""


def sheets_of(folder: Path, name: str, level: str) -> dict[str, str]:
    content = content_in(folder / "content", unit=name)
    with (content / "plans/thu.yml").open("a", encoding="utf-8") as file:
        file.write(ROWS)
    with (content / "units/hoi.yml").open("a", encoding="utf-8") as file:
        file.write(f"level: {level}\n")
    (content / "units/xa.yml").write_text("id: xa\nname: Hội xã\nkind: union\nlevel: commune\nparent: hoi\n", "utf-8")
    corpus = link(check(content))
    return {path: str(text) for path, text in site_files(corpus, Options()).items() if path.endswith("/2024/index.md")}


@pytest.mark.parametrize(
    ("name", "level"),
    [("Hội LHPN Việt Nam", "central"), ("Hội LHPN tỉnh A", "province"), ("Hội LHPN huyện D", "district")],
)
def test_a_unit_below_reads_that_amounts_are_those_of_the_plan(tmp_path: Path, name: str, level: str) -> None:
    """Not "of the whole province": an amount may be that of the province's office alone, and no plan says it."""
    sheet = sheets_of(tmp_path, name, level)["don-vi/xa/2024/index.md"]
    for cell in ("cả kế hoạch 20 hộ", "80%", "30/6/2024", "01 hội nghị", "03 hộ", "04 hộ/xã"):
        assert f'<td data-label="Số lượng">{cell}</td>' in sheet


def test_the_issuer_reads_them_as_printed(tmp_path: Path) -> None:
    assert "cả kế hoạch" not in sheets_of(tmp_path, "Hội LHPN tỉnh A", "province")["don-vi/hoi/2024/index.md"]
