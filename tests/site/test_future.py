"""Life after Material: the same pages by Zensical, and in our own shell by plain MkDocs and by our build."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from broken_links import broken_links
from built_site import ROOT, BuiltSite, Place, few, one, with_class
from once import Once
from playwright.sync_api import Browser
from served import served
from small_site import content_in

pytestmark = pytest.mark.slow  # it matters when Material goes
BUILDERS = ["zensical", "mkdocs", "shell"]
BIN = Path(sys.executable).parent
HEAD = (
    "//script[@type='application/ld+json']/text()",
    "//meta[@http-equiv]/@content",
    "//meta[starts-with(@property, 'og:')]/@content",
    "//link[@type='application/atom+xml']/@title",
)
LOADED = ("assets/sokehoach.*.css", "assets/sokehoach.*.js", "assets/start.*.js", "assets/search/header-page.js")


@pytest.fixture(scope="module")
def folders(once: Once) -> Path:
    """A small content as Material shows it (`material`), and by each of the builders."""

    def make(root: Path) -> None:
        content = content_in(root / "content")
        absent = root / "absent"
        absent.mkdir()
        (absent / "material.py").write_text("raise ModuleNotFoundError('hidden by the test', name='material')\n")
        alone = {"PYTHONPATH": str(absent), "SITE_THEME": "sokehoach"}
        project = root / "project"
        of_content = ("--content", content, "--no-office")
        build = ("sokehoach", "build", *of_content, "--cache", root / "cache")
        run(ROOT, {}, *build, "--site", root / "material")
        run(ROOT, alone, *build, "--site", root / "shell")
        run(ROOT, alone, "sokehoach", "pages", *of_content, "--project", "--out", project)
        run(project, alone, "mkdocs", "build", "--strict", "--site-dir", root / "mkdocs")
        run(project, {}, "zensical", "build", "--strict")  # it shows its own theme under the name of Material's
        (project / "site").rename(root / "zensical")

    return once("future", make)


def run(cwd: Path, variables: dict[str, str], name: str, *words: str | Path) -> None:
    environment = {**os.environ, **variables}
    done = subprocess.run(
        [BIN / name, *words], cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"


@pytest.fixture(scope="module")
def material(folders: Path) -> BuiltSite:
    return BuiltSite(folders / "material")


@pytest.fixture(scope="module", params=BUILDERS)
def other(request: pytest.FixtureRequest, folders: Path) -> BuiltSite:
    return BuiltSite(folders / request.param)


def test_the_addresses_are_the_same(material: BuiltSite, other: BuiltSite) -> None:
    """Pages, and all files but the theme's; only MkDocs compresses its sitemap."""
    assert other.pages.keys() == material.pages.keys()
    ours = {path for path in material.files if not path.startswith((".", "assets/"))}
    assert ours - {"sitemap.xml.gz"} <= other.files


def test_no_link_is_broken(other: BuiltSite) -> None:
    problems = broken_links(other)
    assert not problems, few(problems)


def test_the_text_of_each_page_is_the_same(material: BuiltSite, other: BuiltSite) -> None:
    """Word for word, and link for link."""
    assert len(material.pages) > 20
    for path, page in material.pages.items():
        assert other.pages[path].article.text_content().split() == page.article.text_content().split(), path
        assert other.pages[path].places >= page.places, path


def test_the_head_carries_what_is_ours(material: BuiltSite, other: BuiltSite) -> None:
    """Linked data, policy, card, feed, style sheet and scripts."""
    for path, page in material.pages.items():
        for rule in HEAD:
            assert other.pages[path].tree.xpath(rule) == page.tree.xpath(rule), (path, rule)
        places = {link.place.path for link in other.pages[path].links if link.place}
        assert "du-lieu/atom.xml" in places, path
        for name in LOADED:
            assert places & {file.relative_to(other.root).as_posix() for file in other.root.glob(name)}, (path, name)


def test_each_page_leads_to_every_section(other: BuiltSite) -> None:
    sections = {place for place in other.pages["404.html"].places if place.path.endswith("index.html")}
    assert Place("ke-hoach/index.html") in sections
    assert len(sections) > 10
    for path, page in other.pages.items():
        tabs = one(page.tree, f"//nav[{with_class('md-tabs')}]")
        assert page.places_in(tabs) == sections, path


@pytest.mark.browser
@pytest.mark.parametrize("builder", BUILDERS)
def test_the_search_is_found_and_answers(builder: str, folders: Path, browser: Browser) -> None:
    with served(folders / builder) as address:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(address)
        assert page.evaluate("getComputedStyle(document.querySelector('header')).position") == "sticky"
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.sk-search button')).color") == "rgb(255, 255, 255)"
        )
        page.locator("[data-seek]").click()
        page.locator(".sk-seek__box").fill("ke hoach")
        page.wait_for_selector(".sk-seek__link")
        page.locator(".sk-seek__close").click()
        page.fill("#sk-q", "hop")
        page.press("#sk-q", "Enter")
        page.wait_for_selector("[data-activity='thu/a1']")
        page.close()
