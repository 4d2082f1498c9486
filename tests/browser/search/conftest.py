"""The search page of the built site, with this site's engine and, in `make test-all`, with the other one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from built_site import CONTENT, BuiltSite
from golden import write_files
from once import Once
from playwright.sync_api import Browser
from search_worker import ENGINES
from served import served
from visitor import Visitor

from generator.check import check
from generator.model.builder import link
from generator.search.search_files import Engine, search_files

FIRST, *OTHERS = ENGINES


@pytest.fixture(
    scope="module", params=[FIRST, *(pytest.param(engine, marks=pytest.mark.endurance) for engine in OTHERS)]
)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return the engine that the page runs on. `tests/search` holds that all of them give the same answers."""
    return cast(Engine, request.param)


def runs_on(site: BuiltSite, engine: Engine) -> bool:
    """Return whether a built site's search runs on `engine`, as the build has chosen."""
    return any(path.startswith("hoat-dong/kho/lunr-") for path in site.files) == (engine == "lunr")


def with_engine(once: Once, site: BuiltSite, engine: Engine) -> BuiltSite:
    """Return a copy of a built site whose search runs on `engine`; a test may hide files of it for a while."""

    def make(folder: Path) -> None:
        shutil.copytree(site.root, folder)
        if runs_on(site, engine):
            return
        shutil.rmtree(folder / "hoat-dong" / "kho")
        write_files(folder, search_files(link(check(CONTENT)), engine))

    return BuiltSite(once(f"{site.root.name}-{engine}", make))


@pytest.fixture(scope="module")
def base_url(site: BuiltSite, engine: Engine, once: Once) -> Iterator[str]:
    """The site with this engine, below a sub-path."""
    with served((site if runs_on(site, engine) else with_engine(once, site, engine)).root) as address:
        yield address


@pytest.fixture(scope="module")
def offline_site(offline_site: BuiltSite, engine: Engine, once: Once) -> BuiltSite:
    """Return the bundle with this engine."""
    return with_engine(once, offline_site, engine)


@pytest.fixture
def reader(browser: Browser, base_url: str) -> Iterator[Visitor]:
    """Someone with a history and a clipboard of their own: windows that are this test's alone."""
    yield from alone(Visitor(browser, base_url))


@pytest.fixture
def disk_reader(browser: Browser, offline_site: BuiltSite) -> Iterator[Visitor]:
    """The same in the bundle, opened from disk."""
    yield from alone(Visitor(browser, offline_site.root.as_uri() + "/"))


def alone(one: Visitor) -> Iterator[Visitor]:
    yield one
    for page, _ in one.windows.values():
        page.context.close()
