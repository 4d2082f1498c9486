"""What the last build left behind, so that the next one does only what has changed: one SQLite file.

What every build needs is kept apart from what a changed file needs: with a thousand plans there is no time to read all
of it. A state belongs to one program, one configuration and one site (`version`); any other starts anew.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from generator.check.names import Register
from generator.check.rules.rule import Summary
from generator.link.model import Body, Plan, Programme, Unit
from generator.link.record import Fact, Record
from generator.problem import Problem
from generator.site.last import Last, Stat, opened
from generator.site.shell import Theme
from generator.source.files import Kind


class Entry(NamedTuple):
    """A file of the content: its kind, its id, and a digest of what it holds."""

    kind: Kind
    id: str
    digest: bytes


class Made(NamedTuple):
    """What a job has read, and the paths of what it has made."""

    facts: tuple[Fact, ...]
    outputs: tuple[str, ...]


@dataclass
class State:
    """All that is known of the last build.

    `scan`: the content's files by their paths, `files`: what each is, `problems`: the warnings in each, `whole`: those
    of rules over all files; `records`, `units` and `programmes`: the corpus; `made`: the jobs by their names; `theme`:
    what follows from the version alone.
    """

    version: str
    scan: dict[str, Stat] = field(default_factory=dict)
    files: dict[str, Entry] = field(default_factory=dict)
    register: Register | None = None
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    whole: list[Problem] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    theme: Theme | None = None

    def things(self, kind: Kind) -> dict[str, Any]:
        """What is kept of the files of a kind, by id."""
        of_kind: dict[Kind, dict[str, Any]] = {"plan": self.records, "unit": self.units, "programme": self.programmes}
        return of_kind[kind]


class StateFile:
    """The file of a state. Whatever is wrong with it, there is a way out: to build anew."""

    def __init__(self, path: Path) -> None:
        self._connection = opened(path)

    def load(self, last: Last) -> State:
        """The whole state but the facts."""
        files, columns, facts, made = marshal.loads(self._get("columns"))
        register, problems, whole, plans, units, programmes, theme = pickle.loads(self._get("objects"))
        return State(
            last.version,
            last.scan,
            {path: Entry(*entry) for path, entry in files.items()},
            register,
            problems,
            whole,
            {plan.id: record_from(plan, column) for plan, column in zip(plans, columns, strict=True)},
            units,
            programmes,
            {name: Made(tuple(facts[at] for at in read), outputs) for name, (read, outputs) in made.items()},
            theme,
        )

    def begin(self) -> None:
        """From here on the site is neither what it was nor what it will be; a build that ends early says so."""
        self._put("last", b"")

    def save(self, state: State, last: Last, known: Mapping[str, tuple[Summary, Mapping[Fact, str]]]) -> None:
        """Keep a state, and what is known of the files that were read: summaries and facts."""
        numbers: dict[Fact, int] = {}
        made = {
            name: (tuple(numbers.setdefault(fact, len(numbers)) for fact in one.facts), one.outputs)
            for name, one in state.made.items()
        }
        columns = [astuple_of(record) for record in state.records.values()]
        plans = [replace(record.plan, load=unloaded) for record in state.records.values()]
        files = {path: tuple(entry) for path, entry in state.files.items()}
        objects = (
            state.register,
            state.problems,
            state.whole,
            plans,
            state.units,
            state.programmes,
            state.theme,
        )
        self._connection.execute("begin")
        self._put("columns", marshal.dumps((files, columns, list(numbers), made)))
        self._put("objects", pickle.dumps(objects, protocol=5))
        for path, (summary, facts) in known.items():
            self._put(f"file {path}", pickle.dumps((summary, marshal.dumps(dict(facts))), protocol=5))
        self._put("last", marshal.dumps(tuple(last)))
        self._connection.execute("commit")

    def known(self, path: str) -> tuple[Summary | None, Mapping[Fact, str]]:
        """The summary of a file, and what it contributed to at the last build."""
        value = self._get(f"file {path}")
        if not value:
            return None, {}
        summary, facts = pickle.loads(value)
        return summary, marshal.loads(facts)

    def close(self) -> None:
        """Done."""
        self._connection.close()

    def _get(self, name: str) -> bytes:
        row = self._connection.execute("select value from thing where name = ?", (name,)).fetchone()
        return row[0] if row else b""

    def _put(self, name: str, value: bytes) -> None:
        self._connection.execute("insert or replace into thing values (?, ?)", (name, value))


def unloaded() -> Body:
    """Stands for a body until somebody gives the plan a way to load it."""
    raise AssertionError("a plan's body was asked for before there was a way to load it")


def record_from(plan: Plan, columns: tuple[Any, ...]) -> Record:
    """The record of which `astuple_of` has the columns; its facts stay in the file."""
    years, lead, levels, activities, targets, counterparts, contributions = columns
    return Record(plan, years, lead, levels, activities, targets, counterparts, contributions, {})


def astuple_of(record: Record) -> tuple[Any, ...]:
    """A record's columns as plain data, without its plan and facts."""
    return (
        record.years,
        record.lead,
        dict(record.levels),
        record.activities,
        record.targets,
        record.counterparts,
        record.contributions,
    )
