"""The search page by keyboard, on a phone, in both colour schemes, by screen reader and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from search_page import PAGE, UNIT, WORDS, address, box, query_of, total
from slow import rest_slow
from visitor import CONTRAST, DESK, PHONE, Scheme, Visitor

pytestmark = pytest.mark.browser


def test_keyboard_alone(visitor: Visitor) -> None:
    page, watch = visitor.opens(PAGE)
    page.keyboard.press("/")
    expect(page.locator("input[name=q]")).to_be_focused()
    assert page.locator(".sk-seek").count() == 0
    page.keyboard.type(WORDS)
    assert total(page) > 2
    links = page.locator("[data-activity] > a:first-child")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("input[name=q]")).to_be_focused()
    page.keyboard.type(" 938/QĐ")
    assert box(page) == f"{WORDS} 938/QĐ"
    page.keyboard.press("Escape")
    assert box(page) == ""
    assert query_of(page) == {}
    expect(page.locator("[data-plain]")).to_be_visible()
    assert not watch.faults


def test_a_filter_by_keyboard_keeps_its_place(visitor: Visitor) -> None:
    page, _ = visitor.opens(address(q=WORDS))
    total(page)
    page.locator("[data-facet='nam'][data-value='2023']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-chip='nam']")).to_have_count(1)
    total(page)
    expect(page.locator("[data-facet='nam'][data-value='2023']")).to_be_focused()


@pytest.mark.slow
def test_the_number_is_announced_and_no_more(visitor: Visitor) -> None:
    """The list is a live region, in which the cards keep silent."""
    page, _ = visitor.opens(address(q=WORDS))
    total(page)
    live = page.locator("[data-results]")
    expect(live).to_have_attribute("aria-live", "polite")
    expect(live).to_have_attribute("aria-busy", "false")
    nearest = "one => one.closest('[aria-live]').getAttribute('aria-live')"
    assert live.locator("[data-total]").evaluate(nearest) == "polite"
    assert live.locator("[data-activity]").first.evaluate(nearest) == "off"


@pytest.mark.slow
def test_long_facets_show_a_few(visitor: Visitor) -> None:
    page, _ = visitor.opens(address(nam="2025"))
    total(page)
    group = page.locator("[data-facet-group='don-vi']")
    expect(group.locator("[data-facet]")).to_have_count(8)
    group.get_by_role("button", name="xem thêm").click()
    assert group.locator("[data-facet]").count() > 8
    group.locator("input").fill("ban tg-cslp")
    expect(group.locator("[data-facet]").first).to_contain_text("TG-CSLP")
    page.keyboard.press("Escape")
    expect(group.locator("input")).to_have_value("")
    assert query_of(page) == {"nam": ["2025"]}


def test_filters_on_a_phone(visitor: Visitor) -> None:
    page, watch = visitor.opens(address(q=WORDS), PHONE)
    total(page)
    button = page.locator("[data-facet='nam'][data-value='2023']")
    expect(button).to_be_hidden()
    page.locator("[data-filters] summary").click()
    count = int(button.get_attribute("data-count") or "")
    button.click()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(count))
    expect(page.locator("[data-filters] summary")).to_contain_text(f"{count} hoạt động")
    assert not watch.faults


STATES: list[dict[str, str]] = [{}, {"q": WORDS}, {"q": "xylophone", "nam": "1925", "don_vi": UNIT}, {"nam": "2025"}]


@pytest.mark.parametrize("scheme", rest_slow(["light", "dark"]))
@pytest.mark.parametrize("width", rest_slow([PHONE, DESK]))
@pytest.mark.parametrize("query", rest_slow(STATES, plain=2), ids=str)
def test_fits_and_can_be_read(visitor: Visitor, query: dict[str, str], width: int, scheme: Scheme) -> None:
    page, watch = visitor.opens(address(**query), width, scheme)
    if query:
        total(page)
    if width == PHONE:
        page.locator("[data-filters] summary").click()
    fits = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert fits[0] <= fits[1]
    assert page.evaluate(CONTRAST) == []
    assert not watch.faults


def test_on_paper(reader: Visitor) -> None:
    """What was searched for and what was found; no box, no filters."""
    page, _ = reader.opens(address(q=WORDS, nam="2023"))
    total(page)
    page.emulate_media(media="print")
    expect(page.locator("[data-activity]").first).to_be_visible()
    expect(page.locator("[data-results]")).to_contain_text(f"“{WORDS}”; Năm: 2023")
    for gone in ("input[name=q]", "[data-filters]", "[data-copy]", "[data-chart]", "[data-plain]"):
        expect(page.locator(gone)).to_be_hidden()
