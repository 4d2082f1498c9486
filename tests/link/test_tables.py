"""Looked up or tabulated, what records say under a key is the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.model.summary import Record
from generator.model.queries import Joined

KEYS = [f"k{number}" for number in range(250)]
SAID = some.lists(some.dictionaries(some.sampled_from(KEYS), some.lists(some.integers(), min_size=1), max_size=9))


@given(SAID, some.permutations(KEYS))
def test_first_and_later_keys_are_joined_alike(said: list[dict[str, list[int]]], asked: list[str]) -> None:
    # What is joined need not be a record: only what is said of it is looked at.
    joined: Mapping[str, list[Any]] = Joined(
        cast("list[Record]", said), lambda one: cast(Any, one), lambda parts: [value for _, value in parts]
    )
    for key in asked:
        expected = [one[key] for one in said if key in one]
        if expected:
            assert joined[key] == expected
        else:
            with pytest.raises(KeyError):
                joined[key]
    assert [*joined] == [*dict.fromkeys(key for one in said for key in one)]
