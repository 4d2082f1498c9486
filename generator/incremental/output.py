"""The folder that a build writes to. A build writes only to a folder that has our mark or is empty.

A build writes beside the published files; `publish` moves the new files into place (`publication.py`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from io import BufferedWriter
from pathlib import Path

try:
    import fcntl
except ImportError:  # on Windows builds do not wait for each other
    fcntl = None  # type: ignore[assignment]

from generator.incremental.publication import Publication

_BLOCK = 1 << 18
"""Bytes copied at a time."""


class ForeignDirectoryError(Exception):
    """The folder is not empty and has no mark, so its files belong to somebody else."""


class OutputDirectory:
    """Files below `root`, named by their relative paths; folders are made when needed.

    `mark` is the name of a file in it that shows that the folder belongs to a build: its first line is the caller's,
    the others are the paths of all files that builds made. No other file is ever removed.
    """

    def __init__(self, root: Path, mark: str) -> None:
        self.root = root
        self._mark = root / mark
        self._publication = Publication(root, mark)
        self.staging = self._publication.staging
        self._folders: set[str] = set()

    @property
    def files(self) -> Set[str]:
        """The paths of the files that the mark lists."""
        return frozenset(self._read_mark()[1:])

    @property
    def undoable(self) -> bool:
        """Whether `undo` can put the last state back."""
        return self._publication.undoable

    @contextmanager
    def claim(self, while_waiting: Callable[[], AbstractContextManager[None]] = nullcontext) -> Iterator[None]:
        """Take the folder for one build. If another build has it, wait inside `while_waiting`.

        A publication that an earlier build began is finished, other leftovers are removed. A folder that did not exist
        is removed again if the build publishes nothing. Raises `ForeignDirectoryError` if the folder belongs to
        somebody else, `OSError` if it cannot be written to.
        """
        self._refuse_foreign()
        absent = [folder for folder in (self.root, *self.root.parents) if not folder.exists()]
        with _locked(self.root, while_waiting):
            self._refuse_foreign()  # a file may have been added while this build waited
            if self._publication.begun:
                self._publication.finish()
            self._publication.discard()
            try:
                yield
            finally:
                if not self._publication.begun:
                    with suppress(OSError):  # a failing disk; the next build removes the leftovers
                        self._publication.discard()
                for folder in absent:
                    with suppress(OSError):  # not empty: the folder is used now
                        folder.rmdir()

    def publish(self, mark: str, files: Set[str]) -> Set[str]:
        """Put what was written in place, with `mark` as the first line of the mark; return the paths that were written.

        `files` are the paths of all files of the new state. Earlier outputs that are not among them are removed.
        """
        text = "\n".join((mark, *sorted(files)))
        self._folders.clear()
        return self._publication.publish(text, self.files - files)

    def forget_last(self) -> None:
        """Keep the last state no longer."""
        self._publication.forget_last()

    def undo(self) -> None:
        """Put the last state back. Raises `FileNotFoundError` if none was kept."""
        self._publication.undo()

    def write(self, path: str, content: str | bytes) -> None:
        """Write a whole file."""
        with self.open(path) as file:
            file.write(content if isinstance(content, bytes) else content.encode())

    def open(self, path: str) -> BufferedWriter:
        """Open a file of the next state for writing."""
        # A thousand plans are 25,000 files; `pathlib` would take a fifth of the time.
        target = f"{self.staging}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._folders.add(folder)
        return open(target, "wb")  # noqa: PTH123

    def has(self, path: str, size: int) -> bool:
        """Return whether a file of this size in bytes is published."""
        target = self.root / path
        return target.is_file() and target.stat().st_size == size

    def rewrite(self, path: str, parts: Iterable[bytes | range]) -> None:
        """Write a file from new bytes and from ranges of the published file."""
        with (self.root / path).open("rb") as old, self.open(path) as new:
            for part in parts:
                if isinstance(part, bytes):
                    new.write(part)
                else:
                    old.seek(part.start)
                    for start in range(0, len(part), _BLOCK):
                        block = old.read(min(_BLOCK, len(part) - start))
                        if len(block) < min(_BLOCK, len(part) - start):
                            raise EOFError(f"{path} ends before byte {part.stop}")
                        new.write(block)

    def _read_mark(self) -> list[str]:
        return (self._mark.read_text(encoding="utf-8") if self._mark.is_file() else "").split("\n")

    def _refuse_foreign(self) -> None:
        if not self._mark.is_file() and self.root.exists() and any(_visible(self.root)):
            raise ForeignDirectoryError(self.root)


@contextmanager
def _locked(folder: Path, while_waiting: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    """Make a folder and lock it. The system unlocks it when the process and its copies end, even if they are killed."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        if not fcntl:
            yield
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                with while_waiting():
                    fcntl.flock(handle, fcntl.LOCK_EX)
            if _is_at(handle, folder):  # else the build that held it has removed it unused
                yield
                return
        finally:
            os.close(handle)


def _is_at(handle: int, folder: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), folder.stat())
    except FileNotFoundError:
        return False


def _visible(folder: Path) -> Iterable[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")]
