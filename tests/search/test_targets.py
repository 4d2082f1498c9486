"""The work of every target: its page lists exactly what the search finds by it, and what the data say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from built_site import BuiltSite, one, text_of
from playwright.sync_api import Browser
from search_worker import WORKER, Asker

Json = dict[str, Any]


@pytest.fixture(scope="module")
def activities(site: BuiltSite) -> list[Json]:
    """Return the activities of the open data."""
    data: Json = json.loads((site.root / "du-lieu/hoat-dong.json").read_text("utf-8"))
    return list(data["activities"])


@pytest.fixture(scope="module")
def targets(site: BuiltSite) -> list[str]:
    """Return the targets of all plans, by `<plan>/<target>`."""
    pages = sorted((site.root / "chi-tieu").glob("*/*/index.html"))
    return [f"{page.parts[-3]}/{page.parts[-2]}" for page in pages]


@pytest.fixture
def ask(browser: Browser, site: BuiltSite) -> Iterator[Asker]:
    paths = [*(site.root / "hoat-dong/kho").iterdir(), site.root / WORKER]
    asker = Asker(browser, {path.relative_to(site.root).as_posix(): path.read_text("utf-8") for path in paths})
    yield asker
    asker.page.close()


def listed(root: Path, target: str) -> list[str]:
    """Return the activities that a target's page lists."""
    page = (root / "chi-tieu" / target / "index.html").read_text("utf-8")
    links = re.findall(r'class="sk-act__title" href="[./]*ke-hoach/([^/"]+)/(?:index.html)?#([^"]+)"', page)
    return [f"{plan}/{id_}" for plan, id_ in links]


def serving(activities: list[Json], target: str) -> list[str]:
    """Return the activities that serve a target, by the document or by the editors."""
    return [
        f"{one['plan']}/{one['id']}"
        for one in activities
        if target == f"{one['plan']}/{one.get('target')}" or target in one.get("serves", ())
    ]


def test_every_activity_is_decided(activities: list[Json]) -> None:
    assert [one["id"] for one in activities if "serves" not in one] == []
    assert {one["plan"] for one in activities if one["serves"]} >= {"national-2022-2027", "da-nang-2023"}
    assert all(one["serves"] == [] for one in activities if one["plan"] == "national-2020")
    # A heading's alignment holds for what stands under it.
    inherited = {(one["plan"], one["id"]): one["serves"] for one in activities if one.get("serves_from") == "nv1-2"}
    assert inherited["thai-nguyen-2021-2026", "nv1-2-1"] == ["thai-nguyen-2021-2026/ct4"]


def test_each_page_lists_what_serves_its_target(site: BuiltSite, activities: list[Json], targets: list[str]) -> None:
    assert len(targets) == 30
    for target in targets:
        found = listed(site.root, target)
        assert sorted(found) == sorted(set(found)) == sorted(serving(activities, target)), target
    assert all(listed(site.root, target) for target in targets)


def test_each_page_counts_what_stands_below(site: BuiltSite, targets: list[str]) -> None:
    """Its own plan's activities, then those of other plans: each number stands above its list."""
    for target in targets:
        found = listed(site.root, target)
        own = sum(key.startswith(target.partition("/")[0] + "/") for key in found)
        text = text_of(one(site.page(f"chi-tieu/{target}").tree, "//article"))
        counted = re.search(r"Hoạt động ?# ?(\d+) hoạt động", text)
        others = re.search(r"Kế hoạch khác có (\d+) hoạt động", text)
        assert int(counted[1] if counted else 0) == own, target
        assert int(others[1] if others else 0) == len(found) - own, target


@pytest.mark.browser
def test_the_search_by_a_target_finds_the_same(ask: Asker, site: BuiltSite, targets: list[str]) -> None:
    for target in targets:
        answer = ask(facets={"chi-tieu": [target]}, all=True)
        keys = [hit["key"] for hit in answer["hits"]]
        assert sorted(keys) == sorted(listed(site.root, target)), target
        for hit in answer["hits"]:
            # The label tells which of the two it is.
            stated = hit["target"] and target == f"{hit['plan']['id']}/{hit['target']['id']}"
            aligned = target in {f"{one['plan']}/{one['id']}" for one in hit["serves"]}
            assert bool(stated) != aligned, (target, hit["key"])
    assert ask.faults == []
