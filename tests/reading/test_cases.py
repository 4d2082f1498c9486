"""Golden cases: each file in `cases/` holds an office's document and the draft that it must give.

The part `=== word`, or the parts `=== sheet <name>`, are the document: a line for each paragraph or row, with strokes
between cells. `=== draft` is the plan, or why it was refused; `=== map` is a mapping file. To add a case, write its
document, run `UPDATE_GOLDEN=1 pytest tests/reading/test_cases.py`, and read what was written into `draft`.
"""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

import pytest
import yaml
from golden import parts_of, write_parts
from hypothesis import given
from hypothesis import strategies as st
from import_drafts import WORDS, imported, problems_of
from openpyxl import Workbook
from word_file import paragraph, row, table, word_file

from generator.reading.guard import UnreadableFile
from generator.source.yaml_writer import DRAFTED

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
STROKE = "|"


def document_of(parts: Mapping[str, str]) -> bytes:
    sheets = {name.removeprefix("sheet "): text for name, text in parts.items() if name.startswith("sheet")}
    if not sheets:
        return word_file(*blocks_of(parts["word"]))
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, text in sheets.items():
        sheet = workbook.create_sheet(name)
        for line in text.splitlines():
            sheet.append([cell.strip() for cell in line.split(STROKE)])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def blocks_of(text: str) -> list[str]:
    blocks = []
    for is_table, lines in groupby(text.splitlines(), lambda line: STROKE in line):
        cells = [[cell.strip() for cell in line.split(STROKE)] for line in lines]
        blocks += [table(*(row(*one) for one in cells))] if is_table else [paragraph(one[0]) for one in cells]
    return blocks


def draft_of(parts: Mapping[str, str]) -> str:
    headings = yaml.safe_load(parts.get("map", "{}"))
    try:
        result = imported(document_of(parts), issuer="hoi", years=None, headings=headings)
    except UnreadableFile as error:
        return WORDS.text(f"import.unreadable.{error.reason}", **error.values)
    assert problems_of(result) == []
    assert all(line.destinations for line in result.ledger)
    fields = {name: value for name, value in result.plan.items() if name not in {"id", "status", "source", "issuer"}}
    return DRAFTED.file_text(fields, "", "").partition("\n")[2]


LINES = [line for path in CASES for line in parts_of(path).get("word", "").splitlines() if STROKE not in line]
TABLES = [
    "\n".join(lines)
    for path in CASES
    for is_table, lines in groupby(parts_of(path).get("word", "").splitlines(), lambda line: STROKE in line)
    if is_table
]


@given(st.lists(st.one_of(st.sampled_from(LINES), st.sampled_from(TABLES)), min_size=2, max_size=9))
def test_every_word_of_lines_and_tables_in_any_order_has_a_place(blocks: list[str]) -> None:
    draft_of({"word": "\n".join(["KẾ HOẠCH NĂM 2022", *blocks])})


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    parts = parts_of(path)
    expected = parts.pop("draft", "")
    draft = draft_of(parts)
    if os.environ.get("UPDATE_GOLDEN"):
        write_parts(path, {**parts, "draft": draft})
    else:
        assert draft.rstrip() == expected.rstrip()
