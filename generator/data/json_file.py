"""Files of JSON: of everything, and of one plan. A line for each entry, so that versions can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from generator.data.forms import Forms, forms_of
from generator.data.objects import plan_data
from generator.data.pieces import Frame, Piece, PieceFile, pieces_of_all
from generator.link.corpus import Corpus
from generator.link.model import Plan
from generator.pages.page import Options

_NEXT = b",\n"


@dataclass(frozen=True)
class JsonList(PieceFile):
    """All activities of all plans, a line each."""

    def said(self, piece: Piece, forms: Forms) -> None:
        """Nothing."""

    def frame(self, said: Iterable[None]) -> Frame:
        """The one list."""
        return Frame(b'{"activities": [\n', _NEXT, b"\n]}\n", None, lambda piece, forms: _lines(forms.json))


def corpus_json(corpus: Corpus, options: Options) -> JsonList:
    """`/du-lieu/hoat-dong.json`."""
    return JsonList(corpus, options, pieces_of_all(corpus))


def plan_json(corpus: Corpus, plan: Plan, options: Options) -> bytes:
    """`/du-lieu/ke-hoach/<plan>.json`: one plan, whole; a line for each field, and for each entry of its lists."""
    activities = forms_of(corpus, plan.id, options).json
    fields = (
        _dump(name) + b": " + (_list(activities) if name == "activities" else _value(value))
        for name, value in plan_data(corpus, plan).items()
    )
    return b"{\n" + _lines(fields) + b"\n}\n"


def _value(value: Any) -> bytes:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _list(map(_dump, value))
    return _dump(value)


def _list(entries: Iterable[bytes]) -> bytes:
    return b"[\n" + lines + b"\n]" if (lines := _lines(entries)) else b"[]"


def _lines(parts: Iterable[bytes]) -> bytes:
    return _NEXT.join(parts)


def _dump(content: object) -> bytes:
    """As one line; a thousand plans have 80,000 activities, and this writer is ten times as fast as Python's own."""
    return orjson.dumps(content)
