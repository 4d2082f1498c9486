"""The page of all activities in a real browser: what words and facets find, and how it is counted."""

from __future__ import annotations

from typing import Any

import pytest
from built_site import BuiltSite, targets_of
from playwright.sync_api import expect
from search_page import PAGE, UNIT, WORDS, address, all_keys, query_of, total, typed
from slow import rest_slow
from visitor import Visitor

pytestmark = pytest.mark.browser


def test_accents_may_be_left_out(visitor: Visitor) -> None:
    page, watch = visitor.opens(PAGE)
    typed(page, "ho tro phu nu khoi nghiep")
    bare = set(all_keys(page))
    typed(page, "hỗ trợ phụ nữ khởi nghiệp")
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(len(bare)))
    assert set(all_keys(page)) == bare
    assert not watch.faults


def test_a_result_is_what_the_document_says(visitor: Visitor, site: BuiltSite) -> None:
    """Its link leads to the activity, its title is whole, its marks stand on words."""
    known = {f"{each['plan']}/{each['id']}": each for each in site.activities}
    page, _ = visitor.opens(address(q=WORDS))
    assert total(page) > 0
    for card in page.locator("[data-activity]").all():
        activity = known[card.get_attribute("data-activity") or ""]
        link = card.locator("a").first
        assert (link.get_attribute("href") or "").endswith(f"/ke-hoach/{activity['plan']}/#{activity['id']}")
        assert " ".join(activity["title"].split()) in link.inner_text()
    marks = page.locator("[data-activity] mark").all_inner_texts()
    assert marks
    assert all(mark == mark.strip() and mark for mark in marks)
    first = page.locator("[data-activity]").first
    key = first.get_attribute("data-activity") or ""
    first.locator("a").first.click()
    page.wait_for_url(f"**/ke-hoach/{key.replace('/', '/#')}")
    expect(page.locator(f"[id='{key.split('/')[1]}']")).to_be_in_viewport()


def units_of(each: dict[str, Any]) -> set[str]:
    """The units that lead, take part, or are named by the cell of levels, in an activity and in its sub-rows."""
    parts = [each, *each.get("rows", ())]
    return {unit for part in parts for name in ("lead", "partners", "levels_units") for unit in part.get(name, ())}


FACETS = {
    "nam": lambda each, value: int(value) in each["years"],
    "ke-hoach": lambda each, value: each["plan"] == value,
    "don-vi": lambda each, value: value in units_of(each),
    "cap": lambda each, value: value in each["levels"],
    "nhiem-vu": lambda each, value: each["task"] and f"{each['plan']}/{each['task']}" == value,
    "chi-tieu": lambda each, value: value in targets_of(each),
    "chuong-trinh": lambda each, value: value in each["programmes"],
}


@pytest.mark.parametrize("name", rest_slow(FACETS))
def test_a_facet_leaves_what_the_data_say(visitor: Visitor, site: BuiltSite, name: str) -> None:
    """One value, and two values of one facet, which widen; from an address alone, as other pages link here."""
    page, watch = visitor.opens(address(nam=["2023", "2025"]))
    total(page)
    buttons = page.locator(f"[data-facet='{name}']").evaluate_all(
        "all => all.slice(0, 2).map(one => [one.dataset.value, one.querySelector('b').textContent])"
    )
    values = [value for value, _ in buttons]
    holds = FACETS[name]
    for wanted in (values[:1], values):
        expected = {
            f"{each['plan']}/{each['id']}" for each in site.activities if any(holds(each, value) for value in wanted)
        }
        page.goto(visitor.own + address(**{name.replace("-", "_"): wanted}))
        assert total(page) == len(expected)
        assert set(all_keys(page)) == expected
    assert not watch.faults


@pytest.mark.parametrize("query", rest_slow([{"q": WORDS}, {"nam": "2025"}, {"q": "tap huan", "don_vi": UNIT}]))
def test_a_count_is_what_it_leaves(visitor: Visitor, query: dict[str, str]) -> None:
    page, _ = visitor.opens(address(**query))
    total(page)
    chosen = {name.replace("_", "-") for name in query}
    for name in ("nam", "ke-hoach", "don-vi", "cap"):
        if name in chosen:
            continue
        one = page.locator(f"[data-facet='{name}']").nth(1)
        value, count = one.get_attribute("data-value"), int(one.locator("b").inner_text().replace(".", ""))
        one.click()
        expect(page.locator(f"[data-facet='{name}'][data-value='{value}']")).to_have_attribute("aria-pressed", "true")
        assert total(page) == count
        page.go_back()
        expect(page.locator(f"[data-chip='{name}']")).to_have_count(0)
        total(page)


@pytest.mark.slow
def test_first_counts_are_those_of_the_store(visitor: Visitor) -> None:
    """What stands on the page before anything is loaded is what the worker would say."""
    page, _ = visitor.opens(PAGE)
    first = page.locator("[data-facet]").evaluate_all(
        "all => all.map(one => [one.dataset.facet, one.dataset.value, one.dataset.count])"
    )
    assert {name for name, _, _ in first} == {"nam", "ke-hoach", "don-vi", "cap", "chuong-trinh", "thang"}
    for name in ("nam", "ke-hoach", "don-vi", "cap", "chuong-trinh"):
        value, count = next((value, count) for each, value, count in first if each == name)
        page.goto(visitor.own + address(**{name.replace("-", "_"): value}))
        assert total(page) == int(count)


def test_by_year(visitor: Visitor, site: BuiltSite) -> None:
    years = {f"{each['plan']}/{each['id']}": each["years"] for each in site.activities}
    page, _ = visitor.opens(address(q=WORDS))
    nearest = all_keys(page)
    page.locator("[data-sort=year]").click()
    expect(page.locator("[data-sort=year]")).to_have_attribute("aria-pressed", "true")
    total(page)
    assert query_of(page)["sap-xep"] == ["nam"]
    sorted_ = all_keys(page)
    assert sorted(sorted_) == sorted(nearest)
    firsts = [min(years[key], default=9999) for key in sorted_]
    assert firsts == sorted(firsts)


def test_chart_counts_and_chooses(visitor: Visitor, site: BuiltSite) -> None:
    page, _ = visitor.opens(address(ke_hoach="thai-nguyen-2021-2026"))
    found = total(page)
    due = [each for each in site.activities if each["plan"] == "thai-nguyen-2021-2026" and 2025 in each["years"]]
    assert 0 < len(due) < found
    bar = page.locator("[data-chart-year='2025']")
    expect(bar.locator("b")).to_have_text(str(len(due)))
    bar.click()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(len(due)))
    expect(bar).to_have_attribute("aria-pressed", "true")
    assert query_of(page)["nam"] == ["2025"]
