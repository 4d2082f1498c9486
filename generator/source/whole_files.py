"""Writes content files whole or not at all: if the disk is full, the old file stays."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Write a text beside a file and rename it into place; line ends and byte order mark are kept as given.

    If the path is a link, it stays one and its target is replaced. Raises `OSError` with the path of the file.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        beside.write_bytes(text.encode())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def create_text(path: Path, text: str) -> bool:
    """Write a new file, and its folder if needed; return False if the name is taken. Raises `OSError`."""
    path.parent.mkdir(exist_ok=True)
    try:
        path.open("xb").close()  # reserves the name, so that nobody's file is replaced
    except FileExistsError:
        return False
    try:
        replace_text(path, text)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
    return True
