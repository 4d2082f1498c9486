"""Drafts and superseded plans: marked wherever their entries are shown, and never counted as due."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from golden import corpus_of, words_in

from generator.pages.page import Options
from generator.paper.paper_document import plan_document
from generator.paper.print import plan_html
from generator.site.tasks import site_files

CONTENT = Path(__file__).parents[1] / "merged_units.txt"
DRAFT, SUPERSEDED = "nam-2026-du-thao", "nam-2026-cu"
MARKS = {DRAFT: "Dự thảo", SUPERSEDED: "Đã được thay thế"}

Pages = dict[str, str]


@pytest.fixture(scope="module")
def pages() -> Pages:
    files = site_files(corpus_of(CONTENT), Options())
    # What keeps names whole at the ends of lines is no part of them.
    whole = re.compile(r'<span class="sk-whole">([^<]*)</span>')
    return {path: whole.sub(r"\1", page) for path, page in files.items() if path.endswith(".md")}


@pytest.mark.parametrize("plan", MARKS)
def test_every_page_that_names_the_plan_marks_it(pages: Pages, plan: str) -> None:
    """Beside each place that names it as a plan, not only on its own page."""
    named = {path: page for path, page in pages.items() if path.endswith(".md") and f"KH {plan}<" in page}
    assert len(named) > 6
    for path, page in named.items():
        for place in re.finditer(rf"KH {plan}</(?:a|span)>", page):
            if "sk-crumbs" in page[: place.start()].rpartition("\n")[2]:
                continue
            if plan == DRAFT or "sk-standing" not in page[: place.start()].rpartition("\n")[2]:
                assert MARKS[plan] in words_in(page[place.end() : place.end() + 160]), path


@pytest.mark.parametrize("plan", MARKS)
@pytest.mark.parametrize("path", ["ke-hoach/{}", "nhiem-vu/{}/nv1", "chi-tieu/{}/ct1"])
def test_its_own_pages_say_it_first(pages: Pages, plan: str, path: str) -> None:
    page = pages[f"{path.format(plan)}/index.md"]
    standing = page.partition('<p class="sk-standing')[2].partition("</p>")[0]
    assert MARKS[plan] in words_in(standing)
    assert page.index("sk-standing") < page.index("sk-actions")
    if plan == SUPERSEDED:
        assert "Đã được thay thế bởi KH nam-2026" in words_in(standing)
        assert re.search(r'href="[./]*ke-hoach/nam-2026/"', standing)


def test_a_year_counts_what_is_due(pages: Pages) -> None:
    """Of five activities of 2026 two belong to no plan in force; the three others are due."""
    page = words_in(pages["nam/2026/index.md"])
    assert "Năm 2026 có 3 hoạt động phải làm, trong 3 kế hoạch." in page
    assert "Ngoài ra có 2 hoạt động của kế hoạch chưa ban hành hoặc không còn hiệu lực, không tính ở đây." in page
    assert page.index("Việc của nam-2026-dong") < page.index("Việc của nam-2026-cu")
    assert "0 hoạt động phải làm, trong 0 kế hoạch" in words_in(pages["nam/2027/index.md"])


def test_home_and_the_index_of_years_count_what_is_due(pages: Pages) -> None:
    assert 'data-this-year="2021:1 2022:2 2023:2 2024:2 2025:1 2026:3"' in pages["index.md"]
    assert "Năm 2026: 3 hoạt động" in pages["index.md"]
    assert "2026 3 hoạt động 3 kế hoạch" in words_in(pages["nam/index.md"])


def test_a_unit_counts_what_is_due(pages: Pages) -> None:
    page = words_in(pages["don-vi/tan-cong-an/index.md"])
    assert not re.search(r"(chủ trì|phối hợp).* 0 hoạt động", page, re.IGNORECASE)
    assert "Ngoài ra có 1 hoạt động" in page
    assert "Việc của nam-2026-du-thao" in page


def test_paper_says_what_the_plan_is() -> None:
    corpus = corpus_of(CONTENT)
    standing = {id_: plan_document(corpus, plan, Options()).standing for id_, plan in corpus.plans.items()}
    assert standing[DRAFT] == "DỰ THẢO"
    assert standing[SUPERSEDED] == "Đã được thay thế bởi Kế hoạch nam-2026, số 12/KH-BTV ngày 10/01/2026"
    assert standing["nam-2026"] is None
    amended = plan_html(corpus, corpus.plans["nam-2026"], Options())
    assert "Sửa đổi, bổ sung ngày 05/3/2026: Mục 1: lùi đến quý II." in amended
