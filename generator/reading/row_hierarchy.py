"""Which row of a table is a heading, target, activity or sub-row, and which row it stands below.

Merged cells and labels carry the outline. The depth of a label depends on its kind *and on the open labels above it*:
`1` is a task in one place and an activity below a target in another. Damaged rows and those that follow from them are
flagged; a repair is only proposed, with a flag.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.bookmarks import bookmarked_entry
from generator.reading.column_headings import ColumnMapping
from generator.reading.counted_labels import OpenHeading, depth_after, may_go_on
from generator.reading.office_document import GridCell, GridRow
from generator.reading.placed_rows import PlacedRow, RowFlag, RowRole
from generator.reading.row_labels import RowLabel, is_alike, is_below, split_label
from generator.reading.rows_below import has_rows_below, heads_rows, holds_rows, names_no_work, work_in_list
from generator.reading.table_rows import LookedRow, TableColumns, look_at_all

_STATEMENT = re.compile(r"mục tiêu( chung| tổng quát| cụ thể)?\s*:", re.I)
_TARGET = re.compile(r"chỉ tiêu\s+(?:số\s+)?\d{1,3}\s*[:.\-–]", re.I)
_TASK_WORDS = {"Nhiệm vụ", "Khâu đột phá", "Đột phá"}
_INNER_KINDS = {"bullet", "letter", "small-roman"}
_ROLES: dict[str, RowRole] = {role: role for role in ("heading", "target", "activity", "subrow")}
_CELL_SIGNS = {"x", "X", "v", "V", "√", "-", "–", "✓"}


def place_rows(rows: Sequence[GridRow], mapping: ColumnMapping) -> list[PlacedRow]:
    """Return the placed rows in the document's order. Rows without words are left out.

    A paragraph of prose is a row that has only a title.
    """
    columns = TableColumns.of(mapping)
    looked_rows = look_at_all(rows, columns)
    has_labels = any(looked.label is not None and looked.label.kind != "bullet" for looked in looked_rows)
    placer = _Placer(columns, looked_rows, has_labels, mapping.is_of_targets)
    for index in range(len(looked_rows)):
        placer.place_row(index)
    return placer.placed


@dataclass
class _Placer:
    """Walks through the rows and keeps which headings, target and activity are open."""

    columns: TableColumns
    looked_rows: list[LookedRow]
    has_labels: bool  # without labels in the table, a row without one is not a sub-row
    is_of_targets: bool
    placed: list[PlacedRow] = field(default_factory=list)
    open: list[OpenHeading] = field(default_factory=list)  # headings, outermost first
    depths: dict[int, int] = field(default_factory=dict)  # of headings and activities in our own files
    work: dict[int, bool] = field(default_factory=dict)  # whether most rows of a row's list are work
    target: int | None = None
    activity: int | None = None
    damage: str = ""
    labels: set[tuple[int | None, str]] = field(default_factory=set)

    def place_row(self, index: int) -> None:
        """Place the row at an index."""
        looked = self.looked_rows[index]
        if self._is_shifted(looked):
            self._place_shifted(looked)
            return
        role = self._role(index)
        if role == "activity" and self.is_of_targets and not (looked.label and looked.label.kind in _INNER_KINDS):
            role = "target"
        if role in {"heading", "target"}:
            self.damage = ""
        if role == "heading":
            self._place_heading(looked)
        elif role == "target":
            self.target = self._append(looked, "target", self.open[-1][1] if self.open else None)
            self.activity = None
        elif role == "text":
            parent = self.activity if looked.is_paragraph and self.activity is not None else self.target
            self._append(looked, "text", parent if parent is not None else self.open[-1][1] if self.open else None)
        elif role == "subrow":
            self._append(looked, "subrow", self._owner(looked))
        else:
            self._place_activity(index)

    def _role(self, index: int) -> RowRole:
        looked = self.looked_rows[index]
        if role := "target" if looked.is_target and not looked.row.role else _ROLES.get(looked.row.role):
            return role
        has_values = any(column in self.columns.values for column in looked.cells) and not looked.spans
        if looked.label is None and not looked.odd_label:
            return self._role_without_label(looked, has_values)
        if looked.label and looked.label.kind == "word":
            return "heading" if not has_values or looked.spans or self._is_upper(index) else "activity"
        if has_values and (self._is_upper(index) or self._is_bare_heading(index)):
            return "heading"
        if has_values or looked.label is None:
            return "activity"
        return "heading" if self._is_heading(index) else "activity"

    def _is_bare_heading(self, index: int) -> bool:
        """Return whether a row only names the lead of the rows below it, or their sum, and is no work itself."""
        looked = self.looked_rows[index]
        is_bare = names_no_work(looked, self.columns) and has_rows_below(
            self.looked_rows, index, looked.label, self.columns
        )
        return is_bare and not self._may_hold(index, looked.label)

    def _may_hold(self, index: int, label: RowLabel | None) -> bool:
        """Return whether a row without values is still an activity, because of the rows below and beside it.

        Pages show a section's activities before its headings: as a heading it would not keep its place in the list.
        """
        if label is None or not self.columns.values or not holds_rows(self.looked_rows, index):
            return False
        if index not in self.work:
            self.work |= work_in_list(self.looked_rows, index, self.columns)
        return self.work[index] or self._upper_activity(label) is not None

    def _is_upper(self, index: int) -> bool:
        """Return whether a row with values is a heading: it continues an open `I` or `A` and has rows below.

        So is the first `I`, and a number below which the numbering starts again.
        """
        if heads_rows(self.looked_rows, index):
            return True
        label = self.looked_rows[index].label
        following = self.looked_rows[index + 1].label if index + 1 < len(self.looked_rows) else None
        if label is None or following is None or not any(is_alike(label, above) for above, _ in self.open):
            return False
        if label.kind in {"roman", "capital", "word"}:
            return not is_alike(label, following)
        starts_again = is_alike(label, following) and following.count == 1
        return starts_again and depth_after(label, self.open, self.placed) < len(self.open)

    def _owner(self, looked: LookedRow) -> int | None:
        """Return the activity of a sub-row: the one in its id, else the open one."""
        entry = bookmarked_entry(looked.row.bookmark) if looked.row.role else None
        for index in range(len(self.placed) - 1, -1, -1) if entry else ():
            other = bookmarked_entry(self.placed[index].row.bookmark)
            if other and entry and (other.id, other.row) == (entry.id, 0):
                return index
        return self.activity

    def _role_without_label(self, looked: LookedRow, has_values: bool) -> RowRole:
        if _STATEMENT.match(looked.title):
            return "text"
        if looked.is_held and self.activity is not None:
            return "subrow"
        values = looked.cells.keys() & self.columns.values
        is_bold = looked.is_bold and len(looked.title) < 200 and (looked.spans or looked.is_paragraph)
        is_sum = looked.is_capitals and values <= self.columns.money
        if is_sum or (not has_values and (looked.is_capitals or is_bold)):
            return "heading"
        if not has_values and (looked.spans or looked.is_paragraph):
            return "text"
        others = (looked.cells.keys() | looked.hanging) & self.columns.values - self.columns.years
        is_activity = has_values and bool(others)
        return "subrow" if not is_activity and self.activity is not None and self.has_labels else "activity"

    def _is_heading(self, index: int) -> bool:
        """Return whether a labelled row without values is a heading: by label, format, or the rows that follow."""
        looked = self.looked_rows[index]
        label = looked.label
        assert label is not None
        spans = looked.spans and not looked.is_paragraph
        if self._precedes_damage(index):
            return False
        if label.kind in {"bullet", "letter", "bracket"} and not looked.is_bold:
            return spans and label.kind != "bullet"
        is_above_table = looked.is_paragraph and bool(self.columns.values) and label.kind == "number"
        if label.kind in {"roman", "capital"} or looked.is_capitals or is_above_table:
            return True
        if spans:
            return not self._goes_on(label) or self._has_sibling(label)
        return has_rows_below(self.looked_rows, index, label, self.columns) and not self._may_hold(index, label)

    def _precedes_damage(self, index: int) -> bool:
        """Return whether a row continues the activity's labels without values, and the next row, shifted, has them."""
        looked = self.looked_rows[index]
        following = self.looked_rows[index + 1] if index + 1 < len(self.looked_rows) else None
        has_values = any(column in self.columns.values for column in looked.cells)
        if following is None or looked.label is None or has_values or not self._is_shifted(following):
            return False
        return self._goes_on(looked.label) and not self._has_sibling(looked.label)

    def _goes_on(self, label: RowLabel) -> bool:
        """Return whether a label continues that of the open activity."""
        last = self.placed[self.activity].label if self.activity is not None else None
        return last is not None and last.kind == label.kind and label.count == last.count + 1

    def _has_sibling(self, label: RowLabel) -> bool:
        """Return whether an open heading has a label of this kind with the number before."""
        return any(looked and looked.kind == label.kind and looked.count + 1 == label.count for looked, _ in self.open)

    def _place_heading(self, looked: LookedRow) -> None:
        self.target = self.activity = None
        label = looked.label
        depth = self._depth(label, looked)
        del self.open[depth:]
        index = self._append(looked, "heading", self.open[-1][1] if self.open else None)
        self.open.append((label, index))
        self.depths[index] = looked.row.depth or depth + 1

    def _depth(self, label: RowLabel | None, looked: LookedRow) -> int:
        """Return how many of the open headings stand above this one."""
        if looked.row.role:
            return sum(1 for _, index in self.open if self.depths.get(index, 0) < looked.row.depth)
        if label is None:
            return next((n for n, (open_label, _) in enumerate(self.open) if open_label is None), len(self.open))
        if label.kind == "dotted":
            for depth in range(len(self.open), 0, -1):
                above = self.open[depth - 1][0]
                if above and label.parts[: len(above.parts)] == above.parts and len(above.parts) < len(label.parts):
                    return depth
        for depth, (above, _) in enumerate(self.open):
            alike = above is not None and above.kind == label.kind and above.word == label.word
            if alike and above is not None and len(above.parts) == len(label.parts):
                return depth
        return len(self.open)

    def _place_own_activity(self, looked: LookedRow) -> None:
        """Place an activity of our own file: it stands in the open one that is less deep."""
        at = self.activity
        while at is not None and self.depths.get(at, 0) >= looked.row.depth:
            parent = self.placed[at].parent
            at = parent if parent is not None and self.placed[parent].role == "activity" else None
        self.activity = self._append(looked, "activity", at if at is not None else self._heading())
        self.depths[self.activity] = looked.row.depth

    def _place_activity(self, index: int) -> None:
        looked = self.looked_rows[index]
        if looked.row.role:
            self._place_own_activity(looked)
            return
        flags = []
        is_doubtful = self._close_counted(looked.label)
        if is_doubtful or (looked.spans and not looked.is_paragraph) or self._precedes_damage(index):
            flags.append(RowFlag("row-level", looked.title))
        parent = self.open[-1][1] if self.open else None
        upper = self._upper_activity(looked.label)
        if looked.label and looked.label.kind not in _INNER_KINDS:
            key = (self.target if self.target is not None else parent, looked.label.printed.rstrip("."))
            if key in self.labels:
                flags.append(RowFlag("label-twice", looked.label.printed))
            self.labels.add(key)
        at = self._append(looked, "activity", upper if upper is not None else parent, tuple(flags))
        if upper is None or (looked.label and looked.label.kind != "bullet"):
            self.activity = at

    def _close_counted(self, label: RowLabel | None) -> bool:
        """Close the headings whose labels an activity continues; return whether there are any, to ask about them.

        Pages show a section's activities before its headings. If it may belong to the last one, that stays open.
        """
        depth = depth_after(label, self.open, self.placed) if label else len(self.open)
        if label is None or depth == len(self.open):
            return False
        if not may_go_on(label, self.open, self.placed):
            del self.open[depth:]
            self.target = self.activity = None
        return True

    def _upper_activity(self, label: RowLabel | None) -> int | None:
        """Return the open activity above a label: `1` for `1.1`, the numbered one for `a)`, the dash for `+`."""
        at = self.activity
        while at is not None and self.placed[at].role == "activity" and label is not None:
            above = self.placed[at].label
            if above is not None and is_below(label, above):
                return at
            parent = self.placed[at].parent
            at = parent if parent is not None and self.placed[parent].role == "activity" else None
        return None

    def _is_shifted(self, looked: LookedRow) -> bool:
        """Return whether a row's cells are in wrong columns: its label is a cell's sign, or a later cell a target."""
        targets = [cell for cell in looked.cells.values() if _TARGET.match(cell.text)]
        return (looked.odd_label in _CELL_SIGNS or bool(targets)) and not looked.is_paragraph and not looked.row.role

    def _place_shifted(self, looked: LookedRow) -> None:
        """Propose that the signs belong to the row before, whose title filled its columns, and the target is a row."""
        printed = looked.row.text
        cells = [cell for cell in looked.row.cells if cell.text]
        target = next((cell for cell in cells if _TARGET.match(cell.text)), None)
        values = [cell for cell in cells if cell is not target]
        before = self.placed[-1] if self.placed else None
        if before and before.role == "activity" and before.flags and values:
            shift = self.columns.title + 1
            moved = {cell.column + shift: cell for cell in values if cell.column + shift in self.columns.values}
            flag = RowFlag("shifted-row", printed, " | ".join(cell.text for cell in moved.values()))
            self.placed[-1] = replace(before, cells={**before.cells, **moved}, flags=(*before.flags, flag))
            values = [cell for cell in values if cell not in moved.values()]
        self.damage = printed
        if values:
            lines = max((cell.lines for cell in values), key=lambda line_set: len(" ".join(line_set)))
            rest = {cell.column: cell for cell in values if cell.lines != lines}
            tokens = tuple(token for cell in values if cell.lines == lines for token in cell.tokens)
            shifted = _replaced(looked, lines, rest, tokens)
            self.activity = self._append(shifted, "activity", self._heading(), (RowFlag("shifted-row", printed),))
        if target is not None:
            label, rest_text = split_label(target.text)
            repaired = _replaced(looked, (rest_text,), {}, target.tokens, label)
            flag = RowFlag("shifted-row", printed, target.text)
            self.target = self._append(repaired, "target", self._heading(), (flag,))
            self.activity = None

    def _heading(self) -> int | None:
        return self.open[-1][1] if self.open else None

    def _append(self, looked: LookedRow, role: RowRole, parent: int | None, flags: tuple[RowFlag, ...] = ()) -> int:
        if self.damage and not flags and role in {"activity", "subrow", "text"}:
            flags = (RowFlag("follows-damage", self.damage),)
        if looked.odd_label:
            flags = (*flags, RowFlag("odd-label", looked.odd_label))
        self.placed.append(
            PlacedRow(
                role=role,
                label=looked.label,
                lines=looked.lines,
                row=looked.row,
                cells=looked.cells,
                parent=parent,
                target=self.target if role == "activity" else None,
                title_tokens=looked.title_tokens,
                label_tokens=looked.label_tokens,
                notes=looked.notes,
                marks=looked.marks,
                flags=flags,
            )
        )
        return len(self.placed) - 1


def _replaced(
    looked: LookedRow,
    lines: tuple[str, ...],
    cells: dict[int, GridCell],
    tokens: tuple[int, ...],
    label: RowLabel | None = None,
) -> LookedRow:
    """Return a row with other words, for a proposed repair."""
    return replace(looked, lines=lines, cells=cells, title_tokens=tokens, label=label, label_tokens=(), odd_label="")
