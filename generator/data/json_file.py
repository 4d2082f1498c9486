"""Files of JSON: of everything, and of one plan. A line for each entry, so that versions can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from generator.data.objects import plan_data
from generator.data.plan_segments import PlanSegment, PlanSegmentFile, segments_of_all
from generator.data.serialised import serialise_plan
from generator.incremental import Build
from generator.incremental.segments import Envelope
from generator.model.corpus import Corpus
from generator.model.entities import Plan
from generator.pages.page import Options

_SEPARATOR = b",\n"


@dataclass(frozen=True)
class JsonList(PlanSegmentFile):
    """All activities of all plans, a line each."""

    def envelope(self, summaries: Iterable[Any]) -> Envelope:
        """Return the one list."""
        return Envelope(b'{"activities": [\n', _SEPARATOR, b"\n]}\n")

    def render(self, segment: PlanSegment, shared: Any) -> bytes:
        """Return the lines of a plan."""
        return _SEPARATOR.join(self.serialised(segment).json)


def corpus_json(corpus: Corpus, options: Options, build: Build) -> JsonList:
    """Make `/du-lieu/hoat-dong.json`."""
    return JsonList(corpus, options, build, segments_of_all(corpus))


def plan_json(corpus: Corpus, plan: Plan, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/ke-hoach/<plan>.json`: one plan, whole.

    A line for each field, and for each entry of its lists.
    """
    activities = serialise_plan(corpus, plan.id, options, build).json
    fields = (
        orjson.dumps(name) + b": " + (_list(activities) if name == "activities" else _value(value))
        for name, value in plan_data(corpus, plan).items()
    )
    return b"{\n" + _SEPARATOR.join(fields) + b"\n}\n"


def _value(value: Any) -> bytes:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _list(map(orjson.dumps, value))
    return orjson.dumps(value)


def _list(entries: Iterable[bytes]) -> bytes:
    return b"[\n" + lines + b"\n]" if (lines := _SEPARATOR.join(entries)) else b"[]"
