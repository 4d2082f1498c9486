"""The store: every activity's texts and facet columns, in chunks of whole plans, and a manifest of them.

Each file is a call, `sokehoachStore("<name>",<JSON>)`, so that a page opened from disk can load it by a script tag;
over HTTP the worker takes the JSON out of it. All names except the manifest's contain a hash of the content. Values
that many activities share (plans, targets, tasks, sources of money) are in a dictionary of the chunk, units and
programmes in one of the manifest; columns refer to them by number.
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
from generator.language.catalogue import catalogue
from generator.language.time_spans import PERIODS, dated, due_attribute, periods_of
from generator.model.corpus import Corpus
from generator.model.entities import LEVELS, STATUSES, Activity, Heading, Plan, Target
from generator.pages.due_times import reading_of
from generator.search.abbreviations import other_spellings
from generator.search.texts import (
    fundings_of,
    join_texts,
    level_text,
    more_of,
    names_in,
    plan_text,
    programme_text,
    spellings_of_name,
    status_text,
    unit_text,
)

Json = dict[str, Any]

MANIFEST = "index.js"
ACTIVITIES_A_CHUNK = 500
VERSION = 7
"""The version of the shapes in this module; the browser's modules refuse others."""
ROLES = ("lead", "partners", "levels_units")
"""The roles in which the document names units, kept apart, so that a partner is not shown as one who carries out."""

CHUNK = MemoKind[tuple[str, int, Json]]("chunk")
NAMES = MemoKind[tuple[list[list[str]], list[list[str]]]]("names")
# The name contains a hash of the text.
CHUNK_TEXT = MemoKind[tuple[str, bytes]]("chunk-text", persistent=False, split=lambda chunk: ((), chunk[0]))


@dataclass(frozen=True)
class StoreFile:
    """A file of the store: its name and its text."""

    name: str
    text: str

    @cached_property
    def compressed_size(self) -> int:
        """The bytes that a server sends (level 6, as servers use), to choose the engine and for the manifest."""
        return len(gzip.compress(self.text.encode(), compresslevel=6, mtime=0))


@dataclass(frozen=True)
class ChunkedStore:
    """The plans in the order of the chunks, which numbers the activities; the summaries; the compressed size of all."""

    plans: Sequence[Plan]
    summaries: Sequence[Json]
    compressed_size: int

    @property
    def activities(self) -> Iterator[Activity]:
        """All activities, in the order of their numbers."""
        return (activity for plan in self.plans for activity in plan.activities)


def build_store(corpus: Corpus, build: Build) -> ChunkedStore:
    """Return the chunks of a corpus in a fixed order; `chunk_files` makes their files."""
    chunks = [chunk_facts(corpus, plans, build) for plans in chunks_of(corpus)]
    return ChunkedStore(
        _order_plans(corpus),
        [{"file": name, **summary} for name, _, summary in chunks],
        sum(size for _, size, _ in chunks),
    )


def chunks_of(corpus: Corpus) -> Iterator[Sequence[Plan]]:
    """Yield the plans of each chunk."""
    return _group_plans(_order_plans(corpus), ACTIVITIES_A_CHUNK)


def chunk_files(corpus: Corpus, build: Build) -> Iterator[StoreFile]:
    """Yield the files of all chunks."""
    return (chunk_file(corpus, plans, build) for plans in chunks_of(corpus))


def chunk_file(corpus: Corpus, plans: Sequence[Plan], build: Build) -> StoreFile:
    """Return the file of a chunk, made once."""
    name, text = build.memo(CHUNK_TEXT, chunk_key(plans), lambda: _chunk_text(corpus, plans))
    return StoreFile(name, text.decode())


def chunk_facts(corpus: Corpus, plans: Sequence[Plan], build: Build) -> tuple[str, int, Json]:
    """Return a chunk's name, compressed size and summary, without its text."""

    def compute() -> tuple[str, int, Json]:
        file = chunk_file(corpus, plans, build)
        return file.name, file.compressed_size, _summary(corpus, plans)

    return build.memo(CHUNK, chunk_key(plans), compute)


def chunk_key(plans: Sequence[Plan]) -> MemoKey:
    """Return the key of a chunk's memos."""
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
    named = {unit for activity in activities for unit in (*activity.leaders, *activity.helpers, *activity.performers)}
    return {
        "count": len(activities),
        "years": [min(years), max(years)] if years else None,
        "plans": [plan.id for plan in plans],
        "units": sorted(units[unit] for unit in named),
        "above": sorted({target.plan for target in _served_above(corpus, plans)}),
    }


def manifest_file(corpus: Corpus, store: ChunkedStore, index: StoreFile | None, build: Build) -> StoreFile:
    """Return the manifest, the only file with a fixed name.

    It lists the files, says how to search them, and has the dictionaries of all chunks.
    `{version, count, engine: "lunr"|"scan", chunks: [{file, count, years: [min, max]|null, plans: [id], units:
    [number], above: [plan id]}], units: [[id, short name, names, also, level]], programmes: likewise without level,
    levels: [[id, name]], statuses: likewise, lunr: file|null, bytes: {store, index}}`. `also` are other spellings of a
    name and names in a unit's note, such as merged provinces: they find the unit's page, not its activities. `index` is
    lunr's, or None if texts are scanned.
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
        "periods": [[period, catalogue("vi").text(f"site.period_name.{period}")] for period in PERIODS],
        "statuses": [[status, status_text(status)] for status in STATUSES],
        "lunr": index.name if index else None,
        "bytes": {"store": store.compressed_size, "index": index.compressed_size if index else 0},
    }
    return StoreFile(MANIFEST, _call(MANIFEST, _dump(content)))


def _names(corpus: Corpus) -> tuple[list[list[str]], list[list[str]]]:
    return (
        [
            [
                unit.id,
                corpus.unit_title(unit),
                text := unit_text(unit),
                join_texts([spellings_of_name(unit.short_name, text), *names_in(unit.note)]),
                unit.level or "",
            ]
            for unit in corpus.units.values()
        ],
        [
            [item.id, item.short_name, text := programme_text(item), spellings_of_name(item.short_name, text)]
            for item in corpus.programmes.values()
        ],
    )


def hashed_file(stem: str, content: Json) -> StoreFile:
    """Return a file of the store with a hash of its content in the name."""
    data = _dump(content)
    name = f"{stem}-{sha256(data.encode()).hexdigest()[:8]}.js"
    return StoreFile(name, _call(name, data))


def _call(name: str, data: str) -> str:
    return f'sokehoachStore("{name}",{data})\n'


def _dump(content: Json) -> str:
    return orjson.dumps(content).decode()


def _order_plans(corpus: Corpus) -> list[Plan]:
    """Return plans grouped by issuer, in the corpus' order, the newest first."""
    issuers = {issuer: index for index, issuer in enumerate(dict.fromkeys(p.issuer for p in corpus.plans.values()))}
    return sorted(corpus.plans.values(), key=lambda plan: issuers[plan.issuer])


def _group_plans(plans: Iterable[Plan], most: int) -> Iterator[list[Plan]]:
    """Yield groups of whole plans with about `most` activities each."""
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
    """Return the dictionaries and columns of a chunk.

    The shape is `{plans: [[id, short title, number, text, status, also]], above: [[id, short title]], targets: [[plan,
    id, label, title, also]], tasks: likewise, fundings: [text], columns: {plan: [number], id: [text], title: …}}`; -1
    means "none". `above` are other plans whose targets the chunk's activities serve, numbered after the chunk's plans.
    The column `rows` has for each role the units that have it only in sub-rows.
    """
    activities = [activity for plan in plans for activity in plan.activities]
    above_targets = _served_above(corpus, plans)
    above = list(dict.fromkeys(target.plan for target in above_targets))
    plan_index = {id_: index for index, id_ in enumerate([*(plan.id for plan in plans), *above])}
    targets = [*(target for plan in plans for target in plan.targets), *above_targets]
    tasks = [task for plan in plans for task in plan.tasks]
    target_index = {target.key: index for index, target in enumerate(targets)}
    task_index = {task.key: index for index, task in enumerate(tasks)}
    fundings = list(dict.fromkeys(part for activity in activities for part in fundings_of(activity)))
    return {
        "plans": [_plan(corpus, plan) for plan in plans],
        "above": [[id_, corpus.plans[id_].short_title] for id_ in above],
        "targets": [_inner(plan_index[target.plan], target) for target in targets],
        "tasks": [_inner(plan_index[task.plan], task) for task in tasks],
        "fundings": fundings,
        "columns": {
            "plan": [plan_index[activity.plan] for activity in activities],
            **_text_columns(activities),
            **_time_columns(activities),
            "levels": [[LEVELS.index(level) for level in activity.levels] for activity in activities],
            **{role: [[units[unit] for unit in getattr(activity, role)] for activity in activities] for role in ROLES},
            "rows": [_roles_in_rows(activity, units) for activity in activities],
            "programmes": [[programmes[id_] for id_ in activity.programmes] for activity in activities],
            "target": [target_index.get(f"{activity.plan}/{activity.target}", -1) for activity in activities],
            "serves": [[target_index[key] for key in activity.serves or ()] for activity in activities],
            "task": [task_index.get(f"{activity.plan}/{activity.task}", -1) for activity in activities],
            "funding": [[fundings.index(part) for part in fundings_of(activity)] for activity in activities],
        },
    }


def _plan(corpus: Corpus, plan: Plan) -> list[Any]:
    text = plan_text(corpus, plan)
    spellings = spellings_of_name(plan.short_title, text)
    return [plan.id, plan.short_title, plan.number or "", text, STATUSES.index(plan.status), spellings]


def _text_columns(activities: Sequence[Activity]) -> Json:
    texts = [more_of(activity) for activity in activities]
    return {
        "id": [activity.id for activity in activities],
        "label": [activity.label or "" for activity in activities],
        "title": [" ".join(activity.title.split()) for activity in activities],
        "when": [join_texts([activity.timing]) for activity in activities],
        "more": texts,
        "also": [other_spellings_of(activity, more) for activity, more in zip(activities, texts, strict=True)],
    }


def _time_columns(activities: Sequence[Activity]) -> Json:
    words = catalogue("vi")
    return {
        "days": [due_attribute(dated(activity.spans)) for activity in activities],
        "reading": [reading_of(activity.timing, activity.spans, words) for activity in activities],
        "periods": [
            [[year, PERIODS.index(period)] for year, period in periods_of(activity.all_spans)]
            for activity in activities
        ],
        "years": [list(activity.years) for activity in activities],
    }


def _inner(plan: int, entry: Heading | Target) -> list[Any]:
    return [plan, entry.id, entry.label or "", entry.title, spellings_of_name(entry.title)]


def _roles_in_rows(activity: Activity, units: dict[str, int]) -> list[list[int]]:
    """Return for each role the units that have it only in sub-rows; empty if there are none."""
    roles = []
    for role in ROLES:
        named = dict.fromkeys(unit for row in activity.rows for unit in getattr(row, role))
        roles.append([units[unit] for unit in named if unit not in getattr(activity, role)])
    return roles if any(roles) else []


def _served_above(corpus: Corpus, plans: Sequence[Plan]) -> list[Target]:
    """Return the targets of other plans that activities of these plans serve."""
    plan_ids = {plan.id for plan in plans}
    served = (key for plan in plans for activity in plan.activities for key in activity.serves or ())
    return [corpus.targets[key] for key in dict.fromkeys(served) if key.split("/")[0] not in plan_ids]


def other_spellings_of(activity: Activity, more: str) -> str:
    """Return the other spellings of an activity's words."""
    return join_texts(other_spellings(join_texts([activity.title, activity.timing, more])))
