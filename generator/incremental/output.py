"""The folder that a build writes to. Only a folder that bears our mark, or an empty one, is ever written to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from io import BufferedWriter
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
            for parent in path.relative_to(self.root).parents:
                folder = self.root / parent
                if parent == Path() or (folder.is_dir() and any(folder.iterdir())):
                    break
                self._folders.discard(f"{self.root}/{parent.as_posix()}")
                with suppress(FileNotFoundError):  # somebody was here before us
                    folder.rmdir()

    def rewrite(self, path: str, parts: Iterable[bytes | range]) -> None:
        """Write a file from new bytes and from ranges of what it was."""
        with (self.root / path).open("rb") as old, self.open(f"{path}.new") as new:
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
        (self.root / f"{path}.new").replace(self.root / path)


def _visible(folder: Path) -> Iterable[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")]
