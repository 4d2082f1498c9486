"""Rules about time: days, periods, and the years in which something is due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.check.entries import entries, period_of, with_rows
from generator.check.rules.rule import Fault, File
from generator.language.time_columns import column_spans
from generator.language.time_words import impossible_days
from generator.language.vietnamese import DASHES, format_date, format_years, parse_date, parse_years
from generator.source.tree import Path

_WRITTEN_DAY = re.compile(r"\d+/\d+/\d+")
"""A text that is meant as a day; for other forms the schema says how to write a day."""
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
            value = value[step] if isinstance(step, int) else (value or {}).get(step)
        if value and _WRITTEN_DAY.fullmatch(value) and not parse_date(value):
            yield Fault(path, {"found": value})
    for path, part in _works(file):
        for day in impossible_days(part.get("when") or ""):
            yield Fault((*path, "when"), {"found": day})


_WRITTEN_YEAR = re.compile(r"(?:năm |/)((?:19|20)\d{2})(?!\d)", re.IGNORECASE)
_MOST_YEARS_BEFORE = 2


def time_outside_period(file: File) -> Iterator[Fault]:
    """Find `time-outside-period`: a year in the words of `when`, or the year of issue, far from the plan's period."""
    period = period_of(file.data)
    if not period or period[0] > period[1]:
        return
    bounds = {"first": str(period[0]), "last": str(period[1])}
    issued = file.data.get("issued") or {}
    day = _day(issued, "date")
    if day and not period[0] - _MOST_YEARS_BEFORE <= day.year <= period[1] + 1:
        yield Fault(("issued", "date"), {"found": issued["date"], **bounds})
    for path, part in _works(file):
        when = part.get("when") or ""
        years = {int(year) for year in _WRITTEN_YEAR.findall(when)}
        if years and not any(period[0] <= year <= period[1] for year in years):
            yield Fault((*path, "when"), {"found": when, **bounds})


def posted_before_issued(file: File) -> Iterator[Fault]:
    """Find `posted-before-issued`."""
    issued = file.data.get("issued") or {}
    first, second = _day(issued, "date"), _day(file.data, "posted")
    if first and second and second < first:
        yield Fault(("posted",), {"found": file.data["posted"], "issued": issued["date"]})


def validity_reversed(file: File) -> Iterator[Fault]:
    """Find `validity-reversed` of a unit."""
    first, last = _day(file.data, "valid_from"), _day(file.data, "valid_to")
    if file.kind == "unit" and first and last and last < first:
        yield Fault(("valid_from",), {"first": file.data["valid_from"], "last": file.data["valid_to"]})


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
    """Find `years-differ`: `years` disagrees with the cells of `by_year` that say that something is due."""
    for path, part in _works(file):
        due = _due(part).union(*(_due(row) for _, row in entries(part, "rows")))
        years = _years(part)
        if due and years is not None and due != years:
            yield Fault((*path, "years"), {"found": format_years(years), "cells": format_years(due)})


def activity_without_years(file: File) -> Iterator[Fault]:
    """Find `activity-without-years`; in a plan of one year activities have that year, if it is known."""
    period = period_of(file.data)
    if not period or period[0] == period[1]:
        return
    periods = [one for _, one in entries(file.data, "periods") if one.get("id")]
    with_year = {one["id"] for one in periods if column_spans(one["id"], one.get("title") or "", (), period)}
    for path, activity in entries(file.data, "activities"):
        parts = [activity, *(row for _, row in entries(activity, "rows"))]
        columns = {id_ for part in parts for id_ in part.get("by_period") or ()}
        if not any("years" in part or "by_year" in part for part in parts) and not columns & with_year:
            yield Fault((*path, "id"))


def _works(file: File) -> Iterator[tuple[Path, dict[str, Any]]]:
    return with_rows(entries(file.data, "activities"))


def due_reversed(file: File) -> Iterator[Fault]:
    """Find `due-reversed`."""
    for path, work in _works(file):
        first, last = (_day(work.get("due") or {}, name) for name in ("from", "to"))
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
            (("due", "from"), work.get("due") or {}),
            (("due", "to"), work.get("due") or {}),
            (("deadline",), work),
        ):
            day = _day(holder, field[-1])
            if day and not period[0] <= day.year <= period[1]:
                yield Fault((*path, *field), {"found": format_date(day), **bounds})


def _day(holder: dict[str, Any], field: str) -> date | None:
    return parse_date(holder.get(field) or "")


def _parts(file: File) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield entries that may have years: activities, their rows, and measures."""
    for name in ("targets", "activities"):
        for path, entry in entries(file.data, name):
            yield path, entry
            for inner in ("rows", "measures"):
                for at, part in entries(entry, inner):
                    yield (*path, *at), part


def _years(part: dict[str, Any]) -> set[int] | None:
    """Return the years in `years`; None if the field is missing or not understood."""
    years = part.get("years")
    stated = parse_years(years)
    # The schema reports a longer list; here it would only cost time.
    return set(stated) if years == [] or 0 < len(stated) <= 200 else None


def _cells(part: dict[str, Any]) -> dict[int, str]:
    return {int(year): cell or "" for year, cell in (part.get("by_year") or {}).items()}


def _due(part: dict[str, Any]) -> set[int]:
    return {year for year, cell in _cells(part).items() if cell.strip() not in DASHES}
