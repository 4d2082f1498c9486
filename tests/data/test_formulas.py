"""No text of a plan becomes a formula in a spreadsheet, and the guard against it loses no text."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from csv_guard import unguard
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from generator.data.csv_table import csv_cells, guard
from generator.data.data_files import plan_csv, plan_xlsx
from generator.incremental import Build
from generator.model.builder import corpus_of
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Body, Heading, Plan, Size, Unit
from generator.pages.page import Options

OPTIONS = Options()
# What the checker lets through: no control characters but line ends, texts stripped, in NFC.
TEXTS = (
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], include_characters="\n\t"), min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool)
)
NASTY = st.sampled_from(
    [
        *("=1+1", "+1", "-1", "- x", "– x", "-", "@SUM(A1)", "{=1}", "=cmd|'/C calc'!A0", '=HYPERLINK("http://a/")'),
        *("'=1", "''=1", "1.1", "http://a.example/", "mailto:a@b.example", "internal:A1"),
        *("<r>x</r>", "<r><t>x</t></r>", "_x0041_"),  # what the writing library reads as its own marks
    ]
)


def corpus_of_one(title: str, cell: str) -> tuple[Corpus, Plan]:
    """One plan with one activity."""
    heading = Heading(plan="p", id="h", title=title, kind="section")
    activity = Activity(
        plan="p", id="a", title=title, section="h", text=title, by_year={2024: cell}, years=(2024,), lead=("u",)
    )
    body = Body((heading,), (), (activity,))
    plan = Plan(
        id="p",
        title=title,
        short_title=title,
        kind="annual",
        status="published",
        issuer="u",
        first_year=2024,
        last_year=2024,
        layout="years",
        document=title,
        size=Size(1, 0, 0, 1),
        load=lambda: body,
        number=title,
    )
    return corpus_of([plan], [Unit("u", title, title, "union")], []), plan


CASES = json.loads((Path(__file__).parent / "csv_cells.json").read_text("utf-8"))["lines"]
"""Cells and the line of CSV that they give, on the site as in the browser's downloads."""


@pytest.mark.parametrize(("cells", "line"), CASES, ids=range(len(CASES)))
def test_a_line_is_written_as_the_browser_writes_it(cells: list[str | None], line: str) -> None:
    assert csv_cells(cells).decode() == line


@given(TEXTS | NASTY)
def test_a_guarded_text_is_no_formula_and_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text) == "-" or guard(text).lstrip()[0] not in "=+-@"
    assert not guard(text).startswith(("\t", "\r"))


@settings(max_examples=60)
@given(TEXTS | NASTY, TEXTS | NASTY)
def test_csv(title: str, cell: str) -> None:
    text = plan_csv(*corpus_of_one(title, cell), OPTIONS, Build()).decode()
    head, line = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    found = dict(zip(head, line, strict=True))
    assert unguard(found["Hoạt động"]) == title
    assert cell in {unguard(found["2024"]), unguard(found.get("2024 (như in)", "")), found["2024"]}
    for value in line:
        assert value in {"", "-"} or value.lstrip()[0] not in "=+-@"


@settings(max_examples=60)
@given(TEXTS | NASTY, TEXTS | NASTY)
def test_excel(title: str, cell: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(plan_xlsx(*corpus_of_one(title, cell), OPTIONS, Build())))
    for sheet in book:
        for row in sheet.iter_rows():
            for found in row:
                assert found.data_type in {"s", "n", "inlineStr"}, found.value
                if isinstance(found.value, str) and found.value.startswith(("=", "+", "@")):
                    assert found.quotePrefix, "Excel would take it for a formula when somebody edits the cell"
    sheet = book.worksheets[0]
    names = [one.value for one in sheet[1]]
    written = sheet.cell(2, names.index("Hoạt động") + 1).value
    assert unescape(written).rstrip() == title  # openpyxl leaves the escapes of inline texts to its caller
