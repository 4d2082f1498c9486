"""Several processes at one list of jobs: each is a copy of this one, with all that was read, and does its share."""

from __future__ import annotations

import marshal
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import count, islice, takewhile
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, TypeVar

from generator.check.names import Register
from generator.site.files import Job
from generator.site.make import Finished, Maker
from generator.site.request import BuildError
from generator.site.shard import Linked, Shard
from generator.site.state import Made

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

T = TypeVar("T")

FEWEST_JOBS, FEWEST_FILES = 25, 200
"""Jobs, and files to be read, for which it is worth starting another process."""

A_FILE = 1_000
"""To read a file costs as much as so many bytes more."""
A_PART = 100
"""Values that are handed over at once."""
HANDING_OVER = 0.1
"""What it costs to hand over what was made of a share of files, as a part of making it."""


def make_all(
    maker: Maker, jobs: Sequence[Job], processes: int, tell: Callable[[int, int], None], stop: Callable[[], bool]
) -> Finished:
    """Do all jobs of a stage, or those that are begun before it is to `stop`; what was made and read, and what is left
    to be written. `tell` is told how many are done, and of how many."""
    number = _number(processes, len(jobs), FEWEST_JOBS)
    if number == 1:
        done = count(1)
        finished = maker.make(takewhile(lambda _: not stop(), jobs), lambda: tell(next(done), len(jobs)))
    else:
        finished = _made_together(maker, jobs, number, tell, stop)
    maker.take(finished.kept)
    return finished


def _made_together(
    maker: Maker, jobs: Sequence[Job], number: int, tell: Callable[[int, int], None], stop: Callable[[], bool]
) -> Finished:
    known = len(maker.facts)
    # Some jobs take a hundred times as long as others: each process takes the next one when it has done one.
    turn = multiprocessing.get_context("fork").Value("L", 0)
    helpers = [_started(_help, maker, jobs, turn) for _ in range(1, number)]
    own = _tried(maker, jobs, turn, lambda: tell(min(turn.value, len(jobs)), len(jobs)), stop)
    answers = [answer for process, near in helpers for answer in _answers(process, near, maker, known)]
    finished = _good(own)
    for answer in answers:
        others = _good(answer)
        finished.made.update(others.made)
        finished.kept.update(others.kept)
        finished.indexes.update(others.indexes)
        finished.without_shell.extend(others.without_shell)
        finished.markdown.update(others.markdown)
    return finished


def _answers(process: BaseProcess, near: Connection, maker: Maker, known: int) -> Iterator[Finished | BuildError]:
    """What another process has done, in the parts in which it comes; `known` facts were the same in both."""
    renumber = _renumbering(known, maker.facts.numbers(marshal.loads(near.recv_bytes())))
    while answer := near.recv():
        if isinstance(answer, Finished):
            made = {name: _renumbered(one, renumber) for name, one in answer.made.items()}
            kept = {name: one._replace(facts=renumber(one.facts)) for name, one in answer.kept.items()}
            answer = answer._replace(made=made, kept=kept)
        yield answer
    process.join()


def link_all(shard: Shard, sizes: Mapping[str, int], processes: int) -> tuple[Register, dict[str, Linked]]:
    """Read all files, which are given with their sizes, and link them; all names, and what is known of the files. What
    others have read comes to this `shard`."""
    own, *shares = _shares(sizes, _number(processes, len(sizes), FEWEST_FILES))
    helpers = [_started(_link, shard, share) for share in shares]
    registers = [shard.read(own), *(near.recv() for _, near in helpers)]
    register = reduce(Register.merged, registers)
    for _, near in helpers:
        near.send(register)
    linked = shard.link(register)
    for process, near in helpers:
        others, bodies = near.recv()
        process.join()
        linked.update(others)
        shard.bodies.take(bodies)
    return register, linked


def _number(processes: int, jobs: int, fewest: int) -> int:
    return max(1, min(processes, jobs // fewest)) if hasattr(os, "fork") else 1


def _started(work: Callable[..., None], *given: object) -> tuple[BaseProcess, Connection]:
    """A copy of this process, at work, and the line to it; the other end is given to the work last.

    A copy has all that was read at no cost; a process started anew would have to read it again.
    """
    context = multiprocessing.get_context("fork")
    near, far = context.Pipe()
    process = context.Process(target=work, args=(*given, far))
    process.start()
    far.close()
    return process, near


def _taken(jobs: Sequence[Job], turn: Synchronized[int], stop: Callable[[], bool]) -> Iterator[Job]:
    """The jobs that this process takes; `turn` is the place of the next one that nobody has. After `stop` there is none
    for any process."""
    while True:
        with turn.get_lock():
            place = len(jobs) if stop() else turn.value
            turn.value = place + 1
        if place >= len(jobs):
            return
        yield jobs[place]


def _shares(sizes: Mapping[str, int], number: int) -> list[list[str]]:
    """Files in `number` shares of about the same work, in their order: of two with one id the later counts. The first
    is larger: who has it need not hand over what was made."""
    shares: list[list[str]] = [[] for _ in range(number)]
    whole = sum(sizes.values()) + A_FILE * len(sizes)
    other = whole / (number + HANDING_OVER)
    before = 0
    for path, size in sizes.items():
        place = max(0, int((before - HANDING_OVER * other) / other))
        shares[min(number - 1, place)].append(path)
        before += size + A_FILE
    return shares


def _link(shard: Shard, paths: Sequence[str], parent: Connection) -> None:
    parent.send(shard.read(paths))
    parent.send((shard.link(parent.recv()), shard.bodies.packed))
    parent.close()


def _good(done: Finished | BuildError) -> Finished:
    if isinstance(done, BuildError):
        raise done
    return done


def _renumbering(known: int, new: Sequence[int]) -> Callable[[Iterable[int]], tuple[int, ...]]:
    """Facts that both processes knew have the same number; the copy has numbered others on its own."""
    return lambda facts: tuple([number if number < known else new[number - known] for number in facts])


def _renumbered(made: Made, renumber: Callable[[Iterable[int]], tuple[int, ...]]) -> Made:
    parts = dict(zip(renumber(made.parts), made.parts.values(), strict=True))
    return made._replace(facts=renumber(made.facts), parts=parts)


def _help(maker: Maker, jobs: Sequence[Job], turn: Synchronized[int], answer: Connection) -> None:
    known = len(maker.facts)
    finished = _tried(maker, jobs, turn, lambda: None, lambda: False)
    answer.send_bytes(marshal.dumps([*maker.facts.since(known)], 2))  # pickled, they would take four times the room
    for part in _in_parts(finished):
        answer.send(part)
    answer.send(None)
    answer.close()


def _in_parts(finished: Finished | BuildError) -> Iterator[Finished | BuildError]:
    """What was done, in parts: on its way as a whole, it would take its room once more in each process."""
    if isinstance(finished, BuildError):
        yield finished
        return
    nothing = Finished({}, {}, {}, [], {})
    yield from (nothing._replace(kept=some) for some in _some(finished.kept))
    yield from (nothing._replace(made=some) for some in _some(finished.made))
    yield finished._replace(kept={}, made={})


def _some(values: Mapping[str, T]) -> Iterator[dict[str, T]]:
    """A table, some of its values at a time."""
    entries = iter(values.items())
    while some := dict(islice(entries, A_PART)):
        yield some


def _tried(
    maker: Maker, jobs: Sequence[Job], turn: Synchronized[int], count: Callable[[], None], stop: Callable[[], bool]
) -> Finished | BuildError:
    """Do the jobs that this process takes; with an error nobody takes another one."""
    try:
        return maker.make(_taken(jobs, turn, stop), count)
    except BuildError as error:
        turn.value = len(jobs)
        return error
