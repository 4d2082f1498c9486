"""A unit's shares in activities: the same for its pages, sheets, workbooks, calendar and frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Literal

from generator.model.corpus import Corpus
from generator.model.entities import Unit
from generator.model.queries import NO_ACTIVITIES, Activities, each_once
from generator.pages.listing import activities_with

Part = Literal["lead", "level", "partner", "inherited", "inside"]
Share = Literal["lead", "level", "partner", "shared", "inherited", "inside"]
"""A unit leads, is the level that carries out, takes part, shares what is given to its group, takes over from a unit
that has ended, or has departments that lead."""


@dataclass(frozen=True)
class InheritedWork:
    """Work that a unit takes over from one that has ended, from `first_year` on.

    `first_year` is the year of that end, or the next one after an end on 31 December. Work of the year of the end is
    listed for both units: plans give years, and rarely say which half.
    """

    unit: Unit
    first_year: int
    all: Activities

    @property
    def years(self) -> list[int]:
        """The years of the work, ascending."""
        return [year for year in self.all.years if year >= self.first_year]

    @property
    def counts(self) -> Mapping[int, int]:
        """How many activities are due in each year."""
        return {year: number for year, number in self.all.in_force.years.items() if year >= self.first_year}

    def in_year(self, year: int) -> Activities:
        """Return the activities of a year; none before `first_year`."""
        return self.all.in_year(year) if year >= self.first_year else NO_ACTIVITIES

    @property
    def due(self) -> Activities:
        """Return the activities of its years and those without a year."""
        return self.all.due_from(self.first_year)

    @property
    def undated(self) -> Activities:
        """Return undated activities of plans that had not ended when the unit ended."""
        return self.all.in_year(None).ending_from(self.first_year)


@dataclass(frozen=True)
class YearCounts:
    """How many activities a unit's sheet of a year has: by share, each once.

    `inside` counts those that its departments lead; `told` those of them in which the unit has another share.
    """

    shares: Mapping[Share, int]
    inside: int
    told: int

    @property
    def total(self) -> int:
        """The number of all activities."""
        return sum(self.shares.values()) + self.inside - self.told


@dataclass(frozen=True)
class UnitWork:
    """A unit's work in all years: its own shares, and what it takes over."""

    shares: Mapping[Share, Activities]
    inherited: Sequence[InheritedWork]

    @cached_property
    def years(self) -> list[int]:
        """The years that have a sheet: the unit or its department leads or takes part in something.

        What is given to a group makes no sheet for its members: three thousand communes would get the same sheet. The
        group has its own.
        """
        own = (year for share, activities in self.shares.items() if share != "shared" for year in activities.years)
        return sorted({*own, *(year for part in self.inherited for year in part.counts)})

    def in_year(self, year: int) -> Mapping[Share, Activities]:
        """Return the activities of a year by share, each once, under the first share that applies.

        What the document gives to the unit itself comes before what it gives to the unit's group.
        """
        inherited = each_once(*(part.in_year(year).in_force for part in self.inherited))
        of_year = {share: activities.in_year(year) for share, activities in self.shares.items()}
        inside = of_year.pop("inside")
        taken: dict[str, set[int]] = {}
        parts = {**of_year, "inherited": inherited, "inside": inside}
        return {share: activities.take(taken) for share, activities in parts.items()}

    def count(self, year: int, work: Mapping[Share, Activities]) -> YearCounts:
        """Return how many activities a year has, from its activities by share."""
        inside = len(self.shares["inside"].in_year(year))
        shares: Mapping[Share, int] = {share: len(part) for share, part in work.items() if share != "inside"}
        return YearCounts(shares, inside, inside - len(work["inside"]))


def departments_of(corpus: Corpus, unit: Unit) -> list[Unit]:
    """Return the departments of a union."""
    return [child for child in corpus.children.get(unit.id, ()) if child.kind == "department"]


def end_of(unit: Unit, year: int) -> Literal["", "ends", "ended", "handed_over"]:
    """Return what to say of a unit's end beside its work of a year: it ends in that year, or ended earlier."""
    if not unit.valid_to or year < unit.valid_to.year:
        return ""
    if year == unit.valid_to.year:
        return "ends"
    return "handed_over" if unit.successors else "ended"


def led_by_departments(corpus: Corpus, unit: Unit) -> Activities:
    """Return what the departments of a union lead, each activity once."""
    return each_once(*(corpus.led_by.of(department.id) for department in departments_of(corpus, unit)))


def shared_work(corpus: Corpus, unit: Unit) -> Activities:
    """Return what the groups of a unit have a part in, each activity once; the unit may also have a part itself."""
    return each_once(*(activities_with(corpus, corpus.units[group]) for group in unit.member_of))


def inherited_work(corpus: Corpus, unit: Unit) -> Sequence[InheritedWork]:
    """Return what a unit takes over from its predecessors and from theirs."""
    parts: list[InheritedWork] = []
    pending, reached = [(unit, 0)], {unit.id}
    while pending:
        heir, from_year = pending.pop(0)
        for other in corpus.predecessors.get(heir.id, ()):
            if other.valid_to and other.id not in reached:
                reached.add(other.id)
                # A unit that ends on the last day of a year leaves no work of that year.
                first = max(from_year, (other.valid_to + timedelta(days=1)).year)
                work = activities_with(corpus, other)
                parts.append(InheritedWork(other, first, work))
                pending.append((other, first))
    return parts


def parts_of_work(corpus: Corpus, unit: Unit) -> Sequence[tuple[Part, Activities | InheritedWork]]:
    """Return what a unit leads, carries out, takes part in or has taken over, and what its departments lead.

    An activity may be in several parts.
    """
    return [
        ("lead", corpus.led_by.of(unit.id)),
        ("level", corpus.performed_by.of(unit.id)),
        ("partner", corpus.partnered_by.of(unit.id)),
        *(("inherited", work) for work in inherited_work(corpus, unit)),
        *(("inside", corpus.led_by.of(department.id)) for department in departments_of(corpus, unit)),
    ]


def carriers_of(corpus: Corpus, id_: str, year: int) -> Sequence[str]:
    """Return who does a unit's work in a year: the unit itself, or after its end its successors."""
    carriers: dict[str, None] = {}
    pending, reached = [id_], {id_}
    while pending:
        unit = corpus.units[pending.pop(0)]
        if not unit.successors or not unit.valid_to or unit.valid_to.year >= year:
            carriers[unit.id] = None
            continue
        fresh = [successor for successor in unit.successors if successor not in reached]
        reached.update(fresh)
        pending += fresh
    return list(carriers) or [id_]


def work_of_unit(corpus: Corpus, unit: Unit) -> UnitWork:
    """Return a unit's work in all years.

    A sheet shows what is due, so activities of plans that are not in force are left out.
    """
    shares: Mapping[Share, Activities] = {
        "lead": corpus.led_by.of(unit.id),
        "level": corpus.performed_by.of(unit.id),
        "partner": corpus.partnered_by.of(unit.id),
        "shared": shared_work(corpus, unit),
        "inside": led_by_departments(corpus, unit),
    }
    in_force = {share: activities.in_force for share, activities in shares.items()}
    return UnitWork(in_force, inherited_work(corpus, unit))


def searched_units(corpus: Corpus, unit: Unit, year: int | None = None) -> list[str]:
    """Return the units by which the search finds a unit's work; for a year, also with what it has taken over.

    These are the unit, its groups and its predecessors. What departments lead is listed under them.
    """
    works = {group: activities_with(corpus, corpus.units[group]) for group in unit.member_of}
    groups = [group for group, work in works.items() if (work.in_year(year) if year else work)]
    before = [part.unit.id for part in inherited_work(corpus, unit) if part.in_year(year)] if year else []
    return [unit.id, *groups, *before]
