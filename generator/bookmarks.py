"""Ids in our Word and Excel files, so that an edited file can be imported.

`generator/paper/` writes them as bookmarks, `generator/data/` into a hidden column of a sheet, and
`generator/reading/` reads what an office has edited; none knows the other.

Word allows letters, digits and underscores, at most 40, in the name of a bookmark. Ids have no underscores, so that
`skh_ct5_1` is `ct5-1`; `skh_ct5_1__2` is its sub-row number 2; `skh__purpose` a part of the document; longer names come
in numbered segments, `skh__7_…`, `skh__8_…`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

BOOKMARK, LONGEST_BOOKMARK = "skh_", 40
"""What the names of our bookmarks begin with, and the letters that Word takes in one."""
STAMP = f"{BOOKMARK}_stamp_"
OUTLINE_STAMP = f"{BOOKMARK}_outline_"
"""What the head of the hidden column begins with: in the sheet of activities, and in that of headings and targets."""
SEARCHED_ROWS = 40
"""In so many rows of a sheet its head is looked for: people insert rows above."""
INDENTS = {"text": 567, "cell": 170}
"""How far an entry that stands in another one is indented, in twips: in the text, and in a cell."""

_SEGMENT = re.compile(rf"{BOOKMARK}_(\d+)_(.*)")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class BookmarkedEntry:
    """What a bookmark names: the id of an entry, and the number of its sub-row from 1, 0 for the entry itself."""

    id: str
    row: int = 0


def bookmark_names(key: str, before: int) -> list[str]:
    """Return the names of the bookmarks that carry a key, the innermost first; `before` are the bookmarks before it.

    A name has letters, digits and underscores, at most 40: a longer one is cut into numbered segments, which are read
    in the order in which they begin.

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
    """Return what the hidden column of a sheet holds for an entry, or for its sub-row number `row` from 1.

    >>> sheet_key("ct5-1"), sheet_key("ct5-1", 2)
    ('skh_ct5_1', 'skh_ct5_1__2')
    """
    return BOOKMARK + entry_key(id_, row).replace("-", "_")


def joined_bookmark(names: Iterable[str]) -> str:
    """Return the first of our bookmarks, put together from its segments; empty where none is ours.

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
