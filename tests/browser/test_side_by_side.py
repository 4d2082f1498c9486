"""Two plans side by side: over HTTP and from disk, and what stands there before any is chosen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from slow import rest_slow
from visitor import Visitor

pytestmark = pytest.mark.browser
PAIR = "?ke-hoach=national-2022-2027&ke-hoach=thai-nguyen-2021-2026"


def shows_both(page: Page) -> None:
    tables = page.locator("[data-sides-result] table")
    expect(tables).to_have_count(4)
    figures = tables.first.locator("tr", has_text="thoát cận nghèo")
    expect(figures).to_contain_text("33.500")
    expect(figures).to_contain_text("500")
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
    expect(page.locator("[data-sides-result] a").first).to_be_visible()
    for place, plan in enumerate(("da-nang-2023", "national-2022-2027")):
        page.locator("[data-sides] select").nth(place).select_option(plan)
    page.locator("[data-sides] button").click()
    expect(page.locator("[data-sides-result] table")).to_have_count(4)
    assert "ke-hoach=da-nang-2023&ke-hoach=national-2022-2027" in page.url
    assert not watch.faults
