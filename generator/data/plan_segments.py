"""Files that are put together of a segment for each plan.

After an edit of one plan of a thousand only its segment is made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.data.serialised import SERIALISED, SerialisedActivities, serialise_plan, serialised_key
from generator.incremental import Build
from generator.incremental.segments import SegmentedFile
from generator.model.corpus import Corpus
from generator.model.entities import Unit
from generator.pages.downloads import parts_of_unit
from generator.pages.page import Options


class PlanSegment(NamedTuple):
    """Activities of one plan by their places in its body; without places all of them."""

    plan: str
    places: tuple[int, ...] | None = None


@dataclass(frozen=True)
class PlanSegmentFile(SegmentedFile[PlanSegment]):
    """A file to be, made of the serialised activities of plans."""

    corpus: Corpus
    options: Options
    build: Build
    segments: Sequence[PlanSegment]

    def is_unchanged(self, segment: PlanSegment) -> bool:
        """Return whether the segment's activities are what they were."""
        return self.build.unchanged(SERIALISED, serialised_key(segment.plan, self.options), segment.places)

    def serialised(self, segment: PlanSegment) -> SerialisedActivities:
        """Return the activities of the segment's plan."""
        return serialise_plan(self.corpus, segment.plan, self.options, self.build, segment.places)


def segments_of_all(corpus: Corpus) -> Sequence[PlanSegment]:
    """Return all activities of all plans."""
    return [PlanSegment(id_) for id_, plan in corpus.plans.items() if plan.size.activities]


def segments_of_unit(corpus: Corpus, unit: Unit) -> Sequence[PlanSegment]:
    """Return what a unit has a part in, each activity once."""
    segments: list[PlanSegment] = []
    seen: dict[str, set[int]] = {}
    for _, activities in parts_of_unit(corpus, unit):
        for plan, places in activities.places:
            written = seen.setdefault(plan, set())
            if new := tuple(place for place in places if place not in written):
                written.update(new)
                segments.append(PlanSegment(plan, new))
    return segments
