"""Runs a function over many items, in this process or in several copies of it.

A copy (fork) has all that this process has read, at no cost. Where there is no fork, and where threads are running
beside (a copy would inherit their locks, held for ever), one process does all: the caller says so by `processes=1`.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

I = TypeVar("I")  # noqa: E741
R = TypeVar("R")

LAST_BREATH = 1.0
"""Seconds in which a copy that has closed its line ends, so that its exit code can be told."""
PATIENCE = 0.5
"""Seconds after which this process asks whether who holds the lock is still alive."""
FEWEST_ITEMS = 25
"""Items for which it is worth starting another process."""


class WorkerLostError(Exception):
    """A copy of this process ended without a word: killed, or out of memory."""


class Worker:
    """A copy of this process that runs `main`, and the line to it. Whatever `main` raises is raised here."""

    def __init__(self, main: Callable[[WorkerEnd], None]) -> None:
        context = multiprocessing.get_context("fork")
        self._connection, child_conn = context.Pipe()
        # It closes the end that it has inherited: else it would wait for ever for a first process that was killed.
        ends = self._connection, child_conn
        self._process: BaseProcess = context.Process(target=_worker_main, args=(main, *ends), daemon=True)
        self._process.start()
        child_conn.close()  # else its end would never be seen here

    def send(self, value: object) -> None:
        """Send a value to the copy."""
        with suppress(ConnectionError):  # it has ended; why is told by what it sent last
            self._connection.send(value)

    def receive(self) -> Any:
        """Return the next value that the copy sends.

        Raises what it has raised, or `WorkerLostError`.
        """
        try:
            succeeded, value = self._connection.recv()
        except (EOFError, OSError) as error:  # before a message, or in the middle of one
            raise self._lost() from error
        if not succeeded:
            raise value
        return value

    def check(self) -> None:
        """Raise `WorkerLostError` if the copy was killed."""
        if self._process.exitcode:
            raise self._lost()

    def close(self) -> None:
        """End the copy, at work or not."""
        self._connection.close()
        self._process.kill()  # it may have inherited a handler of gentler signals
        self._process.join()
        self._process.close()

    def _lost(self) -> WorkerLostError:
        self._process.join(LAST_BREATH)
        return WorkerLostError(f"a process that was at work beside this one ended with {self._process.exitcode}")


class WorkerEnd:
    """The copy's end of the line: sends values that `Worker.receive` returns."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.receive = connection.recv

    def send(self, value: object) -> None:
        """Send a value to the first process."""
        self._connection.send((True, value))


def process_count(processes: int, items: int, fewest: int = FEWEST_ITEMS) -> int:
    """Return how many processes are worth their start for so many items."""
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

    Each process takes the next item when it has done one, for some take a hundred times as long as others. Whatever
    `function` raises, in whichever process, ends all of them and is raised here.
    """
    number = process_count(processes, len(items))
    if number == 1:
        meanwhile()
        results = []
        for item in items:
            results.append(function(item))
            on_progress(len(results), len(items))
        return results
    queue = _Queue(items)

    def work(end: WorkerEnd) -> None:
        results = [queue.attempt(function, item) for item in queue.taken(queue.check_first)]
        end.send(len(results))
        for result in results:
            end.send(result)

    workers: list[Worker] = []

    def check_workers() -> None:
        for worker in workers:
            worker.check()

    with ExitStack() as stack:
        for _ in range(1, number):
            workers.append(stack.enter_context(closing(Worker(work))))
        meanwhile()
        results = []
        for item in queue.taken(check_workers):
            results.append(queue.attempt(function, item))
            on_progress(queue.taken_count, len(items))
        for worker in workers:
            results += [worker.receive() for _ in range(worker.receive())]
    return results


class _Queue(Generic[I]):
    """Items that several processes take one by one, until there is none or one of them has failed."""

    def __init__(self, items: Sequence[I]) -> None:
        context = multiprocessing.get_context("fork")
        self._items, self._first = items, os.getpid()
        self._next_index, self._failed = context.RawValue("L", 0), context.RawValue("b", 0)
        self._lock = context.Lock()

    @property
    def taken_count(self) -> int:
        """How many items have been taken."""
        return min(int(self._next_index.value), len(self._items))

    def taken(self, check: Callable[[], None]) -> Iterator[I]:
        """Yield the items that this process takes; `check` raises an error where it should give up."""
        while not self._failed.value:
            # Who is killed while it holds the lock never gives it back.
            while not self._lock.acquire(timeout=PATIENCE):
                check()
            index = self._next_index.value
            self._next_index.value = index + 1
            self._lock.release()
            if index >= len(self._items):
                return
            check()
            yield self._items[index]

    def attempt(self, function: Callable[[I], R], item: I) -> R:
        """Return the result of an item; where there is none, nobody takes another one."""
        try:
            return function(item)
        except BaseException:
            self._failed.value = 1
            raise

    def check_first(self) -> None:
        """Raise `WorkerLostError` in a copy if the first process was killed."""
        if os.getppid() != self._first:
            raise WorkerLostError("the first process was killed")


def _worker_main(main: Callable[[WorkerEnd], None], parent_conn: Connection, child_conn: Connection) -> None:
    parent_conn.close()
    try:
        main(WorkerEnd(child_conn))
    except BaseException as error:  # whatever it is, the first process raises it
        with suppress(ConnectionError):
            child_conn.send((False, _portable(error)))
    finally:
        child_conn.close()


def _portable(error: BaseException) -> BaseException:
    """Return an error that can be sent, with the traceback that would be lost on the way as a note."""
    text = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # a class of errors may have any constructor
        error = RuntimeError(next(traceback.TracebackException.from_exception(error).format_exception_only()).strip())
    error.add_note(text)
    return error
