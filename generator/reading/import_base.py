"""What an import gave, kept beside the plans (`content/.imports/<id>.json`) until its file is imported again.

Without it nobody could tell whether a field differs because the office changed its file or an editor the plan.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from generator.bookmarks import bookmarked_entry
from generator.reading.placed_rows import PlacedRow

ENTRY_NAMES = ("outline", "targets", "activities")
_ROLES = {"outline": "heading", "targets": "target", "activities": "activity"}
_SIMILAR = 0.8
"""How much of a row's words must be the same for it to be the same row with other words."""


@dataclass(frozen=True)
class ImportBase:
    """The last import: its source, its mapping file, the plan's fields as they came, each row's words by its id."""

    source: str = ""
    sha256: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    plan: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)


def base_text(base: ImportBase) -> str:
    """Return the base as JSON, one line an entry, so that two versions can be compared."""
    heads = {"source": base.source, "sha256": base.sha256, "headings": base.headings}
    lines = [f"{_json(name)}: {_json(value)}" for name, value in heads.items()]
    lines.append(_block("rows", base.rows))
    lines.append(_block("plan", {name: value for name, value in base.plan.items() if name not in ENTRY_NAMES}))
    lines += [_block(name, {entry["id"]: entry for entry in base.plan.get(name, ())}) for name in ENTRY_NAMES]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_base(text: str) -> ImportBase:
    """Return the base of a text that `base_text` wrote.

    Raises: `ValueError` for any other text.
    """
    data = json.loads(text)
    try:
        plan = dict(data["plan"]) | {name: list(data[name].values()) for name in ENTRY_NAMES}
        rows = {id_: (str(row[0]), str(row[1]), str(row[2])) for id_, row in data["rows"].items()}
        return ImportBase(data["source"], data["sha256"], data["headings"], plan, rows)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError("not a base") from error


def rows_of_plan(plan: Mapping[str, Any]) -> dict[str, tuple[str, str, str]]:
    """Return the words of each entry of a plan by its id: role, label, title; for a plan that has no base."""
    rows = {}
    for name in ENTRY_NAMES:
        for entry in filter(None, plan.get(name) or ()):
            title = entry.get("text") or entry.get("statement") or entry.get("title") or ""
            rows[str(entry.get("id"))] = (_ROLES[name], str(entry.get("label", "")), " ".join(str(title).split()))
    return rows


def known_ids(
    rows: Sequence[PlacedRow], before: Mapping[str, tuple[str, str, str]], natural: Sequence[str] = ()
) -> dict[int, str]:
    """Return the ids that rows already have: the same label and words, the same words, similar words.

    A row that carries its id as a bookmark comes first, then one of the role and label of its natural id. `natural` are
    the ids that the rows would have in a new plan.
    """
    ids: dict[int, str] = {}
    unmatched = {id_: (role, label, title.casefold()) for id_, (role, label, title) in before.items()}
    keys = [(role, label, title.casefold()) for role, label, title in map(row_words, rows)]
    for index, row in enumerate(rows):
        entry = bookmarked_entry(row.row.bookmark)
        if entry is None or entry.row or entry.id in ids.values():
            continue
        # One that the plan does not have is the id of a row of ours, of which the plan is imported anew.
        if unmatched.pop(entry.id, (row.row.role,))[0] == keys[index][0]:
            ids[index] = entry.id
    for index, id_ in enumerate(natural):
        if index not in ids and id_ in unmatched and unmatched[id_][:2] == keys[index][:2]:
            ids[index] = id_
            del unmatched[id_]
    for exact in (lambda key: key, lambda key: (key[0], key[2])):
        by_key: dict[Any, list[str]] = {}
        for id_, key in unmatched.items():
            by_key.setdefault(exact(key), []).append(id_)
        for index, key in enumerate(keys):
            if index not in ids and by_key.get(exact(key)):
                ids[index] = by_key[exact(key)].pop(0)
                del unmatched[ids[index]]
    for index, key in enumerate(keys):
        if index not in ids and key[0] in _ROLES.values():
            best = max(((_likeness(key, other), id_) for id_, other in unmatched.items()), default=(0.0, ""))
            if best[0] >= _SIMILAR:
                ids[index] = best[1]
                del unmatched[best[1]]
    return ids


def row_words(row: PlacedRow) -> tuple[str, str, str]:
    """Return what a row is known by: its role, its label, its words."""
    return row.role, row.label.printed.rstrip(".") if row.label else "", row.title


def _likeness(first: tuple[str, str, str], second: tuple[str, str, str]) -> float:
    if first[0] != second[0]:
        return 0.0
    matcher = SequenceMatcher(None, first[2], second[2])
    return matcher.ratio() if matcher.real_quick_ratio() >= _SIMILAR and matcher.quick_ratio() >= _SIMILAR else 0.0


def _block(name: str, entries: Mapping[str, Any]) -> str:
    lines = ",\n".join(f"  {_json(key)}: {_json(value)}" for key, value in entries.items())
    return f"{_json(name)}: {{\n{lines}\n}}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
