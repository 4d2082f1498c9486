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
from contextlib import ExitStack, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

I = TypeVar("I")  # noqa: E741
R = TypeVar("R")

FEWEST_ITEMS = 25
"""Items for which it is worth starting another process."""


class WorkerLostError(Exception):
    """A copy of this process ended without a word: killed, or out of memory."""


class Worker:
    """A copy of this process that runs `main`, and the line to it. Whatever `main` raises is raised here."""

    def __init__(self, main: Callable[[WorkerEnd], None]) -> None:
        context = multiprocessing.get_context("fork")
        self._connection, child_conn = context.Pipe()
        self._process: BaseProcess = context.Process(target=_worker_main, args=(main, child_conn), daemon=True)
        self._process.start()
        child_conn.close()  # else its end would never be seen here

    def send(self, value: object) -> None:
        """Send a value to the copy."""
        with suppress(BrokenPipeError):  # it has ended; why is told by what it sent last
            self._connection.send(value)

    def receive(self) -> Any:
        """Return the next value that the copy sends.

        Raises what it has raised, or `WorkerLostError`.
        """
        try:
            succeeded, value = self._connection.recv()
        except (EOFError, ConnectionResetError) as error:
            raise WorkerLostError from error
        if not succeeded:
            raise value
        return value

    def close(self) -> None:
        """End the copy, at work or not."""
        self._connection.close()
        self._process.terminate()
        self._process.join()


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
    next_index = multiprocessing.get_context("fork").Value("L", 0)

    def taken() -> Iterator[I]:
        while True:
            with next_index.get_lock():
                index = next_index.value
                next_index.value = index + 1
            if index >= len(items):
                return
            yield items[index]

    def attempt(item: I) -> R:
        try:
            return function(item)
        except Exception:
            next_index.value = len(items)  # nobody takes another one
            raise

    def work(end: WorkerEnd) -> None:
        results = [attempt(item) for item in taken()]
        end.send(len(results))
        for result in results:
            end.send(result)

    with ExitStack() as stack:
        workers = [Worker(work) for _ in range(1, number)]
        for worker in workers:
            stack.callback(worker.close)
        meanwhile()
        results = []
        for item in taken():
            results.append(attempt(item))
            on_progress(min(next_index.value, len(items)), len(items))
        for worker in workers:
            results += [worker.receive() for _ in range(worker.receive())]
    return results


def _worker_main(main: Callable[[WorkerEnd], None], connection: Connection) -> None:
    try:
        main(WorkerEnd(connection))
    except Exception as error:  # whatever it is, the first process raises it
        with suppress(BrokenPipeError):
            connection.send((False, _portable(error)))
    finally:
        connection.close()


def _portable(error: Exception) -> Exception:
    """Return an error that can be sent, with the traceback that would be lost on the way as a note."""
    text = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # a class of errors may have any constructor
        error = RuntimeError(str(error))
    error.add_note(text)
    return error
