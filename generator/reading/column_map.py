"""An office's mapping file, heading -> field: fields by their names, and all its faults at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from generator.reading.cell_fields import FIELD_KEYS
from generator.reading.column_headings import named_fields
from generator.reading.heading_words import heading_key
from generator.reading.office_document import OfficeDocument
from generator.reading.plan_tables import plan_tables

FaultKind = Literal["field", "part", "heading"]

_OTHER_NAMES = {"unit": "unit_of_measure", "levels": "levels_text", "lead_text": "lead", "partners_text": "partners"}
"""Names of a plan's fields that differ from the columns' names."""
_PARTS = {"by_year": r"(?:19|20)\d\d", "costs": r"(?:19|20)\d\d", "by_period": "[a-z0-9]+(?:-[a-z0-9]+)*"}
_WHOLE = {"costs"}
"""Fields that a column may also fill without a part."""
_EXAMPLES = {"by_year": "by_year.2026", "by_period": "by_period.q1", "costs": "costs.2026", "roles": "roles.province"}


@dataclass(frozen=True)
class MapFault:
    """A fault of a mapping file. `meant` are the words that were probably meant, or an example of the field."""

    kind: FaultKind
    heading: str
    field: str
    meant: tuple[str, ...]


def with_known_names(given: Mapping[str, str]) -> Mapping[str, str]:
    """Return a mapping with the names of columns: a plan's `unit` is `unit_of_measure`."""
    return {heading: _OTHER_NAMES.get(field, field) for heading, field in given.items()}


def map_faults(given: Mapping[str, str], document: OfficeDocument) -> list[MapFault]:
    """Return the faults of a mapping: unknown fields, and headings that no table of the document has."""
    known = mapped_fields()
    headings = [heading for table in plan_tables(document) for heading in table.headings if heading.words]
    texts = list(dict.fromkeys(text for heading in headings for text in (heading.words[-1], " ".join(heading.words))))
    keys = set(map(heading_key, texts))
    faults: list[MapFault] = []
    for heading, field in given.items():
        if kind := _field_fault(field, known):
            name = field.partition(".")[0]
            meant = (_EXAMPLES[name],) if kind == "part" else tuple(sorted(known))
            faults.append(MapFault(kind, heading, field, meant))
        if keys and heading_key(heading) not in keys:
            faults.append(MapFault("heading", heading, field, tuple(texts)))
    return faults


def mapped_fields() -> Collection[str]:
    """Return the fields that a mapping file may name; fields of years and periods without their part."""
    fields = {name for names in FIELD_KEYS.values() for name in names} | {"more", "label", "section", "target"}
    return (fields | set(named_fields()) | _OTHER_NAMES.keys()) - {"roles", "short_title"}


def _field_fault(field: str, known: Collection[str]) -> FaultKind | None:
    name, dot, part = field.partition(".")
    if field in known and (name not in _PARTS or name in _WHOLE):
        return None
    if name in _PARTS:
        return None if dot and re.fullmatch(_PARTS[name], part) else "part"
    return "part" if name == "roles" else "field"
