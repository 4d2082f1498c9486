"""Several processes at one list of jobs: each is a copy of this one, with all that was read, and does its share."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from multiprocessing.connection import Connection

from generator.site.clock import Clock
from generator.site.files import Job
from generator.site.make import Finished, Maker
from generator.site.request import BuildError

FEWEST = 200
"""Jobs for which it is worth starting another process."""
FEWEST_AHEAD = 20
"""The same of jobs that take longer (`jobs_ahead`)."""


def make_all(maker: Maker, jobs: Sequence[Job], processes: int, clock: Clock, fewest: int = FEWEST) -> Finished:
    """Do all jobs; what was made and read, and what is left to be written. `fewest` are worth another process."""
    number = max(1, min(processes, len(jobs) // fewest)) if hasattr(os, "fork") else 1
    # A copy of the process has all bodies of plans at no cost; starting one anew would have to read them again.
    context = multiprocessing.get_context("fork")
    helpers = []
    for place in range(1, number):
        near, far = context.Pipe(duplex=False)
        process = context.Process(target=_help, args=(maker, jobs[place::number], far))
        process.start()
        far.close()
        helpers.append((process, near))
    own = jobs[::number]
    done = iter(range(number, len(jobs) + number, number))
    finished = maker.make(own, lambda: clock.done("pages", min(next(done), len(jobs)), len(jobs)))
    for process, near in helpers:
        others: Finished | BuildError = near.recv()
        process.join()
        if isinstance(others, BuildError):
            raise others
        finished.made.update(others.made)
        finished.kept.update(others.kept)
        finished.without_shell.extend(others.without_shell)
        finished.markdown.update(others.markdown)
        finished.remarks.extend(others.remarks)
    maker.take(finished.kept)
    return finished


def _help(maker: Maker, jobs: Sequence[Job], answer: Connection) -> None:
    try:
        answer.send(maker.make(jobs, lambda: None))
    except BuildError as error:
        answer.send(error)
    answer.close()
