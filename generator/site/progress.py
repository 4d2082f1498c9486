"""The progress of a build, how long its stages take, and the report of what it has done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

Listener = Callable[[str, int, int, float], None]
"""Called with the stage, how much of it is done, of how much, and the seconds that it has taken."""

INTERVAL = 0.1
"""Seconds between two calls of a listener."""


class Clock:
    """Measures stages, and calls a listener, if there is one."""

    def __init__(self, listener: Listener | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._listener = listener
        self._last_call = self._of_inner = 0.0
        self._starts: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a stage from here to the end of the block, without those inside of it; it may be entered again."""
        start = self._starts[name] = time.perf_counter()
        of_inner, self._of_inner = self._of_inner, 0.0
        if self._listener:
            self._listener(name, 0, 0, 0.0)
        try:
            yield
        finally:
            seconds = time.perf_counter() - start
            self.seconds[name] = self.seconds.get(name, 0.0) + seconds - self._of_inner
            self._of_inner = of_inner + seconds

    def advance(self, stage: str, done: int, total: int) -> None:
        """Report how many parts of a stage are done."""
        now = time.perf_counter()
        if self._listener and (now - self._last_call > INTERVAL or done == total):
            self._last_call = now
            self._listener(stage, done, total, now - self._starts[stage])


@dataclass
class BuildReport:
    """What a build has done.

    `problems` counts those in the content by level, `tasks` the tasks run, `counts` the site's files by kind; `seconds`
    is the time by stage; `lost` are addresses of published pages that no longer exist. `in_memory` is everything that
    was read and made. It lives as long as the report: a process that ends with the build keeps the report, because
    freeing millions of objects takes seconds.
    """

    problems: Mapping[str, int] = field(default_factory=dict)
    tasks: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    lost: Sequence[str] = ()
    in_memory: Sequence[object] = field(default=(), repr=False, compare=False)
