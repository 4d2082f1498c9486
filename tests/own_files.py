"""What our own Word and Excel files are compared with when they come home: the plans that they were made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.check import CheckResult


def plan_of(content: CheckResult, id_: str) -> dict[str, Any]:
    """The data of a plan's file."""
    return next(one.tree.data for one in content.sources if one.kind == "plan" and one.stem == id_)


def printed_names(content: CheckResult, entry: Mapping[str, Any], field: str) -> str:
    """What a page shows of a cell of units: its words, else the names as they are written."""
    return str(entry.get(f"{field}_text") or ", ".join(map(content.register.words_of, entry.get(field, ()))))
