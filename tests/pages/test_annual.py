"""A commune's plan of one year with 25 rows as offices print them (months, products, amounts): nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml

from generator.check import check
from generator.model.builder import link
from generator.model.corpus import Corpus
from generator.pages.page import Options
from generator.paper.paper_document import PaperTable, plan_document
from generator.site.tasks import site_files

CONTENT = Path(__file__).parent / "annual"
HEADINGS = ["TT", "Hoạt động", "Thời gian", "Đơn vị thực hiện", "Phối hợp", "Kinh phí", "Sản phẩm, kết quả"]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    result = check(CONTENT)
    assert result.errors == []
    return link(result)


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    """The cells as typed, row by row; what has no column (remarks, which few rows have) stands with the title."""
    text = (CONTENT / "plans" / "xa-mau-2026.yml").read_text("utf-8")
    return [_cells(activity) for activity in yaml.load(text, Loader=yaml.BaseLoader)["activities"]]


def _cells(activity: dict[str, Any]) -> list[str]:
    costs = [f"{cost['amount']} {cost['unit']} ({cost['source']})" for cost in activity.get("costs", ())]
    who = [", ".join(activity.get(field, ())) for field in ("lead", "partners")]
    return [activity["label"], activity["title"], activity["when"], *who, "".join(costs), activity["products"]]


def test_the_page_has_the_table_as_printed(corpus: Corpus, rows: list[list[str]]) -> None:
    pages = site_files(corpus, Options(office=False))
    page = lxml.html.fromstring(pages["ke-hoach/xa-mau-2026/index.md"])
    heads = [table.xpath("./thead//th") for table in page.xpath("//table[contains(@class, 'sk-table--annual')]")]
    assert heads
    assert all([_text(cell) for cell in cells] == HEADINGS for cells in heads)
    shown = [[_text(cell) for cell in row.xpath("./th|./td")] for row in page.xpath("//tr[@class='sk-row']")]
    assert len(shown) == 25
    for cells, expected in zip(shown, rows, strict=True):
        assert cells[1].startswith(expected[1])
        assert [cells[0], *cells[2:]] == [expected[0], *expected[2:]]


def test_paper_has_the_table_as_printed(corpus: Corpus, rows: list[list[str]]) -> None:
    document = plan_document(corpus, corpus.plans["xa-mau-2026"], Options())
    tables = [part for part in document.body if isinstance(part, PaperTable)]
    assert all([column.title for column in table.columns] == HEADINGS for table in tables)
    shown = [[row.label, row.body[0].text, *(row.cells or ())] for table in tables for row in table.rows]
    assert shown == rows


def test_each_who_does_something_finds_it(corpus: Corpus) -> None:
    assert len(corpus.led_by.of("xa-mau")) == 18
    assert len(corpus.led_by.of("chi-hoi-mau")) == 7
    assert len(corpus.partnered_by.of("cong-an-xa-mau")) == 2


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())
