"""Which parts of a kept value have changed."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.model.keep import KeptKind
from generator.site.kept import changed_since, digests_of, mask_of

Value = tuple[list[Any], Any]

parts = st.lists(st.sampled_from(["", "Hội", b"x", 1, ("a", 2), {2025: "x"}]), max_size=5)
values = st.tuples(parts, st.sampled_from([None, {}, {2025: True}]))


WHOLE = KeptKind[Any]("whole")
IN_PARTS = KeptKind[Value]("parts", cut=lambda value: value)


@given(values, values)
def test_a_part_has_changed_where_it_is_another_one(before: Value, now: Value) -> None:
    changed = changed_since(digests_of(before, IN_PARTS), digests_of(now, IN_PARTS))
    assert bool(changed & 1) == (before[1] != now[1])
    nothing = object()
    for place, (old, new) in enumerate(zip_longest(before[0], now[0], fillvalue=nothing)):
        assert bool(changed & mask_of([[place]])) == (old != new)


@given(values)
def test_what_is_equal_is_the_same_wherever_it_comes_from(value: Value) -> None:
    name = "".join(["Hội ", "LHPN"])
    assert digests_of([name, name, value], WHOLE) == digests_of(["Hội LHPN", "".join(["Hội ", "LHPN"]), value], WHOLE)


def test_without_a_digest_everything_has_changed() -> None:
    assert changed_since(b"", digests_of((["a", "b"], None), IN_PARTS)) == 0b111


def test_a_mask_has_a_bit_for_each_place() -> None:
    assert mask_of([]) == mask_of([()]) == 0
    assert mask_of([(0, 2), [2, 70]]) == 0b1010 | 1 << 71
