"""The entries and measures of a plan to which other entries and plans may refer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from generator.check.entries import ENTRY_LISTS, entries
from generator.check.ids import meant_ids
from generator.language.vietnamese import are_same_units, is_share


def targetable(entries: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return the entries to which other plans may refer."""
    return {(id_, kind) for id_, kind in entries.items() if kind in {"task", "target"}}


def kinds_of_entries(data: dict[str, Any]) -> dict[str, str]:
    """Return the kind of each entry of a plan by id; a heading that is a task has kind `task`."""
    inner: dict[str, str] = {}
    meant: dict[str, str] = {}
    for name, kind in ENTRY_LISTS.items():
        for _, entry in entries(data, name):
            if id_ := entry.get("id"):
                written, *others = meant_ids(id_)
                inner.setdefault(written, "task" if entry.get("kind") == "task" and kind == "heading" else kind)
                meant.update(dict.fromkeys(others, inner[written]))
    return meant | inner


class MeasureShape(NamedTuple):
    """What a measure counts: its unit of measure, whether its figures are percentages (None: unknown), whether a total.

    A total is a count of all: not a norm, an average or a bound.
    """

    unit: str | None
    is_share: bool | None
    is_norm: bool
    is_total: bool


PlainShape = tuple[str | None, bool | None, bool, bool]
"""A `MeasureShape` as a plain tuple."""


def shape_of(measure: Mapping[str, Any]) -> MeasureShape:
    """Return what a measure in a file counts."""
    return measure_shape(*(measure.get(name) for name in ("unit", "value", "per", "aggregate")))


@lru_cache(maxsize=4096)
def measure_shape(unit: str | None, value: str | None, per: str | None, aggregate: str | None) -> MeasureShape:
    """Return what a measure counts, from its fields."""
    share = is_share(unit, value)
    total = not per and not share and aggregate not in {"average", "min", "max"}
    return MeasureShape(unit, share, bool(per), total)


def has_other_unit(shape: MeasureShape, upper: MeasureShape) -> bool:
    """Return whether two measures state different units; of two percentages one may have only `%` as unit."""
    shares = shape.is_share and upper.is_share and "%" in {shape.unit, upper.unit}
    return bool(shape.unit and upper.unit and not shares and not are_same_units(shape.unit, upper.unit))


def is_share_for_count(shape: MeasureShape, upper: MeasureShape) -> bool:
    """Return whether one is a percentage and the other a count."""
    return None not in (shape.is_share, upper.is_share) and shape.is_share != upper.is_share


def is_norm_for_total(shape: MeasureShape, upper: MeasureShape) -> bool:
    """Return whether a norm would answer a total."""
    return shape.is_norm and upper.is_total


def shapes_of_measures(data: dict[str, Any]) -> dict[tuple[str, str], PlainShape]:
    """Return what each measure counts, by entry and measure, as plain values for the snapshot."""
    return {
        ids: (*shape_of(measure),)
        for name in ("targets", "activities")
        for _, entry in entries(data, name)
        for _, measure in entries(entry, "measures")
        if entry.get("id") and measure.get("id")
        for ids in product(meant_ids(entry["id"]), meant_ids(measure["id"]))
    }
