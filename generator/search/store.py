"""The store: every activity's texts and facet columns, in chunks of whole plans, and a manifest of them.

Each file is a call, `sokehoachStore("<name>",<JSON>)`, so that a page opened from disk can load it by a script tag; the
worker of a page served over HTTP reads the JSON out of it. All but the manifest carry a hash of their content in the
name. What many activities share (plans, targets, tasks, sources of money) stands in a dictionary of the chunk, units
and programmes in one of the manifest; columns name them by number.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import orjson

from generator.incremental import Build, MemoKind
from generator.incremental.memo import MemoKey
from generator.model.corpus import Corpus
from generator.model.entities import LEVELS, Activity, Plan
from generator.search.abbreviations import other_spellings
from generator.search.texts import fundings_of, joined, level_text, more_of, plan_text, programme_text, unit_text

Json = dict[str, Any]

MANIFEST = "index.js"
ACTIVITIES_A_CHUNK = 500
VERSION = 2
"""Of the shapes in this module; the browser's modules refuse another."""

CHUNK = MemoKind[tuple[str, int, Json]]("chunk")
NAMES = MemoKind[tuple[list[list[str]], list[list[str]]]]("names")
# The name has a hash of the text.
CHUNK_TEXT = MemoKind[tuple[str, bytes]]("chunk-text", persistent=False, split=lambda chunk: ((), chunk[0]))


@dataclass(frozen=True)
class StoreFile:
    """A file of the store: its name, its text, and its bytes as a server sends them compressed."""

    name: str
    text: str

    @cached_property
    def bytes(self) -> int:
        """Compressed size; the choice of the engine and the manifest both ask for it. Level 6 is what servers use."""
        return len(gzip.compress(self.text.encode(), compresslevel=6, mtime=0))


@dataclass(frozen=True)
class Store:
    """The plans in the order in which the chunks hold them, what the manifest says of each chunk, and the compressed
    size of all.

    An activity's number, by which the index names it, is its place in that order.
    """

    plans: Sequence[Plan]
    summaries: Sequence[Json]
    bytes: int

    @property
    def activities(self) -> Iterator[Activity]:
        """All activities, in the order of their numbers."""
        return (activity for plan in self.plans for activity in plan.activities)


def build_store(corpus: Corpus, build: Build) -> Store:
    """The chunks of a corpus, deterministic; their files are `chunk_files`."""
    chunks = [chunk_facts(corpus, plans, build) for plans in chunks_of(corpus)]
    return Store(
        _ordered(corpus), [{"file": name, **summary} for name, _, summary in chunks], sum(size for _, size, _ in chunks)
    )


def chunks_of(corpus: Corpus) -> Iterator[Sequence[Plan]]:
    """The plans of each chunk."""
    return _grouped(_ordered(corpus), ACTIVITIES_A_CHUNK)


def chunk_files(corpus: Corpus, build: Build) -> Iterator[StoreFile]:
    """The files of all chunks."""
    return (chunk_file(corpus, plans, build) for plans in chunks_of(corpus))


def chunk_file(corpus: Corpus, plans: Sequence[Plan], build: Build) -> StoreFile:
    """The file of a chunk, made once."""
    name, text = build.memo(CHUNK_TEXT, chunk_key(plans), lambda: _chunk_text(corpus, plans))
    return StoreFile(name, text.decode())


def chunk_facts(corpus: Corpus, plans: Sequence[Plan], build: Build) -> tuple[str, int, Json]:
    """A chunk's name, compressed size, and what the manifest says of it besides: who wants to know needs no texts."""

    def compute() -> tuple[str, int, Json]:
        file = chunk_file(corpus, plans, build)
        return file.name, file.bytes, _summary(corpus, plans)

    return build.memo(CHUNK, chunk_key(plans), compute)


def chunk_key(plans: Sequence[Plan]) -> MemoKey:
    """Return the key of the memos of a chunk."""
    return tuple(plan.id for plan in plans)


def _chunk_text(corpus: Corpus, plans: Sequence[Plan]) -> tuple[str, bytes]:
    units = {id_: number for number, id_ in enumerate(corpus.units)}
    programmes = {id_: number for number, id_ in enumerate(corpus.programmes)}
    file = hashed_file("chunk", _chunk(corpus, plans, units, programmes))
    return file.name, file.text.encode()


def _summary(corpus: Corpus, plans: Sequence[Plan]) -> Json:
    units = {id_: number for number, id_ in enumerate(corpus.units)}
    activities = [activity for plan in plans for activity in plan.activities]
    years = [year for activity in activities for year in activity.years]
    named = {unit for activity in activities for unit in (*activity.lead, *activity.partners)}
    return {
        "count": len(activities),
        "years": [min(years), max(years)] if years else None,
        "plans": [plan.id for plan in plans],
        "units": sorted(units[unit] for unit in named),
    }


def manifest_file(corpus: Corpus, store: Store, index: StoreFile | None, build: Build) -> StoreFile:
    """The one file with a fixed name: what there is, how to search it, and the dictionaries of all chunks.

    `{version, count, engine: "lunr"|"scan", chunks: [{file, count, years: [min, max]|null, plans: [id], units:
    [number]}], units: [[id, short name, names]], programmes: likewise, levels: [[id, name]], lunr: file|null, bytes:
    {store, index}}`. `index` is lunr's, or None where the texts are scanned.
    """
    units, programmes = build.memo(NAMES, (), lambda: _names(corpus))
    content = {
        "version": VERSION,
        "count": sum(summary["count"] for summary in store.summaries),
        "engine": "lunr" if index else "scan",
        "chunks": list(store.summaries),
        "units": units,
        "programmes": programmes,
        "levels": [[level, level_text(level)] for level in LEVELS],
        "lunr": index.name if index else None,
        "bytes": {"store": store.bytes, "index": index.bytes if index else 0},
    }
    return StoreFile(MANIFEST, _call(MANIFEST, _dump(content)))


def _names(corpus: Corpus) -> tuple[list[list[str]], list[list[str]]]:
    return (
        [[unit.id, unit.short_name, unit_text(unit)] for unit in corpus.units.values()],
        [[one.id, one.short_name, programme_text(one)] for one in corpus.programmes.values()],
    )


def hashed_file(stem: str, content: Json) -> StoreFile:
    """A file of the store, named by its content."""
    data = _dump(content)
    name = f"{stem}-{_hash(data)}.js"
    return StoreFile(name, _call(name, data))


def _hash(data: str) -> str:
    return sha256(data.encode()).hexdigest()[:8]


def _call(name: str, data: str) -> str:
    return f'sokehoachStore("{name}",{data})\n'


def _dump(content: Json) -> str:
    return orjson.dumps(content).decode()


def _ordered(corpus: Corpus) -> list[Plan]:
    """Plans of one issuer together; issuers and their plans in the corpus' order, the newest first."""
    issuers = {issuer: place for place, issuer in enumerate(dict.fromkeys(p.issuer for p in corpus.plans.values()))}
    return sorted(corpus.plans.values(), key=lambda plan: issuers[plan.issuer])


def _grouped(plans: Iterable[Plan], most: int) -> Iterator[list[Plan]]:
    """Whole plans, together about `most` activities."""
    group: list[Plan] = []
    size = 0
    for plan in plans:
        if group and size + plan.size.activities > most:
            yield group
            group, size = [], 0
        group.append(plan)
        size += plan.size.activities
    if group:
        yield group


def _chunk(corpus: Corpus, plans: Sequence[Plan], units: dict[str, int], programmes: dict[str, int]) -> Json:
    """Dictionaries and columns: `{plans: [[id, short title, number, text]], targets: [[plan, id, label, title]],
    tasks: likewise, fundings: [text], columns: {plan: [number], id: [text], title: …}}`; -1 is "none"."""
    activities = [activity for plan in plans for activity in plan.activities]
    places = {plan.id: place for place, plan in enumerate(plans)}
    targets = [target for plan in plans for target in plan.targets]
    tasks = [task for plan in plans for task in plan.tasks]
    target_at = {target.key: place for place, target in enumerate(targets)}
    task_at = {task.key: place for place, task in enumerate(tasks)}
    fundings = list(dict.fromkeys(part for activity in activities for part in fundings_of(activity)))
    texts = [more_of(activity) for activity in activities]
    return {
        "plans": [[plan.id, plan.short_title, plan.number or "", plan_text(corpus, plan)] for plan in plans],
        "targets": [[places[one.plan], one.id, one.label, one.title] for one in targets],
        "tasks": [[places[one.plan], one.id, one.label or "", one.title] for one in tasks],
        "fundings": fundings,
        "columns": {
            "plan": [places[one.plan] for one in activities],
            "id": [one.id for one in activities],
            "label": [one.label or "" for one in activities],
            "title": [" ".join(one.title.split()) for one in activities],
            "when": [joined([one.when]) for one in activities],
            "more": texts,
            "also": [also_of(one, more) for one, more in zip(activities, texts, strict=True)],
            "years": [list(one.years) for one in activities],
            "levels": [[LEVELS.index(level) for level in one.levels] for one in activities],
            "lead": [[units[unit] for unit in one.lead] for one in activities],
            "partners": [[units[unit] for unit in one.partners] for one in activities],
            "programmes": [[programmes[id_] for id_ in one.programmes] for one in activities],
            "target": [target_at.get(f"{one.plan}/{one.target}", -1) for one in activities],
            "task": [task_at.get(f"{one.plan}/{one.task}", -1) for one in activities],
            "funding": [[fundings.index(part) for part in fundings_of(one)] for one in activities],
        },
    }


def also_of(activity: Activity, more: str) -> str:
    """The other spellings of what an activity says."""
    return joined(other_spellings(joined([activity.title, activity.when, more])))
