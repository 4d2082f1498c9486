"""Ten tasks of a member on a phone, each with at most the taps in the table; typing does not count."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from slow import rest_slow

pytestmark = pytest.mark.browser

PLAN = "ke-hoach/thai-nguyen-2021-2026/"
UNIT = "don-vi/thai-nguyen-ban-tg-cslp/"
CLIPBOARD = """
delete Navigator.prototype.share
window.copied = []
Object.defineProperty(navigator, "clipboard", {value: {writeText: async text => { copied.push(text) }}})
"""


class Hand:
    """A thumb on a phone: counts its taps, and taps only what can be seen."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base, self.taps = page, base, 0

    def opens(self, address: str) -> None:
        self.page.goto(self.base + address)

    def tap(self, target: str | Locator) -> None:
        found = self.page.locator(target) if isinstance(target, str) else target
        found.locator("visible=true").first.tap()
        self.taps += 1

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")


@pytest.fixture
def hand(browser: Browser, base_url: str) -> Iterator[Hand]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="vi-VN", accept_downloads=True
    )
    context.add_init_script(CLIPBOARD)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield Hand(page, base_url)
    context.close()


def finds_a_plan_by_its_number(hand: Hand) -> None:
    hand.opens("")
    hand.tap("[data-home-search] input")
    hand.types("11/KH-BCH")
    hand.tap("[data-page]")
    hand.page.wait_for_url(f"**/{PLAN}")


def finds_her_department_by_its_short_name(hand: Hand) -> None:
    hand.opens("")
    hand.tap("[data-home-search] input")
    hand.types("ban tg-cslp")
    hand.tap("[data-page]")
    hand.page.wait_for_url(f"**/{UNIT}")


def opens_the_sheet_of_a_year(hand: Hand) -> None:
    hand.opens(UNIT)
    hand.tap("a[href$='/2025/']")
    expect(hand.page.locator("h1")).to_contain_text("Việc năm 2025")


def copies_a_message(hand: Hand) -> None:
    hand.opens(f"{UNIT}2025/")
    hand.tap("[data-message]")
    hand.page.wait_for_function("copied.length && copied[0].startsWith('Việc năm 2025')")


def copies_the_address_of_an_activity(hand: Hand) -> None:
    hand.opens(f"{PLAN}#nv1-4-1")
    hand.tap("[id=nv1-4-1] .sk-share")
    hand.page.wait_for_function("copied.length && copied[0].endsWith('#nv1-4-1')")


def sees_what_is_new(hand: Hand) -> None:
    hand.opens("")
    hand.tap(".sk-news a")
    hand.page.wait_for_url("**/ke-hoach/*/")


def goes_to_a_task_of_a_long_plan(hand: Hand) -> None:
    hand.opens(PLAN)
    hand.tap(".sk-jump summary")
    hand.tap(hand.page.locator(".sk-jump a", has_text="Nhiệm vụ 2"))
    hand.page.wait_for_url("**/#nv2")
    assert hand.page.locator("[id=nv2]").evaluate("one => Math.abs(one.getBoundingClientRect().top) < 300")


def sees_one_year_of_a_long_plan(hand: Hand) -> None:
    hand.opens(PLAN)
    hand.tap(".sk-jump summary")
    hand.tap(hand.page.locator(".sk-jump button", has_text="2025"))
    hand.page.wait_for_url("**?nam=2025*")


def saves_what_she_found_for_excel(hand: Hand) -> None:
    hand.opens("hoat-dong/?q=HTX&nam=2025")
    hand.page.locator("[data-total][data-complete=true]").wait_for()
    with hand.page.expect_download() as waiting:
        hand.tap("[data-download=xlsx]")
    assert waiting.value.suggested_filename.endswith(".xlsx")


def reads_a_target_in_words(hand: Hand) -> None:
    hand.opens("hoat-dong/?q=500 hộ thoát nghèo")
    hand.tap("[data-activity] .sk-chip--target")
    hand.page.wait_for_url("**/chi-tieu/thai-nguyen-2021-2026/ct2/")


TASKS: list[tuple[Callable[[Hand], None], int]] = [
    (finds_a_plan_by_its_number, 2),
    (finds_her_department_by_its_short_name, 2),
    (opens_the_sheet_of_a_year, 1),
    (copies_a_message, 1),
    (copies_the_address_of_an_activity, 1),
    (sees_what_is_new, 1),
    (goes_to_a_task_of_a_long_plan, 2),
    (sees_one_year_of_a_long_plan, 2),
    (saves_what_she_found_for_excel, 1),
    (reads_a_target_in_words, 1),
]


@pytest.mark.parametrize(("task", "taps"), rest_slow(TASKS, plain=3), ids=[task.__name__ for task, _ in TASKS])
def test_a_member(hand: Hand, task: Callable[[Hand], None], taps: int) -> None:
    task(hand)
    assert hand.taps <= taps
