"""The days of plans and units, to tell which of several namesakes a plan means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from generator.language.vietnamese import parse_date

Days = tuple[int, int]
"""The first and the last day of a time, as proleptic Gregorian ordinals."""

ALWAYS: Days = (date.min.toordinal(), date.max.toordinal())


def plan_days(data: Mapping[str, Any]) -> Days | None:
    """Return the days of a plan: its day of issue, else its period; None if it has neither."""
    issued, period = (data.get(name) or {} for name in ("issued", "period"))
    if (first := day_number(issued.get("date"))) is not None:
        return first, first
    bounds = [day_number(f"{end}/{period.get(name)}") for name, end in (("from", "1/1"), ("to", "31/12"))]
    return (bounds[0], bounds[1]) if bounds[0] is not None and bounds[1] is not None else None


def day_number(text: str | None) -> int | None:
    """Return the ordinal of a day as written in files; None without a day."""
    day = parse_date(text or "")
    return day.toordinal() if day else None
