"""Bytes that are too many to be held, in a file that is nobody's but this build's; read when somebody asks for some."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from itertools import accumulate
from pathlib import Path


class Spool:
    """A file without a name. If it is `shared`, copies of this process write to it, too, and each reads what any has
    written."""

    def __init__(self, folder: Path, *, shared: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        # As copies are made (`crew`); not every system has locks for processes, nor needs one that builds alone.
        self._lock = multiprocessing.get_context("fork").Lock() if shared and hasattr(os, "fork") else nullcontext()

    def put(self, parts: Iterable[bytes]) -> Spooled:
        """The parts as they can be read again, as long as there is this spool."""
        parts = list(parts)
        with self._lock:
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(b"".join(parts))
            self._file.flush()
        return Spooled(self._file.fileno(), array("Q", accumulate(map(len, parts), initial=start)))

    def close(self) -> None:
        """Done."""
        self._file.close()


class Spooled:
    """Parts in a spool, one behind the other, each ending where the next one begins."""

    def __init__(self, file: int, bounds: Sequence[int]) -> None:
        self._file, self._bounds = file, bounds

    def at(self, places: Sequence[int]) -> list[bytes]:
        """Those at some places, ascending."""
        if not places:
            return []
        bounds = self._bounds
        first = bounds[places[0]]
        # All between them is read, too: to ask for each would take longer.
        read = _read(self._file, first, bounds[places[-1] + 1])
        return [read[bounds[place] - first : bounds[place + 1] - first] for place in places]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.at(range(len(self._bounds) - 1)))


def _read(file: int, start: int, end: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(file, end - start, start)
    # Without it there are no copies of this process either that might move the place of reading.
    os.lseek(file, start, os.SEEK_SET)
    return os.read(file, end - start)
