"""The folder that a build writes to. Only a folder that bears our mark, or an empty one, is ever written to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from io import BufferedWriter, FileIO
from pathlib import Path

_BLOCK = 1 << 18
"""Bytes that are copied at once."""


class ForeignDirectoryError(Exception):
    """A folder that is not empty and bears no mark: what it holds is somebody's."""


class OutputDirectory:
    """Files below `root`, named by their paths from there; folders are made as they are needed.

    `mark` is the name of a file in it that tells that the folder is a build's own. What begins with a dot (`.git`,
    `.nojekyll`) is never taken away and does not make a folder somebody's.
    """

    def __init__(self, root: Path, mark: str) -> None:
        self.root = root
        self._mark = root / mark
        self._folders: set[str] = set()

    @property
    def marked(self) -> str:
        """What the mark says; nothing where there is none."""
        return self._mark.read_text(encoding="utf-8") if self._mark.is_file() else ""

    def claim(self) -> None:
        """Make the folder, if need be, and put a mark there that says that it is not finished.

        Raises `ForeignDirectoryError` where the folder is somebody's, `OSError` where it cannot be written to.
        """
        if not self._mark.is_file() and self.root.exists() and any(_visible(self.root)):
            raise ForeignDirectoryError(self.root)
        self.root.mkdir(parents=True, exist_ok=True)
        self.mark("unfinished\n")

    def mark(self, text: str) -> None:
        """Write the mark."""
        self._mark.write_text(text, encoding="utf-8")

    def clean(self) -> None:
        """Take away all that the folder holds but its mark. It must have been claimed."""
        for path in _visible(self.root):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    def write(self, path: str, content: str | bytes) -> None:
        """Write a whole file."""
        with self.open(path) as file:
            file.write(content if isinstance(content, bytes) else content.encode())

    def open(self, path: str) -> BufferedWriter:
        """Return a file to be written anew."""
        # Of 25,000 files, which a thousand plans are, `pathlib` would take a fifth of the time.
        target = f"{self.root}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._folders.add(folder)
        return open(target, "wb")  # noqa: PTH123

    def has(self, path: str, size: int) -> bool:
        """Return whether there is a file of so many bytes."""
        target = self.root / path
        return target.is_file() and target.stat().st_size == size

    def remove(self, paths: Iterable[str]) -> None:
        """Take files away, and the folders that they leave empty."""
        for name in paths:
            path = self.root / name
            path.unlink(missing_ok=True)
            for folder in path.relative_to(self.root).parents:
                if folder == Path() or any((self.root / folder).iterdir()):
                    break
                (self.root / folder).rmdir()

    def rewrite(self, path: str, parts: Iterable[bytes | range]) -> None:
        """Write a file from new bytes and ranges of what it was, in their order. What stays in its place is not touched."""
        with (self.root / path).open("r+b", buffering=0) as file:
            new: list[tuple[int, bytes]] = []
            old: list[tuple[int, range]] = []
            at = 0
            for part in parts:
                if isinstance(part, bytes):
                    new.append((at, part))
                else:
                    old.append((at, part))
                at += len(part)
            # Nothing is written over before it has been moved: what moves up first, then from the end what moves down.
            for to, part in old:
                if to < part.start:
                    _move(file, part, to, range(0, len(part), _BLOCK))
            for to, part in reversed(old):
                if to > part.start:
                    _move(file, part, to, reversed(range(0, len(part), _BLOCK)))
            for to, content in new:
                _write(file, to, memoryview(content))
            file.truncate(at)


def _visible(folder: Path) -> Iterable[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")]


def _move(file: FileIO, part: range, to: int, starts: Iterable[int]) -> None:
    for start in starts:
        block = part[start : start + _BLOCK]
        file.seek(block.start)
        content = file.read(len(block))
        if len(content or b"") < len(block):
            raise EOFError(f"{file.name} ends before byte {block.stop}")
        _write(file, to + start, memoryview(content))


def _write(file: FileIO, to: int, content: memoryview) -> None:
    file.seek(to)
    while content:
        content = content[file.write(content) :]
