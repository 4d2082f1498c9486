"""Placed rows and the words around the table -> fields of a draft plan, with every doubt as a review item.

Printed words come first, readings second: `when` beside `years`, `levels_text` beside `levels`. Every reading has a
named rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.language.folding import exact
from generator.reading.cell_fields import CellReader
from generator.reading.ledger import Ledger
from generator.reading.placed_rows import PlacedRow
from generator.reading.review_items import ReviewItem
from generator.reading.row_ids import make_ids
from generator.reading.short_titles import sentence_case, short_title

_LONGEST_TARGET = 110
LISTS = {"heading": "outline", "target": "targets", "activity": "activities"}
"""The plan's list for rows of each role."""


@dataclass
class DraftEntries:
    """The entries of a draft in the document's order, and what a person must review.

    `rows` maps each entry (`activities/ct1-1`) to its row; `shortened` are titles that are proposals.
    """

    outline: list[dict[str, Any]] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)
    activities: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[ReviewItem] = field(default_factory=list)
    shortened: list[str] = field(default_factory=list)
    rows: dict[str, PlacedRow] = field(default_factory=dict)


def draft_entries(
    rows: Sequence[PlacedRow], reader: CellReader, known_ids: Mapping[int, str], reserved: frozenset[str]
) -> DraftEntries:
    """Return the entries of a plan; `known_ids` are those that rows already have, `reserved` may not be given again."""
    tasks = frozenset(index for index in range(len(rows)) if _is_task(rows, index))
    ids = make_ids(rows, tasks, known_ids, reserved)
    reader.targets = _by_number(rows, ids)
    builder = _EntryBuilder(rows, ids, tasks, reader, reader.ledger, DraftEntries())
    for index in range(len(rows)):
        builder.add(index)
    return builder.draft


def _by_number(rows: Sequence[PlacedRow], ids: Sequence[str]) -> Mapping[str, str]:
    """Return the ids of targets by printed number, without ambiguous numbers."""
    numbered = [
        (str(row.label.count), id_) for row, id_ in zip(rows, ids, strict=True) if row.role == "target" and row.label
    ]
    counts = Counter(number for number, _ in numbered)
    return {number: id_ for number, id_ in numbered if counts[number] == 1}


def natural_ids(rows: Sequence[PlacedRow]) -> list[str]:
    """Return the ids that the rows would have in a new plan."""
    return make_ids(rows, frozenset(index for index in range(len(rows)) if _is_task(rows, index)), {})


@dataclass
class _EntryBuilder:
    rows: Sequence[PlacedRow]
    ids: Sequence[str]
    tasks: frozenset[int]
    reader: CellReader
    ledger: Ledger
    draft: DraftEntries
    entries: dict[int, dict[str, Any]] = field(default_factory=dict)

    def add(self, index: int) -> None:
        """Add one row to the draft."""
        row = self.rows[index]
        if row.role == "text":
            self._add_text(row, index)
            return
        if row.role == "subrow":
            self._add_subrow(row, index)
            return
        path = f"{LISTS[row.role]}/{self.ids[index]}"
        entry: dict[str, Any] = {"id": self.ids[index]}
        if row.role == "heading":
            entry["kind"] = self._kind(index)
        if row.label is not None and row.label.kind != "bullet":
            verbatim = row.row.role or row.label.kind == "word"
            entry["label"] = row.label.printed if verbatim else row.label.printed.rstrip(".")
        self.entries[index] = entry
        self.draft.rows[path] = row
        {"heading": self._fill_heading, "target": self._fill_target, "activity": self._fill_activity}[row.role](
            index, entry, path
        )
        self._flags(row, path)
        self.ledger.assign(row.label_tokens, "field", f"{path}/label")
        self.ledger.assign(row.title_tokens, "field", f"{path}/title")
        getattr(self.draft, LISTS[row.role]).append(entry)

    def _fill_heading(self, index: int, entry: dict[str, Any], path: str) -> None:
        row = self.rows[index]
        printed = " ".join(row.lines) or entry.get("label", "…")
        title = printed if row.row.role else short_title([sentence_case(printed)], 400)[0]
        entry["title"] = title
        if row.parent is not None:
            entry["parent"] = self.ids[row.parent]
        if title != printed and title.casefold() != printed.casefold():
            entry["text"] = printed
            self.draft.shortened.append(path)
        self.draft.reviews += self.reader.fill(row, entry, path, "heading")

    def _fill_target(self, index: int, entry: dict[str, Any], path: str) -> None:
        row = self.rows[index]
        statement = " ".join(row.lines) or entry.get("label", "…")
        title, rest = short_title([statement], _LONGEST_TARGET)
        entry["section"] = self.ids[row.parent] if row.parent is not None else self._default_section()
        entry["title"] = title
        entry["statement"] = statement
        self.ledger.assign(row.title_tokens, "field", f"{path}/statement")
        self.draft.reviews += self.reader.fill(row, entry, path, "target")
        if rest is not None and entry["title"] == title:
            self.draft.shortened.append(path)

    def _fill_activity(self, index: int, entry: dict[str, Any], path: str) -> None:
        row = self.rows[index]
        above = row.parent
        if above is not None and self.rows[above].role == "activity":
            entry["parent"] = self.ids[above]
            upper = self.entries[above]
            entry |= {name: upper[name] for name in ("section", "target") if name in upper}
        elif row.target is not None:
            entry["target"] = self.ids[row.target]
        elif above is not None:
            entry["section"] = self.ids[above]
        else:
            entry["section"] = self._default_section()
        lines = row.lines or (str(entry.get("label", "…")),)
        title, text = (" ".join(lines), None) if row.row.role else short_title(lines)
        entry["title"] = title
        if text is not None:
            entry["text"] = text
            self.draft.shortened.append(path)
            self.ledger.assign(row.title_tokens, "field", f"{path}/text")
        self.draft.reviews += self.reader.fill(row, entry, path, "activity")

    def _default_section(self) -> str:
        """Return a heading for activities that stand below none: the schema requires one."""
        if not any(heading["id"] == "noi-dung" for heading in self.draft.outline):
            self.draft.outline.append({"id": "noi-dung", "kind": "section", "title": "Nội dung"})
        return "noi-dung"

    def _add_subrow(self, row: PlacedRow, index: int) -> None:
        assert row.parent is not None  # a sub-row always has an activity above
        parent = self.entries[row.parent]
        position = len(parent.setdefault("rows", []))
        path = f"activities/{parent['id']}/rows/{position}"
        entry: dict[str, Any] = {"title": row.title or "…"}
        if row.label is not None and row.label.kind != "bullet":
            entry = {"label": row.label.printed, **entry}
        self.draft.reviews += self.reader.fill(row, entry, path, "subrow")
        parent["rows"].append(entry)
        upper = self.rows[row.parent]
        self.draft.reviews += self.reader.settle_years(upper, parent, f"activities/{parent['id']}")
        self.entries[index] = entry
        self._flags(row, path)
        self.ledger.assign(row.label_tokens, "field", f"{path}/label")
        self.ledger.assign(row.title_tokens, "field", f"{path}/title")

    def _add_text(self, row: PlacedRow, index: int) -> None:
        """Add text to the entry above it; ask about text above all entries."""
        text = "\n".join(row.lines)
        tokens = (*row.label_tokens, *row.title_tokens)
        printed = f"{row.label.printed} {text}" if row.label else text
        above = row.parent
        if above is None:
            self.draft.reviews.append(ReviewItem("text-outside", row.row.location, printed, tokens=tokens))
        else:
            role = self.rows[above].role
            name = "statement" if role == "target" else "text"
            entry = self.entries[above]
            before = entry.get(name) or (entry["title"] if role == "activity" else "")
            entry[name] = f"{before}\n\n{printed}" if before else printed
            self.ledger.assign(tokens, "field", f"{LISTS.get(role, 'outline')}/{self.ids[above]}/{name}")
        for cell in row.cells.values():
            self.draft.reviews.append(ReviewItem("text-outside", cell.location, cell.text, tokens=cell.tokens))
        self.entries[index] = {}

    def _flags(self, row: PlacedRow, path: str) -> None:
        if not row.lines and not row.row.role:
            self.draft.reviews.append(ReviewItem("row-without-words", row.row.location, row.row.text, path, "title"))
        for flag in row.flags:
            self.draft.reviews.append(
                ReviewItem(flag.kind, row.row.location, flag.printed, at=path, proposal=flag.proposal)
            )

    def _kind(self, index: int) -> str:
        label = self.rows[index].label
        if self.rows[index].row.role:
            return self.rows[index].row.kind
        if label is not None and label.word in {"Khâu đột phá", "Đột phá"}:
            return "breakthrough"
        return "task" if index in self.tasks else "section"


def _is_task(rows: Sequence[PlacedRow], index: int) -> bool:
    """Return whether a heading is a task: its label says so, or it has a number and stands below `Các nhiệm vụ …`."""
    row = rows[index]
    if row.role != "heading" or row.label is None:
        return False
    if row.label.word:
        return row.label.word == "Nhiệm vụ"
    above = rows[row.parent] if row.parent is not None else None
    return (
        row.label.kind == "number"
        and above is not None
        and re.search(r"\bnhiệm vụ\b", exact(above.title)) is not None
        and above.role == "heading"
    )
