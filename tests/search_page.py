"""The page of all activities for browser tests: its addresses, its search box, its facets, its results."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page, expect

PAGE = "hoat-dong/"
WORDS = "phu nu khoi nghiep"
UNIT = "hoi-lhpn-viet-nam"


def address(**query: str | list[str]) -> str:
    """The page with a state: `_` stands for the hyphen of a facet's name."""
    pairs = {name.replace("_", "-"): value for name, value in query.items()}
    return f"{PAGE}?{urlencode(pairs, doseq=True)}" if pairs else PAGE


def box(page: Page) -> str:
    return page.locator("input[type=search][name=q]").input_value()


def typed(page: Page, text: str) -> None:
    page.locator("input[type=search][name=q]").fill(text)


def total(page: Page) -> int:
    """The number found, once the whole answer is there."""
    found = page.locator("[data-total][data-complete=true]")
    return int(found.get_attribute("data-total") or "")


def facet(page: Page, name: str, value: str) -> Locator:
    return page.locator(f"[data-facet='{name}'][data-value='{value}']")


def keys(page: Page) -> list[str]:
    return page.locator("[data-activity]").evaluate_all("all => all.map(one => one.dataset.activity)")


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def all_keys(page: Page) -> list[str]:
    """Every result, however many clicks on "more" it takes."""
    number = total(page)
    while len(keys(page)) < number:
        shown = len(keys(page))
        page.locator("[data-more]").click()
        expect(page.locator("[data-activity]")).not_to_have_count(shown)
    return keys(page)


def downloaded(page: Page, kind: str) -> bytes:
    with page.expect_download() as waiting:
        page.locator(f"[data-download={kind}]").click()
    assert waiting.value.suggested_filename.endswith(f".{kind}")
    return Path(waiting.value.path()).read_bytes()


def settled(page: Page) -> None:
    expect(page.locator("[data-results]")).to_have_attribute("aria-busy", "false")
    expect(page.locator("[data-results]")).to_be_visible()
