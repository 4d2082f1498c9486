"""Where more is found than texts are read, SQLite's order is still the scorer's: that of a scan, which reads all."""

from __future__ import annotations

import sys
from statistics import fmean
from typing import Any

import pytest
from built_site import ROOT
from playwright.sync_api import Browser
from search_worker import Asker, files_of

sys.path.insert(0, str(ROOT))  # the benchmarks are no part of the installed package

from benchmarks.corpus import write_corpus
from benchmarks.search import QUERIES, plan_sizes
from generator.check import check
from generator.link.build import link
from generator.link.corpus import Corpus
from generator.search.files import Engine

pytestmark = pytest.mark.browser

ACTIVITIES = 1_500
FIRST = 10


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, plan_sizes(ACTIVITIES))
    return link(check(folder))


def titles_of(answer: dict[str, Any]) -> set[str]:
    """Of the first results. Recombined titles repeat; which of those that say the same comes first tells nothing."""
    return {hit["title"] for hit in answer["hits"][:FIRST]}


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_first_results_are_those_of_a_scan(browser: Browser, corpus: Corpus, engine: Engine) -> None:
    scan, other = (Asker(browser, files_of(corpus, name)) for name in ("scan", engine))
    alike = {}
    for query in QUERIES:
        expected, answer = scan(query), other(query)
        for name in ("total", "partial", "facets", "years"):
            assert answer[name] == expected[name], (query, name)
        wanted = titles_of(expected)
        alike[query] = len(wanted & titles_of(answer)) / len(wanted)
    assert fmean(alike.values()) >= 0.9, alike
