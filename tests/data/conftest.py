"""The real content, linked, and all data files published from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from built_site import BuiltSite

from generator.check import check
from generator.data.data_files import Content, corpus_files, corpus_tables, plan_files, unit_files, year_files
from generator.incremental import Build
from generator.incremental.segments import whole
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.pages.page import Options

SITE_URL = "https://hoi.example/so-ke-hoach/"


def data_files(corpus: Corpus, options: Options) -> dict[str, Content]:
    """Every file of open data, by its path."""
    build = Build()
    files = {**corpus_tables(corpus, options, build), **corpus_files(corpus, options, build)}
    for plan in corpus.plans.values():
        files |= plan_files(corpus, plan, options, build)
    for unit in corpus.units.values():
        files |= unit_files(corpus, unit, options, build)
    for year in corpus.of_year:
        files |= year_files(corpus, year, options, build)
    return {path: whole(content) for path, content in files.items()}


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The plans, units and programmes of this repository."""
    return link(check(Path("content")))


@pytest.fixture(scope="session")
def files(site: BuiltSite) -> dict[str, bytes]:
    """The files of a site that does not know where it will stand, as it was built."""
    data = (path for path in site.files if path.startswith("du-lieu/") and not path.endswith(".html"))
    return {path: (site.root / path).read_bytes() for path in data}


@pytest.fixture(scope="session")
def addressed(corpus: Corpus) -> dict[str, Content]:
    """The files of a site that knows its address; without those for Excel, which take longest."""
    return data_files(corpus, Options(office=False, site_url=SITE_URL))
