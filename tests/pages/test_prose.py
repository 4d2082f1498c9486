"""Contributors' texts: printed numbers, signs and levels of lists stay, on pages and on paper.

A plain line, or a list of such lines, needs no Markdown parser: the result equals the parser's.
"""

from __future__ import annotations

import re

import lxml.html
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.pages.prose import _parsed, prose
from generator.pages.text_lists import with_lists
from generator.paper.paper_prose import prose_paragraphs

SIGNS = "ab ăĐ.,:;()+-=12\"'/?%&<>*_`#\n\\!|~[]{}–…x\t"

# Of the profile: more in `make test-all`.
USUAL = settings.default.max_examples

LETTER = """\
3. Việc ba
4. Việc bốn

2024. Năm bản lề

a) Ý một
b) Ý hai

- Gạch
  + Cộng một
  + 2025. Cộng hai
– Gạch dài
• Chấm tròn
+ Cộng sát lề
1) Ngoặc
5) Nhảy số
- 3. Số trong gạch

Kết luận."""


@settings(max_examples=5 * USUAL)
@given(st.text(alphabet=SIGNS, max_size=24))
def test_plain_lines_are_what_the_parser_makes_of_them(text: str) -> None:
    assert without_spans(str(prose(text))) == with_lists(text, _parsed)


@settings(max_examples=3 * USUAL)
@given(st.lists(st.text(alphabet=SIGNS, max_size=8), min_size=1, max_size=4))
def test_plain_lists_are_what_the_parser_makes_of_them(lines: list[str]) -> None:
    text = "\n".join(f"- {line}" for line in lines)
    assert without_spans(str(prose(text))) == with_lists(text, _parsed)


def without_spans(html: str) -> str:
    """Return HTML without the marks of what stays on one line."""
    return re.sub('<span class="sk-whole">([^<]*)</span>', r"\1", html)


@pytest.mark.parametrize("text", ["- Đợt 01-02/2026", "**Đợt** 01-02/2026 & 3/4", "1. Đợt 01-02/2026"])
def test_numbers_stay_whole_in_every_kind_of_prose(text: str) -> None:
    assert '<span class="sk-whole">01-02/2026</span>' in str(prose(text))


@pytest.mark.parametrize(
    "code", ["R&D", "a < b > c", "&lt;b&gt; &amp; &", "<b>&#38;</b>", 'href="x"', "<a href='javascript:x'>"]
)
def test_code_is_shown_as_typed(code: str) -> None:
    text = f"Xem `{code}` và:\n\n    {code}"
    page = lxml.html.fragment_fromstring(str(prose(text)), create_parent=True)
    assert [element.text.strip() for element in page.iter("code")] == [code, code]
    assert prose_paragraphs(text)[0].text == f"Xem {code} và:"


@pytest.mark.parametrize("text", ['**Ghi** href="x"', "*R&D* &amp; <b>"])
def test_what_looks_like_html_is_shown_as_typed(text: str) -> None:
    page = lxml.html.fragment_fromstring(str(prose(text)), create_parent=True)
    assert page.text_content() == text.replace("*", "")


def test_paper_has_every_line_as_typed() -> None:
    paragraphs = prose_paragraphs(LETTER)
    assert [paragraph.text for paragraph in paragraphs] == [line.strip() for line in LETTER.split("\n") if line]
    levels = {paragraph.text: paragraph.level for paragraph in paragraphs}
    assert (levels["- Gạch"], levels["+ Cộng một"], levels["– Gạch dài"], levels["+ Cộng sát lề"]) == (0, 1, 0, 1)


def test_a_page_has_the_printed_numbers_and_signs() -> None:
    html = str(prose(LETTER))
    assert '<ol start="3">\n<li>Việc ba</li>\n<li>Việc bốn</li>\n</ol>' in html
    assert "<p>2024. Năm bản lề</p>" in html
    assert re.search(r"<li>Gạch\n<ul>\n<li data-sign=\"\+\">Cộng một</li>", html)
    assert '<li value="5" data-sign="5)">Nhảy số</li>' in html
    assert '<li data-sign="–">Gạch dài</li>' in html


NUMBERS = st.tuples(st.integers(1, 999).map(str), st.sampled_from(".)")).map("".join)
LINES = st.tuples(
    st.one_of(NUMBERS, st.sampled_from(["-", "+", "–", "•", "2024."])), st.sampled_from(["việc", "hộ nghèo"])
)


@settings(max_examples=3 * USUAL)
@given(st.lists(LINES.map(" ".join), min_size=1, max_size=6))
@example(["190. việc", "1. việc", "1. việc", "193. việc"])
def test_no_number_and_no_sign_is_lost_or_changed(lines: list[str]) -> None:
    paragraphs = [paragraph.text for paragraph in prose_paragraphs("\n".join(lines))]
    assert " ".join(paragraphs) == " ".join(lines)
