"""What depends on the day of reading is decided in the browser, whatever the day of the build."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from built_site import BuiltSite
from golden import parts_of, write_files
from once import Once
from playwright.sync_api import Browser, Page, expect
from served import served
from slow import rest_slow

from generator.check.examples import SAMPLE

ANNUAL = Path(__file__).parents[1] / "annual_plan.txt"

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
    rest_slow(
        [
            ("2024-12-31T16:59:00Z", 2024),
            ("2024-12-31T17:01:00Z", 2025),  # in Viet Nam the year has begun
            ("2026-03-01T00:00:00Z", 2026),
            ("2040-01-01T00:00:00Z", 2027),
        ],
        plain=1,
    ),
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


@pytest.mark.parametrize("year", [2026, 2022])
def test_a_table_of_years_shows_this_year_on_a_phone(clocked: Page, base_url: str, year: int) -> None:
    clocked.clock.set_fixed_time(f"{year}-06-01T00:00:00Z")
    clocked.set_viewport_size({"width": 390, "height": 844})
    clocked.goto(f"{base_url}don-vi/hoi-lhpn-an-giang/")
    sides = clocked.locator(".sk-frame thead th", has_text=str(year)).evaluate(
        """head => [head, head.closest(".sk-frame"), head.closest("tr").firstElementChild]
            .map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])"""
    )
    (left, right), (_, edge), (_, name) = sides
    assert name <= left
    assert right <= edge
    clocked.set_viewport_size({"width": 1280, "height": 800})


@pytest.fixture(scope="module")
def annual_url(once: Once) -> Iterator[str]:
    """A site of a plan of one year with days, months, quarters and deadlines, which knows its own address."""

    def build(at: Path) -> None:
        parts = {**parts_of(SAMPLE), **parts_of(ANNUAL)}
        plain = {name: text for name, text in parts.items() if name.endswith(".yml")}
        content = write_files(at.parent / "annual-content", plain)
        command = [sys.executable, "-m", "generator", "build", "--no-office", "--content", content, "--site", at]
        environment = {**os.environ, "SITE_URL": "https://hoi.example/so/"}
        subprocess.run(
            [*command, "--site", at, "--cache", once.cache], env=environment, check=True, capture_output=True
        )

    with served(once("annual-site", build)) as address:
        yield address


def marks(page: Page, now: str, address: str) -> dict[str, str]:
    """The marks of what is due, by activity."""
    page.clock.set_fixed_time(now)
    page.goto(address)
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".sk-act:has(.sk-due)")].map(one =>
            [one.querySelector("a").hash, one.querySelector(".sk-due").textContent]))"""
    )


def test_cards_of_the_search_are_marked_too(clocked: Page, annual_url: str) -> None:
    clocked.clock.set_fixed_time("2026-06-16T01:00:00Z")
    clocked.goto(f"{annual_url}hoat-dong/?nam=2026")
    late = clocked.locator("[data-activity='nam-2026/v6'] .sk-hit__years .sk-due")
    expect(late).to_have_text("quá hạn")


def test_what_is_due_is_marked_by_the_day_of_reading(clocked: Page, annual_url: str) -> None:
    """Nothing before the year, then what is due this month or this quarter, then what is overdue."""
    year = f"{annual_url}nam/2026/"
    assert marks(clocked, "2025-12-31T10:00:00Z", year) == {}
    january = marks(clocked, "2025-12-31T18:00:00Z", year)  # 1 January in Viet Nam
    assert january["#v2"] == "tháng này" and january["#v1"] == "quý này" and "#v6" not in january
    june = marks(clocked, "2026-06-14T01:00:00Z", year)
    assert june["#v6"] == "tháng này" and june["#v1"] == "quá hạn" and "#v9" not in june
    assert marks(clocked, "2026-06-16T01:00:00Z", f"{annual_url}don-vi/ban-tg/")["#v6"] == "quá hạn"
    # The plan's own page says it too; what is repeated or named by no day is never overdue.
    clocked.clock.set_fixed_time("2027-02-01T00:00:00Z")
    clocked.goto(f"{annual_url}ke-hoach/nam-2026/")
    expect(clocked.locator("#v6 .sk-due")).to_have_text("quá hạn")
    expect(clocked.locator("#v14 .sk-due, #v16 .sk-due, #v17 .sk-due, #v18 .sk-due")).to_have_count(0)


def test_a_year_is_in_the_order_of_time(clocked: Page, annual_url: str) -> None:
    """Of a month the first day, of a deadline its day; printed words first, then the days; what has no day last."""
    for address in ("nam/2026/", "don-vi/ban-tg/"):
        clocked.goto(annual_url + address)
        links = clocked.locator("a.sk-act__title[href*='nam-2026/#']").all()
        order = [(link.get_attribute("href") or "").partition("#")[2] for link in links]
        expected = "v2 v1 v4 v3 v21 v10 v11 v5 v6 v12 v13 v7 v8 v9 v20 v14 v15 v16 v17 v18 v19"
        assert order == expected.split()
    quarter = clocked.locator(".sk-act", has=clocked.locator("a[href$='nam-2026/#v1']")).locator(".sk-when")
    expect(quarter).to_contain_text("Quý I (01/01–31/3/2026)")


def test_a_calendar_can_be_taken_in_three_ways(clocked: Page, annual_url: str) -> None:
    clocked.goto(f"{annual_url}don-vi/ban-tg/")
    ways = clocked.locator(".sk-calendar a")
    assert ways.all_inner_texts() == ["Google Lịch", "Outlook, điện thoại", "Tải về"]
    assert [way.get_attribute("href") for way in ways.all()] == [
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fhoi.example%2Fso%2Fdu-lieu%2Fdon-vi%2Fban-tg.ics",
        "webcal://hoi.example/so/du-lieu/don-vi/ban-tg.ics",
        "../../du-lieu/don-vi/ban-tg.ics",
    ]
    with clocked.expect_download() as download:
        ways.last.click()
    assert download.value.suggested_filename == "ban-tg.ics"
