"""The content tree on disk: which files there are, and their text.

This is the only module of the pipeline that reads the disk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.problem import Problem, Span

Kind = Literal["plan", "unit", "programme"]

FOLDERS: dict[str, Kind] = {"plans": "plan", "units": "unit", "programmes": "programme"}

# The five real plans are 40-60 KB each. Beyond this size a file is no plan but a mistake (or an attack), and
# reading it would take longer than anybody waits for a message.
LARGEST_FILE = 2_000_000

# What YAML 1.2 calls not printable (its section 5.1), NUL first of all; and three line ends that no editor shows,
# which come with text pasted from typesetting programs and would shift all line numbers.
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class SourceFile:
    """One YAML file: its kind, the path to show to people, its id (the stem), and its bytes."""

    kind: Kind
    path: str
    stem: str
    content: bytes


def find_files(content: Path, paths: Iterable[Path] = ()) -> list[SourceFile]:
    """All YAML files of a content tree (`content/plans`, `content/units`, `content/programmes`), and of `paths`.

    `paths` may lie outside of the tree: a folder named `units` or `programmes` tells the kind, all else is a plan.
    A file that cannot be read counts as an empty one, so that a later stage reports it.
    """
    found: dict[Path, SourceFile] = {}
    for folder in FOLDERS:
        for path in _yaml_files(content / folder):
            found.setdefault(path.resolve(), _read(path))
    for extra in paths:
        for path in _yaml_files(extra) if extra.is_dir() else [extra]:
            found.setdefault(path.resolve(), _read(path))
    return sorted(found.values(), key=lambda file: file.path)


def shown_path(path: Path) -> str:
    """The path as a contributor would type it: relative to where the command runs, where that is possible."""
    resolved = path.resolve()
    here = Path.cwd().resolve()
    return resolved.relative_to(here).as_posix() if resolved.is_relative_to(here) else resolved.as_posix()


def _yaml_files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.rglob("*.y*ml") if path.suffix in {".yml", ".yaml"})


def _read(path: Path) -> SourceFile:
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError:
        content = b""
    kind = FOLDERS.get(path.resolve().parent.name, "plan")
    return SourceFile(kind=kind, path=shown_path(path), stem=path.stem, content=content)


def decode(file: SourceFile) -> tuple[str, list[Problem]]:
    """The file's text in Unicode NFC with `\\n` line ends, or an empty text and the problem that prevents it."""
    if len(file.content) > LARGEST_FILE:
        limit = f"{LARGEST_FILE // 1_000_000} MB"
        return "", [Problem("file-too-big", file.path, Span(), {"limit": limit})]
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = file.content[: error.start].decode("utf-8", errors="replace")
        return "", [Problem("not-utf8", file.path, _span_after(before), {"byte": f"0x{file.content[error.start]:02X}"})]
    if found := _CONTROL.search(text):
        code = f"U+{ord(found.group()):04X}"
        return "", [Problem("control-character", file.path, _span_after(text[: found.start()]), {"code": code})]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text), []


def _span_after(before: str) -> Span:
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Span(line=len(lines), column=len(lines[-1]) + 1)
