"""What in a plan points at what: at its own entries, at those of other plans, at units and programmes by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.check.entries import ENTRY_LISTS, all_entries, entries, with_rows, words
from generator.source.source_files import Kind
from generator.source.tree import Path

# Field -> the kinds of entry of the same plan that it may point at; the first one names it in messages.
_INNER = {
    "parent": ("heading", "task"),
    "section": ("heading", "task"),
    "task": ("task",),
    "target": ("target",),
}
_ROW = ("activity",)
_LISTS = {"section": "outline", "task": "outline", "target": "targets", "serves": "targets", "row": "activities"}


class Pointer(NamedTuple):
    """A place that points at an entry of a plan. `wanted` are the kinds that it may point at."""

    at: Path
    plan: str
    id: str
    written: str
    wanted: tuple[str, ...]


class Naming(NamedTuple):
    """A place that names a unit or a programme, by id or as the document prints it."""

    at: Path
    kind: Kind
    name: str


def pointers(plan: str, data: dict[str, Any]) -> Iterator[Pointer]:
    """Yield all that points at a heading, a target or an activity in a plan."""
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
    """Yield the measures that a measure contributes to: one by its name, one as a mapping, or a list of these."""
    given = measure.get("contributes_to")
    if isinstance(given, str):
        yield ("contributes_to",), given
        return
    links = [(("contributes_to",), given)] if isinstance(given, dict) else entries(measure, "contributes_to")
    for at, link in links:
        if upper := link.get("measure"):
            yield (*at, "measure"), upper


def list_pointed_at(at: Path) -> str | None:
    """Return the list of the same plan in which an entry is that a place points at by its id."""
    field = next((step for step in reversed(at) if isinstance(step, str)), "")
    return str(at[0]) if field == "parent" and at[0] in ENTRY_LISTS else _LISTS.get(field)


def namings(data: dict[str, Any]) -> Iterator[Naming]:
    """Yield all that names a unit or a programme in a plan."""
    if issuer := data.get("issuer"):
        yield Naming(("issuer",), "unit", issuer)
    for path, part in with_rows(all_entries(data)):
        for field, kind in _NAMES.items():
            for at, written in words(part, field):
                yield Naming((*path, *at), kind, written)


_NAMES: dict[str, Kind] = {"lead": "unit", "partners": "unit", "levels_units": "unit", "programmes": "programme"}
