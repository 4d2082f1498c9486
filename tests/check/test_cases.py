"""Golden cases: each file in `cases/` has small content files and their expected report.

A case is text of the form `=== <path>` followed by that file's content; the part `=== expected` is the report. The
files of `generator/check/examples/sample.txt` are added to every case that does not bring its own. To add a case, write
its files, run `UPDATE_GOLDEN=1 pytest tests/check/test_cases.py`, and read the report written into `expected`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from golden import parts_of, sources_of, write_parts

from generator.check import check_files
from generator.check.problem_report import text_report
from generator.check.rules import RULES
from generator.language.catalogue import catalogue
from generator.source.source_files import PUBLISHED, Published

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
ONLY_VIETNAMESE = ("site.", "build.", "serve.", "new.", "typed.", "fields.", "check.no_content", "check.refused")


def report_of(parts: dict[str, str], language: str = "vi") -> str:
    others = [name for name in parts if "/" in name and not name.split()[0].endswith((".yml", ".yaml"))]
    published = Published(PUBLISHED, parts.get(PUBLISHED, ""))
    return text_report(check_files(sources_of(parts), others, published), catalogue(language))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    parts = parts_of(path)
    expected = parts.pop("expected", "")
    report = report_of(parts)
    if os.environ.get("UPDATE_GOLDEN"):
        write_parts(path, {**parts, "expected": report})
    else:
        assert report.rstrip() == expected.rstrip()


def test_every_rule_has_a_case() -> None:
    """A rule without a case is a message that nobody has ever read."""
    told = {path.stem.partition("+")[0] for path in CASES}
    assert RULES.keys() - told == set()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_case_gives_its_rule(path: Path) -> None:
    rule = path.stem.partition("+")[0]
    assert (f"[{rule}]" in parts_of(path)["expected"]) == (rule != "clean")


def test_all_that_can_be_asked_for_in_english_is_there() -> None:
    """The site speaks Vietnamese, and so do the commands without `--lang`; others share a few of their words."""
    vietnamese, english = (catalogue(language).texts.keys() for language in ("vi", "en"))
    assert english <= vietnamese
    assert [key for key in vietnamese - english if not key.startswith(ONLY_VIETNAMESE)] == []
    for path in CASES:
        assert report_of(parts_of(path), "en")
