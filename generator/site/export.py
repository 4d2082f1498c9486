"""The plain tree of pages for any other builder: Markdown, data, hand-written pages and the theme's files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.site.request import ROOT

HANDWRITTEN = ROOT / "content" / "pages"
ASSETS = ROOT / "overrides" / "assets"


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
