"""The buttons of a page: to print it, to download it as a file, to send its address."""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import pairwise

import pytest
from built_site import BuiltSite
from playwright.sync_api import Browser, expect
from slow import rest_slow
from visitor import Visitor

pytestmark = pytest.mark.browser
PLAN = "ke-hoach/thai-nguyen-2021-2026/"
EVERY_KIND = [PLAN, "nhiem-vu/thai-nguyen-2021-2026/nv1/", "chi-tieu/thai-nguyen-2021-2026/ct2/", "nam/2025/"]
EVERY_KIND += ["don-vi/thai-nguyen-ban-tg-cslp/", "chuong-trinh/de-an-939/", "ke-hoach/", "don-vi/", "nam/"]
EVERY_KIND += ["dong-gop/", "dong-gop/nhap-tu-tep/", "dong-gop/sua-ke-hoach/", "dong-gop/truong/", "dong-gop/quy-tac/"]


@pytest.mark.parametrize("width", rest_slow([390, 1280]))
@pytest.mark.parametrize("address", rest_slow(EVERY_KIND, plain=2))
def test_buttons_lie_at_hand(visitor: Visitor, address: str, width: int) -> None:
    """Below the title, in the first window, each with a word, none too small for a finger, none on another."""
    page, watch = visitor.opens(address, width)
    buttons = page.locator(".sk-actions :is(button, a):visible")
    assert buttons.count() >= 2
    boxes = []
    for button in buttons.all():
        expect(button).to_be_in_viewport()
        assert button.inner_text().strip()
        box = button.bounding_box()
        assert box and box["height"] >= 24 and box["width"] >= 44
        boxes.append(box)
    tops = sorted((round(box["y"]), round(box["x"]), box["width"]) for box in boxes)
    assert all(a[0] != b[0] or a[1] + a[2] <= b[1] for a, b in pairwise(tops))
    assert not watch.faults


@pytest.mark.parametrize("address", rest_slow([PLAN, "don-vi/thai-nguyen-ban-tg-cslp/"]))
def test_buttons_work_by_keyboard(visitor: Visitor, address: str) -> None:
    """Print and copy are reached by Tab and pressed by Enter; what was done is said."""
    page, watch = visitor.opens(address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("() => { window.print = () => { window.printed = (window.printed ?? 0) + 1 } }")
    page.locator("[data-print]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("window.printed") == 1
    buttons = page.locator(".sk-actions :is(button, a):visible")
    for _ in range(buttons.evaluate_all("all => all.findIndex(each => 'copy' in each.dataset)")):
        page.keyboard.press("Tab")
    expect(page.locator("[data-copy]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-copied]")).to_have_text("Đã chép")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert not watch.faults


def test_copy_on_an_address_without_clipboard(visitor: Visitor) -> None:
    """An intranet's plain address has no clipboard for scripts: the old way copies."""
    page, watch = visitor.opens(f"{PLAN}?nam=2025")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not secure')) }")
    page.locator("[data-copy]").click()
    expect(page.locator("[data-copied]")).to_have_text("Đã chép")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert page.url.endswith("?nam=2025")
    assert not watch.faults


def test_word_is_downloaded(visitor: Visitor) -> None:
    """The button gives the file of this plan, under its own name."""
    page, _ = visitor.opens(PLAN)
    with page.expect_download() as waiting:
        page.locator(".sk-action--word").click()
    assert waiting.value.suggested_filename == "thai-nguyen-2021-2026.docx"
    with zipfile.ZipFile(BytesIO(waiting.value.path().read_bytes())) as package:
        assert "word/document.xml" in package.namelist()


def test_no_button_without_its_file(site: BuiltSite) -> None:
    """Every file that a page offers is there; a site built without PDFs offers none."""
    offered = 0
    for page in site.pages.values():
        for link in page.links:
            if "sk-action" in (link.element.get("class") or ""):
                assert link.place and link.place.path in site.files, (page.path, link.raw)
                assert not link.place.path.endswith(".pdf")
                offered += 1
    assert offered >= len(site.plans)


def test_no_button_that_does_nothing(browser: Browser, base_url: str) -> None:
    """Without JavaScript only the files are offered."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base_url}{PLAN}")
    expect(page.locator("[data-print]")).to_be_hidden()
    expect(page.locator("[data-copy]")).to_be_hidden()
    expect(page.locator(".sk-action--word")).to_be_visible()
    context.close()
