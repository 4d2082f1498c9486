"""Walks the data of a file, in which values that the schema refuses are None (`generator.check.pruning`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.source.entry_index import ENTRY_LISTS
from generator.source.tree import Path

__all__ = ["ENTRY_LISTS", "all_entries", "entries", "level_names", "period_of", "with_rows", "words"]


def entries(data: Mapping[str, Any], name: str) -> list[tuple[Path, dict[str, Any]]]:
    """Return the mappings in the list `data[name]`, each with its path."""
    items = data.get(name)  # most have none, and are asked a million times
    return [((name, index), item) for index, item in enumerate(items) if item is not None] if items else []


def all_entries(data: Mapping[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the headings, targets and activities of a plan, each with its path; a file of another kind has none."""
    return (pair for name in ENTRY_LISTS for pair in entries(data, name))


def with_rows(pairs: Iterable[tuple[Path, dict[str, Any]]]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield entries and their sub-rows, each with its path."""
    for path, entry in pairs:
        yield path, entry
        yield from (((*path, *at), row) for at, row in entries(entry, "rows"))


def words(entry: Mapping[str, Any], name: str) -> Iterator[tuple[Path, str]]:
    """Yield the texts of `entry[name]` (a text or a list), each with its path in the entry."""
    value = entry.get(name)
    if isinstance(value, str):
        yield (name,), value
        return
    for index, item in enumerate(value or ()):
        if item is not None:
            yield (name, index), item


def period_of(plan: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the first and last year of a plan; None if they are not years."""
    period = plan.get("period") or {}
    bounds = [str(period.get(name)) for name in ("from", "to")]
    return (int(bounds[0]), int(bounds[1])) if all(len(b) == 4 and b.isdecimal() for b in bounds) else None


def level_names(text: str) -> list[str]:
    """Return the names that a printed cell of levels may contain: the whole cell, then its parts.

    >>> level_names("Tỉnh Hội và Huyện Hội")
    ['Tỉnh Hội và Huyện Hội', 'Tỉnh Hội', 'Huyện Hội']
    """
    whole = text.strip(" .;-")
    parts = re.split(r"[,;]| và ", whole)
    names = [whole, *parts, *(name for part in parts for name in part.split("/"))]
    return [name for name in dict.fromkeys(name.strip(" .-") for name in names) if name]
