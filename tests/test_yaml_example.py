"""Examples of the guide: what is shown is read by our own reader as what was meant."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.yaml_example import as_yaml
from generator.source.tree import read_tree

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "), min_size=1).filter(
    lambda text: text.strip() == text
)


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
    assert as_yaml("a", value) == typed


@given(st.recursive(TEXTS, lambda inner: st.lists(inner, min_size=1, max_size=3), max_leaves=6))
def test_what_is_shown_is_read_as_what_was_meant(value: Any) -> None:
    tree, problems = read_tree("a.yml", as_yaml("a", value))
    assert not problems
    assert tree.data == {"a": value}
