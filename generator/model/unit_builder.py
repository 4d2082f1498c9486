"""Builds units and programmes from the data of checked files."""

from __future__ import annotations

from generator.model.entities import Programme, Unit
from generator.model.field_values import Data, day_in, line_of, text_of, texts_of


def build_unit(data: Data) -> Unit:
    """Return a unit, from checked data."""
    return Unit(
        id=data["id"],
        name=line_of(data["name"]),
        short_name=line_of(data.get("short_name") or data["name"]),
        kind=data["kind"],
        aliases=texts_of(data, "aliases"),
        level=data.get("level"),
        parent=data.get("parent"),
        scope=data.get("scope"),
        member_of=texts_of(data, "member_of"),
        valid_from=day_in(data, "valid_from"),
        valid_to=day_in(data, "valid_to"),
        successors=texts_of(data, "successors"),
        agencies=tuple(_build_agency(agency, data) for agency in data.get("agencies", ())),
        note=text_of(data.get("note")),
        formerly=texts_of(data, "formerly"),
    )


def _build_agency(agency: Data, data: Data) -> Unit:
    """Return a local agency that a unit's file lists: it has that unit's level, and that unit as its scope."""
    return Unit(
        id=agency["id"],
        name=line_of(agency["name"]),
        short_name=line_of(agency["name"]),
        kind="partner",
        aliases=texts_of(agency, "aliases"),
        level=data.get("level"),
        scope=data["id"],
    )


def build_programme(data: Data) -> Programme:
    """Return a programme, from checked data."""
    period = data.get("period") or {}
    return Programme(
        id=data["id"],
        name=line_of(data["name"]),
        short_name=line_of(data.get("short_name") or data["name"]),
        kind=data["kind"],
        number=text_of(data.get("number")),
        aliases=texts_of(data, "aliases"),
        first_year=int(period["from"]) if period else None,
        last_year=int(period["to"]) if period else None,
        note=text_of(data.get("note")),
        formerly=texts_of(data, "formerly"),
    )
