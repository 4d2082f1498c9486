"""Reads, checks and links the content files that have changed."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial, reduce
from pathlib import Path

from generator.check import Source, check_source, read, settle
from generator.check.names import Register
from generator.check.rules import check_whole
from generator.incremental.dependency import EVERY_KEY, Dependency
from generator.incremental.executor import Worker, WorkerEnd, process_count
from generator.incremental.packing import fingerprint
from generator.model.builder import build_plan
from generator.model.contributions import (
    Contributions,
    plan_contributions,
    programme_contributions,
    unit_contributions,
)
from generator.model.entities import Programme, Unit, no_body
from generator.model.summary import PlanSummary, summary_of
from generator.model.unit_builder import build_programme, build_unit
from generator.problem import Problem
from generator.site.progress import Clock
from generator.site.snapshot import FileEntry, LinkedFile, Snapshot
from generator.source.source_files import Stat, read_file, shown_path
from generator.source.tree import Tree

FEWEST_FILES = 200
"""With fewer files than this for each process, another process is not worth its start."""
FILE_COST = 1_000
"""Reading a file costs as much as reading this many more bytes."""
SENDING_COST = 0.1
"""The cost of sending a share's results to the first process, as a part of the cost of making them."""


class ContentLoader:
    """Updates a snapshot to the present files of a content tree."""

    def __init__(self, content: Path, snapshot: Snapshot, clock: Clock, processes: int) -> None:
        self._content = content
        self._snapshot, self._clock, self._processes = snapshot, clock, processes

    def load(self, scan: Mapping[str, Stat]) -> set[Dependency]:
        """Read the files that have changed since the snapshot; return the dependencies that have changed.

        These are keys to which the content now contributes something else, each with its whole collection.
        """
        changed = [path for path, stat in scan.items() if stat != self._snapshot.scan.get(path)]
        gone = self._snapshot.scan.keys() - scan.keys()
        names = self._snapshot.register
        linked = self._link(changed, gone, scan)
        dependencies = self._compare(linked, gone)
        before = {path: self._snapshot.summary(path) for path in linked}
        self._snapshot.update(linked, gone, scan)
        differs = any(before[path] != file.summary for path, file in linked.items())
        if gone or differs or self._snapshot.register != names:
            summaries = [summary for summary in map(self._snapshot.summary, scan) if summary]
            trees = _Trees(FileReader(self._content), scan)
            self._snapshot.whole_problems = check_whole(summaries, self._snapshot.register, trees)
        return dependencies | {(collection, EVERY_KEY) for collection, _ in dependencies}

    def _link(self, changed: Sequence[str], gone: Iterable[str], scan: Mapping[str, Stat]) -> dict[str, LinkedFile]:
        """Link the files that need it: the changed ones, or all if names have changed."""
        snapshot = self._snapshot
        if not gone and all(path in snapshot.files and snapshot.files[path].kind == "plan" for path in changed):
            reader = FileReader(self._content)
            with self._clock.stage("read"):
                names = reader.read(changed)
            if names.looks_same_to_others(snapshot.register):
                snapshot.register = snapshot.register.with_plans(names)
                with self._clock.stage("link"):
                    return reader.link(snapshot.register)
        with self._clock.stage("link"):
            sizes = {path: size for path, (*_, size) in scan.items()}
            snapshot.register, linked = link_files(FileReader(self._content), sizes, self._processes)
            return linked

    def _compare(self, linked: Mapping[str, LinkedFile], gone: Iterable[str]) -> set[Dependency]:
        if not self._snapshot.files:  # a first build has no dependencies to compare
            return set()
        changed: set[Dependency] = set()
        for path in gone:
            changed |= self._snapshot.contributions(path).keys()
        for path, file in linked.items():
            before, now = self._snapshot.contributions(path), file.contributions
            changed |= {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}
        return changed


class FileReader:
    """Files of a content tree, read and linked together."""

    def __init__(self, content: Path) -> None:
        self._content = content
        self._read: dict[str, tuple[FileEntry, Source, Sequence[Problem]]] = {}

    def read(self, paths: Iterable[str]) -> Register:
        """Read files, by their paths inside the content tree; return all their names."""
        for path in paths:
            file = read_file(self._content / path)
            tree, problems = read(file)
            entry = FileEntry(file.kind, file.stem, fingerprint(file.content))
            self._read[path] = entry, Source(file.kind, file.stem, tree), problems
        return Register.of((source.kind, source.stem, source.tree) for _, source, _ in self._read.values())

    def link(self, register: Register) -> dict[str, LinkedFile]:
        """Check the files that were read against all names, and link them."""
        # Each file's data is dropped once linked: it takes as much memory as the result.
        return {path: _link_file(path, register, *self._read.pop(path)) for path in list(self._read)}

    def tree(self, path: str) -> Tree:
        """Read a file again to find the place of a problem."""
        return read(read_file(self._content / path))[0]

    def shown_path(self, path: str) -> str:
        """Return a file's path as problems show it."""
        return shown_path(self._content / path)


def link_files(reader: FileReader, sizes: Mapping[str, int], processes: int) -> tuple[Register, dict[str, LinkedFile]]:
    """Read and link files, given with their sizes; return all names, and the linked files by path.

    Each process reads its share of files; the names are joined; each process links its share against all names.
    """
    first, *shares = share_out(sizes, process_count(processes, len(sizes), FEWEST_FILES))

    def work(share: Iterable[str], end: WorkerEnd) -> None:
        end.send(reader.read(share))
        end.send(reader.link(end.receive()))

    with ExitStack() as stack:
        workers = [stack.enter_context(closing(Worker(partial(work, share)))) for share in shares]
        names = [reader.read(first), *(worker.receive() for worker in workers)]
        register = reduce(Register.merged, names)
        for worker in workers:
            worker.send(register)
        linked = reader.link(register)
        for worker in workers:
            linked |= worker.receive()
    return register, linked


def share_out(sizes: Mapping[str, int], number: int) -> list[list[str]]:
    """Return files in shares of about equal work, in order: of two files with one id the later one counts.

    The first share is larger, because its process need not send its results.
    """
    shares: list[list[str]] = [[] for _ in range(number)]
    work = sum(sizes.values()) + FILE_COST * len(sizes)
    each = work / (number + SENDING_COST)
    before = 0
    for path, size in sizes.items():
        index = max(0, int((before - SENDING_COST * each) / each))
        shares[min(number - 1, index)].append(path)
        before += size + FILE_COST
    return shares


def _link_file(
    path: str, register: Register, entry: FileEntry, source: Source, problems: Sequence[Problem]
) -> LinkedFile:
    faults, summary = check_source(source, register)
    problems = settle([*problems, *faults])
    contributions: Contributions = {("sources", f"{entry.kind}/{entry.id}"): path}
    if any(problem.level == "error" for problem in problems):
        return LinkedFile(entry, problems, summary, contributions)
    entity, body, more = _build_entity(entry, source, register)
    return LinkedFile(entry, problems, summary, contributions | more, entity, body)


def _build_entity(
    entry: FileEntry, source: Source, register: Register
) -> tuple[PlanSummary | Unit | Programme, bytes, Contributions]:
    data = source.tree.data
    if entry.kind == "unit":
        unit = build_unit(data)
        sources = {("sources", f"unit/{agency.id}"): unit.id for agency in unit.agencies}
        return unit, b"", unit_contributions(unit) | sources
    if entry.kind == "programme":
        programme = build_programme(data)
        return programme, b"", programme_contributions(programme)
    plan = build_plan(data, register, source.tree.text)
    body = plan.load()
    summary = summary_of(replace(plan, load=no_body), body)
    return summary, pickle.dumps(body, protocol=5), plan_contributions(summary, body)


class _Trees(Mapping[str, Tree]):
    """The trees of the content by the paths that problems show; each is read when a problem is found in it."""

    def __init__(self, reader: FileReader, paths: Iterable[str]) -> None:
        self._reader = reader
        self._paths = {reader.shown_path(path): path for path in paths}

    def __getitem__(self, path: str) -> Tree:
        return self._reader.tree(self._paths[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
