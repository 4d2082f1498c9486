"""Whatever is typed or pasted gets an answer or a plain sentence, and none of it is executed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from search_page import PAGE, WORDS, address, keys, settled, total, typed
from slow import rest_slow
from visitor import Visitor

pytestmark = pytest.mark.browser


BAD = [
    "a" * 10_000,
    "phụ nữ " * 1_500,
    '*:~^+-"',
    '+phụ -nữ title:khởi nghiệp~2^3 "tập huấn',
    "<img src=x onerror=self.hacked=1>",
    "</script><script>self.hacked=1</script>",
    "🎉👩🏽‍🌾 phụ nữ",
    "phụ\u0000nữ",
    "\ud83d phụ nữ",
    "__proto__ constructor",
    "%E0%A4%A",
    "((((((((",
    "' OR 1=1 --",
]


@pytest.mark.parametrize("text", rest_slow(BAD), ids=range(len(BAD)))
def test_anything_may_be_typed(visitor: Visitor, text: str) -> None:
    """An answer or a plain sentence, no error, nothing obeyed; the same from a pasted address."""
    page, watch = visitor.opens(PAGE)
    page.locator("input[name=q]").evaluate(
        "(one, text) => { one.value = text; one.dispatchEvent(new Event('input', {bubbles: true})) }", text
    )
    settled(page)
    said = page.locator("[data-results]").inner_text()
    assert said.strip()
    page.wait_for_load_state("networkidle")
    page.reload()
    settled(page)
    assert page.locator("[data-results]").inner_text() == said
    assert page.evaluate("self.hacked") is None
    assert page.locator("[data-results] :is(img, script)").count() == 0
    assert not watch.faults


@pytest.mark.parametrize(
    "query",
    rest_slow(
        [
            {"nam": "1925"},
            {"don_vi": "__proto__"},
            {"ke_hoach": "<b>x</b>"},
            {"q": WORDS, "cap": "constructor"},
            {"nhiem_vu": "toString"},
            {"chi_tieu": "/"},
            {"kinh_phi": "x" * 250},
            {"sap_xep": "__proto__", "q": WORDS, "chuong_trinh": ["", "no-such"]},
        ],
        plain=2,
    ),
    ids=str,
)
def test_an_address_may_say_anything(visitor: Visitor, query: dict[str, str]) -> None:
    """An unknown value leaves nothing, says so, and can be taken away."""
    page, watch = visitor.opens(address(**query))
    assert total(page) == 0
    page.locator("[data-suggest]").first.click()
    settled(page) if "q" in query else expect(page.locator("[data-plain]")).to_be_visible()
    expect(page.locator("[data-suggest]")).to_have_count(0)
    if "q" in query:
        assert total(page) > 0
    assert not watch.faults


def test_one_letter_is_not_enough(visitor: Visitor) -> None:
    page, _ = visitor.opens(PAGE)
    typed(page, "p")
    expect(page.locator("[data-results]")).to_contain_text("hai chữ cái")
    expect(page.locator("[data-total]")).to_have_count(0)
    expect(page.locator("[data-plain]")).to_be_visible()
    typed(page, "ph")
    assert total(page) > 0
    expect(page.locator("[data-plain]")).to_be_hidden()


def test_partial_matches_are_called_so(visitor: Visitor) -> None:
    page, _ = visitor.opens(address(q="khởi nghiệp xylophone"))
    assert total(page) > 0
    expect(page.locator("[data-results]")).to_contain_text("nhiều từ nhất")
    typed(page, "khởi nghiệp")
    expect(page.locator("[data-results]")).not_to_contain_text("nhiều từ nhất")


@pytest.mark.slow
def test_only_the_last_word_counts(visitor: Visitor) -> None:
    """However fast somebody types and deletes, what stands there is the answer to what stands in the box."""
    page, watch = visitor.opens(PAGE)
    for text in ("tap huan", "ho tro", "htx", "gia dinh", "tap", "11/KH-BCH", WORDS):
        page.locator("input[name=q]").evaluate(
            "(one, text) => { one.value = text; one.dispatchEvent(new Event('input', {bubbles: true})) }", text
        )
    number, shown = total(page), keys(page)
    other, _ = visitor.opens(address(q=WORDS))
    assert (total(other), keys(other)) == (number, shown)
    assert not watch.faults
