"""The state that the search page's address keeps, and what back, forward and copying do."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from search_page import PAGE, WORDS, address, box, facet, keys, query_of, total
from visitor import PHONE, Visitor

pytestmark = pytest.mark.browser


def test_address_keeps_everything(reader: Visitor) -> None:
    """Typing replaces the entry, choosing makes one; back, forward and a pasted address show the same."""
    page, watch = reader.opens(PAGE)
    before = page.evaluate("history.length")
    page.locator("input[name=q]").press_sequentially(WORDS)
    everything = total(page)
    assert query_of(page) == {"q": [WORDS]}
    assert page.evaluate("history.length") == before

    facet(page, "nam", "2023").click()
    expect(page.locator("[data-chip='nam']")).to_have_count(1)
    left = total(page)
    assert left < everything
    assert page.evaluate("history.length") == before + 1
    assert query_of(page) == {"q": [WORDS], "nam": ["2023"]}
    facet(page, "nam", "2025").click()
    expect(page.locator("[data-chip='nam']")).to_have_count(2)
    more, shown = total(page), keys(page)
    assert more >= left
    assert query_of(page)["nam"] == ["2023", "2025"]

    pasted, _ = reader.opens(page.url.removeprefix(reader.own), PHONE)
    assert (box(pasted), total(pasted), keys(pasted)) == (WORDS, more, shown)
    page.go_back()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(left))
    page.go_back()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(everything))
    expect(page.locator("[data-chip]")).to_have_count(0)
    page.go_forward()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(left))
    page.wait_for_load_state("networkidle")
    page.reload()
    assert (box(page), total(page)) == (WORDS, left)
    assert not watch.faults


def test_chips_take_filters_away(reader: Visitor) -> None:
    page, _ = reader.opens(address(q=WORDS, nam=["2023", "2025"], cap="province"))
    total(page)
    page.locator("[data-chip='cap']").click()
    expect(page.locator("[data-chip='cap']")).to_have_count(0)
    assert query_of(page) == {"q": [WORDS], "nam": ["2023", "2025"]}
    page.locator("[data-drop-all]").click()
    expect(page.locator("[data-chip]")).to_have_count(0)
    assert query_of(page) == {"q": [WORDS]}
    page.go_back()
    expect(page.locator("[data-chip]")).to_have_count(2)


def test_back_from_an_activity(reader: Visitor) -> None:
    """Whoever comes back from the thirtieth result is at the thirtieth result."""
    page, _ = reader.opens(address(nam="2025"))
    total(page)
    page.locator("[data-more]").click()
    expect(page.locator("[data-activity]")).to_have_count(40)
    key = keys(page)[29]
    page.locator(f"[data-activity='{key}'] a").first.click()
    page.wait_for_url("**/ke-hoach/**")
    page.go_back()
    expect(page.locator("[data-activity]")).to_have_count(40)
    expect(page.locator(f"[data-activity='{key}']")).to_be_in_viewport()


@pytest.mark.slow
def test_copy_of_the_address(reader: Visitor) -> None:
    page, _ = reader.opens(address(q=WORDS, nam="2023"))
    total(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    expect(page.locator("[data-copy]")).to_have_text("Đã chép")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
