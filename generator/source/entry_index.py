"""Which entry of a plan a line of its text belongs to, told from the text alone, for files that no parser can read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

LISTS = {"outline": "heading", "targets": "target", "activities": "activity"}
"""The lists of a plan whose entries have ids, and what an entry is called."""

_START = re.compile(r"^(?:([a-z_]+)[ ]*:|([ ]*)-[ ])", re.MULTILINE)
_ID = re.compile(r"""^[ ]*(?:-[ ]+)?id[ ]*:[ ]*["']?([a-z0-9-]+)""", re.MULTILINE)


class EntryIndex:
    """The entries of a text, each from the line of its dash to the next one's.

    Knows block style only, in which a line of a list begins with a dash: as everybody writes it.
    """

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._entries: list[tuple[str, str] | None] = []
        line, counted = 1, 0
        for start, entry in _entries(text):
            line += text.count("\n", counted, start)
            counted = start
            self._starts.append(line)
            self._entries.append(entry)

    def entry_at(self, line: int) -> tuple[str, str] | None:
        """The kind and id of the heading, target or activity that a line (from 1) stands in, if it can be told."""
        place = bisect_right(self._starts, line) - 1
        return self._entries[place] if place >= 0 else None


def _entries(text: str) -> Iterator[tuple[int, tuple[str, str] | None]]:
    """Where each entry begins, and its kind and id; where something else begins, None."""
    kind, indent = "", None
    starts: list[tuple[int, str]] = []
    for found in _START.finditer(text):
        if found[1] is not None:
            kind, indent = LISTS.get(found[1], ""), None
            starts.append((found.start(), ""))
        elif kind and indent in {None, len(found[2])}:
            indent = len(found[2])
            starts.append((found.start(), kind))
    starts.append((len(text), ""))
    for (start, kind), (end, _) in pairwise(starts):
        id_ = _ID.search(text, start, end) if kind else None
        yield start, (kind, id_[1]) if id_ else None
