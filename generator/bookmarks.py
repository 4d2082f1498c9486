"""Ids in our Word and Excel files, so that an edited file can be imported.

`generator/paper/` writes them as bookmarks, `generator/data/` into a hidden column of a sheet; `generator/reading/`
reads both from files that an office has edited. None of these imports another.

The name of a bookmark in Word has at most 40 letters, digits and underscores. Ids have no underscores: `skh_ct5_1` is
`ct5-1`, `skh_ct5_1__2` is its sub-row number 2, `skh__purpose` is a part of the document. Longer names are cut into
numbered segments, `skh__7_…`, `skh__8_…`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

BOOKMARK, LONGEST_BOOKMARK = "skh_", 40
"""The prefix of our bookmarks' names, and the longest name in Word."""
STAMP = f"{BOOKMARK}_stamp_"
OUTLINE_STAMP = f"{BOOKMARK}_outline_"
"""The prefixes of the hidden column's head: in the sheet of activities, and in that of headings and targets."""
SEARCHED_ROWS = 40
"""The head of a sheet is searched in this many rows: people insert rows above it."""
INDENTS = {"text": 567, "cell": 170}
"""The indent in twips of an entry inside another one: in the text, and in a cell."""

_SEGMENT = re.compile(rf"{BOOKMARK}_(\d+)_(.*)")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class BookmarkedEntry:
    """What a bookmark names: the id of an entry, and the number of its sub-row (from 1), 0 for the entry itself."""

    id: str
    row: int = 0


def bookmark_names(key: str, before: int) -> list[str]:
    """Return the names of the bookmarks that carry a key, innermost first; `before` counts earlier bookmarks.

    A name has at most 40 letters, digits and underscores: a longer one is cut into numbered segments, which are read in
    the order in which they begin.

    >>> bookmark_names("nv1-2", 0)
    ['skh_nv1_2']
    >>> bookmark_names("a" * 50, 7)
    ['skh__9_aaaaaaaaaaaaaaaaaaaaaa', 'skh__8_aaaaaaaaaaaaaaaaaaaaaaaaaaaa']
    """
    name = key.replace("-", "_")
    if len(name) <= LONGEST_BOOKMARK - len(BOOKMARK):
        return [BOOKMARK + name]
    room = LONGEST_BOOKMARK - len(BOOKMARK) - len("_123456_")
    segments = [name[start : start + room] for start in range(0, len(name), room)]
    return [f"{BOOKMARK}_{before + number}_{segment}" for number, segment in enumerate(segments, 1)][::-1]


def entry_key(id_: str, row: int) -> str:
    """Return the key of an entry, or of its sub-row number `row` from 1."""
    return f"{id_}__{row}" if row else id_


def sheet_key(id_: str, row: int = 0) -> str:
    """Return the hidden column's text for an entry, or for its sub-row number `row` (from 1).

    >>> sheet_key("ct5-1"), sheet_key("ct5-1", 2)
    ('skh_ct5_1', 'skh_ct5_1__2')
    """
    return BOOKMARK + entry_key(id_, row).replace("-", "_")


def joined_bookmark(names: Iterable[str]) -> str:
    """Return the first of our bookmarks, joined from its segments; empty if none is ours.

    >>> joined_bookmark(["_GoBack", "skh__7_a_long_", "skh__8_id", "skh_other"])
    'skh_a_long_id'
    """
    joined, last = "", 0
    for name in names:
        match = _SEGMENT.fullmatch(name)
        if match and (not joined or int(match[1]) == last + 1):
            joined, last = joined + match[2], int(match[1])
        elif not match and not joined and name.startswith(BOOKMARK):
            return name
    return BOOKMARK + joined if joined else ""


def bookmarked_entry(bookmark: str) -> BookmarkedEntry | None:
    """Return what a bookmark names; None if it names no entry, because programs rename copies of a bookmark.

    >>> bookmarked_entry("skh_ct5_1__2")
    BookmarkedEntry(id='ct5-1', row=2)
    >>> bookmarked_entry("skh_ct5_1_Copy_1"), bookmarked_entry("skh__purpose")
    (None, None)
    """
    id_, _, row = bookmark.removeprefix(BOOKMARK).partition("__")
    id_ = id_.replace("_", "-")
    if not bookmark.startswith(BOOKMARK) or not _ID.fullmatch(id_) or (row and not row.isdecimal()):
        return None
    return BookmarkedEntry(id_, int(row or 0))
