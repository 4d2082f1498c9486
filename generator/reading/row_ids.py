"""Ids of entries, made from the labels of their row and of those above: `i`, `nv1`, `nv1-2`, `ct5`, `ct5-1`.

They are chosen once. When a changed file is imported again, known rows keep their ids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.language.folding import folded
from generator.reading.placed_rows import PlacedRow

_LETTERS = "bcdefghijklmnopqrstuvwxyz"
_WORDS = {"Nhiệm vụ": "nv", "Chỉ tiêu": "ct", "Khâu đột phá": "kdp", "Đột phá": "kdp", "Mục tiêu": "mt", "Phần": "phan"}


def make_ids(
    rows: Sequence[PlacedRow],
    tasks: frozenset[int],
    known_ids: Mapping[int, str],
    reserved: frozenset[str] = frozenset(),
) -> list[str]:
    """Return an id for each row.

    `tasks` are headings that are tasks; `known_ids` are ids that rows already have; `reserved` are ids of deleted rows,
    which no other row may get.
    """
    ids: list[str] = []
    before = {*known_ids.values(), *reserved}
    used_ids = set(before)
    counts: dict[str, int] = {}
    for index, row in enumerate(rows):
        if index in known_ids:
            ids.append(known_ids[index])
            continue
        above = row.target if row.role == "activity" and row.target is not None else row.parent
        if row.parent is not None and rows[row.parent].role == "activity":
            above = row.parent
        base = ids[above] if above is not None else ""
        wanted = _wanted(row, index in tasks, base)
        if wanted in before:  # the label belonged to a row that has moved
            wanted = ""
        if not wanted:
            prefix = base or ("hd" if row.role == "activity" else "muc")
            counts[prefix] = counts.get(prefix, 0) + 1
            while f"{prefix}-{counts[prefix]}" in used_ids:
                counts[prefix] += 1
            wanted = f"{prefix}-{counts[prefix]}"
        elif row.label and row.label.count and base:
            counts[base] = max(counts.get(base, 0), row.label.count)
        ids.append(_free(wanted, used_ids))
        used_ids.add(ids[-1])
    return ids


def _wanted(row: PlacedRow, is_task: bool, base: str) -> str:
    """Return the id that follows from a row's label; empty if the label does not count."""
    label = row.label
    if label is None or label.kind == "bullet":
        return ""
    last = re.sub(r"[^a-z0-9]", "", folded(label.parts[-1])) if label.parts else ""
    if label.word:
        return f"{_WORDS.get(label.word, 'muc')}{label.count or last}"
    if row.role == "heading" and is_task and label.count:
        return f"nv{label.count}"
    return f"{base}-{last}" if base else last if label.kind in {"roman", "capital"} else f"muc-{'-'.join(label.parts)}"


def _free(wanted: str, used_ids: set[str]) -> str:
    if wanted not in used_ids:
        return wanted
    return next((f"{wanted}-{letter}" for letter in _LETTERS if f"{wanted}-{letter}" not in used_ids), "") or next(
        f"{wanted}-x{number}" for number in range(1, len(used_ids) + 2) if f"{wanted}-x{number}" not in used_ids
    )
