"""Writes the files of a site. What a file keeps of its old content is copied, not made again."""

from __future__ import annotations

import os
from collections.abc import Iterable
from io import BufferedWriter, FileIO
from pathlib import Path

_AT_ONCE = 1 << 18
"""Bytes that are copied at once: as fast as the system itself does it, where it can."""


class Writer:
    """Writes into the folder `site`, by paths from there; folders are made as they are needed."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._folders: set[str] = set()

    def write(self, path: str, content: str | bytes) -> None:
        """Write a whole file."""
        with self.opened(path) as file:
            file.write(content if isinstance(content, bytes) else content.encode())

    def opened(self, path: str) -> BufferedWriter:
        """A file to be written anew."""
        # Of 25,000 files, which a thousand plans are, `pathlib` would take a fifth of the time.
        target = f"{self._site}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._folders.add(folder)
        return open(target, "wb")  # noqa: PTH123

    def has(self, path: str, size: int) -> bool:
        """Whether there is such a file, of so many bytes."""
        target = self._site / path
        return target.is_file() and target.stat().st_size == size

    def rewrite(self, path: str, parts: Iterable[bytes | range]) -> None:
        """Write a file that is there, from new bytes and ranges of what it was, in their order. What stays where it was
        is not touched."""
        with (self._site / path).open("r+b", buffering=0) as file:
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
                    _move(file, part, to, range(0, len(part), _AT_ONCE))
            for to, part in reversed(old):
                if to > part.start:
                    _move(file, part, to, reversed(range(0, len(part), _AT_ONCE)))
            for to, text in new:
                _write(file, to, memoryview(text))
            file.truncate(at)


def _move(file: FileIO, part: range, to: int, starts: Iterable[int]) -> None:
    for start in starts:
        piece = part[start : start + _AT_ONCE]
        file.seek(piece.start)
        content = file.read(len(piece))
        if len(content or b"") < len(piece):
            raise EOFError(f"{file.name} ends before byte {piece.stop}")
        _write(file, to + start, memoryview(content))


def _write(file: FileIO, to: int, content: memoryview) -> None:
    file.seek(to)
    while content:
        content = content[file.write(content) :]


def empty(site: Path) -> None:
    """A folder for a site, emptied as MkDocs does it: what begins with a dot (`.git`, `.nojekyll`) is not a site's."""
    from mkdocs.utils import clean_directory

    site.mkdir(parents=True, exist_ok=True)
    clean_directory(str(site))


def remove(site: Path, paths: Iterable[str]) -> None:
    """Take files away, and the folders that they leave empty."""
    for name in paths:
        path = site / name
        path.unlink(missing_ok=True)
        for folder in path.relative_to(site).parents:
            if folder == Path() or any((site / folder).iterdir()):
                break
            (site / folder).rmdir()
