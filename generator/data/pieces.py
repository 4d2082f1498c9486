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
        return b"".join(new_parts(self.put_together(None)[0]))

    def put_together(self, before: Index | None) -> tuple[list[bytes | range], Index]:
        """The file in parts, new bytes and ranges of the file as it was `before`; and its own index."""
        old = self._unchanged(before)
        said = [old[piece][0] if piece in old else self.said(piece, self.forms(piece)) for piece in self.pieces]
        frame = self.frame(said)
        if before and before.shared != frame.shared:
            old = {}
        parts = _Parts(frame.head)
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
        return parts.parts, Index(parts.size, frame.shared, index)

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

    def __init__(self, head: bytes) -> None:
        self.parts: list[bytes | range] = [head]
        self.start, self.size = 0, len(head)

    def add(self, part: bytes | range) -> None:
        self.parts.append(part)
        self.start, self.size = self.size, self.size + len(part)

    def take(self, between: bytes, old: range) -> None:
        """A range of the old file; one that lies there as it will here continues the last one."""
        last = self.parts[-1]
        if isinstance(last, range) and old.start == last.stop + len(between):
            self.parts[-1] = range(last.start, old.stop)
            self.start = self.size + len(between)
            self.size = self.start + len(old)
        else:
            self.add(between)
            self.add(old)


def new_parts(parts: Iterable[bytes | range]) -> list[bytes]:
    """The new bytes among the parts of a file: all of it, where there was none before."""
    return [part for part in parts if isinstance(part, bytes)]


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
