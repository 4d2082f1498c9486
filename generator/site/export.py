"""The plain tree of pages for other builders: Markdown, data, hand-written pages and the theme's files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from generator.assets import SOURCES, published_assets, theme_files, theme_values
from generator.incremental.output import OutputDirectory
from generator.installation import ROOT
from generator.site.request import CONFIGURATION

HANDWRITTEN = ROOT / "content" / "pages"
THEME = ROOT / "overrides"


def page_files(files: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    """Return the generated tree with the hand-written pages and the assets, by their paths."""
    written = _files(HANDWRITTEN) if HANDWRITTEN.is_dir() else {}
    assets = {f"assets/{path}": content for path, content in _files(THEME / "assets").items()}
    sources = {path: content for path, content in assets.items() if not path.startswith(SOURCES)}
    return {**written, **sources, **files, **published_assets().files, **theme_files()}


def project_files(pages: str, names: Mapping[str, str]) -> dict[str, str | bytes]:
    """Return what MkDocs or Zensical needs to build the tree in the folder `pages`, without our program.

    `site.yml` is a copy of our mkdocs.yml. The project's own mkdocs.yml inherits it and adds what depends on the tree:
    its place, the names that the content gives the site (`names`), and the names of style sheets and scripts, which
    change with their content.
    """
    assets = published_assets()
    settings = {
        "INHERIT": "site.yml",
        **names,
        "docs_dir": pages,
        "theme": {"custom_dir": "theme"},
        "edit_uri": "",  # generated Markdown is not edited
        "plugins": [{"search": {"enabled": False}}],  # the search is our own
        "watch": [],
        "extra": theme_values(assets),
        "extra_css": assets.stylesheets,
        "extra_javascript": [{"path": path, "defer": True} for path in assets.scripts],
    }
    theme = {path: content for path, content in _files(THEME).items() if not path.startswith(("styles/", "assets/"))}
    return {
        **{f"theme/{path}": content for path, content in theme.items()},
        "site.yml": CONFIGURATION.read_bytes(),
        "mkdocs.yml": json.dumps(settings, indent=1, ensure_ascii=False),
    }


def write_tree(directory: OutputDirectory, files: Mapping[str, str | bytes]) -> None:
    """Put a tree in place of an earlier one, of which nothing stays: it might be published by whoever builds it."""
    for path, content in files.items():
        directory.write(path, content)
    directory.publish("pages", files.keys())
    directory.forget_last()


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
