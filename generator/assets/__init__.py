"""Style sheets and scripts for the browser, bundled and minified, with a hash of their content in the names.

A changed content changes the name, so a browser never combines a new page with an old style. Scripts that depend on the
plans (the search's store and worker, the header's entries) are in `generator.search`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from generator.assets.scripts import MODULES, bundle, lunr_script, minified, worker_script
from generator.assets.styles import MAIN, PALETTE, STYLES, palette, sizes, stylesheet, theme_styles
from generator.language.catalogue import catalogue

FOLDER = "assets"
SOURCES = ("styles/", "assets/search/", "assets/site/")
"""Folders of the theme with sources, which are published only as bundles."""


class Assets(NamedTuple):
    """All published files by path, and those that pages refer to: every page, the search, plans side by side.

    `start_script` is loaded in the head, before anything is shown; `moved_script` by pages that redirect.

    The worker's file is not among them: its library depends on the engine, and that on the plans.
    """

    files: Mapping[str, str]
    stylesheets: tuple[str, ...]
    scripts: tuple[str, ...]
    search_stylesheet: str
    search_script: str
    sides_script: str
    worker: str
    start_script: str
    moved_script: str


def published_assets() -> Assets:
    """Return the published style sheets and scripts, by paths relative to the site.

    Only the start script may block rendering.

    Raises `ValueError` if a source cannot be bundled.
    """
    sources = [path for folder in (STYLES, MODULES) for path in sorted(folder.rglob("*")) if path.is_file()]
    return _assets(tuple((path, path.stat().st_mtime_ns) for path in sources))


@lru_cache(maxsize=1)
def _assets(_sources: tuple[tuple[Path, int], ...]) -> Assets:
    """Bundle once in a process, and again when a source has changed, as in a preview."""
    site, search = palette() + sizes() + stylesheet("site"), stylesheet("search")
    script, search_script = minified(bundle("site/site-main.js")), minified(bundle("search/page-main.js"))
    moved = minified(bundle("site/moved.js"))
    start = minified(bundle("site/theme-start.js"))
    sides_script = minified(bundle("search/sides-main.js"))
    files = {
        hashed_path(f"{FOLDER}/sokehoach.css", site): site,
        hashed_path(f"{FOLDER}/search.css", search): search,
        hashed_path(f"{FOLDER}/sokehoach.js", script): script,
        hashed_path(f"{FOLDER}/search.js", search_script): search_script,
        hashed_path(f"{FOLDER}/sides.js", sides_script): sides_script,
        hashed_path(f"{FOLDER}/start.js", start): start,
        hashed_path(f"{FOLDER}/moved.js", moved): moved,
    }
    named = list(files)
    worker = hashed_path(f"{FOLDER}/search/worker.js", worker_script(lunr_script()))
    return Assets(files, (named[0],), (named[2],), named[1], named[3], named[4], worker, named[5], named[6])


@lru_cache(maxsize=1)
def theme_files() -> Mapping[str, str]:
    """Return the files that replace Material's, by path; none if it is not installed.

    They are separate from the published assets, which every build needs: reading Material's sheet takes a tenth of a
    second and is needed only when MkDocs renders a shell.
    """
    styles = theme_styles()
    return {hashed_path(f"{FOLDER}/theme.css", styles): styles} if styles else {}


def theme_values(assets: Assets) -> dict[str, Any]:
    """Return the values of `extra` for our templates: files in the head, words of the shell and the 404 page."""
    words = catalogue("vi")
    missing = {key: words.text(f"site.not_found.{key}") for key in ("title", "why", "search", "find")}
    shell = {key: words.text(f"site.shell.{key}") for key in ("skip", "sections", "contents")}
    return {
        "start_script": assets.start_script,
        "search_assets": {"stylesheet": assets.search_stylesheet, "script": assets.search_script},
        "theme_sheets": {"palette": PALETTE, "main": MAIN, "published": next(iter(theme_files()), "")},
        "not_found": missing,
        "shell": shell,
    }


def hashed_path(path: str, text: str) -> str:
    """Return the path with eight digits of the text's hash before its suffix: `a/b.css` → `a/b.0123abcd.css`."""
    stem, _, suffix = path.rpartition(".")
    return f"{stem}.{sha256(text.encode()).hexdigest()[:8]}.{suffix}"
