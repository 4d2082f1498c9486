"""Rules about the editors' alignment: what serves which target, what answers which entry of an upper plan.

A wrong link would become a wrong list or a wrong sum, so each is an error at its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from generator.check.cycles import find_cycles, format_cycle
from generator.check.entries import ENTRY_LISTS, entries, words
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
from generator.source.tree import Path

Field = Literal["serves", "counterparts", "contributes_to"]


class Alignment(NamedTuple):
    """A link of the editors: its place and field, the plan that it points into, the words, and the entry it is of."""

    at: Path
    field: Field
    plan: str
    written: str
    entry: dict[str, Any]


class MeasureLink(NamedTuple):
    """A measure that answers another: the place, the words, and what both count."""

    at: Path
    written: str
    measure: dict[str, Any]
    shape: MeasureShape
    upper: MeasureShape


def aligned_with_itself(file: File) -> Iterator[Fault]:
    """Find `aligned-with-itself`: a counterpart in the same plan, a measure that answers one of the same entry."""
    for link in _alignments(file):
        plan, _, rest = link.written.partition("/")
        if plan != file.id:
            continue
        of_entry = rest.startswith(f"{link.entry.get('id')}/") and (plan, *rest.split("/")) in file.register.measures
        of_plan = link.field == "counterparts" and rest in file.register.inner[plan]
        if of_plan or (link.field == "contributes_to" and of_entry):
            yield Fault(link.at, {"found": link.written})


def answers_of(file: File) -> Iterator[tuple[str, tuple[Path, tuple[str, ...]]]]:
    """Yield the measures of a plan that answer others: the key of each, its place, and the keys of these."""
    for path, entry in _entries(file):
        for at, measure in entries(entry, "measures"):
            if uppers := tuple(written for _, written in upper_measures(measure)):
                key = f"{file.id or file.stem}/{entry.get('id')}/{measure.get('id')}"
                yield key, ((*path, *at, "contributes_to"), uppers)


def answers_in_a_circle(summaries: Sequence[Summary], register: Register) -> Iterator[tuple[str, Fault]]:
    """Find `aligned-with-itself` of measures that answer each other along a circle."""
    answers = {key: (summary.path, *answer) for summary in summaries for key, answer in summary.answers.items()}
    for measures in find_cycles({key: uppers for key, (_, _, uppers) in answers.items()}):
        path, at, _ = answers[measures[0]]
        if len(measures) > 1:
            yield path, Fault(at, {"found": format_cycle(measures)})


def target_not_above(file: File) -> Iterator[Fault]:
    """Find `target-not-above`: a target of a plan that this one does not implement, directly or through another."""
    above = file.register.plans_above(file.id)
    for link in _alignments(file):
        is_above = link.plan == file.id or link.plan in above
        if link.field == "serves" and link.plan in file.register.ids["plan"] and not is_above:
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
    """Find `share-for-count`: a share of a hundred answers a count, or a count answers a share."""
    for link in _measure_links(file):
        if not has_other_unit(link.shape, link.upper) and is_share_for_count(link.shape, link.upper):
            yield Fault(link.at, {"found": link.written, "value": str(link.measure.get("value", "%"))})


def norm_for_total(file: File) -> Iterator[Fault]:
    """Find `norm-for-total`: what each unit does answers what all do together."""
    for link in _measure_links(file):
        if is_norm_for_total(link.shape, link.upper):
            yield Fault(link.at, {"found": link.written, "per": str(link.measure["per"])})


def _measure_links(file: File) -> Iterator[MeasureLink]:
    for path, entry in _entries(file):
        for at, measure in entries(entry, "measures"):
            shape = shape_of(measure)
            for field, written in upper_measures(measure):
                plan, target, name = (*written.split("/"), "", "")[:3]
                if upper := file.register.measures.get((plan, target, name)):
                    yield MeasureLink((*path, *at, *field), written, measure, shape, MeasureShape(*upper))


def _alignments(file: File) -> Iterator[Alignment]:
    for path, entry in _entries(file):
        for at, written in words(entry, "serves"):
            yield Alignment((*path, *at), "serves", written.rpartition("/")[0] or file.id, written, entry)
        for at, written in words(entry, "counterparts"):
            yield Alignment((*path, *at), "counterparts", written.partition("/")[0], written, entry)
        for inner, measure in entries(entry, "measures"):
            for at, written in upper_measures(measure):
                yield Alignment((*path, *inner, *at), "contributes_to", written.partition("/")[0], written, entry)


def _entries(file: File) -> Iterator[tuple[Path, dict[str, Any]]]:
    for name in ENTRY_LISTS if file.kind == "plan" else ():
        yield from entries(file.data, name)
