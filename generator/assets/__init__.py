"""The browser's side: style sheets and scripts, joined and minified, under names that carry a hash of their content.

A name changes with the content, so that a browser never pairs a new page with an old style. What depends on the plans
(the search's store, its worker, the header's entries) is not here but in `generator.search`.
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
"""Folders of the theme that hold sources: they are published as bundles only."""


class Assets(NamedTuple):
    """Everything published, by path, and what pages name: for every page, for the search, for plans side by side.

    `start_script` is loaded in the head, before anything is shown; `moved_script` by pages that lead on.

    The file of the worker is not among the files: its library follows from the engine, and that from the plans.
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

    Only the script of the start may hold up a page.

    Raises `ValueError` where a source cannot be bundled.
    """
    sources = [path for folder in (STYLES, MODULES) for path in sorted(folder.rglob("*")) if path.is_file()]
    return _assets(tuple((path, path.stat().st_mtime_ns) for path in sources))


@lru_cache(maxsize=1)
def _assets(_sources: tuple[tuple[Path, int], ...]) -> Assets:
    """Bundle once for all who ask in a process, and again when a source has been saved, as in a preview."""
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
    """Return the files that stand instead of Material's, by path; none where it is not installed.

    They are apart from the published assets, which every build asks for: to read Material's sheet takes a tenth of a
    second, and only who has MkDocs render a shell needs it.
    """
    styles = theme_styles()
    return {hashed_path(f"{FOLDER}/theme.css", styles): styles} if styles else {}


def theme_values(assets: Assets) -> dict[str, Any]:
    """Return what our templates ask of `extra` in mkdocs.yml: files of the head, words of 404 page and shell."""
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
