"""A share of the content's files, from reading them to what the rest must know of them: names, records, problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from generator.check import Source, check_source, read
from generator.check.names import Register
from generator.check.rules import levelled
from generator.check.rules.rule import Summary
from generator.link.bodies import Bodies
from generator.link.build import build_plan, build_programme, build_unit
from generator.link.model import Body, Programme, Unit
from generator.link.record import Fact, Record, digest, plan_facts, programme_facts, record_of, unit_facts
from generator.problem import Problem
from generator.site.state import Entry, unloaded
from generator.site.stored import packed_facts
from generator.source.source_files import read_file
from generator.source.tree import Tree


class Linked(NamedTuple):
    """What is known of a file: what it is, its problems, what rules over all files need of it, the thing in it, and the
    facts that it contributes to (`packed_facts`)."""

    entry: Entry
    problems: Sequence[Problem]
    summary: Summary
    thing: Record | Unit | Programme | None
    facts: bytes


class Shard:
    """Files of a content tree, read and linked together; `bodies` takes what plans hold."""

    def __init__(self, content: Path, bodies: Bodies) -> None:
        self.content = content
        self.bodies = bodies
        self._read: dict[str, tuple[Entry, Source, Sequence[Problem]]] = {}

    def read(self, paths: Iterable[str]) -> Register:
        """Read files, by their paths inside the content tree, and register their names."""
        for path in paths:
            file = read_file(self.content / path)
            tree, problems = read(file)
            entry = Entry(file.kind, file.stem, blake2b(file.content, digest_size=16).digest())
            self._read[path] = entry, Source(file.kind, file.stem, tree), problems
        return Register.of((source.kind, source.stem, source.tree) for _, source, _ in self._read.values())

    def link(self, register: Register) -> dict[str, Linked]:
        """Check the files that were read against all names, and link them."""
        # What was read of a file is let go as soon as it is linked: it takes as much room as what is made of it.
        return {path: self._linked(path, register, *self._read.pop(path)) for path in list(self._read)}

    def tree(self, path: str) -> Tree:
        """The tree of a file, read for the place of a fault."""
        return read(read_file(self.content / path))[0]

    def _linked(
        self, path: str, register: Register, entry: Entry, source: Source, problems: Sequence[Problem]
    ) -> Linked:
        own, summary = check_source(source, register)
        found = levelled([*problems, *own])
        facts: dict[Fact, str] = {("sources", f"{entry.kind}/{entry.id}"): path}
        if any(problem.level == "error" for problem in found):
            return Linked(entry, found, summary, None, packed_facts(facts))
        data = source.tree.data
        thing: Record | Unit | Programme
        if entry.kind == "unit":
            thing = unit = build_unit(data)
            facts |= unit_facts(unit)
        elif entry.kind == "programme":
            thing = programme = build_programme(data)
            facts |= programme_facts(programme)
        else:
            plan = build_plan(data, register)
            body = plan.load()
            self.bodies.add(plan.id, body)
            thing = record = record_of(replace(plan, load=unloaded), body)
            facts |= plan_facts(record, body, _version(entry, body))
        return Linked(entry, found, summary, thing, packed_facts(facts))


def _version(entry: Entry, body: Body) -> str:
    """All that a body is made from: the file, and what its names were taken to mean."""
    meant = [
        [(one.lead, one.partners, one.programmes) for one in body.activities],
        [(one.lead, one.programmes) for one in body.targets],
        [one.lead for one in body.headings],
    ]
    return digest(entry.digest, meant)
