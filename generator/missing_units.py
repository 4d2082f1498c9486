"""Makes new units for unknown names in a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.check import CheckResult
from generator.check.entries import entries
from generator.check.ids import suggest_id
from generator.check.rules.rule import File
from generator.language.vietnamese import name_key, says_as_above

_GRADES = {"xa", "phuong", "huyen", "quan", "tinh"}
_NO_NAME = re.compile(r"[:\n]|\bchủ trì\b|\bphối hợp\b", re.IGNORECASE)
"""Words in cells that say who does what and are no unit's name."""
_OF_UNIONS = re.compile(r"(?:hoi-lhpn|hoi-lien-hiep-phu-nu|hoi)-")


@dataclass(frozen=True)
class MissingUnit:
    """A unit to be written: its fields, and a known name with similar spelling, if there is one.

    `is_asked`: only the plan's `review` names it, so somebody must still write it into the field.
    """

    fields: Mapping[str, str]
    closest: str | None
    is_asked: bool


def missing_units(result: CheckResult, path: str) -> list[MissingUnit]:
    """Return a unit for each unknown name in the plan at a path, with the plan's issuer as scope.

    An import leaves unknown names out of the plan's fields and asks about them in `review`; these count too. A name
    means one commune's "Công an xã", not all: so each unit is understood only in plans of this issuer.
    """
    source = next(source for source in result.sources if source.tree.path == path)
    register = result.register
    file = File(source.kind, source.stem, source.tree, register)
    issuer = file.issuer or ""
    level = next((_level(source.tree.data) for source in result.sources if source.stem == issuer), None)
    used_ids = set(register.ids["unit"])
    units: dict[str, MissingUnit] = {}
    written = list(_unknown_names(file))
    for unknown in (*written, *_asked_names(file)):
        key = name_key(unknown)
        if key in units or ";" in unknown or says_as_above(unknown):  # several names, or none: the check reports it
            continue
        scope = _OF_UNIONS.sub("", issuer, count=1)
        name = suggest_id(unknown)
        if (grade := name.rpartition("-")[2]) in _GRADES and scope.startswith(f"{grade}-"):
            name = name.removesuffix(f"-{grade}")  # "Công an xã" of xa-an-hoa: xa-an-hoa-cong-an
        stem = suggest_id(f"{scope}-{name}")
        id_ = next(id_ for id_ in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if id_ not in used_ids)
        used_ids.add(id_)
        fields = {"id": id_, "name": unknown, "kind": _kind(unknown, level), "level": level or ""}
        fields |= {"parent": issuer} if fields["kind"] == "department" else {"scope": issuer}
        closest = register.suggest_name("unit", unknown, issuer)
        units[key] = MissingUnit(
            {name: value for name, value in fields.items() if value}, closest, unknown not in written
        )
    return list(units.values())


def _level(unit: object) -> str | None:
    """Return the level in the data of a unit's file, whatever its shape."""
    level = unit.get("level") if isinstance(unit, dict) else None
    return level if isinstance(level, str) else None


def _unknown_names(file: File) -> Iterator[str]:
    for naming, ids in file.named:
        if not ids and naming.kind == "unit" and naming.at != ("issuer",):
            yield naming.name


def _asked_names(file: File) -> Iterator[str]:
    """Yield unknown names of units that an import asks about in the plan's `review`."""
    for _, item in entries(file.data, "review"):
        name = item.get("printed") or ""
        is_name = item.get("why") == "unknown-unit" and name and not _NO_NAME.search(name)
        if is_name and not file.register.unit(name, file.issuer, file.days).ids:
            yield name


def _kind(name: str, level: str | None) -> str:
    """Return the likely kind of a unit; communes' unions have no departments. The plan's author must check it."""
    words = name_key(name)
    if words.startswith("các "):
        return "group"
    is_department = words.startswith(("văn phòng", "ban ")) and level in {"central", "province"}
    return "department" if is_department or words == "văn phòng" else "partner"
