"""Queries as members type them: a page first by its name or number, an activity among the first ten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser
from search_worker import ENGINES, Asker
from slow import rest_slow

from generator.check import check
from generator.model.builder import link
from generator.search.search_files import search_files

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
QUERIES: list[dict[str, Any]] = yaml.safe_load((HERE / "member_queries.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=rest_slow(ENGINES))
def asker(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Asker]:
    asker = Asker(browser, search_files(link(check(HERE.parents[1] / "content")), request.param))
    yield asker
    asker.page.close()


def rank_of(query: dict[str, Any], answer: dict[str, Any]) -> int:
    """The place of the first right hit, 0 where there is none among the first ten."""
    if query.get("none"):
        return int(not answer["pages"] and not answer["total"])
    if "page" in query:
        found = [f"{page['kind']}/{page['value']}" for page in answer["pages"]]
        wanted = {query["page"]}
    else:
        found, wanted = [hit["key"] for hit in answer["hits"]], set(query["want"])
    return next((place for place, key in enumerate(found, 1) if key in wanted), 0)


def test_members_find_what_they_type(asker: Asker) -> None:
    assert len(QUERIES) >= 120
    ranks = {query["q"]: rank_of(query, asker(query["q"], size=10)) for query in QUERIES}
    worse = {q: rank for q, rank in ranks.items() if rank != 1}
    assert all(ranks.values()), worse
    assert fmean(1 / rank for rank in ranks.values()) >= 0.97, worse
    assert asker.faults == []


def test_what_a_reading_changed_is_told(asker: Asker) -> None:
    """Only where as typed nothing has all words: who typed words that are there is not corrected."""
    assert asker("phuj nuwx")["reading"] == "phụ nữ"
    assert asker("939/QĐ-TTg")["reading"] == "939"
    assert asker("ct2")["reading"] == asker("CT 2")["reading"] == "chỉ tiêu 2"
    assert asker("QĐ217")["reading"] == "qđ 217"
    for typed in ("OCOP", "cuba", "phụ nữ", "phu nu", "629/QĐ-TTg", "CT 05", "CT 21"):
        assert asker(typed)["reading"] == ""


def test_a_kind_is_said_once(asker: Asker) -> None:
    """A card of a page says it before the label."""
    assert [page["label"].split(".")[0] for page in asker("chỉ tiêu 2")["pages"]] == ["2", "2", "2"]


def test_names_in_a_units_note_find_its_page_and_no_activities(asker: Asker) -> None:
    answer = asker("Bắc Kạn")
    assert [page["value"] for page in answer["pages"]] == ["hoi-lhpn-thai-nguyen"]
    assert answer["partial"] or not answer["total"]


def test_the_bars_tell_what_a_tap_gives(asker: Asker) -> None:
    chosen = asker("phụ nữ", facets={"nam": ["2023"]})
    for year in ("2022", "2024"):
        both = asker("phụ nữ", facets={"nam": [year]})
        assert chosen["years"][year] == both["total"]


def test_a_phrase_in_quotation_marks_is_found_whole(asker: Asker) -> None:
    apart, whole = asker("phụ nữ khởi nghiệp", all=True), asker("“phụ nữ khởi nghiệp”", all=True)
    assert 0 < whole["total"] < apart["total"]
    assert not whole["partial"]
    keys = [{hit["key"] for hit in answer["hits"]} for answer in (apart, whole)]
    said = {hit["key"] for hit in apart["hits"] if "phụ nữ khởi nghiệp" in f"{hit['title']} {hit['excerpt']}".lower()}
    assert said
    assert said <= keys[1] < keys[0]
    assert asker("hòa giải")["total"]
    assert not asker('"hòa giải"')["total"]
