"""Reads a PDF back: its sheets, with their words and the rows of their tables."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

import pdfplumber

MM = 72 / 25.4
LEFT, RIGHT, ABOVE, BELOW = 30 * MM, 15 * MM, 20 * MM, 20 * MM
"""The margins of Decree 30/2020/NĐ-CP that our pages have, in points."""

SLACK = 2.0
"""Points by which an engine may set a justified line too long; no reader sees so little."""


@dataclass(frozen=True)
class Word:
    """A word and where it stands, in points from the upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way between its ends."""
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Sheet:
    """One printed page; tables are those with ruled cells, row by row, without blanks, None where a cell goes on."""

    width: float
    height: float
    words: list[Word]
    tables: list[list[list[str | None]]]

    @cached_property
    def text(self) -> str:
        """Its words without blanks."""
        return squeezed("".join(word.text for word in self.words))

    @property
    def is_wide(self) -> bool:
        """Whether it lies landscape."""
        return self.width > self.height

    @property
    def is_a4(self) -> bool:
        """Whether its sides are those of A4."""
        sides = sorted((self.width / MM, self.height / MM))
        return abs(sides[0] - 210) < 1 and abs(sides[1] - 297) < 1

    def outside(self) -> list[str]:
        """The words that reach into a margin, but for the number of the page."""
        return [
            word.text
            for word in self.words
            if word.left < LEFT - SLACK
            or word.right > self.width - RIGHT + SLACK
            or word.bottom > self.height - BELOW + SLACK
            or (word.top < ABOVE - SLACK and word not in self.numbers)
        ]

    @property
    def numbers(self) -> list[Word]:
        """What stands centred in the upper margin: the number of the page."""
        centre = (LEFT + self.width - RIGHT) / 2
        return [word for word in self.words if word.bottom < ABOVE and abs(word.middle - centre) < 4]


def read_sheets(pdf: bytes) -> list[Sheet]:
    """Every page of a PDF."""
    sheets = []
    with pdfplumber.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            words = [
                Word(each["text"], each["x0"], each["x1"], each["top"], each["bottom"])
                for each in page.extract_words(use_text_flow=True)
            ]
            tables = [
                [[None if cell is None else squeezed(cell) for cell in row] for row in table]
                for table in page.extract_tables()
                if len(table[0]) > 2
            ]
            sheets.append(Sheet(float(page.width), float(page.height), words, tables))
            page.close()
    return sheets


def squeezed(text: str) -> str:
    """Text without blanks, in Unicode NFC: where a line breaks is of no matter."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))
