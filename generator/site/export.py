"""The plain tree of pages for other builders: Markdown, data, hand-written pages and the theme's files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.assets import SOURCES, published_assets, theme_files, theme_values
from generator.installation import ROOT
from generator.site.request import CONFIGURATION

HANDWRITTEN = ROOT / "content" / "pages"
THEME = ROOT / "overrides"


def write_pages(out: Path, files: Mapping[str, str | bytes]) -> int:
    """Write the generated tree with the hand-written pages and the assets into `out`; return the number of files.

    Only `out` is written to. Files there that are no longer generated stay, because they may be somebody else's.
    """
    written: set[Path] = set()

    def copy(source: str, target: str) -> None:
        shutil.copy2(source, target)
        written.add(Path(target))

    if HANDWRITTEN.is_dir():
        shutil.copytree(HANDWRITTEN, out, copy_function=copy, dirs_exist_ok=True)
    ignored = shutil.ignore_patterns(*(folder.removeprefix("assets/").rstrip("/") for folder in SOURCES))
    shutil.copytree(THEME / "assets", out / "assets", ignore=ignored, copy_function=copy, dirs_exist_ok=True)
    for path, content in {**files, **published_assets().files, **theme_files()}.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
        written.add(target)
    return len(written)


def write_project(project: Path, pages: Path, names: Mapping[str, str]) -> None:
    """Write what MkDocs or Zensical needs to build the tree of pages in `project`, without our program.

    `site.yml` is a copy of our mkdocs.yml. The project's own mkdocs.yml inherits it and adds what depends on the tree:
    its place, the names that the content gives the site (`names`), and the names of style sheets and scripts, which
    change with their content.
    """
    assets = published_assets()
    shutil.copytree(THEME, project / "theme", ignore=shutil.ignore_patterns("styles", "assets"), dirs_exist_ok=True)
    shutil.copyfile(CONFIGURATION, project / "site.yml")
    settings = {
        "INHERIT": "site.yml",
        **names,
        "docs_dir": pages.relative_to(project).as_posix(),
        "theme": {"custom_dir": "theme"},
        "edit_uri": "",  # generated Markdown is not edited
        "plugins": [{"search": {"enabled": False}}],  # the search is our own
        "watch": [],
        "extra": theme_values(assets),
        "extra_css": assets.stylesheets,
        "extra_javascript": [{"path": path, "defer": True} for path in assets.scripts],
    }
    (project / "mkdocs.yml").write_text(json.dumps(settings, indent=1, ensure_ascii=False), encoding="utf-8")
