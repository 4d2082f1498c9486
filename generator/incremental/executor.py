"""Runs a function over many items, in this process or in several copies of it.

A copy (fork) has all that this process has read, at no cost. Where the system has no fork, or other threads are running
(a copy would inherit their locks, locked for ever), one process does all: the caller says so by `processes=1`.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import tempfile
import traceback
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from io import FileIO
from itertools import takewhile
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

_INDEX_SIZE = array("Q").itemsize
"""Size in bytes of one index in the file of `_SharedIndexes`."""

I = TypeVar("I")  # noqa: E741
R = TypeVar("R")

EXIT_WAIT = 1.0
"""Seconds to wait for the exit code of a copy that has closed its connection."""
ITEMS_AT_ONCE = 16
"""Items that a process takes at a time, fewer near the end. Neighbouring items often read the same data."""
FEWEST_ITEMS = 25
"""With fewer items than this for each process, another process is not worth its start."""


class WorkerLostError(Exception):
    """A copy of this process ended without a message: it was killed, or memory ran out."""


class Worker:
    """A copy of this process that runs `main`, and the connection to it. What `main` raises is raised here."""

    def __init__(self, main: Callable[[WorkerEnd], None]) -> None:
        context = multiprocessing.get_context("fork")
        self._connection, child_conn = context.Pipe()
        # The copy closes its inherited end: else it would wait for ever if the first process is killed.
        ends = self._connection, child_conn
        self._process: BaseProcess = context.Process(target=_worker_main, args=(main, *ends), daemon=True)
        self._process.start()
        child_conn.close()  # else this process would never see that the copy closes it

    def send(self, value: object) -> None:
        """Send a value to the copy."""
        with suppress(ConnectionError):  # the copy has ended; its last message tells why
            self._connection.send(value)

    def receive(self) -> Any:
        """Return the next value that the copy sends.

        Raises what the copy has raised, or `WorkerLostError`.
        """
        try:
            succeeded, value = self._connection.recv()
        except (EOFError, OSError) as error:  # the copy ended before or within a message
            raise self._lost() from error
        if not succeeded:
            raise value
        return value

    def check(self) -> None:
        """Raise `WorkerLostError` if the copy was killed."""
        if self._process.exitcode:
            raise self._lost()

    def close(self) -> None:
        """End the copy, whether it is at work or not."""
        self._connection.close()
        self._process.kill()  # it may have inherited a handler for SIGTERM
        self._process.join()
        self._process.close()

    def _lost(self) -> WorkerLostError:
        self._process.join(EXIT_WAIT)
        return WorkerLostError(f"a process that was at work beside this one ended with {self._process.exitcode}")


class WorkerEnd:
    """The copy's end of the connection: sends values that `Worker.receive` returns."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.receive = connection.recv

    def send(self, value: object) -> None:
        """Send a value to the first process."""
        self._connection.send((True, value))


def process_count(processes: int, items: int, fewest: int = FEWEST_ITEMS) -> int:
    """Return how many processes are worth starting for a number of items."""
    return max(1, min(processes, items // fewest)) if hasattr(os, "fork") else 1


def map_items(
    function: Callable[[I], R],
    items: Sequence[I],
    processes: int = 1,
    *,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[R]:
    """Return the results of all items, in any order; `meanwhile` is called first, while copies are already at work.

    Each process takes the next few items when it is free, because some items take a hundred times as long as others.
    An error of `function`, in any process, ends all of them and is raised here.
    """
    number = process_count(processes, len(items))
    if number > 1:
        return _map_in_copies(function, items, number, on_progress, meanwhile)
    meanwhile()
    results = []
    for item in items:
        results.append(function(item))
        on_progress(len(results), len(items))
    return results


def _map_in_copies(
    function: Callable[[I], R],
    items: Sequence[I],
    number: int,
    on_progress: Callable[[int, int], None],
    meanwhile: Callable[[], None],
) -> list[R]:
    """Return the results of all items; `processes` counts this process and its copies."""

    def attempt(index: int) -> R:
        try:
            return function(items[index])
        except BaseException:
            indexes.stop()
            raise

    def work(end: WorkerEnd) -> None:
        first = os.getppid()
        results = [attempt(index) for index in takewhile(lambda _: os.getppid() == first, indexes)]
        end.send(len(results))
        for result in results:
            end.send(result)

    with ExitStack() as stack:
        indexes = _SharedIndexes(stack.enter_context(tempfile.TemporaryFile(buffering=0)), len(items))
        workers = [stack.enter_context(closing(Worker(work))) for _ in range(1, number)]
        meanwhile()
        results = []
        for index in indexes:
            results.append(attempt(index))
            on_progress(indexes.position, len(items))
            for worker in workers:
                worker.check()
        for worker in workers:
            results += [worker.receive() for _ in range(worker.receive())]
    return results


class _SharedIndexes:
    """The indexes of a list; each index is taken by one of several copies of this process.

    The indexes stand in a file whose read position all copies share. One read takes the next index in a single system
    call, so a copy that is killed leaves no lock behind.
    """

    def __init__(self, file: FileIO, count: int) -> None:
        self._file, self._count = file, count
        self._file.write(array("Q", range(count)).tobytes())
        self._file.seek(0)

    def __iter__(self) -> Iterator[int]:
        while data := self._file.read(_INDEX_SIZE * min(ITEMS_AT_ONCE, 1 + (self._count - self.position) // 64)):
            yield from array("Q", data)

    def stop(self) -> None:
        """Let no process take another index."""
        self._file.seek(0, os.SEEK_END)

    @property
    def position(self) -> int:
        """How many indexes have been taken."""
        return self._file.tell() // _INDEX_SIZE


def _worker_main(main: Callable[[WorkerEnd], None], parent_conn: Connection, child_conn: Connection) -> None:
    parent_conn.close()
    try:
        main(WorkerEnd(child_conn))
    except BaseException as error:  # the first process raises it, whatever it is
        with suppress(ConnectionError):
            child_conn.send((False, _portable(error)))
    finally:
        child_conn.close()


def _portable(error: BaseException) -> BaseException:
    """Return an error that can be pickled; its traceback, which pickling loses, is added as a note."""
    text = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # an error class may have a constructor that pickle cannot call
        error = RuntimeError(next(traceback.TracebackException.from_exception(error).format_exception_only()).strip())
    error.add_note(text)
    return error
