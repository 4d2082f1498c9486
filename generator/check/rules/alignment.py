"""Rules about the editors' alignment: which entry serves which target, which answers which upper entry.

A wrong link would give a wrong list or sum, so each is an error at its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from generator.check.cycles import find_cycles, format_cycle
from generator.check.entries import all_entries, entries, words
from generator.check.names import Register
from generator.check.pointed_at import (
    MeasureShape,
    has_other_unit,
    is_norm_for_total,
    is_share_for_count,
    shape_of,
)
from generator.check.pointers import upper_measures
from generator.check.rules.rule import Fault, File, Summary
from generator.check.schema import field_title
from generator.source.tree import Path

Field = Literal["serves", "counterparts", "contributes_to"]


class Alignment(NamedTuple):
    """A link of the editors: its place and field, the plan that it refers to, its text, and its entry."""

    at: Path
    field: Field
    plan: str
    written: str
    entry: dict[str, Any]


class MeasureLink(NamedTuple):
    """A measure that answers another: place, text, the editors' grade, the entry, and what both count."""

    at: Path
    written: str
    grade: object
    entry: dict[str, Any]
    measure: dict[str, Any]
    shape: MeasureShape
    upper: MeasureShape


Answered = tuple[Path, str]
"""A measure that is answered: the place of its name, and its key."""


def aligned_with_itself(file: File) -> Iterator[Fault]:
    """Find `aligned-with-itself`: a counterpart in the same plan, a measure that answers one of the same entry."""
    for link in _alignments(file):
        plan, _, rest = link.written.partition("/")
        if plan != file.id:
            continue
        of_entry = rest.startswith(f"{link.entry.get('id')}/") and (plan, *rest.split("/")) in file.register.measures
        of_plan = link.field == "counterparts" and rest in file.register.inner.get(plan, {})
        if of_plan or (link.field == "contributes_to" and of_entry):
            yield Fault(link.at, {"found": link.written})


def answers_of(file: File) -> Iterator[tuple[str, tuple[Answered, ...]]]:
    """Yield each measure of a plan that answers others: its key, and those that it answers."""
    for path, entry in all_entries(file.data):
        for at, measure in entries(entry, "measures"):
            if uppers := tuple(((*path, *at, *field), written) for field, written in upper_measures(measure)):
                yield f"{file.id}/{entry.get('id')}/{measure.get('id')}", uppers


def answered_twice(file: File) -> Iterator[Fault]:
    """Find `duplicate-item`: a measure that answers the same one twice would be counted twice."""
    for _, uppers in answers_of(file):
        for index, (at, written) in enumerate(uppers):
            if any(written == other for _, other in uppers[:index]):
                yield Fault(at, {"field": "contributes_to", "title": field_title(file.kind, at[:-2])})


def counted_twice(file: File) -> Iterator[Fault]:
    """Find `counted-twice`: two measures of a plan answer one total as the same, so both would be added."""
    first: dict[str, str] = {}
    for link in _measure_links(file):
        if link.grade == "same" and link.upper.is_total:
            key = f"{link.entry.get('id')}/{link.measure.get('id')}"
            if (other := first.setdefault(link.written, key)) != key:
                yield Fault(link.at, {"found": link.written, "first": other})


def answers_in_a_circle(summaries: Sequence[Summary], register: Register) -> Iterator[tuple[str, Fault]]:
    """Find `aligned-with-itself` of measures that answer each other in a cycle."""
    answers = {key: (summary.path, uppers) for summary in summaries for key, uppers in summary.answers.items()}
    for measures in find_cycles({key: [upper for _, upper in uppers] for key, (_, uppers) in answers.items()}):
        path, uppers = answers[measures[0]]
        if len(measures) > 1:
            at = next(at for at, upper in uppers if upper == measures[1])
            yield path, Fault(at, {"found": format_cycle(measures)})


def unit_not_above(summaries: Sequence[Summary], register: Register) -> Iterator[tuple[str, Fault]]:
    """Find `unit-not-above`: a measure answers one of a unit that is not above, so its figure is no part of that one.

    A unit may answer its own plans. Nothing is reported if the superior is unknown.
    """
    issuers = {summary.id: summary.issuer_in(register) for summary in summaries if summary.kind == "plan"}
    for summary in summaries:
        issuer = issuers.get(summary.id)
        for at, written in (upper for uppers in summary.answers.values() for upper in uppers):
            upper = issuers.get(written.partition("/")[0])
            if issuer and upper and is_known_not_above(upper, issuer, register):
                yield summary.path, Fault(at, {"found": written, "unit": issuer, "upper": upper})


def is_known_not_above(upper: str, unit: str, register: Register) -> bool:
    """Return whether it is certain that a unit is not above another, so that it cannot add up its figures."""
    is_known = len(register.line_of(unit)) > 1 or unit in register.line_of(upper)
    return is_known and not register.stands_above(upper, unit)


def target_not_above(file: File) -> Iterator[Fault]:
    """Find `target-not-above`: a target of a plan that this one does not implement, directly or through others."""
    above = {file.id, *file.register.plans_above(file.id)}
    for link in _alignments(file):
        is_target = file.register.inner.get(link.plan, {}).get(link.written.rpartition("/")[2]) == "target"
        if link.field == "serves" and is_target and link.plan not in above:
            yield Fault(link.at, {"found": link.written, "plan": link.plan})


def later_period(file: File) -> Iterator[Fault]:
    """Find `later-period`: the other plan begins after this one has ended.

    Counterparts are mutual: whichever of two plans was entered later names the other.
    """
    periods = file.register.periods
    links = _alignments(file) if file.id in periods else ()
    for link in (link for link in links if link.field != "counterparts"):
        last = periods[file.id][1]
        first = periods.get(link.plan, (0, 0))[0]
        if first > last:
            yield Fault(link.at, {"found": link.written, "first": str(first), "last": str(last)})


def different_units(file: File) -> Iterator[Fault]:
    """Find `different-units`: a measure answers one that counts something else."""
    for link in _measure_links(file):
        if has_other_unit(link.shape, link.upper):
            unit, upper_unit = link.shape.unit or "", link.upper.unit or ""
            yield Fault(link.at, {"found": link.written, "unit": unit, "upper_unit": upper_unit})


def share_for_count(file: File) -> Iterator[Fault]:
    """Find `share-for-count`: a percentage answers a count, or a count a percentage."""
    for link in _measure_links(file):
        if not has_other_unit(link.shape, link.upper) and is_share_for_count(link.shape, link.upper):
            yield Fault(link.at, {"found": link.written, "value": str(link.measure.get("value", "%"))})


def norm_for_total(file: File) -> Iterator[Fault]:
    """Find `norm-for-total`: a norm answers a total."""
    for link in _measure_links(file):
        if is_norm_for_total(link.shape, link.upper):
            yield Fault(link.at, {"found": link.written, "per": str(link.measure["per"])})


def _measure_links(file: File) -> Iterator[MeasureLink]:
    for path, entry in all_entries(file.data):
        for at, measure in entries(entry, "measures"):
            shape = shape_of(measure)
            for field, written in upper_measures(measure):
                plan, target, name = (*written.split("/"), "", "")[:3]
                if upper := file.register.measures.get((plan, target, name)):
                    link_path, grade = (*path, *at, *field), _grade(measure, field)
                    yield MeasureLink(link_path, written, grade, entry, measure, shape, MeasureShape(*upper))


def _grade(measure: dict[str, Any], field: Path) -> object:
    """Return the grade beside `measure`; None if the link is only a key."""
    part: Any = measure
    for step in field[:-1]:
        part = part[step]
    return part.get("grade")


def _alignments(file: File) -> Iterator[Alignment]:
    for path, entry in all_entries(file.data):
        for at, written in words(entry, "serves"):
            yield Alignment((*path, *at), "serves", written.rpartition("/")[0] or file.id, written, entry)
        for at, written in words(entry, "counterparts"):
            yield Alignment((*path, *at), "counterparts", written.partition("/")[0], written, entry)
        for inner, measure in entries(entry, "measures"):
            for at, written in upper_measures(measure):
                yield Alignment((*path, *inner, *at), "contributes_to", written.partition("/")[0], written, entry)
