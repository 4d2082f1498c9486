"""Rules about measures that answer measures of other plans: a wrong link would be a wrong sum.

They look at all files, because a measure's unit and its plan's years stand in another file than the link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator.check.cycles import find_cycles, format_cycle
from generator.check.entries import entries
from generator.check.names import Register
from generator.check.rules.references import upper_measures
from generator.check.rules.rule import Fault, File, Link, MeasureFacts, Summary

WholeFaults = Iterator[tuple[str, Fault]]

_PERCENT = "%"


class _Pair(NamedTuple):
    """A link with the facts of both measures and of their plans."""

    file: Summary
    link: Link
    lower: MeasureFacts
    upper_file: Summary
    upper: MeasureFacts


def measures_of(file: File) -> dict[str, MeasureFacts]:
    """Return what links need to know of a plan's measures, by `<entry>/<measure>`."""
    return {key: _facts(measure) for key, _, measure in _measures(file)}


def links_of(file: File) -> tuple[Link, ...]:
    """Return the links from a plan's measures to those of other plans, with their places."""
    return tuple(
        Link((*path, *at), f"{file.id}/{key}", upper, grade)
        for key, path, measure in _measures(file)
        for at, upper, grade in upper_measures(measure)
    )


def period_of(file: File) -> tuple[int, int] | None:
    """Return the first and last year of a plan, where both are years."""
    period = file.data.get("period")
    years = [str(period.get(end, "")) for end in ("from", "to")] if isinstance(period, dict) else []
    return (int(years[0]), int(years[1])) if years and all(re.fullmatch(r"\d{4}", year) for year in years) else None


def measure_cycle(summaries: Sequence[Summary], register: Register) -> WholeFaults:
    """Find `cycle` of measures that answer each other, or themselves."""
    links = {link.lower: (file, link) for file in summaries for link in file.answers}
    above: dict[str, list[str]] = {}
    for file in summaries:
        for link in file.answers:
            above.setdefault(link.lower, []).append(link.upper)
    for cycle in find_cycles(above):
        file, link = links[cycle[0]]
        yield file.path, Fault(link.path, {"chain": format_cycle(cycle), "kind": "measure"})


def different_unit(summaries: Sequence[Summary], register: Register) -> WholeFaults:
    """Find `different-unit`: a count answers a share, a norm a total, or one thing another.

    A link of grade `partly` may count something else; it is never added. Of what is not added, one unit may say more
    words than the other ("dự thảo", "dự thảo văn bản").
    """
    for pair in _pairs(summaries):
        lower, upper = pair.lower, pair.upper
        is_share = {lower.unit == _PERCENT, upper.unit == _PERCENT}
        norm_for_total = upper.summed and lower.norm
        other = bool(lower.unit and upper.unit) and not _is_alike(lower.unit, upper.unit, exactly=upper.summed)
        if len(is_share) == 2 or (pair.link.grade != "partly" and (norm_for_total or other)):
            values = {"unit": _shown(lower), "upper": pair.link.upper, "upper_unit": _shown(upper)}
            yield pair.file.path, Fault(pair.link.path, values)


def no_shared_year(summaries: Sequence[Summary], register: Register) -> WholeFaults:
    """Find `no-shared-year`: a measure answers one of a plan whose years are all later, or all earlier."""
    for pair in _pairs(summaries):
        own, upper = pair.file.period, pair.upper_file.period
        if own and upper and (own[1] < upper[0] or upper[1] < own[0]):
            values = {"own": f"{own[0]}–{own[1]}", "upper": pair.upper_file.id, "period": f"{upper[0]}–{upper[1]}"}
            yield pair.file.path, Fault(pair.link.path, values)


def _pairs(summaries: Sequence[Summary]) -> Iterator[_Pair]:
    plans = {summary.id: summary for summary in summaries if summary.kind == "plan"}
    for file in plans.values():
        for link in file.answers:
            plan, _, key = link.upper.partition("/")
            upper_file = plans.get(plan)
            upper = upper_file.measures.get(key) if upper_file else None
            if upper_file and upper:
                yield _Pair(file, link, file.measures[link.lower.partition("/")[2]], upper_file, upper)


def _measures(file: File) -> Iterator[tuple[str, tuple[Any, ...], dict[str, Any]]]:
    for name in ("targets", "activities") if file.kind == "plan" else ():
        for path, entry in entries(file.data, name):
            for at, measure in entries(entry, "measures"):
                if isinstance(entry.get("id"), str) and isinstance(measure.get("id"), str):
                    yield f"{entry['id']}/{measure['id']}", (*path, *at), measure


def _facts(measure: Mapping[str, Any]) -> MeasureFacts:
    unit = " ".join(str(measure.get("unit") or "").casefold().split())
    share = unit == _PERCENT or _PERCENT in str(measure.get("value") or "")
    summed = measure.get("aggregate") == "sum" and "per" not in measure and not share
    return MeasureFacts(_PERCENT if share else unit, "per" in measure, summed)


def _is_alike(unit: str, other: str, *, exactly: bool) -> bool:
    if exactly:
        return unit == other
    words, others = (set(re.findall(r"\w+", text)) for text in (unit, other))
    return words <= others or others <= words


def _shown(facts: MeasureFacts) -> str:
    return f"{facts.unit or '–'}{'/…' if facts.norm else ''}"
