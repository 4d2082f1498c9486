"""The YAML writer: each of our readers reads back what it writes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.check.schema import field_names
from generator.source.plain import read_plain
from generator.source.recovery import read_with_recovery
from generator.source.source_files import SourceFile, decode
from generator.source.tree import read_tree
from generator.source.yaml_writer import ALL_QUOTED, DRAFTED, TYPED, Hand, comment_lines, quoted, storable

HANDS = (TYPED, DRAFTED, ALL_QUOTED)
# What YAML, a reader of ours or a guess at a fault may take for something else; long ones last.
ODD = """2.500 01 no on off yes y n true Null null NULL ~ 0x1F .5 5. -.5 1e5 +5 .inf .NaN nan inf 1_000 0o17 9/11
    2021-12-31 2021-12-31T10:00:00Z 12:30 12:30:45 00 -0 <<  = --- ... - – • ? : , # [ ] { } > | |- * & ! % @ ` " ' \\
    a: a:b a,b a#b #a -a ?a :a @a %a *a &a !a >a |a [a {a ]a }a `a 'a "a a' a" \\n C:\\a“a” ≥80%
    😀 👩‍👩‍👧 id: -id: title:"""
SPACED = (
    *("a: b", "a #b", "- a", "? a", ": a", "a, b", "[a, b]", "{a: b}", "# a", "'it''s'", '"a" b', "a ", " a", "a\tb"),
    *("\ta", "a\t", "a\n", "\na", "a\nb", "a\n\nb", "a\n b", " a\nb", "a \nb", "a\n \nb", "a\n\tb", "a\rb", "a\r\nb"),
    *("Gồm:\n• a\n• b", "title:\n- a", "lead: x\n  - y", "a\n# b", "---\na", "a\n...\nb", "-lead: x\ny", "a\nb: |-\nc"),
    *(
        "Lưu:\u00a0VT",
        "\u00a0a",
        "a\u00a0",
        "a\n\u00a0b",
        "a\nb:\u00a0c",
        "\ufeffa",
        "a\u3000b",
        "e\u0302\u0301",
        "đ\u0323",
    ),
    *("\0", "a\0b", "a\x07b", "a\x7fb", "a\x85b", "a\u2028b", "\ud800", "\ufffe", "", " ", "\n", "\t", "\r", "\n\n"),
    *("chữ " * 500, "chữ" * 500, "chữ: " * 300, "a\n" + "b " * 1500),
)
TEXTS = st.one_of(
    st.sampled_from((*ODD.split(), *SPACED)),
    st.lists(st.sampled_from((*ODD.split(), *SPACED[:60], " ", "\n", "\t")), min_size=2, max_size=3).map("".join),
    st.text(st.characters(), max_size=12),
    st.text(max_size=30),
)
NAMES = st.one_of(
    st.sampled_from(["title", "basis", "2026", "no", "null", "~", "<<", "a: b", "#a", ""]), st.text(max_size=9)
)
NAMES = NAMES.map(storable)
VALUES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=8
)


def as_read(value: Any) -> Any:
    """A value as a reader gives it: every text as a file may hold it."""
    if isinstance(value, dict):
        return {storable(name): as_read(item) for name, item in value.items()}
    return [as_read(item) for item in value] if isinstance(value, list) else storable(value)


def assert_is_read(written: str, meant: Any) -> None:
    """Assert that each reader gives what was meant, without a fault; the fast one may leave it to the reference."""
    text, faults = decode(SourceFile("plan", "a.yml", "a", written.encode()))
    assert (text, faults) == (written, [])
    tree, problems = read_tree("a.yml", text)
    assert (tree.data, problems) == (meant, [])
    mended, problems = read_with_recovery("a.yml", text, field_names())
    assert (mended.data, problems) == (meant, [])
    plain = read_plain(text)
    assert plain is None or plain == meant


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        ("2.500", 'a: "2.500"'),
        ("01", 'a: "01"'),
        (">=", 'a: ">="'),
        ("no", 'a: "no"'),
        ("Lưu: VT", 'a: "Lưu: VT"'),
        ("11/KH-BCH", "a: 11/KH-BCH"),
        ("Căn cứ, mục đích", "a: Căn cứ, mục đích"),
        (["Ban TG-CSLP", "Hội LHPN quận, huyện"], 'a: [Ban TG-CSLP, "Hội LHPN quận, huyện"]'),
        ({"2022": "x", "2023": "500"}, 'a: {2022: x, 2023: "500"}'),
        ([{"id": "nv1", "kind": "task"}], "a:\n  - id: nv1\n    kind: task"),
        ("Một.\nHai.", "a: |-\n  Một.\n  Hai."),
    ],
)
def test_values_are_typed_as_the_house_types_them(value: Any, typed: str) -> None:
    assert TYPED.text({"a": value}) == typed


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=5))
def test_fields_are_read_as_they_were_meant(fields: dict[str, Any]) -> None:
    """In lines and in braces, by any hand."""
    meant = as_read(fields)
    for hand in HANDS:
        assert_is_read(hand.file_text(fields, "schema.json", f"lời ghi\n{fields}"), meant)
        assert_is_read("\n".join(["a:", *hand.braced_lines(fields)]), {"a": [meant]})


@pytest.mark.parametrize("hand", HANDS, ids=["typed", "drafted", "all quoted"])
def test_odd_texts_are_read_as_they_were_meant(hand: Hand) -> None:
    """Alone, in brackets, in a list, and in lines of an entry."""
    for text in (*ODD.split(), *SPACED):
        fields = {"a": text, "b": [text, text], "c": {"d": text}, "basis": [text], "e": [{"f": text, "g": text}]}
        assert_is_read(hand.text(fields), as_read(fields))


@given(TEXTS)
def test_a_text_in_quotes_is_read_as_it_was_meant(text: str) -> None:
    text = storable(text)
    for written, meant in ((f"a: {quoted(text)}", text), (f"a: [{quoted(text)}]", [text])):
        assert_is_read(written, {"a": meant})


@given(st.one_of(TEXTS, st.text(max_size=300)))
def test_a_comment_stays_a_comment(text: str) -> None:
    lines = comment_lines(text)
    assert_is_read("\n".join([*lines, "a: b"]), {"a": "b"})
    assert all(len(line) <= 102 for line in lines) or any(len(word) > 98 for word in text.split())


@given(TEXTS)
@example("2.500")
def test_others_read_texts_as_texts(text: str) -> None:
    """A machine's files are read by other programs as YAML 1.1, in which most words are something else."""
    for hand in HANDS:
        assert yaml.safe_load(hand.text({"a": text, "b": [text]})) == {"a": storable(text), "b": [storable(text)]}
