"""New units for the names that a plan uses and nobody knows yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.check import CheckResult
from generator.check.rules.rule import File
from generator.language.vietnamese import name_key
from generator.skeleton import suggest_id

_GRADES = {"xa", "phuong", "huyen", "quan", "tinh"}
_OF_UNIONS = re.compile(r"(?:hoi-lhpn|hoi-lien-hiep-phu-nu|hoi)-")


@dataclass(frozen=True)
class MissingUnit:
    """A unit to be written: its fields, and a known name that is spelled alike, if there is one."""

    fields: Mapping[str, str]
    closest: str | None


def missing_units(result: CheckResult, path: str) -> list[MissingUnit]:
    """Return a unit for each unknown name of the plan at a path, scoped to the plan's issuer.

    A name is of one commune's "Công an xã", not of all: so each unit is understood in plans of this issuer only.
    """
    source = next(source for source in result.sources if source.tree.path == path)
    register = result.register
    file = File(source.kind, source.stem, source.tree, register)
    issuer = file.issuer or ""
    level = next((_level(source.tree.data) for source in result.sources if source.stem == issuer), None)
    used_ids = set(register.ids["unit"])
    units: dict[str, MissingUnit] = {}
    for naming, ids in file.named:
        key = name_key(naming.name)
        if ids or naming.kind != "unit" or naming.at == ("issuer",) or key in units:
            continue
        scope = _OF_UNIONS.sub("", issuer, count=1)
        name = suggest_id(naming.name)
        if (grade := name.rpartition("-")[2]) in _GRADES and scope.startswith(f"{grade}-"):
            name = name.removesuffix(f"-{grade}")  # "Công an xã" of xa-an-hoa is its cong-an
        stem = suggest_id(f"{scope}-{name}")
        id_ = next(id_ for id_ in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if id_ not in used_ids)
        used_ids.add(id_)
        fields = {"id": id_, "name": naming.name, "kind": _kind(naming.name, level), "level": level or ""}
        fields |= {"parent": issuer} if fields["kind"] == "department" else {"scope": issuer}
        closest = register.suggest_name("unit", naming.name, issuer)
        units[key] = MissingUnit({name: value for name, value in fields.items() if value}, closest)
    return list(units.values())


def _level(unit: object) -> str | None:
    """Return the level in the data of a unit's file, of any shape."""
    level = unit.get("level") if isinstance(unit, dict) else None
    return level if isinstance(level, str) else None


def _kind(name: str, level: str | None) -> str:
    """Return the likely kind of a unit: communes' unions have no departments; who writes the plan looks it over."""
    words = name_key(name)
    if words.startswith("các "):
        return "group"
    is_department = words.startswith(("văn phòng", "ban ")) and level in {"central", "province"}
    return "department" if is_department or words == "văn phòng" else "partner"
