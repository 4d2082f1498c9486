"""Sharing an activity, a target or a page; embedding a page's main part; the picture of a shared link."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from slow import rest_slow
from visitor import PHONE, Visitor

from generator.paper.share_picture import SIZE, share_picture

CLIPBOARD = """() => {
  window.copied = []
  delete Navigator.prototype.share
  Object.defineProperty(navigator, "clipboard", {value: {writeText: async text => { copied.push(text) }}})
}"""
SHARE = """() => {
  window.shared = []
  navigator.share = async what => { shared.push(what) }
}"""


@pytest.mark.browser
@pytest.mark.parametrize("width", rest_slow([PHONE, 1280]))
@pytest.mark.parametrize("plan", rest_slow(["da-nang-2023", "thai-nguyen-2021-2026"]))
def test_each_activity_and_target_can_be_passed_on(visitor: Visitor, plan: str, width: int) -> None:
    page, watch = visitor.opens(f"ke-hoach/{plan}/", width)
    entries = ".sk-row[id], .sk-target, .sk-target-row"
    signs = f"""() => [...document.querySelectorAll("{entries}")].map(entry => {{
      const sign = entry.querySelector(".sk-share"), box = sign?.getBoundingClientRect()
      const visible = sign && getComputedStyle(sign).opacity === "1" && sign.title
      return visible && box.width >= 24 && box.height >= 24 ? "" : entry.id
    }})"""
    sizes = page.evaluate(signs)
    assert len(sizes) > 30
    assert not [id_ for id_ in sizes if id_]
    page.evaluate(CLIPBOARD)
    sign = page.locator(".sk-row[id] .sk-share").nth(3)
    sign.click()
    page.wait_for_selector(".sk-share__said")
    id_ = sign.evaluate("one => one.closest('.sk-row').id")
    assert page.evaluate("copied") == [page.url.split("#")[0] + f"#{id_}"]
    assert page.inner_text(".sk-share__said") == "Đã chép"
    assert not watch.faults


@pytest.mark.browser
@pytest.mark.parametrize("width", rest_slow([PHONE, 1280]))
@pytest.mark.parametrize(
    ("address", "entries"),
    rest_slow(
        [
            ("nam/2025/", ".sk-act"),
            ("don-vi/thai-nguyen-ban-tg-cslp/#nam-2025", ".sk-act"),
            ("chi-tieu/", ".sk-rowlist > li"),
            ("hoat-dong/?q=htx", ".sk-hit"),
        ],
        plain=2,
    ),
)
def test_what_lists_and_cards_name_can_be_passed_on(visitor: Visitor, address: str, entries: str, width: int) -> None:
    page, watch = visitor.opens(address, width)
    page.locator(f"{entries} .sk-share:visible").first.wait_for()
    page.evaluate(CLIPBOARD)
    shown = page.locator(entries).filter(visible=True)
    assert shown.count() > 3
    for entry in shown.all()[:12]:
        box = entry.locator(".sk-share").bounding_box()
        assert box and min(box["width"], box["height"]) >= 24
    first = shown.first
    first.locator(".sk-share").click()
    page.wait_for_function("copied.length")
    assert page.evaluate("copied") == [first.locator("a").first.evaluate("one => one.href")]
    assert not watch.faults


@pytest.mark.browser
def test_a_device_that_shares_is_asked(visitor: Visitor) -> None:
    page, _ = visitor.opens("ke-hoach/da-nang-2023/", PHONE)
    page.evaluate(SHARE)
    row = page.locator(".sk-row[id]").nth(2)
    row.locator(".sk-share").first.click()
    page.wait_for_function("shared.length")
    (shared,) = page.evaluate("shared")
    assert shared["url"].endswith("#" + str(row.get_attribute("id")))
    assert shared["title"] == row.locator(".sk-title").first.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("folder", "core"),
    rest_slow(
        [
            ("chi-tieu/dong-nai-2017-2021/ct2/", ".sk-figure"),
            ("don-vi/thai-nguyen-ban-tg-cslp/2024/", ".sk-sheet"),
        ]
    ),
)
def test_a_frame_shows_the_core_alone(visitor: Visitor, folder: str, core: str) -> None:
    page, watch = visitor.opens(folder)
    page.evaluate(CLIPBOARD)
    page.click("[data-embed]")
    page.wait_for_function("copied.length")
    (code,) = page.evaluate("copied")
    other = visitor.browser.new_page()
    other.set_content(f"<h1>Trang của đơn vị khác</h1>{code}")
    frame = other.frame_locator("iframe")
    frame.locator(core).first.wait_for()
    assert frame.locator(".sk-embedded__source a").get_attribute("target") == "_top"
    shown = frame.locator("header.md-header, .md-tabs, .md-footer, .sk-actions, .sk-crumbs, .sk-ways").all()
    assert shown
    assert not any(each.is_visible() for each in shown)
    other.close()
    assert not watch.faults


def test_a_picture_holds_title_issuer_and_figures(tmp_path: Path) -> None:
    """Each part leaves ink in its place; a long title is cut and stays inside."""
    sizes = {}
    for name, title, figures in (("bare", "", ()), ("short", "Kế hoạch", ()), ("long", "Kế hoạch " * 90, ("5 hộ",))):
        path = tmp_path / f"{name}.png"
        path.write_bytes(share_picture(title, "Hội", figures, "Sổ kế hoạch"))
        with Image.open(path) as image:
            assert image.size == SIZE
            ink = image.convert("L").point(lambda value: 255 * (value < 200))
            sizes[name] = ink.histogram()[255]
            left, _, right, _ = ink.crop((0, 100, *SIZE)).getbbox() or (0, 0, 0, 0)
            assert left >= 60
            assert right <= SIZE[0] - 60
        assert path.stat().st_size < 60_000
    assert sizes["bare"] < sizes["short"] < sizes["long"]
