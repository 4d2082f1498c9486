"""A value of a wrong type anywhere in valid content is reported at its line and never raises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from golden import parts_of, sources_of
from hypothesis import given
from hypothesis import strategies as st

from generator.check import check_files
from generator.check.examples import SAMPLE
from generator.check.pruning import pruned
from generator.check.schema import is_valid
from generator.source.source_files import FOLDERS, Kind
from generator.source.tree import read_tree

Steps = tuple[str | int, ...]

TESTS = Path(__file__).parents[1]
CASES = [*sorted(TESTS.glob("check/cases/clean*.txt")), *sorted(TESTS.glob("pages/cases/*.txt"))]
CONTENTS = [{**parts_of(SAMPLE), **parts_of(path)} for path in CASES]
FILES = [
    (parts, name) for parts in CONTENTS for name in parts if name.endswith(".yml") and name.partition("/")[0] in FOLDERS
]

LONG = "9" * 400
ODD = [[], {}, ["x"], [["x"]], {"x": 1}, [{"x": 1}], None, [None], LONG, f"01/02/{LONG}", f"{LONG}/x/{LONG}", True, 0.5]
VALUES = [*ODD, "", "x", date(2021, 12, 31), {LONG: "x"}, {"id": ["x"]}, [{"id": {"x": 1}}], {"measure": []}]


def kind_of(name: str) -> Kind:
    return FOLDERS[name.partition("/")[0]]


def data_of(name: str, text: str) -> Any:
    return read_tree(name, text)[0].data


def places_in(value: Any, path: Steps = ()) -> Iterator[Steps]:
    """Yield the place of a value and of all inside of it."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield from places_in(item, (*path, step))


def replaced(value: Any, place: Steps, odd: Any) -> Any:
    """Return data in which another value stands in one place."""
    if not place:
        return odd
    copy = value.copy()
    copy[place[0]] = replaced(value[place[0]], place[1:], odd)
    return copy


def test_nothing_is_taken_out_of_what_is_right() -> None:
    real = {path.relative_to("content").as_posix(): path.read_text("utf-8") for path in Path("content").glob("*/*.yml")}
    for name, text in [*real.items(), *((name, parts[name]) for parts, name in FILES)]:
        tree = read_tree(name, text)[0]
        assert pruned(kind_of(name), tree) is tree, name


@pytest.mark.parametrize("kind", FOLDERS.values())
@given(st.data())
def test_an_odd_value_is_told_where_it_stands(kind: Kind, data: st.DataObject) -> None:
    parts, name = data.draw(st.sampled_from([(parts, name) for parts, name in FILES if kind_of(name) == kind]))
    whole = data_of(name, parts[name])
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.sampled_from(list(places_in(whole))))
        whole = replaced(whole, place, data.draw(st.sampled_from(VALUES)))
    text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
    result = check_files(sources_of({**parts, name: text}))
    lines = text.split("\n")
    errors = [problem for problem in result.errors if problem.path == name]
    assert errors or is_valid(kind, data_of(name, text)), text
    for problem in result.problems:
        assert problem.path != name or 1 <= problem.span.line <= len(lines), problem
