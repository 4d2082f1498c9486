"""Golden pages: each file in `cases/` has small content files and their expected pages.

A case is text of the form `=== <path>` followed by that file's content; parts named `page <path>` are the expected
pages. The files of `generator/check/examples/sample.txt` are added. To add a case, write its files and an empty part
for each page, run `UPDATE_GOLDEN=1 pytest tests/pages/test_cases.py`, and read what was written.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from golden import parts_of, sources_of, write_parts

from generator.check import check_files
from generator.model.builder import link
from generator.pages.page import Options
from generator.site.tasks import site_files

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    parts = parts_of(path)
    result = check_files(sources_of(parts))
    assert result.errors == []
    pages = site_files(link(result), Options())
    if os.environ.get("UPDATE_GOLDEN"):
        write_parts(path, {name: pages.get(name.removeprefix("page "), content) for name, content in parts.items()})
        return
    for name, content in parts.items():
        if name.startswith("page "):
            assert pages[name.removeprefix("page ")].rstrip() == content.rstrip()
