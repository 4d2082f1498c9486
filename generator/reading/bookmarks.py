"""Our bookmarks in Word files: the ids of entries, which stay with their rows while an office edits the file.

Word allows letters, digits and underscores, at most 40, in the name of a bookmark. Ids have no underscores, so that
`skh_ct5_1` is `ct5-1`; `skh_ct5_1__2` is its sub-row number 2; `skh__purpose` a part of the document; longer names come
in numbered pieces, `skh__7_…`, `skh__8_…`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

BOOKMARK = "skh_"
STAMP = f"{BOOKMARK}_stamp_"
_PIECE = re.compile(rf"{BOOKMARK}_(\d+)_(.*)")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class BookmarkedEntry:
    """What a bookmark names: the id of an entry, and the number of its sub-row from 1, 0 for the entry itself."""

    id: str
    row: int = 0


def joined_bookmark(names: Iterable[str]) -> str:
    """Return the first of our bookmarks, put together from its pieces; empty where none is ours.

    >>> joined_bookmark(["_GoBack", "skh__7_a_long_", "skh__8_id", "skh_other"])
    'skh_a_long_id'
    """
    joined, last = "", 0
    for name in names:
        piece = _PIECE.fullmatch(name)
        if piece and (not joined or int(piece[1]) == last + 1):
            joined, last = joined + piece[2], int(piece[1])
        elif not piece and not joined and name.startswith(BOOKMARK):
            return name
    return BOOKMARK + joined if joined else ""


def bookmarked_entry(bookmark: str) -> BookmarkedEntry | None:
    """Return what a bookmark names, None where it names no entry: programs rename copies of a bookmark.

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
