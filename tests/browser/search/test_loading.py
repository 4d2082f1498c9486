"""When the search loads its files, for each engine: over HTTP, from disk, with missing files, without JavaScript."""

from __future__ import annotations

import json
import re
from typing import cast
from urllib.parse import urlencode

import pytest
from built_site import BuiltSite
from playwright.sync_api import Browser, expect
from search_page import PAGE, WORDS, downloaded, facet, keys, query_of, total, typed
from search_worker import ENGINES
from slow import rest_slow
from visitor import DESK, PHONE, Visitor, drawn

from generator.search.search_files import Engine

pytestmark = pytest.mark.browser


LOADED = re.compile(r"/hoat-dong/kho/|/assets/search/worker")


@pytest.fixture(scope="module", params=rest_slow(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return each engine: they differ in what they load."""
    return cast(Engine, request.param)


@pytest.mark.parametrize("width", rest_slow([PHONE, DESK]))
def test_nothing_is_loaded_before_it_is_needed(reader: Visitor, width: int) -> None:
    """Not the worker, not the store: only a letter or a filter brings them."""
    page, watch = reader.opens(PAGE, width)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.wait_for_load_state("networkidle")  # a reload would cut off what is still on its way
    page.reload()
    drawn(page)
    page.locator("input[name=q]").focus()
    assert not [url for url in asked if LOADED.search(url)]
    typed(page, WORDS)
    assert total(page) > 0
    assert [url for url in asked if LOADED.search(url)]
    assert not watch.faults


@pytest.mark.parametrize("found", rest_slow([True, False]))
def test_a_question_is_answered_before_the_theme_is_read(reader: Visitor, found: bool) -> None:
    """Menus come after the hits, or after word that there will be none; where nothing is asked, at once."""
    page, watch = reader.opens(PAGE)
    page.wait_for_selector("script[src*='/bundle.']", state="attached")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    if not found:
        page.context.route(re.compile("kho/chunk-"), lambda route: route.abort())
    page.goto(f"{page.url}?{urlencode({'q': WORDS})}")
    page.wait_for_selector("script[src*='/bundle.']", state="attached")
    assert not watch.faults or not found
    page.context.unroute(re.compile("kho/chunk-"))
    order = [name for url in asked for name in ("/bundle.", "kho/chunk-") if name in url]
    assert order[0] == "kho/chunk-"
    assert order[-1] == "/bundle."
    expect(page.locator("[data-activity]")).to_have_count(20 if found else 0)


@pytest.mark.slow
@pytest.mark.parametrize("lost", rest_slow(["kho/index.js", "kho/chunk-", "search/worker"]))
def test_what_is_lost_can_be_tried_again(reader: Visitor, lost: str) -> None:
    page, _ = reader.opens(PAGE)
    page.context.route(re.compile(lost), lambda route: route.abort())
    typed(page, WORDS)
    again = page.get_by_role("button", name="Thử lại")
    expect(again).to_be_visible()
    page.context.unroute(re.compile(lost))
    again.click()
    assert total(page) > 0
    expect(again).to_have_count(0)


def test_from_disk(disk_reader: Visitor, site: BuiltSite) -> None:
    page, watch = disk_reader.opens("hoat-dong/index.html")
    typed(page, WORDS)
    everything = total(page)
    assert everything > 0
    facet(page, "nam", "2023").click()
    expect(page.locator("[data-chip='nam']")).to_have_count(1)
    left, shown = total(page), keys(page)
    assert query_of(page) == {"q": [WORDS], "nam": ["2023"]}
    page.go_back()
    expect(page.locator("[data-total]")).to_have_attribute("data-total", str(everything))

    pasted, _ = disk_reader.opens("hoat-dong/index.html?" + urlencode({"q": WORDS, "nam": "2023"}))
    assert (total(pasted), keys(pasted)) == (left, shown)
    assert json.loads(downloaded(pasted, "json"))["total"] == left
    pasted.locator("[data-activity] a").first.click()
    pasted.wait_for_url("**/ke-hoach/*/index.html#*")
    assert not watch.faults


@pytest.mark.slow
def test_from_disk_with_files_lost(disk_reader: Visitor, offline_site: BuiltSite) -> None:
    page, _ = disk_reader.opens("hoat-dong/index.html")
    chunks = (offline_site.root / "hoat-dong/kho").glob("chunk-*")
    hidden = [(path, path.rename(path.with_suffix(".lost"))) for path in list(chunks)]
    try:
        typed(page, WORDS)
        again = page.get_by_role("button", name="Thử lại")
        expect(again).to_be_visible()
    finally:
        for path, lost in hidden:
            lost.rename(path)
    again.click()
    assert total(page) > 0


def test_without_javascript(browser: Browser, base_url: str, site: BuiltSite) -> None:
    """The plain list by plan, ways to the lists by year and unit, and no box that would do nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base_url}{PAGE}?q={WORDS}")
    expect(page.locator("input[name=q]")).to_be_hidden()
    expect(page.locator("[data-filters]")).to_be_hidden()
    expect(page.locator("[data-plain] li")).to_have_count(len(site.plans))
    for folder in ("nam", "don-vi", "ke-hoach"):
        expect(page.locator(f"article a[href='../{folder}/']")).to_be_visible()
    context.close()
