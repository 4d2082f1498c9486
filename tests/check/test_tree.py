"""The tree against PyYAML's own loader: the same data, and every position right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.source.tree import Tree, read_tree

CONTENT = sorted(Path("content").rglob("*.yml"))


@pytest.mark.parametrize("path", [path for path in CONTENT if path.parent.name == "plans"], ids=lambda path: path.stem)
def test_same_data_as_pyyaml(path: Path) -> None:
    text = path.read_text("utf-8")
    tree, problems = read_tree(str(path), text)
    assert problems == []
    assert tree.data == yaml.load(text, Loader=yaml.BaseLoader)


@pytest.mark.parametrize(
    "typed", ["2.500", "01", "no", "yes", "9/11", "2022-2027", "88,3%", "0x1F", "1e3", "2021-12-31", "12:30"]
)
def test_a_scalar_stays_what_was_typed(typed: str) -> None:
    tree, problems = read_tree("a.yml", f"a: {typed}\n")
    assert problems == []
    assert tree.data == {"a": typed}


@given(
    st.dictionaries(
        st.text("abcđê", min_size=1, max_size=4),
        st.text("aâ1:#-\"' ", max_size=6) | st.lists(st.text("xy", max_size=3)),
        min_size=1,
    )
)
def test_dumped_data_comes_back_with_positions(data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    tree, problems = read_tree("a.yml", text)
    assert problems == []
    lines = text.split("\n")
    for path, span in tree.spans[0].items():
        assert lines[span.line - 1][span.column - 1 :].lstrip("'\"?").startswith(str(path[-1])[:1])


def test_nearest_position_above_a_path_that_is_not_there() -> None:
    tree, _ = read_tree("a.yml", "a:\n  - b: c\n")
    assert tree.at(("a", 0, "missing")).line == 2
    assert tree.at(("nowhere",)).line == 1
    assert Tree("a.yml", "", None).at(("a",)).line == 1
