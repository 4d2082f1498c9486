"""Which parts of a memo have changed, dependencies by number, and a store that two processes read."""

from __future__ import annotations

import os
import time
from itertools import zip_longest
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.incremental import Build, MemoKind, PartsKind, TrackedMapping, Tracker
from generator.incremental.memo import changed_parts, mask_of, part_fingerprints
from generator.incremental.store import Store, prune

Value = tuple[list[Any], Any]

parts = st.lists(st.sampled_from(["", "Hội", b"x", 1, ("a", 2), {2025: "x"}]), max_size=5)
values = st.tuples(parts, st.sampled_from([None, {}, {2025: True}]))


WHOLE = MemoKind[Any]("whole")
IN_PARTS = MemoKind[Value]("parts", split=lambda value: value)


@given(values, values)
def test_a_part_has_changed_where_it_is_another_one(before: Value, now: Value) -> None:
    changed = changed_parts(part_fingerprints(before, IN_PARTS), part_fingerprints(now, IN_PARTS))
    assert bool(changed & 1) == (before[1] != now[1])
    nothing = object()
    for place, (old, new) in enumerate(zip_longest(before[0], now[0], fillvalue=nothing)):
        assert bool(changed & mask_of([place])) == (old != new)


@given(values)
def test_what_is_equal_is_the_same_wherever_it_comes_from(value: Value) -> None:
    name = "".join(["Hội ", "LHPN"])
    first, second = [name, name, value], ["Hội LHPN", "".join(["Hội ", "LHPN"]), value]
    assert part_fingerprints(first, WHOLE) == part_fingerprints(second, WHOLE)


def test_without_a_fingerprint_everything_has_changed() -> None:
    assert changed_parts(b"", part_fingerprints((["a", "b"], None), IN_PARTS)) == 0b111


def test_a_mask_has_a_bit_for_each_place() -> None:
    assert mask_of([]) == 0
    assert mask_of([0, 2, 2, 70]) == 0b1010 | 1 << 71


@given(parts, st.data())
def test_parts_come_as_they_were_and_are_computed_once(values: list[Any], data: st.DataObject) -> None:
    build, kind = Build(), PartsKind[Any]("packed")
    indexes = data.draw(st.lists(st.sampled_from(range(len(values))))) if values else []
    assert build.parts(kind, ("key",), lambda: values) == []
    assert build.parts(kind, ("key",), lambda: [], indexes) == [values[index] for index in indexes]


def test_recordings_inside_each_other_are_apart() -> None:
    tracker = Tracker()
    texts = TrackedMapping("texts", {1: "one", 2: "two"}, tracker)
    with tracker.recording() as outer:
        _ = texts[1]
        with tracker.recording() as inner:
            assert texts.get(3) is None
        assert len(texts) == 2
    assert outer == {("texts", "1"), ("texts", "*")}
    assert inner == {("texts", "3")}


def test_a_copy_of_the_process_reads_the_store_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as store:
        table = store.table("toy")
        table.update([("a", b"1"), ("b", b"2")])
        store.mark_clean([1])
        pid = os.fork()
        if pid == 0:
            os._exit(0 if [*table.items()] == [("a", b"1"), ("b", b"2")] and store.record == [1] else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        table.remove(["a", "never"])
        assert [*table.items()] == [("b", b"2")]


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "store") as store:
        table = store.table("toy")
        try:
            with store.transaction():
                table.update([("a", b"1")])
                raise ValueError
        except ValueError:
            pass
        with store.transaction():
            table.update([("b", b"2")])
        assert [*table.items()] == [("b", b"2")]
        store.mark_dirty(empty=True)
        assert [*table.items()] == []
        table.update([("c", b"3")])
    with Store(tmp_path / "store") as store:
        assert store.table("toy").get("c") == b"3"
        assert store.record is None


def test_stores_of_sites_that_are_built_no_more_are_taken_away(tmp_path: Path) -> None:
    for name, age in (("old-1.sqlite", 31), ("young-1.sqlite", 29), ("old-1.txt", 31), ("photos.sqlite", 31)):
        (tmp_path / name).write_bytes(b"")
        moment = time.time() - age * 86_400
        os.utime(tmp_path / name, (moment, moment))
    (tmp_path / "gone-1.sqlite").symlink_to("nowhere")  # as if another build had just taken it away
    prune(tmp_path, "*-[0-9].sqlite", 30)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"gone-1.sqlite", "old-1.txt", "photos.sqlite", "young-1.sqlite"}
