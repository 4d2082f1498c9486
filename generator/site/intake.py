"""The content's part of a build: what has changed is read, checked and linked, and the state is brought up to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.check.names import Register
from generator.check.rules import check_whole
from generator.link.bodies import Bodies
from generator.link.model import Programme, Unit
from generator.link.record import Fact, Record
from generator.site.clock import Clock
from generator.site.crew import link_all
from generator.site.last import Stat
from generator.site.request import Request
from generator.site.shard import Linked, Shard
from generator.site.state import State, StateFile
from generator.site.stored import facts_from, packed_known, packed_register, register_from
from generator.source.source_files import shown_path
from generator.source.tree import Tree


class Intake:
    """The files of a content tree. `bodies` takes what plans hold; `known` is what there is to be stored of files that
    were read, `paths` are those of files by kind and id."""

    def __init__(self, request: Request, file: StateFile, bodies: Bodies, clock: Clock) -> None:
        self.known: dict[str, bytes] = {}
        self.paths: dict[tuple[str, str], str] = {}
        self._shard = Shard(request.content, bodies)
        self._file, self._clock, self._processes = file, clock, request.processes

    def take(self, state: State, scan: dict[str, Stat]) -> set[Fact]:
        """Bring the state up to the content's files, of which `scan` is given; the facts to which the content now
        contributes otherwise, and for each its whole table."""
        register, linked = self._linked(state, scan)
        changed = self._changed(state, linked, register, scan)
        self._take(state, linked, scan)
        self.paths = {(entry.kind, entry.id): path for path, entry in state.files.items()}
        return changed

    def _linked(self, state: State, scan: Mapping[str, Stat]) -> tuple[Register, dict[str, Linked]]:
        """All names, and the files that must be looked at again: those that have changed, or all where names have."""
        changed = [path for path in scan if scan[path] != state.scan.get(path)]
        gone = state.scan.keys() - scan.keys()
        if not state.register or gone or any(state.files.get(path, ("",))[0] != "plan" for path in changed):
            with self._clock.stage("link"):
                sizes = {path: size for path, (_, size) in scan.items()}
                register, linked = link_all(self._shard, sizes, self._processes)
                state.register = packed_register(register)
                return register, linked
        with self._clock.stage("read"):
            names, known = self._shard.read(changed), register_from(state.register)
            if names.seen_alike(known):
                register = known.with_plans(names)
            else:
                register = self._shard.read(path for path in scan if path not in set(changed))
        with self._clock.stage("link"):
            if register is not known:
                state.register = packed_register(register)
            return register, self._shard.link(register)

    def _changed(
        self, state: State, linked: Mapping[str, Linked], register: Register, scan: Mapping[str, Stat]
    ) -> set[Fact]:
        """The facts to which the content now contributes otherwise, and for each its whole table."""
        changed: set[Fact] = set()
        gone = state.scan.keys() - scan.keys()
        for path in gone:
            changed.update(facts_from(self._file.known(path)[1]))
        alike = not gone
        for path, file in linked.items():
            summary, old = self._file.known(path) if path in state.files else (None, b"")
            alike = alike and summary == file.summary
            if state.made:  # else nobody has read any
                changed.update(_differing(old, file.facts))
            if old != file.facts or summary != file.summary:
                self.known[path] = packed_known(file.summary, file.facts)
        if not alike:
            summaries = [linked[path].summary if path in linked else self._file.known(path)[0] for path in scan]
            state.whole = check_whole([one for one in summaries if one], register, _Trees(self._shard, scan))
        return changed | {(table, "*") for table, _ in changed}

    def _take(self, state: State, linked: Mapping[str, Linked], scan: dict[str, Stat]) -> None:
        units: dict[str, Unit | None] = {}
        for path in state.scan.keys() - scan.keys():
            entry = state.files.pop(path)
            state.problems.pop(path, None)
            if entry.kind == "unit":
                units[entry.id] = None
            else:
                (state.records if entry.kind == "plan" else state.programmes).pop(entry.id)
        for path, file in linked.items():
            state.files[path] = file.entry
            state.problems[path] = list(file.problems)
            if isinstance(file.thing, Record):
                state.records[file.entry.id] = file.thing
            elif isinstance(file.thing, Programme):
                state.programmes[file.entry.id] = file.thing
            elif file.thing:
                units[file.entry.id] = file.thing
        if units:
            state.units = state.units.changed(units)
        state.scan = scan


class _Trees(Mapping[str, Tree]):
    """The trees of the content by the paths that problems name; each is read when a fault is found in it."""

    def __init__(self, shard: Shard, paths: Iterable[str]) -> None:
        self._shard = shard
        self._paths = {shown_path(shard.content / path): path for path in paths}

    def __getitem__(self, path: str) -> Tree:
        return self._shard.tree(self._paths[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _differing(before: bytes, now: bytes) -> Iterable[Fact]:
    """The facts to which a file contributes otherwise than before, of both packed."""
    old, new = facts_from(before), facts_from(now)
    return (fact for fact in old.keys() | new.keys() if old.get(fact) != new.get(fact))
