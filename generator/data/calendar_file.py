"""Calendars of a plan and of a unit, put together of entries that are written already (`CalendarWriter`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from generator.data.about import unit_title
from generator.data.calendar import calendar_envelope
from generator.data.plan_segments import PlanSegment, PlanSegmentFile, segments_of_unit
from generator.data.serialised import serialise_plan
from generator.incremental import Build
from generator.incremental.segments import Envelope
from generator.model.corpus import Corpus
from generator.model.entities import Plan, Unit
from generator.pages.page import Options


@dataclass(frozen=True)
class UnitCalendar(PlanSegmentFile):
    """The calendar of what a unit has a part in."""

    title: str

    def envelope(self, summaries: Iterable[Any]) -> Envelope:
        """Return what stands around entries; no entry depends on the title."""
        header, footer = calendar_envelope(self.title)
        return Envelope(header, b"", footer)

    def render(self, segment: PlanSegment, shared: Any) -> bytes:
        """Return the entries of a plan."""
        events = self.serialised(segment).events
        return b"".join(events if segment.places is None else [events[place] for place in segment.places])


def plan_ics(corpus: Corpus, plan: Plan, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/ke-hoach/<plan>.ics`."""
    header, footer = calendar_envelope(plan.title)
    return b"".join((header, *serialise_plan(corpus, plan.id, options, build).events, footer))


def unit_ics(corpus: Corpus, unit: Unit, options: Options, build: Build) -> UnitCalendar:
    """Make `/du-lieu/don-vi/<unit>.ics`."""
    return UnitCalendar(corpus, options, build, segments_of_unit(corpus, unit), unit_title(corpus, unit, options))
