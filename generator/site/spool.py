"""Bytes that are too many to be held, in a file that is nobody's but this build's; read when somebody asks for some."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import overload


class Spool:
    """A file without a name. Copies of this process write to it, too, and each reads what any has written."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        self._lock = multiprocessing.get_context().Lock()

    def put(self, parts: Sequence[bytes]) -> Sequence[bytes]:
        """The parts as they can be read again, as long as there is this spool."""
        with self._lock:
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(b"".join(parts))
            self._file.flush()
        return Spooled(self._file.fileno(), array("Q", accumulate(map(len, parts), initial=start)))

    def close(self) -> None:
        """Done."""
        self._file.close()


class Spooled(Sequence[bytes]):
    """Parts of a spool, one behind the other, each ending where the next one begins."""

    def __init__(self, file: int, bounds: Sequence[int]) -> None:
        self._file, self._bounds = file, bounds

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | Sequence[bytes]:
        places = range(len(self))[index]
        if isinstance(places, range):
            return [self[place] for place in places]
        return _read(self._file, self._bounds[places], self._bounds[places + 1])

    def __iter__(self) -> Iterator[bytes]:
        first = self._bounds[0]
        whole = _read(self._file, first, self._bounds[-1])
        return (whole[start - first : end - first] for start, end in pairwise(self._bounds))

    def __len__(self) -> int:
        return len(self._bounds) - 1


def _read(file: int, start: int, end: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(file, end - start, start)
    # Without it there are no copies of this process either that might move the place of reading.
    os.lseek(file, start, os.SEEK_SET)
    return os.read(file, end - start)
