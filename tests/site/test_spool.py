"""What is put away is read back, whole or in part, whoever has put it there."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.keep import Held
from generator.site.spool import Spool


@given(st.lists(st.lists(st.binary(max_size=9), max_size=6), min_size=1, max_size=5), st.data())
def test_parts_are_those_that_were_put(
    tmp_path_factory: pytest.TempPathFactory, puts: list[list[bytes]], data: st.DataObject
) -> None:
    spool = Spool(tmp_path_factory.mktemp("spool"), shared=False)
    for parts, put in [(parts, spool.put(parts)) for parts in puts]:
        assert list(put) == parts
        some = data.draw(st.lists(st.booleans(), min_size=len(parts), max_size=len(parts)))
        places = [place for place, taken in enumerate(some) if taken]
        assert list(put.at(places)) == Held(parts).at(places) == [parts[place] for place in places]
    spool.close()


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="without copies of a process")
def test_a_copy_of_the_process_writes_to_the_same(tmp_path: Path) -> None:
    spool = Spool(tmp_path, shared=True)
    near, far = multiprocessing.Pipe()

    def work(own: bytes) -> None:
        far.send([spool.put([own * 1000, b"%d" % number]) for number in range(200)])

    copy = multiprocessing.get_context("fork").Process(target=work, args=(b"b",))
    copy.start()
    mine = [spool.put([b"a" * 1000, b"%d" % number]) for number in range(200)]
    theirs = near.recv()
    copy.join()
    for letter, puts in ((b"a", mine), (b"b", theirs)):
        assert [[*put] for put in puts] == [[letter * 1000, b"%d" % number] for number in range(200)]
    assert not list(tmp_path.iterdir())
    spool.close()
