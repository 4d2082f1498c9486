"""Two plans side by side, over HTTP and from disk; and the page before any plan is chosen."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from conftest import run
from golden import parts_of, write_files
from once import Once
from playwright.sync_api import Browser, Page, expect
from printed import read_sheets
from slow import rest_slow
from visitor import Visitor

pytestmark = pytest.mark.browser
PAIR = "?ke-hoach=national-2022-2027&ke-hoach=thai-nguyen-2021-2026"


def shows_both(page: Page) -> None:
    tables = page.locator("[data-sides-result] table")
    expect(tables).to_have_count(4)
    figures = tables.first.locator("tr", has_text="thoát cận nghèo")
    expect(figures).to_contain_text("33.500")
    expect(figures).to_contain_text("2022–2026: 500")
    expect(tables.first).not_to_contain_text(": x")  # a cross in a year's column says no figure
    years = tables.nth(1).locator("tbody")
    expect(years.locator("tr", has_text="2021")).to_contain_text("không có việc")
    expect(years.locator("tr", has_text="2027").locator("td").last).to_have_text("–")
    expect(tables.nth(2).locator("tbody tr")).to_have_count(8)  # each target beside its counterpart


@pytest.mark.parametrize("width", rest_slow([390, 1280]))
def test_two_plans_of_the_address(visitor: Visitor, width: int) -> None:
    page, watch = visitor.opens(f"so-sanh/{PAIR}", width)
    shows_both(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not watch.faults


@pytest.mark.parametrize("width", rest_slow([390, 1280]))
def test_three_plans_stand_in_three_columns(visitor: Visitor, width: int) -> None:
    """All three can be seen at once, on a phone too."""
    page, watch = visitor.opens(f"so-sanh/{PAIR}&ke-hoach=da-nang-2023", width)
    expect(page.locator("[data-sides] select").nth(2)).to_have_value("da-nang-2023")
    cells = page.locator("[data-sides-result] table").first.locator("tr", has_text="thoát cận nghèo").locator("td")
    expect(cells).to_have_count(3)
    boxes = [cells.nth(place).bounding_box() for place in range(3)]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert not watch.faults


def test_on_paper_a_head_stands_with_its_rows(visitor: Visitor) -> None:
    page, _ = visitor.opens(f"so-sanh/{PAIR}")
    shows_both(page)
    sheets = read_sheets(page.pdf(prefer_css_page_size=True))
    heading, row = "Nhiệmvụtươngứng", "Nhiệmvụ1."
    assert [row in sheet.text for sheet in sheets if heading in sheet.text] == [True]


def test_from_disk(offline_visitor: Visitor) -> None:
    page, watch = offline_visitor.opens(f"so-sanh/index.html{PAIR}")
    shows_both(page)
    assert not watch.faults


def test_a_plan_that_is_not_there_is_named(visitor: Visitor) -> None:
    page, _ = visitor.opens("so-sanh/?ke-hoach=national-2022-2027&ke-hoach=khong-co")
    expect(page.locator("[data-sides-result]")).to_contain_text("khong-co")


def test_choosing_leads_to_the_address(visitor: Visitor) -> None:
    """Before anything is chosen there are links to pairs, which work without scripts too."""
    page, watch = visitor.opens("so-sanh/")
    pairs = page.locator("[data-sides-result] li")
    expect(pairs.filter(has_text="Thái Nguyên 2021–2026")).to_contain_text("Toàn quốc 2022–2027")
    expect(pairs.filter(has_text="Đà Nẵng 2023")).to_contain_text("Toàn quốc 2022–2027")
    for place, plan in enumerate(("da-nang-2023", "national-2022-2027")):
        page.locator("[data-sides] select").nth(place).select_option(plan)
    page.locator("[data-sides] button").click()
    expect(page.locator("[data-sides-result] table")).to_have_count(4)
    assert "ke-hoach=da-nang-2023&ke-hoach=national-2022-2027" in page.url
    assert not watch.faults


@pytest.fixture(scope="module")
def linked(browser: Browser, once: Once, tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """Someone who opens from disk four plans whose measures answer each other."""
    parts = parts_of(Path(__file__).parents[1] / "linked_measures.txt")
    content = write_files(tmp_path_factory.mktemp("linked"), parts)
    words = ("build", "--offline", "--no-office", "--content", content, "--cache", content / "cache", "--site")
    root: Path = once("linked-measures", lambda at: run("sokehoach", *words, at))
    return Visitor(browser, root.as_uri() + "/")


def figures(visitor: Visitor, *plans: str) -> list[list[str]]:
    """The table of figures, by rows; a cell has its figures, parted by a bar."""
    query = "&".join(f"ke-hoach=ke-hoach-{plan}" for plan in plans)
    page, watch = visitor.opens(f"so-sanh/index.html?{query}")
    rows = page.locator("#figures + .sk-frame tbody tr")
    expect(rows.first).to_be_visible()
    assert not watch.faults
    return [[" | ".join(cell.splitlines()) for cell in row.locator("th, td").all_inner_texts()] for row in rows.all()]


def test_links_decide_which_figures_stand_side_by_side(linked: Visitor) -> None:
    """Names pair only what no link says something about, and a norm not with a total. A norm says for each of what."""
    assert figures(linked, "tren", "tinh") == [
        ["Hộ thoát nghèo", "6.000 hộ đến cuối kỳ", "800 hộ đến cuối kỳ"],
        ["Lớp tập huấn", "ít nhất 2 lớp mỗi Hội xã mỗi năm hiện trạng 1", "4 lớp mỗi Hội xã mỗi năm"],
    ]


def test_links_lead_through_a_plan_that_is_not_shown(linked: Visitor) -> None:
    assert figures(linked, "xa", "tren") == [["Giúp hộ", "20 hộ đến cuối kỳ", "6.000 hộ đến cuối kỳ"]]


@pytest.mark.slow
def test_figures_stand_together_whatever_the_order(linked: Visitor) -> None:
    for plans in permutations(("xa", "tren", "tinh")):
        households = dict(zip(plans, figures(linked, *plans)[0][1:], strict=True))
        assert {plan: text.split()[0] for plan, text in households.items()} == {
            "tren": "6.000",
            "tinh": "800",
            "xa": "20",
        }


def test_all_that_answers_a_figure_stands_beside_it(linked: Visitor) -> None:
    """Also two of one plan, by their names, and what the editors link though one is a norm: the row says so."""
    assert figures(linked, "tren", "tinh-hai") == [
        [
            "Hộ thoát nghèo",
            "1.000 hộ mỗi năm",
            "Hộ nghèo được giúp: 9 hộ mỗi năm | Hộ cận nghèo được giúp: 11 hộ mỗi năm",
        ],
        ["Hộ thoát nghèo", "6.000 hộ đến cuối kỳ", "700 hộ đến cuối kỳ"],
        [
            "Lớp tập huấn | Có con số là định mức cho mỗi nơi, có con số là mức chung.",
            "ít nhất 2 lớp mỗi Hội xã mỗi năm hiện trạng 1",
            "5 lớp mỗi năm",
        ],
    ]


def test_counterparts_of_three_plans_share_a_row(linked: Visitor) -> None:
    page, _ = linked.opens(
        "so-sanh/index.html?" + "&".join(f"ke-hoach=ke-hoach-{plan}" for plan in ("tren", "xa", "tinh"))
    )
    expect(page.locator("#targets + .sk-frame tbody tr")).to_have_count(1)
