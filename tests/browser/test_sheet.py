"""The sheet of a unit's year on paper and as a message; the unit's page shows one year."""

from __future__ import annotations

import re

import pytest
from built_site import BuiltSite
from printed import read_sheets
from search_page import total
from slow import rest_slow
from visitor import PHONE, Visitor, drawn

pytestmark = pytest.mark.browser

LARGE = "don-vi/hoi-lhpn-viet-nam/2024/"
COPIED = """() => {
  window.copied = []
  Object.defineProperty(navigator, "clipboard", {value: {writeText: async text => { copied.push(text) }}})
}"""


@pytest.mark.slow
def test_forty_rows_take_two_sheets_of_a4(visitor: Visitor, site: BuiltSite) -> None:
    page, watch = visitor.opens(LARGE)
    assert page.locator(".sk-sheet__no:not(:empty)").count() >= 40
    sheets = read_sheets(page.pdf(prefer_css_page_size=True))
    assert len(sheets) <= 2
    assert all(sheet.is_a4 and sheet.is_wide for sheet in sheets)
    assert all("Kếtquả" in sheet.text for sheet in sheets)
    assert not watch.faults


def test_the_smallest_takes_one(visitor: Visitor) -> None:
    page, _ = visitor.opens("don-vi/tym/2025/")
    assert len(read_sheets(page.pdf(prefer_css_page_size=True))) == 1


def test_each_page_has_its_number_and_says_whose_lines_go_on(visitor: Visitor) -> None:
    page, _ = visitor.opens("don-vi/hoi-lhpn-thai-nguyen/2026/")
    first, *others = read_sheets(page.pdf(prefer_css_page_size=True))
    assert not first.text.startswith("1")
    assert [sheet.text[0] for sheet in others] == [str(number) for number in range(2, len(others) + 2)]
    last = others[-1].text
    assert last.index("BanGĐXH-KT23hoạtđộng") < last.index("23.Xâydựng")
    assert "BanTG-CSLP30hoạtđộng" in last and "BanXDTCH" not in last


@pytest.mark.parametrize("folder", rest_slow([LARGE, "don-vi/tym/2025/", "don-vi/hoi-lhpn-dong-nai/2020/"]))
def test_a_message_is_short_and_ends_with_the_address(visitor: Visitor, folder: str) -> None:
    page, _ = visitor.opens(folder, PHONE)
    page.evaluate(COPIED)
    page.click("[data-message]")
    page.wait_for_function("copied.length")
    (message,) = page.evaluate("copied")
    assert len(message) <= 500
    lines = message.split("\n")
    assert lines[0].startswith("Việc năm 20")
    assert lines[-1] == page.url
    assert lines[1].startswith("- ")
    assert "  " not in message and not re.search(r":\S", "\n".join(lines[:-1]))
    # What a department leads and the union's own table lists is one piece of work.
    entries = set(page.locator(".sk-sheet__title").evaluate_all("all => all.map(one => one.href)"))
    left = sum(int(number) for line in lines for number in re.findall(r"^… và (\d+) việc khác$", line))
    assert sum(line.startswith("- ") for line in lines) + left == len(entries)


def test_a_message_says_whose_amounts_are_those_of_the_plan(visitor: Visitor) -> None:
    page, _ = visitor.opens("don-vi/thai-nguyen-hoi-lhpn-cap-xa/2026/", PHONE)
    page.evaluate(COPIED)
    page.click("[data-message]")
    page.wait_for_function("copied.length")
    (message,) = page.evaluate("copied")
    assert "ít nhất 01 chính sách: cả kế hoạch 178 chính sách\n" in message


@pytest.mark.parametrize(
    "folder",
    rest_slow(
        [
            "don-vi/thai-nguyen-hoi-lhpn-cap-xa/2026/",
            "don-vi/hoi-lhpn-thai-nguyen/2026/",
            "don-vi/hoi-lhpn-dong-nai/2020/",
        ]
    ),
)
def test_the_search_finds_what_the_sheet_lists(visitor: Visitor, folder: str) -> None:
    """With what is given to the groups of the unit; what its departments lead stands on their sheets."""
    page, watch = visitor.opens(folder)
    listed = page.locator(".sk-sheet .sk-sheet__title").evaluate_all("all => all.map(one => one.href)")
    button = page.locator(".sk-go--search")
    assert ("trừ việc của các ban" in button.inner_text()) == bool(page.locator(".sk-sheet__lines").count())
    button.click()
    assert total(page) == len(listed)
    assert not watch.faults


def test_a_units_page_shows_one_year_and_all_on_demand(visitor: Visitor) -> None:
    page, _ = visitor.opens("don-vi/thai-nguyen-ban-tg-cslp/#nam-2023", PHONE)
    shown = "[...document.querySelectorAll('h2[id^=nam-]')].filter(one => one.checkVisibility()).map(one => one.id)"
    assert page.evaluate(shown) == ["nam-2023"]
    page.click(".sk-yearnav a[data-year='2025']")
    drawn(page)
    assert page.evaluate(shown) == ["nam-2025"]
    page.click("[data-all-years]")
    assert len(page.evaluate(shown)) == 5
    page, _ = visitor.opens("don-vi/thai-nguyen-ban-tg-cslp/", PHONE)
    # this year, or the nearest that there is
    year = page.evaluate("Math.min(2026, Math.max(2022, new Date().getFullYear()))")
    assert page.evaluate(shown) == [f"nam-{year}"]
