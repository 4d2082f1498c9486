"""The references of a plan: to its own entries, to other plans' entries, and by name to units and programmes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.check.entries import ENTRY_LISTS, all_entries, entries, with_rows, words
from generator.source.source_files import Kind
from generator.source.tree import Path

# Field -> the kinds of entry in the same plan that it may refer to; messages use the first one.
_INNER = {
    "parent": ("heading", "task"),
    "section": ("heading", "task"),
    "task": ("task",),
    "target": ("target",),
}
_ROW = ("activity",)
_LISTS = {"section": "outline", "task": "outline", "target": "targets", "serves": "targets", "row": "activities"}


class Pointer(NamedTuple):
    """A place that refers to an entry of a plan. `wanted` are the kinds of entry that are allowed."""

    at: Path
    plan: str
    id: str
    written: str
    wanted: tuple[str, ...]


class Naming(NamedTuple):
    """A place that names a unit or programme, by id or by its printed name."""

    at: Path
    kind: Kind
    name: str


def pointers(plan: str, data: dict[str, Any]) -> Iterator[Pointer]:
    """Yield all references to headings, targets and activities in a plan."""
    for name, kind in ENTRY_LISTS.items():
        for path, entry in entries(data, name):
            for field, kinds in _INNER.items():
                if id_ := entry.get(field):
                    wanted = _ROW if field == "parent" and kind == "activity" else kinds
                    yield Pointer((*path, field), plan, id_, id_, wanted)
            for at, measure in entries(entry, "measures"):
                if id_ := measure.get("row"):
                    yield Pointer((*path, *at, "row"), plan, id_, id_, _ROW)
            for at, written in words(entry, "counterparts"):
                other, _, id_ = written.partition("/")
                wanted = ("task",) if kind == "heading" else ("target",)
                yield Pointer((*path, *at), other, id_, written, wanted)
            for at, written in words(entry, "serves"):
                other, _, id_ = written.rpartition("/")
                yield Pointer((*path, *at), other or plan, id_, written, ("target",))


def upper_measures(measure: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield the measures that a measure contributes to: given as a key, a mapping, or a list of these."""
    given = measure.get("contributes_to")
    if isinstance(given, str):
        yield ("contributes_to",), given
        return
    links = [(("contributes_to",), given)] if isinstance(given, dict) else entries(measure, "contributes_to")
    for at, link in links:
        if upper := link.get("measure"):
            yield (*at, "measure"), upper


def list_pointed_at(at: Path) -> str | None:
    """Return the list of the same plan that has the entry to which a place refers by id."""
    field = next((step for step in reversed(at) if isinstance(step, str)), "")
    return str(at[0]) if field == "parent" and at[0] in ENTRY_LISTS else _LISTS.get(field)


def namings(data: dict[str, Any]) -> Iterator[Naming]:
    """Yield all places in a plan that name a unit or programme."""
    if issuer := data.get("issuer"):
        yield Naming(("issuer",), "unit", issuer)
    for path, part in with_rows(all_entries(data)):
        for field, kind in _NAMES.items():
            for at, written in words(part, field):
                yield Naming((*path, *at), kind, written)


_NAMES: dict[str, Kind] = {"lead": "unit", "partners": "unit", "levels_units": "unit", "programmes": "programme"}
