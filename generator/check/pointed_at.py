"""What a plan holds that other entries and other plans may point at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.check.entries import ENTRY_LISTS, entries


def targetable(entries: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return the entries that other plans may point at."""
    return {(id_, kind) for id_, kind in entries.items() if kind in {"task", "target"}}


def kinds_of_entries(data: dict[str, Any]) -> dict[str, str]:
    """Return what each entry of a plan is, by its id; a heading that is a task is a `task`."""
    inner: dict[str, str] = {}
    for name, kind in ENTRY_LISTS.items():
        for _, entry in entries(data, name):
            if isinstance(entry.get("id"), str):
                inner.setdefault(entry["id"], "task" if entry.get("kind") == "task" and kind == "heading" else kind)
    return inner


def units_of_measures(data: dict[str, Any]) -> dict[tuple[str, str], str | None]:
    """Return the unit of each measure, by entry and measure."""
    return {
        (entry["id"], measure["id"]): unit if isinstance(unit := measure.get("unit"), str) else None
        for name in ("targets", "activities")
        for _, entry in entries(data, name)
        for _, measure in entries(entry, "measures")
        if isinstance(entry.get("id"), str) and isinstance(measure.get("id"), str)
    }
