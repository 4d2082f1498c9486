"""The passing and the failing example of each rule, and the check's result for the failing one.

An example is a text of parts: `=== pass <path>` or `=== fail <path>`, followed by that file's content. A plan gives
only the fields that matter: they replace the same fields of `examples/sample.txt`, a small content tree. What a text
file cannot hold is written as options after the path: `encoding=utf-16`, `times=30000`, `unreadable=folder`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from generator.check import CheckResult, check_files
from generator.source.source_files import FOLDERS, PUBLISHED, Published, SourceFile

FOLDER = Path(__file__).parent / "examples"
SAMPLE = FOLDER / "sample.txt"

_BLOCK = re.compile(r"^(?=[a-z_]+[ ]*:)", re.MULTILINE)


@dataclass(frozen=True)
class ExamplePart:
    """One file of an example, as it is written there."""

    path: str
    text: str
    options: Mapping[str, str]

    @property
    def times(self) -> int:
        """How often the text is repeated."""
        return int(self.options.get("times", "1"))


@dataclass(frozen=True)
class Examples:
    """The files that pass a rule, and those that fail it."""

    passing: Sequence[ExamplePart]
    failing: Sequence[ExamplePart]


@cache
def examples_of(rule: str) -> Examples:
    """Return the examples of a rule."""
    path = FOLDER / f"{rule}.txt"
    parts: dict[str, list[ExamplePart]] = {"pass": [], "fail": []}
    for name, text in parts_of(path).items():
        verdict, file, *options = name.split()
        parts[verdict].append(ExamplePart(file, text, dict(option.split("=", 1) for option in options)))
    return Examples(parts["pass"], parts["fail"])


def check_example(parts: Sequence[ExamplePart]) -> CheckResult:
    """Run the real check on an example."""
    sample = parts_of(SAMPLE)
    files = {path: _source_file(path, text.encode()) for path, text in sample.items()}
    others = [part.path for part in parts if not part.path.endswith((".yml", PUBLISHED))]
    published = "".join(part.text for part in parts if part.path == PUBLISHED)
    for part in parts:
        if not part.path.endswith(".yml"):
            continue
        text = _merged(sample.get(part.path, ""), part.text) * part.times
        content = text.encode(part.options.get("encoding", "utf-8"))
        files[part.path] = _source_file(part.path, content, part.options.get("unreadable", ""))
    return check_files((files[path] for path in sorted(files)), others, Published(PUBLISHED, published))


def parts_of(path: Path) -> dict[str, str]:
    """Return the parts of such a text, by the words after `===`."""
    parts: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    for part in f"\n{text}".split("\n=== ")[1:]:
        name, _, content = part.partition("\n")
        parts[name.strip()] = content if content.endswith("\n") or not content else f"{content}\n"
    return parts


def _merged(sample: str, text: str) -> str:
    """Return the sample with fields replaced by those of `text`; a `text` with an id is a whole file."""
    given = _fields(text)
    if not sample or not given or next(iter(given)) == "id" or text.startswith("%"):
        return text
    return "".join(block for name, block in _fields(sample).items() if name not in given) + text


def _fields(text: str) -> dict[str, str]:
    blocks = [block for block in _BLOCK.split(text) if block]
    return {block.partition(":")[0].strip(): block for block in blocks}


def _source_file(path: str, content: bytes, unreadable: str = "") -> SourceFile:
    parts = PurePosixPath(path)
    return SourceFile(FOLDERS[parts.parent.name], path, parts.stem, content, unreadable)
