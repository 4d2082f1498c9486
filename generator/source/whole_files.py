"""Writes a file of the content whole or not at all: a full disk leaves what was there."""

from __future__ import annotations

import codecs
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


def in_style_of(before: bytes, text: str) -> str:
    r"""Return a text of Unix line ends with the line ends and the byte order mark that a file had.

    >>> in_style_of(b"a: 1\r\nb: 2\r\n", "a: 3\n")
    'a: 3\r\n'
    """
    if before.count(b"\r\n") * 2 > before.count(b"\n"):
        text = text.replace("\n", "\r\n")
    return f"\ufeff{text}" if before.startswith(codecs.BOM_UTF8) else text
