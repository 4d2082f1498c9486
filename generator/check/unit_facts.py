"""Facts from units' files, in the form of the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.check.days import ALWAYS, day_number
from generator.check.entries import entries, words
from generator.language.vietnamese import name_key


def agencies_of(unit: str, data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the local agencies in a unit's file, by id; their names are understood in this unit's plans."""
    for _, agency in entries(data, "agencies"):
        if id_ := agency.get("id"):
            yield id_, {**agency, "scope": unit}


def unit_facts(units: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the register's fields about units, except their names."""
    parents, scopes = (
        {id_: data[name] for id_, data in units.items() if data.get(name)} for name in ("parent", "scope")
    )
    days = {id_: (day_number(data.get("valid_from")), day_number(data.get("valid_to"))) for id_, data in units.items()}
    called = {id_: data.get("short_name") or data.get("name") for id_, data in units.items()}
    return {
        "parents": parents,
        "scopes": scopes,
        "short_names": {id_: name for id_, name in called.items() if name},
        "departments": frozenset(id_ for id_ in parents if units[id_].get("kind") in {"department", "group"}),
        "validity": {
            id_: (ALWAYS[0] if first is None else first, ALWAYS[1] if last is None else last)
            for id_, (first, last) in days.items()
            if first is not None or last is not None
        },
        "successors": {
            id_: successors
            for id_, data in units.items()
            if (successors := tuple(w for _, w in words(data, "successors")))
        },
        # A unit with only one name, "Công an xã", has none that tells it from its namesakes.
        "full_names": {
            id_: name_key(units[id_]["name"])
            for id_ in scopes
            if units[id_].get("name")
            and units[id_].get("short_name")
            and name_key(units[id_]["name"]) != name_key(units[id_]["short_name"])
        },
    }
