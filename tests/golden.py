"""Golden cases: text files of the form `=== <name>` followed by that part's content."""

from __future__ import annotations

from pathlib import Path

from generator.check.examples import SAMPLE, parts_of
from generator.source.files import FOLDERS, SourceFile


def write_parts(path: Path, parts: dict[str, str]) -> None:
    """Write a case back, one empty line end after each part."""
    text = "".join(f"=== {name}\n{content.rstrip()}\n" for name, content in parts.items())
    path.write_text(text, encoding="utf-8", newline="")


def sources_of(parts: dict[str, str]) -> list[SourceFile]:
    """The content files among the parts (those named `<folder>/<id>.yml`), with the files of the examples' sample."""
    files = {name: content for name, content in {**parts_of(SAMPLE), **parts}.items() if name.endswith(".yml")}
    return [
        SourceFile(FOLDERS[name.partition("/")[0]], name, Path(name).stem, content.encode())
        for name, content in sorted(files.items())
    ]
