"""Calendars of a plan and of a unit, put together of entries that are written already (`CalendarWriter`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.data.about import unit_title
from generator.data.calendar import around
from generator.data.forms import Forms
from generator.data.pieces import Frame, Piece, PieceFile, pieces_of_unit
from generator.link.corpus import Corpus
from generator.link.model import Plan, Unit
from generator.pages.page import Options


@dataclass(frozen=True)
class Calendar(PieceFile):
    """A calendar to be."""

    title: str

    def said(self, piece: Piece, forms: Forms) -> None:
        """Nothing."""

    def frame(self, said: Iterable[None]) -> Frame:
        """The title; no piece depends on it."""
        head, tail = around(self.title)
        return Frame(head, b"", tail, None, _written)


def plan_ics(corpus: Corpus, plan: Plan, options: Options) -> Calendar:
    """`/du-lieu/ke-hoach/<plan>.ics`."""
    return Calendar(corpus, options, [Piece(plan.id)], plan.title)


def unit_ics(corpus: Corpus, unit: Unit, options: Options) -> Calendar:
    """`/du-lieu/don-vi/<unit>.ics`."""
    return Calendar(corpus, options, pieces_of_unit(corpus, unit), unit_title(corpus, unit, options))


def _written(piece: Piece, forms: Forms) -> bytes:
    return b"".join(forms.events if piece.places is None else forms.events.at(piece.places))
