"""Rules about time: days, periods, and the years in which something is due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.check.entries import entries, period_of
from generator.check.rules.rule import Fault, File
from generator.language.time_words import impossible_days
from generator.language.vietnamese import DASHES, format_date, format_years, parse_date, parse_years
from generator.source.tree import Path

_DAYS: dict[str, tuple[Path, ...]] = {
    "plan": (("issued", "date"), ("posted",)),
    "unit": (("valid_from",), ("valid_to",)),
    "programme": (),
}


def not_a_day(file: File) -> Iterator[Fault]:
    """Find `not-a-day`."""
    amended = [(*path, "date") for path, _ in entries(file.data, "amended")]
    spans = [(*path, *field) for path, _ in _works(file) for field in (("due", "from"), ("due", "to"), ("deadline",))]
    for path in (*_DAYS[file.kind], *amended, *spans):
        value: Any = file.data
        for step in path:
            inside = isinstance(value, dict if isinstance(step, str) else list)
            value = (value.get(step) if isinstance(step, str) else value[step]) if inside else None
        parts = value.split("/") if isinstance(value, str) else []
        if len(parts) == 3 and all(part.isdecimal() and len(part) <= 4 for part in parts) and not parse_date(value):
            yield Fault(path, {"found": value})
    for path, part in _works(file):
        when = part.get("when")
        for day in impossible_days(when) if isinstance(when, str) else ():
            yield Fault((*path, "when"), {"found": day})


_WRITTEN_YEAR = re.compile(r"(?:năm |/)((?:19|20)\d{2})(?!\d)", re.IGNORECASE)
_MOST_YEARS_BEFORE = 2


def time_outside_period(file: File) -> Iterator[Fault]:
    """Find `time-outside-period`: a year in the words of `when`, or the year of issue, far from the plan's period."""
    period = period_of(file.data)
    if not period or period[0] > period[1]:
        return
    bounds = {"first": str(period[0]), "last": str(period[1])}
    issued = file.data.get("issued")
    day = issued.get("date") if isinstance(issued, dict) else None
    year = int(day[-4:]) if isinstance(day, str) and re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", day) else None
    if year is not None and not period[0] - _MOST_YEARS_BEFORE <= year <= period[1] + 1:
        yield Fault(("issued", "date"), {"found": str(day), **bounds})
    for path, part in _works(file):
        when = part.get("when")
        years = {int(year) for year in _WRITTEN_YEAR.findall(when)} if isinstance(when, str) else set()
        if years and not any(period[0] <= year <= period[1] for year in years):
            yield Fault((*path, "when"), {"found": str(when), **bounds})


def posted_before_issued(file: File) -> Iterator[Fault]:
    """Find `posted-before-issued`."""
    issued = file.data.get("issued")
    days = [issued.get("date") if isinstance(issued, dict) else None, file.data.get("posted")]
    try:
        first, second = (parse_date(day) if isinstance(day, str) else None for day in days)
    except ValueError:
        return
    if first and second and second < first:
        yield Fault(("posted",), {"found": str(days[1]), "issued": str(days[0])})


def period_reversed(file: File) -> Iterator[Fault]:
    """Find `period-reversed`."""
    if (period := period_of(file.data)) and period[0] > period[1]:
        yield Fault(("period", "from"), {"first": str(period[0]), "last": str(period[1])})


def year_outside_period(file: File) -> Iterator[Fault]:
    """Find `year-outside-period`, in `years` and in `by_year`."""
    period = period_of(file.data)
    if not period or period[0] > period[1]:
        return
    bounds = {"first": str(period[0]), "last": str(period[1])}
    for path, part in _parts(file):
        years = _years(part) or ()
        for year in [year for year in years if not period[0] <= year <= period[1]]:
            yield Fault((*path, "years"), {"found": str(year), **bounds})
        for year in [year for year in _cells(part) if not period[0] <= year <= period[1]]:
            yield Fault((*path, "by_year", str(year)), {"found": str(year), **bounds}, key=True)


def years_differ(file: File) -> Iterator[Fault]:
    """Find `years-differ`: `years` against the cells of `by_year` that say that something is due."""
    for path, activity in entries(file.data, "activities"):
        for at, part in [((), activity), *entries(activity, "rows")]:
            due = _due(part).union(*(_due(row) for _, row in entries(part, "rows")))
            years = _years(part)
            if due and years is not None and due != years:
                values = {"found": format_years(years), "cells": format_years(due)}
                yield Fault((*path, *at, "years"), values)


def activity_without_years(file: File) -> Iterator[Fault]:
    """Find `activity-without-years`; those of a one-year plan have the plan's, which must be known."""
    period = period_of(file.data)
    if not period or period[0] == period[1]:
        return
    for path, activity in entries(file.data, "activities"):
        parts = [activity, *(row for _, row in entries(activity, "rows"))]
        if not any("years" in part or "by_year" in part for part in parts):
            yield Fault((*path, "id"))


def _works(file: File) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield activities and their rows."""
    for path, activity in entries(file.data, "activities"):
        yield path, activity
        for at, row in entries(activity, "rows"):
            yield (*path, *at), row


def due_reversed(file: File) -> Iterator[Fault]:
    """Find `due-reversed`."""
    for path, work in _works(file):
        first, last = (_day(work.get("due"), name) for name in ("from", "to"))
        if first and last and first > last:
            yield Fault((*path, "due", "from"), {"first": format_date(first), "last": format_date(last)})


def due_outside_period(file: File) -> Iterator[Fault]:
    """Find `due-outside-period`, in `due` and in `deadline`."""
    period = period_of(file.data)
    if not period or period[0] > period[1]:
        return
    bounds = {"first": str(period[0]), "last": str(period[1])}
    for path, work in _works(file):
        for field, holder in (
            (("due", "from"), work.get("due")),
            (("due", "to"), work.get("due")),
            (("deadline",), work),
        ):
            day = _day(holder, field[-1])
            if day and not period[0] <= day.year <= period[1]:
                yield Fault((*path, *field), {"found": format_date(day), **bounds})


def _day(holder: Any, field: str) -> date | None:
    value = holder.get(field) if isinstance(holder, dict) else None
    parts = value.split("/") if isinstance(value, str) else []
    is_date = len(parts) == 3 and all(part.isdecimal() and len(part) <= 4 for part in parts)
    return parse_date(value) if is_date and value else None


def _parts(file: File) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield what may state years: activities, their rows, and measures."""
    for name in ("targets", "activities"):
        for path, entry in entries(file.data, name):
            yield path, entry
            for inner in ("rows", "measures"):
                for at, part in entries(entry, inner):
                    yield (*path, *at), part


def _years(part: dict[str, Any]) -> set[int] | None:
    """Return the years that `years` states, or None where the field is missing or is not understood."""
    years = part.get("years")
    stated = parse_years(years) if isinstance(years, str | list) else ()
    # More than a plan's lifetime is a fault of format, which the schema tells; here it would only cost time.
    return set(stated) if years == [] or 0 < len(stated) <= 200 else None


def _cells(part: dict[str, Any]) -> dict[int, str]:
    cells = part.get("by_year")
    return (
        {int(year): str(cell) for year, cell in cells.items() if len(year) == 4 and year.isdecimal()}
        if isinstance(cells, dict)
        else {}
    )


def _due(part: dict[str, Any]) -> set[int]:
    return {year for year, cell in _cells(part).items() if cell.strip() not in DASHES}
