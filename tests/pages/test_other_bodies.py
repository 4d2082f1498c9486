"""Plans as other bodies write them: quarters, days, sums of money, places, persons, a quota for each unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from golden import corpus_of, parts_of

from generator.model.corpus import Corpus
from generator.pages.page import Options
from generator.paper.print import plan_html
from generator.site.tasks import site_files

CONTENT = Path(__file__).parents[1] / "other_bodies.txt"
PARTS = parts_of(CONTENT)
PLANS = [yaml.load(text, Loader=yaml.BaseLoader) for name, text in PARTS.items() if name.startswith("plans/")]
PRINTED = {"label", "title", "when", "amount", "unit", "source", "by_period", "by_year", "products", "lead", "partners"}
PRINTED |= {"heading", "text", "number"}
"""The fields whose words the document prints."""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return corpus_of(CONTENT)


@pytest.fixture(scope="module")
def files(corpus: Corpus) -> dict[str, Any]:
    return site_files(corpus, Options())


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan["id"])
def test_every_printed_word_stands_on_page_paper_and_in_the_table(
    corpus: Corpus, files: dict[str, Any], plan: dict[str, Any]
) -> None:
    words = list(printed(plan["activities"]))
    assert len(words) > 4
    table = files[f"du-lieu/ke-hoach/{plan['id']}.csv"]
    places = {
        "page": files[f"ke-hoach/{plan['id']}/index.md"],
        "paper": plan_html(corpus, corpus.plans[plan["id"]], Options()),
        "table": table.decode() if isinstance(table, bytes) else table,
    }
    for place, text in places.items():
        shown = " ".join(unescape(re.sub("<[^>]*>", "", text)).split())
        assert [word for word in words if word not in shown] == [], place


def printed(value: Any, field: str = "") -> Iterator[str]:
    """Yield the printed words of entries."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from printed(inner, field if field in {"by_period", "by_year"} else name)
    elif isinstance(value, list):
        for inner in value:
            yield from printed(inner, field)
    elif field in PRINTED:
        yield value


def test_a_quota_stands_on_the_page_of_its_unit_alone(files: dict[str, Any]) -> None:
    pages = [files[f"don-vi/ubnd-thanh-{commune}/index.md"] for commune in "ab"]
    assert [("350" in page, "275" in page) for page in pages] == [(True, False), (False, True)]


def test_one_name_means_the_agency_of_the_communes_own_plan(corpus: Corpus) -> None:
    led = [corpus.activities[f"xa-thanh-{commune}-2026/a1"] for commune in "ab"]
    assert [activity.lead for activity in led] == [("thanh-a-cong-an",), ("thanh-b-cong-an",)]
    assert {activity.lead_text for activity in led} == {"Công an xã"}
