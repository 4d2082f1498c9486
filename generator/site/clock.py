"""How long the stages of a build take, and how far a stage has come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[str, int, int, float], None]
"""Told the stage, how much of it is done, of how much, and the seconds that it has taken."""

EVERY = 0.1
"""Seconds between two tellings."""


class Clock:
    """Measures stages; tells a listener, if there is one."""

    def __init__(self, tell: Tell | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._tell = tell
        self._told = self._began = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A stage from here to the end of the block; a stage may be entered again."""
        self._began = time.perf_counter()
        if self._tell:
            self._tell(name, 0, 0, 0.0)
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - self._began

    def done(self, stage: str, number: int, of: int) -> None:
        """So many parts of a stage are done."""
        now = time.perf_counter()
        if self._tell and (now - self._told > EVERY or number == of):
            self._told = now
            self._tell(stage, number, of, now - self._began)
