"""Large files made of segments. After an edit only the changed segments are written anew.

The others are copied from the old file, which is its own cache. That is right because a segment depends on two
things only: what `is_unchanged` compares, and the `shared` value of the envelope.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from generator.incremental.output import OutputDirectory

S = TypeVar("S", bound=tuple[Any, ...])


class Envelope(NamedTuple):
    """What stands before, between and after the segments.

    `shared` is all else that the bytes of a segment depend on: plain data, to be compared.
    """

    header: bytes
    separator: bytes
    footer: bytes
    shared: Any = None


class SegmentIndex(NamedTuple):
    """Where the segments of a written file lie, as plain data, to be stored.

    It has the file's size, the separator, the shared value, and of each segment the key, summary, first byte and
    length.
    """

    size: int
    shared: Any
    segments: Sequence[tuple[Any, Any, int, int]]


class SegmentedFile(ABC, Generic[S]):
    """A file that is not yet written. Segments are named by keys of plain data (tuples)."""

    segments: Sequence[S]

    @abstractmethod
    def is_unchanged(self, segment: S) -> bool:
        """Return whether everything that this segment is made from is unchanged since the last build."""

    def summary(self, segment: S) -> Any:
        """Return what the envelope needs to know of a segment, as plain data."""
        return None

    @abstractmethod
    def envelope(self, summaries: Iterable[Any]) -> Envelope:
        """Return the envelope, from the summaries of all segments."""

    @abstractmethod
    def render(self, segment: S, shared: Any) -> bytes:
        """Return a segment's bytes."""

    @property
    def content(self) -> bytes:
        """The whole file."""
        parts: list[bytes] = []
        self._assemble(None, parts.append)
        return b"".join(parts)

    def save(self, directory: OutputDirectory, path: str, before: SegmentIndex | None) -> SegmentIndex:
        """Write the file, copying unchanged segments if its index `before` is known and fits; return the new index."""
        if before and directory.has(path, before.size):
            parts: list[bytes | range] = []
            index = self._assemble(before, parts.append)
            directory.rewrite(path, parts)
            return index
        with directory.open(path) as file:
            return self._assemble(None, file.write)

    def _assemble(self, before: SegmentIndex | None, put: Callable[[Any], object]) -> SegmentIndex:
        old = {
            key: (summary, range(start, start + length))
            for key, summary, start, length in (before.segments if before else ())
        }
        unchanged = {segment for segment in self.segments if tuple(segment) in old and self.is_unchanged(segment)}
        summaries = [old[tuple(key)][0] if key in unchanged else self.summary(key) for key in self.segments]
        envelope = self.envelope(summaries)
        shared = envelope.separator, envelope.shared
        if before and before.shared != shared:
            unchanged = set()
        parts = _Parts(put)
        parts.add(envelope.header)
        index = []
        for number, (segment, summary) in enumerate(zip(self.segments, summaries, strict=True)):
            separator = envelope.separator if number else b""
            if segment in unchanged:
                parts.copy(separator, old[tuple(segment)][1])
            else:
                parts.add(separator)
                parts.add(self.render(segment, envelope.shared))
            index.append((tuple(segment), summary, parts.start, parts.size - parts.start))
        parts.add(envelope.footer)
        return SegmentIndex(parts.size, shared, index)


def whole(content: str | bytes | SegmentedFile[Any]) -> str | bytes:
    """Return a file's whole content, with its segments joined if it has any."""
    return content.content if isinstance(content, SegmentedFile) else content


class _Parts:
    """Parts of a new file: new bytes, and ranges of the old file, joined where they are neighbours in both."""

    def __init__(self, put: Callable[[Any], object]) -> None:
        self._put = put
        self._open = range(0)
        self.start = self.size = 0

    def add(self, part: bytes) -> None:
        """Add new bytes."""
        if self._open:
            self._put(self._open)
            self._open = range(0)
        if part:
            self._put(part)
        self._grow(part)

    def copy(self, separator: bytes, old: range) -> None:
        """Add a separator and a range of the old file."""
        if self._open and old.start == self._open.stop + len(separator):
            self._open = range(self._open.start, old.stop)
            self._grow(separator)
        else:
            self.add(separator)
            self._open = old
        self._grow(old)

    def _grow(self, part: bytes | range) -> None:
        self.start, self.size = self.size, self.size + len(part)
