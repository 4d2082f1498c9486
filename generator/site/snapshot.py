"""The content and theme after a build, as objects, and how they are stored for the next build.

What each build needs is loaded at once; what only changed files need is read from the store on first use.
"""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any, NamedTuple

from generator.check.names import Register
from generator.check.rules.rule import Summary
from generator.incremental.dependency import Tracker
from generator.incremental.packing import canonical_bytes, from_bytes
from generator.incremental.segments import SegmentIndex
from generator.incremental.store import Store
from generator.model.contributions import Contributions
from generator.model.corpus import Corpus, shown_order
from generator.model.entities import Body, Programme, Unit
from generator.model.summary import PlanSummary
from generator.problem import Problem
from generator.site.page_shell import Theme
from generator.source.source_files import Kind, Stat

BODIES_IN_MEMORY = 64
"""Bodies of plans kept in memory, the last used ones: neighbouring tasks need the same bodies."""

_REGISTER = fields(Register)


class FileEntry(NamedTuple):
    """A file of the content: its kind, id and fingerprint."""

    kind: Kind
    id: str
    fingerprint: bytes


class LinkedFile(NamedTuple):
    """The result of reading and linking a file.

    It has the file's problems, what rules over all files need of it, its contributions, its entity, and for a plan the
    body (pickled).
    """

    entry: FileEntry
    problems: Sequence[Problem]
    summary: Summary
    contributions: Contributions
    entity: PlanSummary | Unit | Programme | None = None
    body: bytes = b""


class Snapshot:
    """The content at the last build, updated by a `ContentLoader`, and the theme."""

    def __init__(self, store: Store) -> None:
        self.scan: Mapping[str, Stat] = {}
        self.files: dict[str, FileEntry] = {}
        self.problems: dict[str, list[Problem]] = {}
        self.whole_problems: list[Problem] = []
        self.register = Register.of(())
        self.plans: dict[str, PlanSummary] = {}
        self.units: list[Unit] = []
        self.programmes: dict[str, Programme] = {}
        self.theme: Theme | None = None
        self.body = lru_cache(BODIES_IN_MEMORY)(self._load_body)
        """The body of a plan by its id, as it was taken in last."""
        self._linked: dict[str, LinkedFile] = {}
        self._gone: set[str] = set()
        self._gone_plans: set[str] = set()
        self._saved: Collection[object] = ()
        self._entries = store.table("snapshot")
        self._columns, self._bodies = store.table("plan"), store.table("body")
        self._summaries, self._contributions = store.table("file_summary"), store.table("file_contributions")
        self._indexes = store.table("segment_index")

    def load(self, scan: Mapping[str, Stat]) -> None:
        """Load what the last build has saved; `scan` are the times and sizes of the files then."""
        self.scan = scan
        self.files = {path: FileEntry(*entry) for path, entry in from_bytes(self._get("files")).items()}
        self.register = Register(**from_bytes(self._get("register")))
        self.theme = pickle.loads(self._get("theme"))
        plans, self.units, self.programmes, self.problems, self.whole_problems = pickle.loads(self._get("objects"))
        heads = {plan.id: plan for plan in plans}
        self.plans = {id_: PlanSummary(heads[id_], *from_bytes(data)) for id_, data in self._columns.items()}
        self._saved = self.register, self.theme

    def update(self, linked: Mapping[str, LinkedFile], gone: Collection[str], scan: Mapping[str, Stat]) -> None:
        """Add the files that were linked, and remove those that are gone."""
        units = {unit.id: unit for unit in self.units}
        entities: Mapping[Kind, dict[str, Any]] = {"plan": self.plans, "unit": units, "programme": self.programmes}
        for path in gone:
            entry = self.files.pop(path)
            self.problems.pop(path, None)
            entities[entry.kind].pop(entry.id, None)
            self._gone_plans |= {entry.id} if entry.kind == "plan" else set()
        for path, file in linked.items():
            self.files[path] = file.entry
            self.problems[path] = list(file.problems)
            if file.entity:
                entities[file.entry.kind][file.entry.id] = file.entity
        if any(file.entry.kind == "unit" for file in linked.values()) or len(units) < len(self.units):
            self.units = shown_order(units.values())
        self._linked, self._gone, self.scan = {**linked}, {*gone}, scan
        self.body.cache_clear()

    def summary(self, path: str) -> Summary | None:
        """Return what rules over all files need of a file; None for a new file."""
        if path in self._linked:
            return self._linked[path].summary
        data = self._summaries.get(path) if path in self.files else None  # do not unpickle another program's data
        return pickle.loads(data) if data else None

    def contributions(self, path: str) -> Contributions:
        """Return what a file contributed to at the last build."""
        data = self._contributions.get(path)
        return from_bytes(data) if data else {}

    def count_problems(self) -> Counter[str]:
        """Return how many problems there are of each level."""
        return Counter(problem.level for file in (*self.problems.values(), self.whole_problems) for problem in file)

    def corpus(self, tracker: Tracker) -> Corpus:
        """Return the linked model; the tracker records what is read from it."""
        return Corpus(self.plans.values(), self.units, self.programmes.values(), self.body, tracker)

    def sources(self) -> Mapping[tuple[Kind, str], str]:
        """Return the paths of files by kind and id."""
        sources: dict[tuple[Kind, str], str] = {(entry.kind, entry.id): path for path, entry in self.files.items()}
        for unit in self.units:
            sources |= {("unit", agency.id): sources["unit", unit.id] for agency in unit.agencies}
        return sources

    def save_content(self) -> None:
        """Save what was updated since the last build, and free the bodies of plans."""
        linked = self._linked
        plans = {file.entry.id: file for file in linked.values() if file.body}
        gone_plans = self._gone_plans - self.plans.keys()
        for table, keys in (
            (self._summaries, self._gone),
            (self._contributions, self._gone),
            (self._columns, gone_plans),
            (self._bodies, gone_plans),
        ):
            table.remove(keys)
        self._summaries.update((path, pickle.dumps(file.summary, protocol=5)) for path, file in linked.items())
        self._contributions.update((path, canonical_bytes(file.contributions)) for path, file in linked.items())
        self._bodies.update((id_, file.body) for id_, file in plans.items())
        self._columns.update((id_, canonical_bytes(_columns(self.plans[id_]))) for id_ in plans)
        heads = [summary.plan for summary in self.plans.values()]
        objects = heads, self.units, self.programmes, self.problems, self.whole_problems
        self._put("objects", pickle.dumps(objects, protocol=5))
        self._put("files", canonical_bytes({path: tuple(entry) for path, entry in self.files.items()}))
        if self.register not in self._saved:
            self._put("register", canonical_bytes({field.name: vars(self.register)[field.name] for field in _REGISTER}))
        self._linked = {}
        self.body.cache_clear()

    def save_theme(self) -> None:
        """Save the theme if it has changed."""
        if self.theme not in self._saved:
            self._put("theme", pickle.dumps(self.theme, protocol=5))

    def segment_index(self, path: str) -> SegmentIndex | None:
        """Return where the segments of a file of the site lie."""
        data = self._indexes.get(path)
        return SegmentIndex(*from_bytes(data)) if data else None

    def save_segment_indexes(self, indexes: Mapping[str, SegmentIndex], gone: Iterable[str]) -> None:
        """Save where the segments of files lie, and remove the entries of files that are gone."""
        self._indexes.remove(gone)
        self._indexes.update((path, canonical_bytes(tuple(index))) for path, index in indexes.items())

    def _load_body(self, plan: str) -> Body:
        taken_in = (file.body for file in self._linked.values() if file.body and file.entry.id == plan)
        data = next(taken_in, None) or self._bodies.get(plan)
        if data is None:
            raise KeyError(plan)
        body: Body = pickle.loads(data)
        return body

    def _get(self, name: str) -> bytes:
        return self._entries.get(name) or b""

    def _put(self, name: str, data: bytes) -> None:
        self._entries.update([(name, data)])


def _columns(summary: PlanSummary) -> tuple[Any, ...]:
    """Return a summary's columns as plain data, without its plan."""
    return tuple(vars(summary)[field.name] for field in fields(PlanSummary) if field.name != "plan")
