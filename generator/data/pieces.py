"""Files that are put together of a piece for each plan. After an edit of one plan of a thousand only its piece is made
anew; the others are taken from the file as it was.

That is safe because a piece follows from three things alone: the forms of its plan (`forms`), which of the plan's
activities it has, and what the frame says that all pieces share.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.data.forms import FORMS, Forms, forms_name, forms_of
from generator.link.corpus import Corpus
from generator.link.model import Unit
from generator.pages.downloads import Part, parts_of_unit
from generator.pages.page import Options


class Piece(NamedTuple):
    """Activities of one plan by their places in its body (without places all of them), and the unit's part in them."""

    plan: str
    places: tuple[int, ...] | None = None
    part: Part | None = None


class Frame(NamedTuple):
    """What stands before, between and behind pieces, and how one is written.

    `shared` is all that writing a piece depends on besides the piece and its forms: plain data, to be compared.
    """

    head: bytes
    between: bytes
    tail: bytes
    shared: object
    write: Callable[[Piece, Forms], bytes]


class Index(NamedTuple):
    """Of a file that was made: its size, what its pieces shared, and of each the piece, what it said, its first byte
    and its length. Plain data: it is kept on disk."""

    size: int
    shared: Any
    pieces: Sequence[tuple[Any, Any, int, int]]


@dataclass(frozen=True)
class PieceFile(ABC):
    """A file to be, made of the pieces of plans."""

    corpus: Corpus
    options: Options
    pieces: Sequence[Piece]

    @abstractmethod
    def said(self, piece: Piece, forms: Forms) -> Any:
        """What the frame must know of a piece, as plain data."""

    @abstractmethod
    def frame(self, said: Iterable[Any]) -> Frame:
        """The frame, from what all pieces say."""

    @property
    def content(self) -> bytes:
        """The whole file."""
        parts: list[bytes] = []
        self.write(parts.append)
        return b"".join(parts)

    def write(self, put: Callable[[bytes], object]) -> Index:
        """Make all of the file, which is put part after part, for some are too large to be held; its index."""
        return self._put(None, put)

    def rewrite(self, before: Index) -> tuple[list[bytes | range], Index]:
        """The file in parts, new bytes and ranges of the file as it was `before`; and its own index."""
        parts: list[bytes | range] = []
        index = self._put(before, parts.append)
        return parts, index

    def _put(self, before: Index | None, put: Callable[[Any], object]) -> Index:
        old = self._unchanged(before)
        said = [old[piece][0] if piece in old else self.said(piece, self.forms(piece)) for piece in self.pieces]
        frame = self.frame(said)
        if before and before.shared != frame.shared:
            old = {}
        parts = _Parts(put)
        parts.add(frame.head)
        index = []
        for place, (piece, one) in enumerate(zip(self.pieces, said, strict=True)):
            between = frame.between if place else b""
            if piece in old:
                parts.take(between, old[piece][1])
            else:
                parts.add(between)
                parts.add(frame.write(piece, self.forms(piece)))
            index.append((tuple(piece), one, parts.start, parts.size - parts.start))
        parts.add(frame.tail)
        return Index(parts.size, frame.shared, index)

    def _unchanged(self, before: Index | None) -> dict[Piece, tuple[Any, range]]:
        """The pieces of the file as it was that still are right: what each said, and where it is."""
        return {
            Piece(*piece): (said, range(start, start + length))
            for piece, said, start, length in (before.pieces if before else ())
            if self.corpus.is_as_before(FORMS, forms_name(piece[0], self.options), piece[1])
        }

    def forms(self, piece: Piece) -> Forms:
        """The forms from which a piece is written."""
        return forms_of(self.corpus, piece.plan, self.options, piece.places)


class _Parts:
    """Parts of a file to be, which grow at the end; `start` is where the last one begins."""

    def __init__(self, put: Callable[[Any], object]) -> None:
        self._put = put
        self._old = range(0)
        self.start = self.size = 0

    def add(self, part: bytes) -> None:
        """Add new bytes."""
        if self._old:
            self._put(self._old)
            self._old = range(0)
        if part:
            self._put(part)
        self._grow(part)

    def take(self, between: bytes, old: range) -> None:
        """Add a range of the old file; one that lies there as it will here continues the last one."""
        if self._old and old.start == self._old.stop + len(between):
            self._old = range(self._old.start, old.stop)
            self._grow(between)
        else:
            self.add(between)
            self._old = old
        self._grow(old)

    def _grow(self, part: bytes | range) -> None:
        self.start, self.size = self.size, self.size + len(part)


def whole(content: str | bytes | PieceFile) -> str | bytes:
    """A file's content, put together."""
    return content.content if isinstance(content, PieceFile) else content


def pieces_of_all(corpus: Corpus) -> Sequence[Piece]:
    """All activities of all plans."""
    return [Piece(id_) for id_, plan in corpus.plans.items() if plan.size.activities]


def pieces_of_unit(corpus: Corpus, unit: Unit) -> Sequence[Piece]:
    """What a unit has a part in, each activity once, under the first of the unit's parts."""
    pieces: list[Piece] = []
    seen: dict[str, set[int]] = {}
    for part, activities in parts_of_unit(corpus, unit):
        for plan, places in activities.places:
            known = seen.setdefault(plan, set())
            if new := tuple(place for place in places if place not in known):
                known.update(new)
                pieces.append(Piece(plan, new, part))
    return pieces
