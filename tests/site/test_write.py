"""What a file keeps of its old content."""

from __future__ import annotations

from pathlib import Path

import pytest
from generator.site.write import Writer
from hypothesis import given
from hypothesis import strategies as st

from generator.site import write


@st.composite
def rewritings(draw: st.DrawFn) -> tuple[bytes, list[bytes | range]]:
    """A file, and another made of new bytes and of ranges of it, in their order."""
    old = draw(st.binary(max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(old)), max_size=8)))
    kept = [range(*cuts[at : at + 2]) for at in range(0, len(cuts) - 1, 2)]
    parts: list[bytes | range] = [draw(st.binary(max_size=12))]
    for part in kept:
        parts += [part, draw(st.binary(max_size=12))]
    return old, parts


@given(rewritings(), st.integers(1, 5))
def test_a_file_is_what_it_is_said_to_be(
    tmp_path_factory: pytest.TempPathFactory, rewriting: tuple[bytes, list[bytes | range]], at_once: int
) -> None:
    old, parts = rewriting
    folder = tmp_path_factory.mktemp("site")
    (folder / "a.csv").write_bytes(old)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write, "_AT_ONCE", at_once)
        Writer(folder).rewrite("a.csv", parts)
    made = b"".join(part if isinstance(part, bytes) else old[part.start : part.stop] for part in parts)
    assert (folder / "a.csv").read_bytes() == made


def test_a_file_that_is_too_short_is_no_file_to_take_from(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"abc")
    with pytest.raises(EOFError, match=r"a\.csv ends before byte 9"):
        Writer(tmp_path).rewrite("a.csv", [b"xy", range(1, 9)])
