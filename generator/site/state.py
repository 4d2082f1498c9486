"""What the last build left behind, so that the next one does only what has changed: one SQLite file.

What every build needs is kept apart from what a changed file needs: with a thousand plans there is no time to read all
of it. A state belongs to one program, one configuration and one site (`version`); any other starts anew.
"""

from __future__ import annotations

import marshal
import os
import pickle
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from generator.check.rules.rule import Summary
from generator.data.pieces import Index
from generator.link.model import Body, Programme
from generator.link.record import Record
from generator.link.units import Units
from generator.problem import Problem
from generator.site.facts import Facts
from generator.site.kept import Kept
from generator.site.last import Last, Stat, opened
from generator.site.shell import Theme
from generator.site.stored import astuple_of, known_from, record_from
from generator.source.source_files import Kind

_MUCH = 10
"""A table is written anew when one in so many entries has changed since it was."""


class Entry(NamedTuple):
    """A file of the content: its kind, its id, and a digest of what it holds."""

    kind: Kind
    id: str
    digest: bytes


class Made(NamedTuple):
    """The numbers of the facts that a job has read, the masks of the parts of kept values that it has used (by the
    number of the value's fact), and the paths of what it has made."""

    facts: tuple[int, ...]
    parts: Mapping[int, int]
    outputs: tuple[str, ...]


def outputs_of(made: Iterable[Made]) -> frozenset[str]:
    """The paths of all that some jobs have made."""
    return frozenset().union(*[one.outputs for one in made])


@dataclass
class State:
    """All that is known of the last build.

    `scan`: the content's files by their paths, `files`: what each is, `problems`: the warnings in each, `whole`: those
    of rules over all files; `register`: all names (`packed_register`); `records`, `units` and `programmes`: the corpus;
    `facts`: all that was ever read; `made`: the jobs by their names; `kept`: the numbers of what was read for each kept
    value; `theme`: what follows from the version alone.
    """

    version: str
    scan: dict[str, Stat] = field(default_factory=dict)
    files: dict[str, Entry] = field(default_factory=dict)
    register: bytes = b""
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    whole: list[Problem] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)
    units: Units = field(default_factory=lambda: Units.of(()))
    programmes: dict[str, Programme] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    made: dict[str, Made] = field(default_factory=dict)
    kept: dict[str, tuple[int, ...]] = field(default_factory=dict)
    theme: Theme | None = None

    @property
    def outputs(self) -> frozenset[str]:
        """The paths of all that jobs have made."""
        return outputs_of(self.made.values())


class Details(NamedTuple):
    """What is stored beside a state, to be read one by one: packed bodies of plans by their ids, what is known of files
    (`packed_known`) by their paths, kept values by their names, indexes of files of the site by their paths.
    """

    bodies: Mapping[str, bytes]
    known: Mapping[str, bytes]
    kept: Mapping[str, Kept]
    indexes: Mapping[str, Index]


class StateFile:
    """The file of a state. Whatever is wrong with it, there is a way out: to build anew.

    What is still the same object as when it was loaded is not written again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection, self._process = opened(path), os.getpid()
        self._loaded = State("")
        self._later: dict[str, dict[str, Any]] = {}
        self._facts = 0

    def load(self, last: Last) -> State:
        """The whole state but what files contribute to facts, and kept values."""
        made = self._table("made")
        plans, programmes, problems, whole, theme = pickle.loads(self._get("objects"))
        columns = self._mine().execute(
            "select value from thing where name >= 'record ' and name < 'record!' order by name"
        )
        plans.sort(key=lambda plan: plan.id.encode())
        records = (record_from(plan, marshal.loads(row[0])) for plan, row in zip(plans, columns, strict=True))
        state = State(
            last.version,
            last.scan,
            {path: Entry(*entry) for path, entry in self._table("files").items()},
            self._get("register"),
            problems,
            whole,
            {record.plan.id: record for record in records},
            Units.unpacked(self._get("units")),
            programmes,
            Facts(marshal.loads(self._get("facts"))),
            {name: Made(*one) for name, one in made.items()},
            self._table("kept"),
            theme,
        )
        self._loaded = replace(
            state,
            files={**state.files},
            made={**state.made},
            kept={**state.kept},
            records={**state.records},
        )
        self._facts = len(state.facts)
        return state

    def begin(self, *, anew: bool) -> None:
        """From here on the site is neither what it was nor what it will be; a build that ends early says so. For one
        that begins `anew` nothing counts that was known."""
        if anew:
            self._connection.execute("delete from thing")
            self._loaded, self._later, self._facts = State(""), {}, 0
        self._put("last", b"")

    def save(self, state: State, last: Last, details: Details) -> None:
        """Keep a state, and details that are new."""
        self._connection.execute("begin")
        self._save_content(state)
        for name, now, before in (
            ("files", state.files, self._loaded.files),
            ("made", state.made, self._loaded.made),
            ("kept", state.kept, self._loaded.kept),
        ):
            self._put_table(name, now, before)
        for id_, body in details.bodies.items():
            self._put(f"body {id_}", body)
        for path, known in details.known.items():
            self._put(f"file {path}", known)
        for name, one in details.kept.items():
            self._put(f"digests {name}", one.digests)
            if one.lasting:
                self._put(f"kept {name}", marshal.dumps(one.value))
        for path, index in details.indexes.items():
            self._put(f"index {path}", marshal.dumps((index.size, index.shared, list(index.pieces))))
        self._put("last", marshal.dumps(tuple(last)))
        self._connection.execute("commit")

    def _save_content(self, state: State) -> None:
        before = self._loaded
        plans = [record.plan for record in state.records.values()]
        objects = plans, state.programmes, state.problems, state.whole, state.theme
        self._put("objects", pickle.dumps(objects, protocol=5))
        for id_, record in state.records.items():
            if record is not before.records.get(id_):
                self._put(f"record {id_}", marshal.dumps(astuple_of(record)))
        gone = before.records.keys() - state.records.keys()
        self._remove(f"{what} {id_}" for id_ in gone for what in ("record", "body"))
        if state.register is not before.register:
            self._put("register", state.register)
        if state.units is not before.units:
            self._put("units", state.units.packed())
        if len(state.facts) != self._facts:
            self._put("facts", marshal.dumps(state.facts.tables))

    def _table(self, name: str) -> dict[str, Any]:
        """A table of tuples, with what builds have changed since all of it was written."""
        table: dict[str, Any] = marshal.loads(self._get(name))
        self._later[name] = later = marshal.loads(self._get(f"later {name}"))
        table.update(later)
        for key in [key for key, value in later.items() if value is None]:
            del table[key]
        return table

    def _put_table(self, name: str, now: Mapping[str, tuple[Any, ...]], before: Mapping[str, object]) -> None:
        """Keep a table; only what has changed, as long as that is little."""
        later = self._later.setdefault(name, {})
        later.update((key, tuple(value)) for key, value in now.items() if value is not before.get(key))
        later.update(dict.fromkeys(before.keys() - now.keys()))
        if not before or _MUCH * len(later) > len(now):
            self._put(name, marshal.dumps({key: tuple(value) for key, value in now.items()}))
            later.clear()
        self._put(f"later {name}", marshal.dumps(later))

    def known(self, path: str) -> tuple[Summary | None, bytes]:
        """The summary of a file, and the facts to which it contributed at the last build, packed."""
        return known_from(self._get(f"file {path}"))

    def body(self, plan: str) -> bytes:
        """The body of a plan, packed."""
        return self._get(f"body {plan}")

    def kept(self, name: str) -> Any:
        """A value that was kept."""
        return marshal.loads(self._get(f"kept {name}"))

    def digests(self, name: str) -> bytes:
        """The digests of a value that was kept."""
        return self._get(f"digests {name}")

    def index(self, path: str) -> Index | None:
        """The index of a file of the site."""
        value = self._get(f"index {path}")
        return Index(*marshal.loads(value)) if value else None

    def forget(self, names: Iterable[str] = (), paths: Iterable[str] = ()) -> None:
        """Throw away kept values, by their names, and indexes of files, by their paths."""
        kept = (f"{table} {name}" for name in names for table in ("kept", "digests"))
        self._remove((*kept, *(f"index {path}" for path in paths)))

    def close(self) -> None:
        """Done."""
        self._connection.close()

    def _get(self, name: str) -> bytes:
        row = self._mine().execute("select value from thing where name = ?", (name,)).fetchone()
        return row[0] if row else b""

    def _mine(self) -> sqlite3.Connection:
        # SQLite does not allow a connection to be carried into a copy of the process.
        if self._process != os.getpid():
            self._connection, self._process = opened(self._path), os.getpid()
        return self._connection

    def _remove(self, names: Iterable[str]) -> None:
        self._mine().executemany("delete from thing where name = ?", ((name,) for name in names))

    def _put(self, name: str, value: bytes) -> None:
        self._connection.execute("insert or replace into thing values (?, ?)", (name, value))


def unloaded() -> Body:
    """Stands for a body until somebody gives the plan a way to load it."""
    raise AssertionError("a plan's body was asked for before there was a way to load it")
