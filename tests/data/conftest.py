"""The real content, linked, and everything that is published of it as data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.check import check
from generator.data.data_files import Content, data_files
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.pages.page import Options

SITE_URL = "https://hoi.example/so-ke-hoach/"


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The plans, units and programmes of this repository."""
    return link(check(Path("content")))


@pytest.fixture(scope="session")
def files(corpus: Corpus) -> dict[str, Content]:
    """The files of a site that does not know where it will stand."""
    return dict(data_files(corpus, Options(date(2024, 3, 8))))


@pytest.fixture(scope="session")
def addressed(corpus: Corpus) -> dict[str, Content]:
    """The files of a site that knows its address; without those for Excel, which take longest."""
    return dict(data_files(corpus, Options(date(2024, 3, 8), office=False, site_url=SITE_URL)))
