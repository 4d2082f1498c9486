"""The filter by month and quarter: its results, and the counts of further values, against counting one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from golden import corpus_of
from playwright.sync_api import Browser
from search_worker import ENGINES, Asker

from generator.language.time_spans import periods_of
from generator.model.corpus import Corpus
from generator.search.search_files import Engine, search_files

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return corpus_of(Path(__file__).parents[1] / "annual_plan.txt")


@pytest.fixture(scope="module", params=ENGINES)
def ask(request: pytest.FixtureRequest, browser: Browser, corpus: Corpus) -> Iterator[Asker]:
    engine: Engine = request.param
    asker = Asker(browser, {path: str(text) for path, text in search_files(corpus, engine).items()})
    yield asker
    asker.page.close()


def found(corpus: Corpus, years: list[str], periods: list[str]) -> set[str]:
    """Activities of the years that are due in one of the months or quarters, in one of these years."""
    keys = set()
    for activity in corpus.activities.values():
        of_years = not years or any(str(year) in years for year in activity.years)
        due = periods_of(activity.all_spans)
        of_periods = not periods or any(p in periods and (not years or str(year) in years) for year, p in due)
        if of_years and of_periods:
            keys.add(activity.key)
    return keys


@pytest.mark.parametrize(
    ("years", "periods"),
    [
        (years, periods)
        for years, periods in product([[], ["2026"], ["2027"], ["2026", "2027"]], [[], ["3"], ["q2"], ["q1", "12"]])
        if years or periods
    ],
)
def test_months_and_quarters_are_those_of_the_chosen_years(
    ask: Asker, corpus: Corpus, years: list[str], periods: list[str]
) -> None:
    answer = ask("", facets={"nam": years, "thang": periods}, size=100)
    assert {hit["key"] for hit in answer["hits"]} == found(corpus, years, periods)
    counts = {name: {one["value"]: one["count"] for one in answer["facets"][name]} for name in ("nam", "thang")}
    for value, count in counts["thang"].items():
        assert count == len(found(corpus, years, [value])), value
    for value, count in counts["nam"].items():
        assert count == len(found(corpus, [value], periods)), value
    # a year's bar tells what a tap on it gives, without regard to the years chosen so far
    assert answer["years"] == {year: len(found(corpus, [year], periods)) for year in answer["years"]}


def test_a_year_is_sorted_by_its_days_and_cards_say_them(ask: Asker) -> None:
    hits = ask("", facets={"nam": ["2026"]}, sort="year", size=100)["hits"]
    order = [hit["key"].partition("/")[2] for hit in hits if hit["days"]]
    assert order == "v1 v2 v4 v3 v21 v10 v11 v5 v6 v12 v13 v7 v8 v9 v20".split()
    assert not any(hit["days"] for hit in hits[len(order) :])
    assert [(hit["when"], hit["reading"]) for hit in hits[:1]] == [("Quý I", "01/01–31/3/2026")]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("tháng 6", {"value": "6", "year": None, "unit": None}),
        ("thang 06", {"value": "6", "year": None, "unit": None}),
        ("việc tháng 6 năm 2026", {"value": "6", "year": "2026", "unit": None}),
        ("tháng 6/2026", {"value": "6", "year": "2026", "unit": None}),
        ("quy 2", {"value": "q2", "year": None, "unit": None}),
        ("Quý II Ban TG-CS", {"value": "q2", "year": None, "unit": "ban-tg"}),
        ("tháng 13", None),
        ("tháng 6 năm 2031", None),
        ("tháng 6 cuba", None),
        ("tháng 6 ban kinh te", None),
    ],
)
def test_who_names_a_month_is_offered_its_filter(ask: Asker, typed: str, offered: dict[str, str | None] | None) -> None:
    pages = [page for page in ask(typed)["pages"] if page["kind"] == "thang"]
    told = [{name: page.get(name) for name in ("value", "year", "unit")} for page in pages]
    assert told == ([offered] if offered else [])
