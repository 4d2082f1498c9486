"""The bytes of pages, and what older browsers can read of the site."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
from pathlib import Path

import pytest
from built_site import ROOT, UNUSED, BuiltSite
from page_kinds import page_kinds
from playwright.sync_api import Browser, Response
from slow import rest_slow

MOST = {"": 90_000, "ke-hoach/": 105_000, "hoat-dong/": 115_000}
"""Bytes that a first visit loads, compressed as page servers do: home, the largest plan, the search."""

JAVASCRIPT = ROOT / "tests" / "js"


@pytest.mark.browser
@pytest.mark.parametrize("kind", rest_slow(MOST))
def test_a_first_visit_is_light(kind: str, site: BuiltSite, browser: Browser, base_url: str) -> None:
    address = max((each for each in page_kinds(site.root) if each.startswith(kind) and "?" not in each), key=len)
    page = browser.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.extend([answer]))
    page.goto(base_url + (address if kind else ""))
    page.wait_for_load_state("networkidle")
    sizes = {each.url.removeprefix(base_url): len(gzip.compress(each.body(), 6)) for each in answers}
    assert len(page.query_selector_all("head link[rel=stylesheet]")) <= 2
    page.close()
    assert len(sizes) > 4
    assert sum(sizes.values()) <= MOST[kind], sizes


def test_nothing_is_published_that_no_page_loads(site: BuiltSite) -> None:
    assert [path for path in sorted(site.files) if UNUSED.search(path) and path[0] != "."] == []


def newer_than_2021(folder: Path, kind: str) -> str:
    """Return what ESLint finds in a folder's scripts that browsers of 2021 do not know."""
    eslint = JAVASCRIPT / "node_modules" / ".bin" / "eslint"
    assert eslint.exists(), "run .ci/javascript"
    done = subprocess.run(
        [eslint, "--no-config-lookup", "--config", JAVASCRIPT / "eslint.config.mjs", "."],
        cwd=folder,
        env={**os.environ, "SOURCE_TYPE": kind},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.slow
def test_scripts_run_in_browsers_of_2021(site: BuiltSite) -> None:
    """Syntax and functions, of the modules and of what is published, the theme's script and lunr.js among it."""
    assert newer_than_2021(ROOT / "overrides" / "assets", "module") == ""
    assert newer_than_2021(site.root / "assets", "script") == ""


def test_the_check_finds_what_is_newer(tmp_path: Path) -> None:
    for at, line in enumerate(("words.at(-1)", "Object.hasOwn(a, 'b')", "class A { #b = 1 }", "list.toSorted()")):
        (tmp_path / f"{at}.js").write_text(f"{line}\n", "utf-8")
    found = newer_than_2021(tmp_path, "script")
    assert {f"{at}.js" for at in range(4)} <= set(re.findall(r"\d\.js", found)), found


def test_style_sheets_can_be_read_by_browsers_of_2021(site: BuiltSite) -> None:
    """No nesting, and none of the functions and rules that came later. `:has()` is only for paper."""
    for path in sorted((site.root / "assets").glob("*.css")):
        text = path.read_text("utf-8")
        assert re.findall(r"[{;}]\s*&|color-mix\(|@layer|@container|@scope|light-dark\(|\d[dsl]vh", text) == []
    chapters = (ROOT / "overrides" / "styles").rglob("*.css")
    assert [path.name for path in chapters if "print" not in path.name and ":has(" in path.read_text("utf-8")] == []
