"""Writes a file of the content whole or not at all: a full disk leaves what was there."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Write a text beside a file and rename it into place; line ends and byte order mark are written as given.

    A link stays one, and the file that it leads to is replaced. Raises `OSError` with the path of the file.
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
    """Write a file, and its folder where there is none; return False for a name that is taken. Raises `OSError`."""
    path.parent.mkdir(exist_ok=True)
    try:
        path.open("xb").close()  # takes the name: nobody's file is ever replaced
    except FileExistsError:
        return False
    try:
        replace_text(path, text)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
    return True
