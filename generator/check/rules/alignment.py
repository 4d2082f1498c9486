"""Rules about the editors' alignment: what serves which target, what answers which entry of an upper plan.

A wrong link would become a wrong list or a wrong sum, so each is an error at its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.check.entries import ENTRY_LISTS, entries, upper_measures, words
from generator.check.rules.rule import Fault, File, Summary, WholeFaults
from generator.check.cycles import find_cycles, format_cycle
from generator.check.names import Register
from generator.language.vietnamese import are_same_units
from generator.source.tree import Path


class Alignment(NamedTuple):
    """A link to an entry: its place, the plan that is meant, the words, and the field."""

    at: Path
    plan: str
    written: str
    field: str


def aligned_with_itself(file: File) -> Iterator[Fault]:
    """Find `aligned-with-itself`: a counterpart in the plan itself, a measure that answers one of its own target."""
    for link in _alignments(file):
        if link.plan != file.id:
            continue
        own = f"{file.id}/{_entry_id(file, link.at)}/"
        if link.field == "counterparts" or (link.field == "contributes_to" and link.written.startswith(own)):
            yield Fault(link.at, {"found": link.written})


def target_not_above(file: File) -> Iterator[Fault]:
    """Find `target-not-above`: a target of a plan that this plan does not implement, directly or through another."""
    above = file.register.plans_above(file.id)
    for link in _alignments(file):
        is_known = link.plan in file.register.ids["plan"]
        if link.field == "serves" and is_known and link.plan != file.id and link.plan not in above:
            yield Fault(link.at, {"found": link.written, "plan": link.plan})


def later_period(file: File) -> Iterator[Fault]:
    """Find `later-period`: the other plan begins after this one has ended."""
    own = file.register.periods.get(file.id)
    for link in _alignments(file) if own else ():
        other = file.register.periods.get(link.plan)
        if own and other and other[0] > own[1]:
            yield Fault(link.at, {"found": link.written, "first": str(other[0]), "last": str(own[1])})


def different_units(file: File) -> Iterator[Fault]:
    """Find `different-units`: a measure answers one that counts something else."""
    for path, measure in _measures(file):
        unit = measure.get("unit")
        for at, written in upper_measures(measure):
            upper = file.register.measures.get(tuple(written.split("/")))  # type: ignore[call-overload]
            if isinstance(unit, str) and upper and not are_same_units(unit, upper):
                yield Fault((*path, *at), {"found": written, "unit": unit, "upper_unit": upper})
