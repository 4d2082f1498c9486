"""Proposing a correction: the page's words, the new words, the place in the data; no server is asked."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from built_site import ROOT
from playwright.sync_api import Page, expect
from slow import rest_slow
from visitor import Visitor

pytestmark = pytest.mark.browser
PLAN = "thai-nguyen-2021-2026"
TEXT = (ROOT / "content" / "plans" / f"{PLAN}.yml").read_text("utf-8").split("\n")


def line_of(id_: str) -> int:
    """The line of an entry in the plan's file."""
    return TEXT.index(f"  - id: {id_}") + 1


def propose(page: Page, row: str | None) -> None:
    """Open the window for a row, or for the page's own subject, and say what should be."""
    sign = page.locator(f"#{row} .sk-suggest-sign").first if row else page.locator(".sk-action--suggest")
    sign.click()
    page.locator("dialog [name=right]").fill("Đúng ra là 25")
    page.locator("dialog [name=source]").fill("Kế hoạch 11/KH-BCH, trang 4")


@pytest.mark.parametrize("offline", rest_slow([False, True]))
def test_a_row_is_copied_with_its_place_in_the_data(visitor: Visitor, offline_visitor: Visitor, offline: bool) -> None:
    address = f"ke-hoach/{PLAN}/" + ("index.html" if offline else "")
    page, watch = (offline_visitor if offline else visitor).opens(address)
    page.evaluate(
        "() => { document.execCommand = () => { window.copied = document.activeElement.value; return true } }"
    )
    page.evaluate("() => { Object.defineProperty(navigator, 'clipboard', {value: undefined}) }")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    propose(page, "nv2-2-1b")
    assert "Giám sát thực hiện chính sách" in page.locator("dialog [name=printed]").input_value()
    page.locator("[data-choice=copy]").click()
    expect(page.locator("dialog [role=status]")).to_contain_text("Đã chép")
    copied = page.evaluate("window.copied")
    for part in ("Đúng ra là 25", "trang 4", f"plans/{PLAN}.yml:{line_of('nv2-2-1b')}", "#nv2-2-1b"):
        assert part in copied
    assert asked == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    assert not watch.faults


def test_a_letter_and_a_form_are_filled_in(visitor: Visitor) -> None:
    page, watch = visitor.opens(f"chi-tieu/{PLAN}/ct2/")
    page.evaluate(
        """() => {
            const block = document.querySelector(".sk-suggest").dataset
            block.mail = "ban-bien-tap@example.org"
            block.form = "https://github.com/to-chuc/so-ke-hoach/issues/new"
            window.open = address => { window.opened = address }
        }"""
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    propose(page, None)
    page.locator("[data-choice=form]").click()
    opened = urlsplit(page.evaluate("window.opened"))
    fields = {name: values[0] for name, values in parse_qs(opened.query).items()}
    assert fields["template"] == "bao-cho-sai.yml"
    assert fields["place"] == f"plans/{PLAN}.yml:{line_of('ct2')}"
    assert fields["entry"] == f"{PLAN} ct2"
    assert "Đúng ra là 25" in fields["wrong"] and "chi-tieu" in fields["page"]
    with page.expect_event("request", lambda request: request.url.startswith("mailto:")) as sent:
        page.locator("[data-choice=mail]").click()
    assert "Đúng ra là 25" in unquote(sent.value.url)
    assert [url for url in asked if not url.startswith("mailto:")] == []
    assert [fault for fault in watch.faults if not fault.startswith("outside of the site: mailto:")] == []


def test_a_unit_has_the_button(visitor: Visitor) -> None:
    page, _ = visitor.opens("don-vi/thai-nguyen-ban-tg-cslp/", 390)
    propose(page, None)
    printed = page.locator("dialog [name=printed]").input_value()
    name = page.locator("h1").evaluate("heading => heading.firstChild.textContent")
    assert printed.split("\n")[0] == name, "without the sign of the link in a heading"
    box = page.locator("dialog").bounding_box()
    assert box and box["width"] <= 390
    assert page.locator(".sk-suggest").get_attribute("data-file") == "units/thai-nguyen-ban-tg-cslp.yml"
