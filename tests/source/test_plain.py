"""The fast reader says what the reference says, or nothing: for our content, broken in many ways."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator.check.schema import is_valid, load_schema
from generator.source.plain import read_plain
from generator.source.source_files import FOLDERS, Kind
from generator.source.tree import read_tree

FILES: list[tuple[Kind, str]] = [
    (kind, path.read_text("utf-8"))
    for folder, kind in FOLDERS.items()
    for path in Path("content", folder).glob("*.yml")
]
# The beginning of a plan says as much as the whole, and is read many times as fast.
PIECES = [(kind, "\n".join(text.split("\n")[:90])) for kind, text in FILES]
SIGNS = st.sampled_from("-:[]{},#'\"|>&*!%@`?~<=.+ 0123456789eExX\\\n_aáđ")
ODD = """2.500 01 no yes true Null NULL ~ 0x1F .5 5. -.5 1e5 +5 -3 .inf .NaN 1_000 0o17 9/11 2021-12-31 - – [] {} > |
    x#y 12:30 00 -0 *a @x !x <<  --- ... ]a %a `a ?"""
SPACED = ("", "[a, b]", "{a: b}", '"x"', "x # y", "a: b", "'it''s'", r'"\x41"', "& b", "&a b", "!!str 3", "? a", "a, b")
VALUES = st.sampled_from((*ODD.split(), *SPACED))


def mutated(draw: Any, text: str) -> str:
    """One change: a sign put in or instead of another, a line left out, moved in or doubled, another value."""
    lines = text.split("\n")
    line = draw(st.integers(0, len(lines) - 1))
    column = draw(st.integers(0, len(lines[line])))
    match draw(st.integers(0, 6)):
        case 0:
            lines[line] = lines[line][:column] + draw(SIGNS) + lines[line][column:]
        case 1:
            lines[line] = lines[line][:column] + draw(SIGNS) + lines[line][column + 1 :]
        case 2:
            lines[line] = lines[line][:column] + lines[line][column + 1 :]
        case 3:
            del lines[line]
        case 4:
            lines[line] = " " + lines[line]
        case 5:
            lines.insert(line, draw(st.sampled_from(lines)))
        case _:
            lines[line] = lines[line].partition(":")[0] + ": " + draw(VALUES)
    return "\n".join(lines)


@st.composite
def broken(draw: Any) -> tuple[Kind, str]:
    kind, text = draw(st.sampled_from(PIECES))
    for _ in range(draw(st.integers(1, 3))):
        text = mutated(draw, text)
    return kind, unicodedata.normalize("NFC", text)


def test_most_of_our_content_is_read_the_fast_way() -> None:
    found = [(read_plain(text), read_tree("x.yml", text)[0].data) for _, text in FILES]
    assert all(fast is None or fast == reference for fast, reference in found)
    assert sum(fast is not None for fast, _ in found) > 0.9 * len(found)


@settings(max_examples=3 * settings.default.max_examples)
@given(broken())
@example(("unit", "id: so-y-te\nname: .NaN\nkind: partner\n"))
@example(("unit", "id: so-y-te\nname: -.Inf\nkind: partner\n"))
@example(("unit", "{id: so-y-te, name: Sở #1, kind: partner}\n"))
@example(("unit", "{id: so-y-te,\nname: Sở  #1, kind: partner}\n"))
def test_what_is_read_the_fast_way_and_valid_is_what_the_reference_reads(case: tuple[Kind, str]) -> None:
    kind, text = case
    data = read_plain(text)
    if data is not None and is_valid(kind, data):
        tree, problems = read_tree("x.yml", text)
        assert problems == []
        assert data == tree.data


@given(broken())
def test_both_validators_agree(case: tuple[Kind, str]) -> None:
    kind, text = case
    data = read_tree("x.yml", text)[0].data
    assert is_valid(kind, data) == Draft202012Validator(load_schema(kind)).is_valid(data)
