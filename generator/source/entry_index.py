"""The entries of a plan's text by line, also for files that no parser can read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

ENTRY_LISTS = {"outline": "heading", "targets": "target", "activities": "activity"}
"""The lists of a plan whose entries have ids, with the kind of entry in each."""

_START = re.compile(r"^(?:([a-z_]+)[ ]*:|([ ]*)-[ ])", re.MULTILINE)
_ID = re.compile(r"""^[ ]*(?:-[ ]+)?id[ ]*:[ ]*["']?([a-z0-9-]+)""", re.MULTILINE)


class EntryIndex:
    """The entries of a text in block style, each from its dash to the line of the next dash."""

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
        """Return the kind and id of the entry at a line (from 1), or None."""
        index = bisect_right(self._starts, line) - 1
        return self._entries[index] if index >= 0 else None


def entry_lines(text: str) -> dict[str, int]:
    """Return the first line (from 1) of each entry by its id; of two entries with one id the first counts."""
    lines: dict[str, int] = {}
    line, counted = 1, 0
    for start, entry in _entries(text):
        line += text.count("\n", counted, start)
        counted = start
        if entry:
            lines.setdefault(entry[1], line)
    return lines


def _entries(text: str) -> Iterator[tuple[int, tuple[str, str] | None]]:
    """Yield the offset of each entry with its kind and id; of other parts with None."""
    kind, indent = "", None
    starts: list[tuple[int, str]] = []
    for match in _START.finditer(text):
        if match[1] is not None:
            kind, indent = ENTRY_LISTS.get(match[1], ""), None
            starts.append((match.start(), ""))
        elif kind and indent in {None, len(match[2])}:
            indent = len(match[2])
            starts.append((match.start(), kind))
    starts.append((len(text), ""))
    for (start, kind), (end, _) in pairwise(starts):
        id_ = _ID.search(text, start, end) if kind else None
        yield start, (kind, id_[1]) if id_ else None
