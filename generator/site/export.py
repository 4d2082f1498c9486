"""The plain tree of pages for any other builder: Markdown, data, hand-written pages and the theme's files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.assets import SOURCES, published_assets, theme_values
from generator.installation import ROOT

HANDWRITTEN = ROOT / "content" / "pages"
THEME = ROOT / "overrides"
MANIFEST = "assets/manifest.json"
"""What mkdocs.yml of the tree has to name: style sheets and scripts, whose names change with their content; `extra`."""


def write_pages(out: Path, files: Mapping[str, str | bytes]) -> int:
    """Write the generated tree with the hand-written pages and the assets into `out`; the number of files written.

    Only `out` is written to; what was there and is no longer generated stays, because the folder may hold other work.
    """
    if HANDWRITTEN.is_dir():
        shutil.copytree(HANDWRITTEN, out, dirs_exist_ok=True)
    sources = [folder.removeprefix("assets/").rstrip("/") for folder in SOURCES]
    shutil.copytree(THEME / "assets", out / "assets", ignore=shutil.ignore_patterns(*sources), dirs_exist_ok=True)
    assets = published_assets()
    named = {"stylesheets": assets.stylesheets, "scripts": assets.scripts, "extra": theme_values(assets)}
    manifest = json.dumps(named, indent=1, ensure_ascii=False)
    for path, content in {**files, **assets.files, MANIFEST: manifest}.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return sum(1 for path in out.rglob("*") if path.is_file())
