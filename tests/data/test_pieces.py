"""A file that takes from what it was all that is still right is the file made anew."""

from __future__ import annotations

import marshal
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from generator.check import check
from generator.data.files import corpus_tables, unit_files
from generator.data.forms import FORMS, forms_name
from generator.data.pieces import Index, PieceFile
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


def piece_files(corpus: Corpus) -> Iterator[tuple[str, PieceFile]]:
    made = (
        corpus_tables(corpus, OPTIONS),
        *(unit_files(corpus, unit, OPTIONS) for unit in corpus.units.values()),
    )
    return ((path, file) for files in made for path, file in files.items() if isinstance(file, PieceFile))


def from_disk(index: Index) -> Index:
    """An index as the next build finds it."""
    return Index(*marshal.loads(marshal.dumps((index.size, index.shared, list(index.pieces)))))


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_put_together_is_what_is_made_anew(edit: str, corpus: Corpus, tmp_path: Path) -> None:
    old, new, keeps = EDITS[edit]
    before: dict[str, tuple[Index, bytes]] = {}
    for path, file in piece_files(corpus):
        content: list[bytes] = []
        index = file.write(content.append)
        before[path] = from_disk(index), b"".join(content)
        assert index.size == len(before[path][1])
    shutil.copytree("content", tmp_path / "content")
    plan = tmp_path / "content" / "plans" / f"{EDITED}.yml"
    text = plan.read_text("utf-8")
    assert old in text
    plan.write_text(text.replace(old, new, 1), encoding="utf-8")
    after = link(check(tmp_path / "content"))
    after.is_as_before = lambda kind, name, places=None: kind is FORMS and name != forms_name(EDITED, OPTIONS)
    for path, file in piece_files(after):
        index, was = before.get(path, (None, b""))
        parts = file.rewrite(index)[0] if index else [file.content]
        made = b"".join(part if isinstance(part, bytes) else was[part.start : part.stop] for part in parts)
        assert made == file.content, path
        if path == TABLE:
            assert any(isinstance(part, range) for part in parts) == keeps
