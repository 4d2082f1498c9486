"""A plain line, or a list of such, needs no Markdown parser: what it becomes is what the parser makes of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.pages.prose import _parsed, prose

SIGNS = "ab ăĐ.,:;()+-=12\"'/?%&<>*_`#\n\\!|~[]{}–…x\t"

# Of the profile: more in `make test-all`.
USUAL = settings.default.max_examples


@settings(max_examples=5 * USUAL, deadline=None)
@given(st.text(alphabet=SIGNS, max_size=24))
def test_plain_lines_are_what_the_parser_makes_of_them(text: str) -> None:
    assert str(prose(text)) == _parsed(text)


@settings(max_examples=3 * USUAL, deadline=None)
@given(st.lists(st.text(alphabet=SIGNS, max_size=8), min_size=1, max_size=4))
def test_plain_lists_are_what_the_parser_makes_of_them(lines: list[str]) -> None:
    text = "\n".join(f"- {line}" for line in lines)
    assert str(prose(text)) == _parsed(text)
