"""A large file of data that takes from what it was all that is still right is the file made anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from generator.data.files import corpus_tables, unit_files

from generator.check import check
from generator.data.serialised import SERIALISED, serialised_key
from generator.incremental import Build
from generator.incremental.memo import ALL_PARTS
from generator.incremental.output import OutputDirectory
from generator.incremental.packing import canonical_bytes, from_bytes
from generator.incremental.segments import SegmentedFile, SegmentIndex
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.pages.page import Options

OPTIONS = Options(date(2024, 3, 8), office=False)
EDITED = "dong-nai-2017-2021"
TABLE = "du-lieu/hoat-dong.csv"
FIRST = "    title: 100% cán bộ Hội được tuyên truyền"
MORE = "  - {id: them, target: ct1, title: Thêm, lead: [hoi-lhpn-dong-nai], by_year: {2019: x}}\n"
# Each replaces the first place in the plan; and whether the table of everything keeps its other plans' lines.
EDITS = {
    "a title": (FIRST, FIRST.replace("100%", "Sửa: 100%"), True),
    "one more unit": (FIRST, f"    lead: [hoi-nong-dan]\n{FIRST}", True),
    "an activity before all others": ("activities:\n", f"activities:\n{MORE}", True),
    "a year that no table has": ('2021: "100%"}\n    levels', '2031: "100%"}\n    levels', False),
    "nothing": ("", "", True),
}


class OneEdited:
    """The last build, after which only what is made of one plan has changed."""

    def changed_parts(self, memo: int) -> int:
        return ALL_PARTS if memo == SERIALISED.id_of(serialised_key(EDITED, OPTIONS)) else 0

    def value(self, memo: int) -> Any:
        raise KeyError(memo)


def segmented_files(corpus: Corpus, build: Build) -> Iterator[tuple[str, SegmentedFile[Any]]]:
    files = (
        corpus_tables(corpus, OPTIONS, build),
        *(unit_files(corpus, unit, OPTIONS, build) for unit in corpus.units.values()),
    )
    return ((path, file) for more in files for path, file in more.items() if isinstance(file, SegmentedFile))


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_put_together_is_what_is_made_anew(edit: str, corpus: Corpus, tmp_path: Path) -> None:
    old, new, keeps = EDITS[edit]
    directory = OutputDirectory(tmp_path / "site", ".mark")
    before = {path: file.save(directory, path, None) for path, file in segmented_files(corpus, Build())}
    shutil.copytree("content", tmp_path / "content")
    plan = tmp_path / "content" / "plans" / f"{EDITED}.yml"
    text = plan.read_text("utf-8")
    assert old in text
    plan.write_text(text.replace(old, new, 1), encoding="utf-8")
    # Shown by letters that nothing else would put there: of each plan's lines some are in upper case.
    table = tmp_path / "site" / TABLE
    table.write_bytes(table.read_bytes().replace("Tổ chức".encode(), "TỔ CHỨC".encode()))
    after = link(check(tmp_path / "content"))
    anew = dict(segmented_files(after, Build()))
    for path, file in segmented_files(after, Build(OneEdited())):
        index = before.get(path)
        stored = SegmentIndex(*from_bytes(canonical_bytes(tuple(index)))) if index else None
        file.save(directory, path, stored)
        content = (tmp_path / "site" / path).read_bytes()
        if path == TABLE:
            assert (content != anew[path].content) == keeps
            content = content.replace("TỔ CHỨC".encode(), "Tổ chức".encode())
        assert content == anew[path].content, path
    assert TABLE in anew and len(anew) > 10
