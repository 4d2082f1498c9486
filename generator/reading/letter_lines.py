"""The printed lines outside of a plan's table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.reading.office_document import Grid, OfficeParagraph, paragraphs_of


@dataclass(frozen=True)
class FrameLine:
    """A printed line outside the plan's table, with the tokens of its paragraph."""

    text: str
    tokens: tuple[int, ...]
    is_apart: bool = False
    """Whether a blank line comes before it."""
    is_set_off: bool = False
    """Whether it is centred or bold."""
    is_centred: bool = False
    is_boxed: bool = False
    """Whether it is in a text box."""


def frame_lines(blocks: Iterable[OfficeParagraph | Grid]) -> Iterator[FrameLine]:
    """Yield the lines of paragraphs and of tables without borders, cell by cell."""
    is_apart = False
    for block in blocks:
        for paragraph in paragraphs_of(block):
            for line in paragraph.printed.split("\n"):
                if line.strip():
                    yield FrameLine(
                        line.strip(),
                        paragraph.tokens,
                        is_apart=is_apart,
                        is_set_off=paragraph.centred or paragraph.is_bold,
                        is_centred=paragraph.centred,
                        is_boxed=paragraph.is_boxed,
                    )
                is_apart = not line.strip()
