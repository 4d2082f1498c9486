"""Generated pages as HTML without a Markdown parser equal those of Python-Markdown with mkdocs.yml's settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import markdown
import pytest
from markdown.extensions.toc import TocExtension
from slow import rest_slow

from generator.check import check
from generator.incremental import Build
from generator.model.builder import link
from generator.pages.html import TOC_DEPTH, Anchor, body_of, tidied, toc_html
from generator.pages.page import Options, Rendered
from generator.site.tasks import page_tasks

PERMALINK = "Địa chỉ của mục này"
SHARES = 4
"""Tests into which the pages are shared out, those of each subject evenly."""


@pytest.fixture(scope="module")
def pages() -> dict[str, Rendered]:
    corpus, options = link(check(Path("content"))), Options()
    made = (one for task in page_tasks(corpus, options, Build()) for one in task.run())
    return {one.path: one for one in made if isinstance(one, Rendered)}


def parser() -> markdown.Markdown:
    toc = TocExtension(permalink="#", permalink_title=PERMALINK, toc_depth=TOC_DEPTH)
    return markdown.Markdown(extensions=["attr_list", "tables", "fenced_code", toc])


def even(html: str) -> str:
    return re.sub(r">\s+<", "><", " ".join(html.split()))


def flat(anchors: Sequence[Anchor], depth: int = 0) -> Iterator[tuple[int, str, str]]:
    for anchor in anchors:
        yield depth, anchor.id, anchor.title
        yield from flat(anchor.children, depth + 1)


def flat_tokens(tokens: Sequence[Any], depth: int = 0) -> Iterator[tuple[int, str, str]]:
    for token in tokens:
        yield depth, token["id"], token["name"]
        yield from flat_tokens(token["children"], depth + 1)


def test_a_title_that_ends_in_a_brace_has_a_name_too() -> None:
    text = "# Kế hoạch \\{2024\\}\n\n<p>Họp</p>\n"
    body = body_of(text)
    assert body
    assert even(body.html) == even(parser().convert(tidied(text)))


@pytest.mark.parametrize("share", rest_slow(range(SHARES)))
def test_pages_are_what_the_parser_makes_of_them(share: int, pages: dict[str, Rendered]) -> None:
    plain = [(path, page.text, body) for path, page in pages.items() if (body := body_of(page.written))]
    assert len(plain) > 200
    for path, text, body in plain[share::SHARES]:
        reader = parser()
        assert even(body.html) == even(reader.convert(text)), path
        assert list(flat(body.toc)) == list(flat_tokens(reader.toc_tokens)), path


def test_a_page_need_not_be_tidied(pages: dict[str, Rendered]) -> None:
    assert [path for path, page in pages.items() if body_of(page.written) != body_of(page.text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "# Tên\n\nMột đoạn văn.",
        "# Tên\n\n- một\n- hai",
        "# Tên\n\n| a |\n|---|\n| b |",
        "Tên\n===",
        "<p>x</p>\n\n    code",
    ],
)
def test_other_markdown_is_left_to_the_parser(text: str) -> None:
    assert body_of(text) is None


def test_table_of_contents_is_nested() -> None:
    body = body_of("# A {: #a }\n\n## B {: #b }\n\n<p>x</p>\n### C &amp; D {: #c .sk }\n<p>y</p>\n\n## E {: #e }")
    assert body is not None
    assert list(flat(body.toc)) == [(0, "a", "A"), (1, "b", "B"), (2, "c", "C &amp; D"), (1, "e", "E")]
    assert '<h3 class="sk" id="c">C &amp; D<a class="headerlink"' in body.html
    assert toc_html(body.toc).count("<li") == 4
