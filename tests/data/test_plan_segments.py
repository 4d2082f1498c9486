"""A data file that copies unchanged segments equals the file written anew."""

from __future__ import annotations

import marshal
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.check import check
from generator.data.data_files import corpus_tables, unit_files
from generator.data.serialised import SERIALISED, serialised_key
from generator.incremental import Build
from generator.incremental.memo import ALL_PARTS
from generator.incremental.output import OutputDirectory
from generator.incremental.segments import SegmentedFile, SegmentIndex
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.pages.page import Options

OPTIONS = Options(office=False)
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


class OneEdit:
    """What a build knows after an edit of one plan: the activities of all others are what they were."""

    def changed_parts(self, memo: int) -> int:
        return ALL_PARTS if memo == SERIALISED.id_of(serialised_key(EDITED, OPTIONS)) else 0

    def value(self, memo: int) -> Any:
        raise KeyError(memo)


def segmented_files(corpus: Corpus, build: Build) -> Iterator[tuple[str, SegmentedFile[Any]]]:
    tables = (
        corpus_tables(corpus, OPTIONS, build),
        *(unit_files(corpus, unit, OPTIONS, build) for unit in corpus.units.values()),
    )
    return ((path, file) for files in tables for path, file in files.items() if isinstance(file, SegmentedFile))


def from_disk(index: SegmentIndex) -> SegmentIndex:
    """An index as the next build finds it."""
    return SegmentIndex(*marshal.loads(marshal.dumps((index.size, index.shared, list(index.segments)))))


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_put_together_is_what_is_made_anew(edit: str, corpus: Corpus, tmp_path: Path) -> None:
    old, new, keeps = EDITS[edit]
    site = OutputDirectory(tmp_path / "site", "mark")
    before = {path: from_disk(file.save(site, path, None)) for path, file in segmented_files(corpus, Build())}
    site.publish("before", set(before))
    # A letter that nothing else would put there, in what another plan has in the table of everything.
    table = site.root / TABLE
    table.write_bytes(table.read_bytes().replace("Thái Nguyên".encode(), "Thái Nguyêm".encode()))
    shutil.copytree("content", tmp_path / "content")
    plan = tmp_path / "content" / "plans" / f"{EDITED}.yml"
    text = plan.read_text("utf-8")
    assert old in text
    plan.write_text(text.replace(old, new, 1), encoding="utf-8")
    after = link(check(tmp_path / "content"))
    for path, file in segmented_files(after, Build(OneEdit())):
        file.save(site, path, before.get(path))
        written = (site.staging / path).read_bytes()
        if path == TABLE:
            assert ("Thái Nguyêm".encode() in written) == keeps
            written = written.replace("Thái Nguyêm".encode(), "Thái Nguyên".encode())
        assert written == file.content, path
