"""Writes the files of a site. What a file keeps of its old content is copied, not made again."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

_AT_ONCE = 1 << 18
"""Bytes that are copied at once: as fast as the system itself does it, where it can."""


class Writer:
    """Writes into the folder `site`, by paths from there; folders are made as they are needed."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._folders: set[str] = set()

    def write(self, path: str, content: str | bytes | list[bytes]) -> None:
        """Write a whole file, given as a whole or in parts."""
        # Of 25,000 files, which a thousand plans are, `pathlib` would take a fifth of the time.
        target = f"{self._site}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._folders.add(folder)
        with open(target, "wb") as file:  # noqa: PTH123
            if isinstance(content, list):
                file.writelines(content)
            else:
                file.write(content if isinstance(content, bytes) else content.encode())

    def has(self, path: str, size: int) -> bool:
        """Whether there is such a file, of so many bytes."""
        target = self._site / path
        return target.is_file() and target.stat().st_size == size

    def rewrite(self, path: str, parts: Iterable[bytes | range]) -> None:
        """Write a file that is there, from new bytes and ranges of what it was."""
        target = self._site / path
        new = target.with_name(f"{target.name}.new")
        with target.open("rb", buffering=0) as old, new.open("wb") as file:
            for part in parts:
                if isinstance(part, bytes):
                    file.write(part)
                else:
                    _copy(old, part, file)
        new.replace(target)


def _copy(old: BinaryIO, part: range, file: BinaryIO) -> None:
    old.seek(part.start)
    left, buffer = len(part), memoryview(bytearray(min(len(part), _AT_ONCE)))
    while left:
        read = old.readinto(buffer[:left])  # type: ignore[attr-defined]  # of a file that is not buffered
        if not read:
            raise EOFError(f"{old.name} ends before byte {part.stop}")
        file.write(buffer[:read])
        left -= read
