"""Walking data that may have any shape: what is not as the schema says is passed over, never trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.source.entry_index import ENTRY_LISTS
from generator.source.tree import Path

__all__ = ["ENTRY_LISTS", "entries", "period_of", "words"]


def entries(data: Any, name: str) -> list[tuple[Path, dict[str, Any]]]:
    """Return the mappings in the list `data[name]`, each with its path."""
    items = data.get(name) if isinstance(data, dict) else None
    if not isinstance(items, list):
        return []
    return [((name, index), item) for index, item in enumerate(items) if isinstance(item, dict)]


def words(entry: dict[str, Any], name: str) -> Iterator[tuple[Path, str]]:
    """Yield the texts of `entry[name]`, one or a list, each with its path in the entry."""
    value = entry.get(name)
    if isinstance(value, str):
        yield (name,), value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield (name, index), item


def period_of(plan: dict[str, Any]) -> tuple[int, int] | None:
    """Return the first and last year of a plan, None where they are not years."""
    period = plan.get("period")
    if not isinstance(period, dict):
        return None
    bounds = [str(period.get(name)) for name in ("from", "to")]
    return (int(bounds[0]), int(bounds[1])) if all(len(b) == 4 and b.isdecimal() for b in bounds) else None


def level_names(text: str) -> list[str]:
    """Return the names that a printed cell of levels may hold: the whole, else its parts.

    >>> level_names("Tỉnh Hội và Huyện Hội")
    ['Tỉnh Hội và Huyện Hội', 'Tỉnh Hội', 'Huyện Hội']
    """
    whole = text.strip(" .;-")
    parts = re.split(r"[,;]| và ", whole)
    names = [whole, *parts, *(name for part in parts for name in part.split("/"))]
    return [name for name in dict.fromkeys(name.strip(" .-") for name in names) if name]
