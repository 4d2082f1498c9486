"""Units that end and are succeeded: their work continues with the successor, and namesakes are told apart."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import icalendar
import pytest
from golden import corpus_of, words_in
from header_entries import header_entries
from openpyxl import load_workbook

from generator.data.calendar import unit_ics
from generator.data.data_files import unit_xlsx
from generator.incremental import Build
from generator.model.corpus import Corpus
from generator.pages.page import Options
from generator.search.search_files import search_files
from generator.site.tasks import site_files

CONTENT = Path(__file__).parents[1] / "merged_units.txt"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return corpus_of(CONTENT)


@pytest.fixture(scope="module")
def pages(corpus: Corpus) -> dict[str, str]:
    return site_files(corpus, Options())


def part_of(page: str, anchor: str) -> str:
    return words_in(page.partition(f"#{anchor} }}")[2].partition("\n## ")[0])


def test_a_plans_day_and_issuer_choose_between_namesakes(corpus: Corpus) -> None:
    leads = {key: activity.lead for key, activity in corpus.activities.items() if key.endswith("/a1")}
    assert leads["khoa/a1"] == ("an-van-phong-cu", "xa-tan-cu")
    assert leads["nam-2024/a1"] == ("xa-tan-cu",)
    assert leads["nam-2026/a1"] == ("xa-tan",)
    assert leads["nam-2026-du-thao/a1"] == ("tan-cong-an",)
    assert leads["nam-2026-dong/a1"] == ("dong-cong-an",)


@pytest.mark.parametrize("path", ["don-vi/xa-tan/index.md", "don-vi/xa-tan/2026/index.md"])
def test_work_after_the_end_stands_with_the_successor(pages: dict[str, str], path: str) -> None:
    page = words_in(pages[path])
    assert "Việc của khoa" in page
    assert "Việc của nam-2026" in page
    assert "iếp nhận" in page


def test_the_sheet_of_a_unit_that_has_ended_says_who_takes_over(pages: dict[str, str]) -> None:
    sheet = words_in(pages["don-vi/xa-tan-cu/2026/index.md"])
    assert "kết thúc hoạt động ngày 30/6/2025; việc của năm này do đơn vị kế tiếp tiếp nhận: Hội LHPN xã Tân" in sheet


def test_the_successors_page_says_from_whom_and_only_since_the_end(pages: dict[str, str]) -> None:
    page = pages["don-vi/xa-tan/index.md"]
    assert "Tiếp nhận từ Hội LHPN xã Tân (đến 2025) KH khoa" in part_of(page, "nam-2026")
    assert "Việc của khoa" in part_of(page, "nam-2025")
    assert "nam-2024" not in page
    assert "Tiếp nhận từ Văn phòng (đến 2025) · Hội LHPN tỉnh An (đến 2025)" in words_in(
        pages["don-vi/an-van-phong/index.md"]
    )


def test_the_successors_files_have_it_too(corpus: Corpus) -> None:
    unit = corpus.units["xa-tan"]
    table = load_workbook(BytesIO(unit_xlsx(corpus, unit, Options(), Build()))).worksheets[0]
    parts = {str(row[place]) for row in table.iter_rows(values_only=True) for place in range(len(row)) if row[place]}
    assert {"Việc của khoa", "tiếp nhận từ đơn vị trước sáp nhập"} <= parts
    calendar = icalendar.Calendar.from_ical(unit_ics(corpus, unit, Options(), Build()))
    entries = [(event.start.year, f"{event['summary']} {event.get('description', '')}") for event in calendar.events]
    assert {year for year, text in entries if "Việc của khoa" in text} == {2025, 2026}
    assert {year for year, text in entries if "Việc của nam-2024" in text} == set()


def test_a_calendar_lives_as_long_as_its_unit(corpus: Corpus) -> None:
    def entries(id_: str) -> list[tuple[date, str]]:
        calendar = icalendar.Calendar.from_ical(unit_ics(corpus, corpus.units[id_], Options(), Build()))
        return [(event.start, f"{event['summary']}\n{event['description']}") for event in calendar.events]

    ended, heir = entries("xa-tan-cu"), entries("xa-tan")
    (last,) = (text for day, text in ended if day == date(2025, 6, 30))
    assert "kế hoạch còn 1 hoạt động" in last and "Việc của khoa" in last and "Hội LHPN xã Tân (từ 2025)" in last
    assert max(day for day, _ in ended) == date(2025, 6, 30)
    assert any("Việc của nam-2024" in text for _, text in ended)
    assert min(day for day, _ in heir) == date(2025, 7, 1)
    assert "Việc năm 2025: 1 hoạt động" in dict(heir)[date(2025, 7, 1)]


def test_only_departments_stand_among_departments(pages: dict[str, str]) -> None:
    """A union that leads something is no department of the one above it."""
    page = pages["don-vi/tinh-an/index.md"]
    assert part_of(page, "cac-ban") == ""
    assert "Hội LHPN xã Tân (từ 2025)" in part_of(page, "truc-thuoc")
    assert "Văn phòng" in part_of(pages["don-vi/tinh-an-cu/index.md"], "cac-ban")


def test_the_page_of_an_issuer_without_work_says_where_that_of_its_plans_is(pages: dict[str, str]) -> None:
    said = "Chưa có kế hoạch nào ghi đơn vị này chủ trì"
    assert re.search(rf"{said}.*<a href=[^>]*>KH nam-2026-dong</a>", pages["don-vi/xa-dong/index.md"])
    assert [said in pages[f"don-vi/{id_}/index.md"] for id_ in ("xa-tan", "dong-cong-an", "tinh-binh")] == [False] * 3


def test_the_ended_units_page_says_who_carries_on(pages: dict[str, str]) -> None:
    page = pages["don-vi/xa-tan-cu/index.md"]
    assert "do đơn vị kế tiếp tiếp nhận: Hội LHPN xã Tân (từ 2025)" in part_of(page, "nam-2026")
    assert "đơn vị kế tiếp tiếp nhận" not in part_of(page, "nam-2024")


def test_a_year_counts_work_with_who_does_it(pages: dict[str, str]) -> None:
    leads = pages["nam/2026/index.md"].partition("{: #don-vi }")[2].partition("</ul>")[0]
    assert re.findall(r"don-vi/([a-z-]+)/", leads) == ["xa-tan", "dong-cong-an", "an-van-phong"]
    assert "Hội LHPN xã Tân (từ 2025) 2" in words_in(leads)
    before = pages["nam/2024/index.md"].partition("{: #don-vi }")[2].partition("</ul>")[0]
    assert re.findall(r"don-vi/([a-z-]+)/", before) == ["xa-tan-cu", "an-van-phong-cu"]


def test_programs_are_told_the_trail_that_readers_see(pages: dict[str, str]) -> None:
    """With the years that tell namesakes apart, on the sheets of a unit's years, too."""
    sheets = [path for path in pages if re.fullmatch(r"don-vi/xa-tan(-cu)?/\d{4}/index\.md", path)]
    assert sheets
    for path in [*sheets, "don-vi/dong-cong-an/index.md"]:
        head = json.loads(re.findall(r"^linked_data: (.*)$", pages[path], re.M)[0])
        (told,) = (node["itemListElement"] for node in json.loads(head)["@graph"] if node["@type"] == "BreadcrumbList")
        (shown,) = re.findall(r'<nav class="sk-crumbs".*?</nav>', pages[path])
        assert [step["name"] for step in told[:-1]] == [words_in(link) for link in re.findall(r"<a .*?</a>", shown)], (
            path
        )
    assert "Hội LHPN xã Tân (" in words_in(pages[sheets[0]])


def test_no_two_units_look_alike_in_lists_facets_and_searches(corpus: Corpus, pages: dict[str, str]) -> None:
    names = [
        words_in(name) for name in re.findall(r'<a href="[^"]*don-vi/[^#"]+/">(.*?)</a>', pages["don-vi/index.md"])
    ]
    assert {"Hội LHPN tỉnh An (từ 2025)", "Hội LHPN tỉnh An (đến 2025)"} <= set(names)
    titles = [entry.title for entry in header_entries(corpus, Options()) if entry.kind == "Đơn vị"]
    assert len(set(titles)) == len(corpus.units)
    assert "Công an xã · Hội LHPN xã Đông" in titles
    manifest = search_files(corpus)["hoat-dong/kho/index.js"]
    facets = set(re.findall(r'\["[a-z0-9-]+","([^"]*)"', str(manifest).partition('"units"')[2]))
    assert {
        "Hội LHPN xã Tân (từ 2025)",
        "Hội LHPN xã Tân (đến 2025)",
        "Công an xã · Hội LHPN xã Tân (từ 2025)",
    } <= facets
