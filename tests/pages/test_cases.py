"""Golden pages: each file in `cases/` holds small content files and the pages that they must give.

A case is text of the form `=== <path>` followed by that file's content; parts named `page <path>` are what must come
out. The files of `tests/check/base.txt` are added. To add a case, write its files and an empty part for each page, run
`UPDATE_GOLDEN=1 pytest tests/pages/test_cases.py`, then read what was written.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from generator.check import check_files
from generator.link.build import link
from generator.pages.render import Options
from generator.pages.site_map import render_site
from generator.source.files import FOLDERS, SourceFile

HERE = Path(__file__).parent
BASE = HERE.parent / "check" / "base.txt"
CASES = sorted((HERE / "cases").glob("*.txt"))


def parts_of(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in ("\n" + text).split("\n=== ")[1:]:
        name, _, content = part.partition("\n")
        parts[name.strip()] = content
    return parts


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    parts = parts_of(path.read_text(encoding="utf-8"))
    files = {**parts_of(BASE.read_text(encoding="utf-8")), **parts}
    sources = [
        SourceFile(FOLDERS[name.partition("/")[0]], name, Path(name).stem, content.encode())
        for name, content in sorted(files.items())
        if not name.startswith("page ")
    ]
    result = check_files(sources)
    assert result.problems == []
    pages = render_site(link(result), Options(today=date(2024, 3, 8)))
    if os.environ.get("UPDATE_GOLDEN"):
        for name in parts:
            if name.startswith("page "):
                parts[name] = pages[name.removeprefix("page ")]
        path.write_text("".join(f"=== {name}\n{content.rstrip()}\n" for name, content in parts.items()), "utf-8")
    for name, content in parts.items():
        if name.startswith("page "):
            assert pages[name.removeprefix("page ")].rstrip() == content.rstrip()
