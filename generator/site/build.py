"""Builds the finished site with MkDocs, or writes the plain tree of pages for any other builder."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from generator.check import CheckResult
from generator.site.plugin import SokehoachPlugin

ROOT = Path(__file__).parents[2]
HANDWRITTEN = ROOT / "content" / "pages"
ASSETS = ROOT / "overrides" / "assets"


class BuildError(Exception):
    """MkDocs gave up; its own log has said why."""


def build_site(
    site: Path,
    content: Path,
    checked: CheckResult,
    *,
    offline: bool = False,
    strict: bool = False,
    office: bool | None = None,
    pdf: bool | None = None,
) -> None:
    """Content, checked and without problems -> finished site in `site`. `offline` makes a bundle that opens from disk.

    `office` says whether Word and Excel files are made, `pdf` whether PDFs are; None leaves it to mkdocs.yml.

    Raises `BuildError` when MkDocs cannot build, or warns while `strict`.
    """
    # Material's notice about its successor is for the engineer (docs/architecture.md), not for every build.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    settings: dict[str, Any] = {"site_dir": str(site), "strict": strict}
    if offline:
        settings["use_directory_urls"] = False
    try:
        config = load_config(str(ROOT / "mkdocs.yml"), **settings)
        plugin = cast(SokehoachPlugin, config.plugins["sokehoach"])
        plugin.config["content"] = str(content)
        plugin.checked = checked
        for option, value in {"office": office, "pdf": pdf}.items():
            if value is not None:
                plugin.config[option] = value
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
        if offline:
            _index_from_disk(site / "search")
    except (Abort, MkDocsException) as error:
        raise BuildError(str(error)) from error


def _index_from_disk(folder: Path) -> None:
    """Material's index as the script that Material asks for where it cannot fetch."""
    index = (folder / "search_index.json").read_text(encoding="utf-8")
    (folder / "search_index.js").write_text(f"var __index = {index}\n", encoding="utf-8")


def write_pages(out: Path, files: Mapping[str, str | bytes]) -> int:
    """Write the generated tree with the hand-written pages and the assets into `out`; the number of files written.

    Only `out` is written to; what was there and is no longer generated stays, because the folder may hold other work.
    """
    if HANDWRITTEN.is_dir():
        shutil.copytree(HANDWRITTEN, out, dirs_exist_ok=True)
    shutil.copytree(ASSETS, out / "assets", ignore=shutil.ignore_patterns("search"), dirs_exist_ok=True)
    for path, content in files.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return sum(1 for path in out.rglob("*") if path.is_file())
