"""A file that copies unchanged segments equals the file written anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.incremental.output import OutputDirectory
from generator.incremental.packing import canonical_bytes, from_bytes
from generator.incremental.segments import Envelope, SegmentedFile, SegmentIndex, whole

NAME = "a/all.txt"


class Lines(SegmentedFile[tuple[str, int]]):
    """Texts by key; the header counts their letters, and what they share is the mark at the end of each."""

    def __init__(
        self,
        order: Iterable[tuple[str, int]],
        texts: Mapping[tuple[str, int], str],
        before: Mapping[tuple[str, int], str],
        separator: str = ", ",
        mark: str = "",
    ) -> None:
        self.segments = list(order)
        self.rendered: list[tuple[str, int]] = []
        self._texts, self._before, self._separator, self._mark = texts, before, separator, mark

    def is_unchanged(self, segment: tuple[str, int]) -> bool:
        return self._before.get(segment) == self._texts[segment]

    def summary(self, segment: tuple[str, int]) -> int:
        return len(self._texts[segment])

    def envelope(self, summaries: Iterable[int]) -> Envelope:
        return Envelope(f"{sum(summaries)}: ".encode(), self._separator.encode(), b".", (self._mark,))

    def render(self, segment: tuple[str, int], shared: tuple[str]) -> bytes:
        self.rendered.append(segment)
        return f"{self._texts[segment]}{shared[0]}".encode()


KEYS = st.tuples(st.sampled_from("abc"), st.integers(0, 1))
STATES = st.dictionaries(KEYS, st.text("xyẽ", max_size=4), max_size=6)
EDITS = st.tuples(STATES, st.randoms(use_true_random=False), st.sampled_from([", ", "; ", ""]), st.sampled_from("?! "))


@given(st.lists(EDITS, min_size=2, max_size=5), st.booleans())
def test_any_edits_give_the_file_made_anew(
    tmp_path_factory: pytest.TempPathFactory,
    edits: list[tuple[dict[tuple[str, int], str], object, str, str]],
    lost: bool,
) -> None:
    """Segments come, go, change and move, and so do what stands around them and what they share."""
    directory = OutputDirectory(tmp_path_factory.mktemp("out"), ".toy")
    before: dict[tuple[str, int], str] = {}
    index: SegmentIndex | None = None
    for number, (texts, chance, separator, mark) in enumerate(edits):
        order = list(texts)
        chance.shuffle(order)  # type: ignore[attr-defined]
        file = Lines(order, texts, before, separator, mark)
        if lost and number == 1:
            (directory.root / NAME).write_bytes(b"another file of another size" * 20)
        saved = file.save(directory, NAME, index)
        directory.publish(str(number), {NAME})
        index = SegmentIndex(*from_bytes(canonical_bytes(tuple(saved))))  # as the next build finds it
        letters = sum(map(len, texts.values()))
        expected = f"{letters}: {separator.join(texts[key] + mark for key in order)}."
        assert (directory.root / NAME).read_text("utf-8") == expected
        assert whole(file) == expected.encode()
        before = texts


def test_only_what_has_changed_is_rendered(tmp_path: Path) -> None:
    directory = OutputDirectory(tmp_path, ".toy")
    before = {("a", number): f"text {number}" for number in range(100)}
    index = Lines(before, before, {}).save(directory, NAME, None)
    directory.publish("first", {NAME})
    texts = {("new", 0): "first", **before, ("a", 50): "edited"}
    del texts["a", 20]
    file = Lines(texts, texts, before)
    file.save(directory, NAME, index)
    directory.publish("second", {NAME})
    assert file.rendered == [("new", 0), ("a", 50)]
    assert (tmp_path / NAME).read_bytes() == Lines(texts, texts, {}).content


def test_what_is_no_file_of_segments_is_as_it_is() -> None:
    assert whole("text") == "text"
    assert whole(b"bytes") == b"bytes"
