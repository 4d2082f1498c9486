"""What depends on the day on which a page is read: decided in the browser, whatever the day of the build."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from built_site import BuiltSite
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def clocked(browser: Browser) -> Iterator[Page]:
    """A page in Viet Nam whose clock the test sets."""
    page = browser.new_page(timezone_id="Asia/Ho_Chi_Minh", locale="vi-VN", viewport={"width": 1280, "height": 800})
    page.set_default_timeout(10_000)
    yield page
    page.close()


@pytest.mark.parametrize(
    ("now", "year"),
    [
        ("2024-12-31T16:59:00Z", 2024),
        ("2024-12-31T17:01:00Z", 2025),  # in Viet Nam the year has begun
        ("2026-03-01T00:00:00Z", 2026),
        ("2040-01-01T00:00:00Z", 2027),
    ],
)
def test_the_home_page_knows_which_year_it_is(
    clocked: Page, base_url: str, site: BuiltSite, now: str, year: int
) -> None:
    due = Counter(each for activity in site.activities for each in activity["years"])
    clocked.clock.set_fixed_time(now)
    clocked.goto(base_url)
    door = clocked.locator(".sk-doors [data-this-year]")
    expect(door).to_have_text(re.compile(rf"^\s*{due[year]} hoạt động trong năm {year}\s*$"))
    clocked.get_by_role("link", name=f"Việc của năm {year}").click()
    expect(clocked).to_have_url(f"{base_url}nam/{year}/")
