"""Which open headings a row closes, because its label continues the count of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from generator.reading.placed_rows import PlacedRow
from generator.reading.row_labels import RowLabel, is_alike

OpenHeading = tuple[RowLabel | None, int]
"""The label of a heading and its index among the placed rows."""


def depth_after(label: RowLabel, open_headings: Sequence[OpenHeading], placed: Sequence[PlacedRow]) -> int:
    """Return how many open headings stay open before an activity: a heading with the preceding label is its sibling.

    `2` closes heading `1` if `a)` and `b)` stand in it; heading `1` stays open if another `1` stands in it.
    """
    for depth, (above, index) in enumerate(open_headings):
        if above is None or not is_alike(label, above) or label.count <= above.count:
            continue
        inside = _last_count(label, placed[index + 1 :])
        goes_on = inside + 1 == label.count or (inside > 0 and label.count != above.count + 1)
        is_empty = index + 1 == len(placed)
        if goes_on or (is_empty and _last_count(label, placed[:index]) + 1 == label.count):
            continue  # it counts in this heading's own list, or in one that runs through all headings
        return depth
    return len(open_headings)


def may_go_on(label: RowLabel, open_headings: Sequence[OpenHeading], placed: Sequence[PlacedRow]) -> bool:
    """Return whether the last heading holds as many unlabelled activities as the label requires before it."""
    start = open_headings[-1][1] + 1 if open_headings else 0
    bare = [row for row in placed[start:] if row.role == "activity" and row.label is None]
    return len(bare) + 1 == label.count > 1


def _last_count(label: RowLabel, rows: Sequence[PlacedRow]) -> int:
    """Return the count of the last activity label in the same list, 0 if there is none."""
    activities = (row.label for row in reversed(rows) if row.role == "activity" and row.label)
    return next((other.count for other in activities if is_alike(label, other)), 0)
