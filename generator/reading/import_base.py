"""The result of an import, stored beside the plans (`content/.imports/<id>.json`) until its file is imported again.

Without it nobody knows whether a field differs because the office changed its file or an editor the plan.
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
RowWords = tuple[str, str, str, str]
"""What identifies a row: its role, label, the words of its title, and a line for each cell with its column."""
_MANY = 100
_SIMILAR = 0.8
"""The share of equal words from which a row counts as the same row, edited."""


@dataclass(frozen=True)
class ImportBase:
    """The last import: its source, its mapping file, the plan's fields as imported, each row's words by id."""

    source: str = ""
    sha256: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    plan: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, RowWords] = field(default_factory=dict)


def base_text(base: ImportBase) -> str:
    """Return the base as JSON, one line for each entry, so that versions can be compared."""
    heads = {"source": base.source, "sha256": base.sha256, "headings": base.headings}
    lines = [f"{_json(name)}: {_json(value)}" for name, value in heads.items()]
    lines.append(_block("rows", base.rows))
    lines.append(_block("plan", {name: value for name, value in base.plan.items() if name not in ENTRY_NAMES}))
    lines += [_block(name, {entry["id"]: entry for entry in base.plan.get(name, ())}) for name in ENTRY_NAMES]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_base(text: str) -> ImportBase:
    """Return the base from a text of `base_text`.

    Raises `ValueError` for any other text.
    """
    data = json.loads(text)
    try:
        plan = dict(data["plan"]) | {name: list(data[name].values()) for name in ENTRY_NAMES}
        rows = {id_: _row_words(row) for id_, row in data["rows"].items()}
        return ImportBase(data["source"], data["sha256"], data["headings"], plan, rows)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError("not a base") from error


def rows_of_plan(plan: Mapping[str, Any]) -> dict[str, RowWords]:
    """Return the words of each entry of a plan by id (role, label, title), for a plan without a base."""
    rows = {}
    for name in ENTRY_NAMES:
        for entry in filter(None, plan.get(name) or ()):
            title = entry.get("text") or entry.get("statement") or entry.get("title") or ""
            rows[str(entry.get("id"))] = (_ROLES[name], str(entry.get("label", "")), " ".join(str(title).split()), "")
    return rows


def _row_words(row: Sequence[Any]) -> RowWords:
    """Return the words of a row in a base; a base of an earlier program has no cells."""
    return str(row[0]), str(row[1]), str(row[2]), str(row[3]) if len(row) > 3 else ""


def known_ids(rows: Sequence[PlacedRow], before: Mapping[str, RowWords], natural: Sequence[str] = ()) -> dict[int, str]:
    """Return the ids of rows that are known: by the same words, the same title, or a similar one.

    Among rows with the same title, those with most cells in common match first, then those with the same label: if an
    office deletes one, it renumbers the others.

    A row with its id as a bookmark comes first, then one with the role and label of its natural id. `natural` are the
    ids that the rows would have in a new plan.
    """
    ids: dict[int, str] = {}
    unmatched = {id_: (role, label, title.casefold(), cells) for id_, (role, label, title, cells) in before.items()}
    keys = [(role, label, title.casefold(), cells) for role, label, title, cells in map(row_words, rows)]
    for index, row in enumerate(rows):
        entry = bookmarked_entry(row.row.bookmark)
        if entry is None or entry.row or entry.id in ids.values():
            continue
        # An id that the plan does not have: the row is from our file of a plan that is imported anew.
        if unmatched.pop(entry.id, (row.row.role,))[0] == keys[index][0]:
            ids[index] = entry.id
    for index, id_ in enumerate(natural):
        if index not in ids and id_ in unmatched and unmatched[id_][:2] == keys[index][:2]:
            ids[index] = id_
            del unmatched[id_]
    left = {index: key for index, key in enumerate(keys) if index not in ids}
    for index, id_ in _pairs_of_one_title(left, unmatched):
        if index not in ids and id_ in unmatched:
            ids[index] = id_
            del unmatched[id_]
    for index, key in enumerate(keys):
        if index not in ids and key[0] in _ROLES.values():
            best = max(((_likeness(key, other), id_) for id_, other in unmatched.items()), default=(0.0, ""))
            if best[0] >= _SIMILAR:
                ids[index] = best[1]
                del unmatched[best[1]]
    return ids


def _pairs_of_one_title(keys: Mapping[int, RowWords], before: Mapping[str, RowWords]) -> list[tuple[int, str]]:
    """Return rows and ids with one role and title, most similar first; unchanged rows have one pair each."""
    same: dict[RowWords, list[str]] = {}
    for id_, key in before.items():
        same.setdefault(key, []).append(id_)
    whole = {index: same[key].pop(0) for index, key in keys.items() if same.get(key)}
    by_title: dict[tuple[str, str], list[tuple[str, RowWords]]] = {}
    for key, ids in same.items():
        by_title.setdefault((key[0], key[2]), []).extend((id_, key) for id_ in ids)
    pairs = [
        (len({*key[3].split("\n")} & {*other[3].split("\n")}), key[1] == other[1], index, id_)
        for index, key in keys.items()
        if index not in whole
        for id_, other in _near(key, by_title.get((key[0], key[2]), ()))
    ]
    pairs.sort(key=lambda pair: pair[:2], reverse=True)
    return [*whole.items(), *((index, id_) for *_, index, id_ in pairs)]


def _near(key: RowWords, others: Sequence[tuple[str, RowWords]]) -> Sequence[tuple[str, RowWords]]:
    """Return the rows to compare with one: of very many with its title only those that share its label or cells."""
    if len(others) <= _MANY:
        return others
    return [(id_, other) for id_, other in others if other[1] == key[1] or other[3] == key[3]]


def row_words(row: PlacedRow) -> RowWords:
    """Return what identifies a row."""
    cells = "\n".join(f"{column + 1} {cell.text}" for column, cell in sorted(row.cells.items()))
    return row.role, row.label.printed.rstrip(".") if row.label else "", row.title, cells


def _likeness(first: RowWords, second: RowWords) -> float:
    if first[0] != second[0]:
        return 0.0
    matcher = SequenceMatcher(None, first[2], second[2])
    return matcher.ratio() if matcher.real_quick_ratio() >= _SIMILAR and matcher.quick_ratio() >= _SIMILAR else 0.0


def _block(name: str, entries: Mapping[str, Any]) -> str:
    lines = ",\n".join(f"  {_json(key)}: {_json(value)}" for key, value in entries.items())
    return f"{_json(name)}: {{\n{lines}\n}}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
