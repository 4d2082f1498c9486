"""What the following rows show about a row: whether they stand below it, and whether it is only their sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.reading.row_labels import RowLabel, is_alike, is_below
from generator.reading.table_rows import LookedRow, TableColumns

_UPPER_KINDS = {"roman", "capital", "word"}


def has_rows_below(looked_rows: Sequence[LookedRow], index: int, label: RowLabel | None, columns: TableColumns) -> bool:
    """Return whether the next row stands below the one at an index, by its label."""
    looked = looked_rows[index]
    following = next((other for other in looked_rows[index + 1 :] if other.label or not other.is_paragraph), None)
    if following is None or label is None:
        return False
    deeper = following.label
    if deeper is None:
        below = following.cells.keys() & columns.values - columns.leads - columns.money
        return looked.is_bold or looked.spans or (names_no_work(looked, columns) and bool(below))
    if deeper.kind == "dotted" and deeper.parts[: len(label.parts)] == label.parts and deeper.parts != label.parts:
        return True
    return deeper.kind in {"letter", "bullet", "bracket"} or (deeper.kind != label.kind and deeper.count == 1)


def names_no_work(looked: LookedRow, columns: TableColumns) -> bool:
    """Return whether a row has a lead and no other value: a heading in tables without merged cells.

    `I` with the sum of its rows is one too.
    """
    if looked.label is None:
        return False
    others = looked.cells.keys() & columns.values - columns.leads
    return not others or (looked.label.kind in _UPPER_KINDS and others <= columns.money)


def heads_rows(looked_rows: Sequence[LookedRow], index: int) -> bool:
    """Return whether a row with values is a heading of the next rows: `I` before `1` or `1.1`, never an activity's."""
    label = looked_rows[index].label
    following = looked_rows[index + 1].label if index + 1 < len(looked_rows) else None
    if label is None or following is None or label.kind not in _UPPER_KINDS or following.kind in _UPPER_KINDS:
        return False
    return following.count == 1 and not is_below(following, label)


def holds_rows(looked_rows: Sequence[LookedRow], index: int) -> bool:
    """Return whether the next row may stand below the one at an index, as an activity in an activity."""
    label = looked_rows[index].label
    below = looked_rows[index + 1].label if index + 1 < len(looked_rows) else None
    return bool(label and below and label.kind not in _UPPER_KINDS and is_below(below, label))


def work_in_list(looked_rows: Sequence[LookedRow], index: int, columns: TableColumns) -> Mapping[int, bool]:
    """Return for each row of a list whether at least half of the list is work, not only headings."""
    members = _list_of(looked_rows, index)
    upper = [at for at in members if holds_rows(looked_rows, at) and names_no_work(looked_rows[at], columns)]
    return dict.fromkeys(members, len(upper) * 2 <= len(members))


def _list_of(looked_rows: Sequence[LookedRow], index: int) -> list[int]:
    """Return the rows whose labels form one list with that of the row at an index."""
    members = [index]
    for step in (1, -1):
        last, at = looked_rows[index].label, index + step
        while last is not None and 0 <= at < len(looked_rows):
            looked, label = looked_rows[at], looked_rows[at].label
            if looked.is_target or looked.spans or (label is not None and label.kind in _UPPER_KINDS):
                break
            if label is not None and is_alike(label, last):
                below = looked_rows[at + 1].label if at + 1 < len(looked_rows) else None
                starts_again = below is not None and is_alike(below, label) and below.count == 1
                if label.count != last.count + step or starts_again:
                    break
                members.append(at)
                last = label
            at += step
    return members
