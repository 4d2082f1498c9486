"""What one build stores for the next: a SQLite file with a table for each kind of entry.

The file says whether it is *clean*: it holds what a finished build has left, and nothing else. A build marks it dirty
before it writes anything, so that after a crash the next build starts from nothing.
"""

from __future__ import annotations

import os
import sqlite3
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from generator.incremental.memo import Memo
from generator.incremental.packing import FINGERPRINT_SIZE, canonical_bytes, fingerprint, from_bytes
from generator.incremental.task import TaskTrace

_CLEAN = "clean"


class Table:
    """Entries by their keys, as bytes."""

    def __init__(self, store: Store, name: str) -> None:
        self._store, self._name = store, name
        store.execute(f"create table if not exists {name} (key primary key, value blob not null) without rowid")

    def get(self, key: str | int) -> bytes | None:
        """Return an entry, or None."""
        row = self._store.execute(f"select value from {self._name} where key = ?", key).fetchone()
        return row[0] if row else None

    def items(self) -> Iterator[tuple[Any, bytes]]:
        """Yield all keys and entries, sorted by key."""
        return iter(self._store.execute(f"select key, value from {self._name} order by key"))

    def update(self, entries: Iterable[tuple[str | int, bytes]]) -> None:
        """Set the entries of these keys."""
        self._store.execute_many(f"insert or replace into {self._name} values (?, ?)", entries)

    def remove(self, keys: Iterable[str | int]) -> None:
        """Remove entries; unknown keys are ignored."""
        self._store.execute_many(f"delete from {self._name} where key = ?", ((key,) for key in keys))


class Store:
    """The file at `path`. A damaged file is deleted: then the next build starts from nothing.

    A copy of this process opens the file again: SQLite does not allow a connection to be used after a fork.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection, self._process = _connect(path), os.getpid()
        except sqlite3.DatabaseError as error:
            if not is_spoilt(error):
                raise
            discard(path)
            self._connection, self._process = _connect(path), os.getpid()
        self._meta, self._traces = Table(self, "meta"), Table(self, "trace")
        self._memo_dependencies = Table(self, "memo_dependencies")
        self._memo_fingerprints = Table(self, "memo_fingerprints")
        self._memo_values = Table(self, "memo_value")

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def table(self, name: str) -> Table:
        """Return the caller's table with a name."""
        return Table(self, f"entry_{name}")

    @property
    def record(self) -> Any:
        """What the last finished build has said of itself (plain data); None if the file is not clean."""
        try:
            data = self._meta.get(_CLEAN)
        except sqlite3.DatabaseError as error:
            if not is_spoilt(error):
                raise
            data = None
        if data is None or fingerprint(data[FINGERPRINT_SIZE:]) != data[:FINGERPRINT_SIZE]:
            return None  # after a power cut the bytes may be damaged, and marshal must not read those
        return from_bytes(data[FINGERPRINT_SIZE:])

    def mark_dirty(self, *, empty: bool) -> None:
        """Record that a build has begun; `empty` deletes everything that earlier builds have stored."""
        if empty:
            for (name,) in self.execute("select name from sqlite_master where type = 'table'").fetchall():
                self.execute(f"delete from {name}")
        self._meta.remove([_CLEAN])

    def mark_clean(self, record: object) -> None:
        """Record that the build is finished, with its own record (plain data)."""
        data = canonical_bytes(record)
        self._meta.update([(_CLEAN, fingerprint(data) + data)])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write everything in the block, or nothing."""
        with self._usable():  # commits, or rolls back
            self.execute("begin")
            yield

    def traces(self) -> dict[str, TaskTrace]:
        """Return the trace of each task by its name."""
        return {name: _trace_from(data) for name, data in self._traces.items()}

    def put_traces(self, traces: Mapping[str, TaskTrace]) -> None:
        """Store the traces of tasks."""
        self._traces.update((name, _trace_bytes(trace)) for name, trace in traces.items())

    def remove_traces(self, names: Iterable[str]) -> None:
        """Forget tasks."""
        self._traces.remove(names)

    def memo_dependencies(self) -> dict[int, array[int]]:
        """Return what was read for each memo, by the memo's number."""
        return {_unsigned(id_): array("Q", data) for id_, data in self._memo_dependencies.items()}

    def memo_fingerprints(self, memo: int) -> bytes:
        """Return the fingerprints of a memo; empty if the memo is not known."""
        return self._memo_fingerprints.get(_signed(memo)) or b""

    def memo_value(self, memo: int) -> Any:
        """Return the value of a persistent memo. Raises `KeyError` if it is not stored."""
        data = self._memo_values.get(_signed(memo))
        if data is None:
            raise KeyError(memo)
        return from_bytes(data)

    def put_memos(self, memos: Mapping[int, Memo]) -> None:
        """Store memos; the value only of persistent ones."""
        self._memo_dependencies.update((_signed(id_), memo.dependencies.tobytes()) for id_, memo in memos.items())
        self._memo_fingerprints.update((_signed(id_), memo.fingerprints) for id_, memo in memos.items())
        self._memo_values.update(
            (_signed(id_), canonical_bytes(memo.value)) for id_, memo in memos.items() if memo.persistent
        )

    def remove_memos(self, memos: Iterable[int]) -> None:
        """Forget memos."""
        keys = list(map(_signed, memos))
        for table in (self._memo_dependencies, self._memo_fingerprints, self._memo_values):
            table.remove(keys)

    def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        """Run one statement."""
        return self._usable().execute(statement, values)

    def execute_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run one statement for many rows."""
        self._usable().executemany(statement, rows)

    def _usable(self) -> sqlite3.Connection:
        if self._process != os.getpid():
            self._inherited = self._connection  # keeps it alive: SQLite does not allow it to be closed here
            self._connection, self._process = _connect(self._path), os.getpid()
        return self._connection


def is_spoilt(error: sqlite3.Error) -> bool:
    """Return whether an error means that a file is damaged or no store; other errors (a locked file) do not."""
    return type(error) is sqlite3.DatabaseError


def is_busy(error: sqlite3.Error) -> bool:
    """Return whether an error says that another build is writing."""
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY


def discard(path: Path) -> None:
    """Delete a store's file and SQLite's files beside it."""
    for name in (path.name, f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)


def prune(folder: Path, names: str, days: int) -> None:
    """Delete the stores, or other files, that no build has used for a number of days.

    `names` is the pattern of their names: the folder may hold other people's files.
    """
    for path in folder.glob(names):
        with suppress(OSError):  # another build has taken it away, or has it open
            if path.stat().st_mtime < time.time() - days * 86_400:
                discard(path)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("pragma page_size = 65536")  # some values are many megabytes
        connection.execute("pragma synchronous = off")  # a build lost to a power cut can be run again
        connection.execute("pragma user_version")  # reads the header: a file that is no database is refused here
        connection.execute("select count(*) from sqlite_master")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _trace_bytes(trace: TaskTrace) -> bytes:
    return canonical_bytes((trace.dependencies.tobytes(), dict(trace.uses), trace.outputs))


def _trace_from(data: bytes) -> TaskTrace:
    dependencies, uses, outputs = from_bytes(data)
    return TaskTrace(array("Q", dependencies), uses, outputs)


def _signed(number: int) -> int:
    """Return the number as SQLite can store it: 64 bits with a sign."""
    return number - (1 << 64) if number >= 1 << 63 else number


def _unsigned(number: int) -> int:
    return number + (1 << 64) if number < 0 else number
