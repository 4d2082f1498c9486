"""Golden cases: text files of the form `=== <name>` followed by that part's content."""

from __future__ import annotations

from pathlib import Path

from generator.check.examples import SAMPLE, parts_of
from generator.source.source_files import FOLDERS, SourceFile


def write_parts(path: Path, parts: dict[str, str]) -> None:
    """Write a case back, one empty line end after each part."""
    text = "".join(f"=== {name}\n{content.rstrip()}\n" for name, content in parts.items())
    path.write_text(text, encoding="utf-8", newline="")


def sources_of(parts: dict[str, str]) -> list[SourceFile]:
    """The content files among the parts (`<folder>/<id>.yml` or `.yaml`), with the files of the examples' sample."""
    files = {
        name: content
        for name, content in {**parts_of(SAMPLE), **parts}.items()
        if name.split()[0].endswith((".yml", ".yaml"))
    }
    return [source_of(*item) for item in sorted(files.items())]


def source_of(name: str, text: str) -> SourceFile:
    """One file; after its path, as in the examples, what a text cannot hold: `encoding=`, `times=`, `unreadable=`."""
    path, *words = name.split()
    options = dict(word.split("=", 1) for word in words)
    content = (text * int(options.get("times", "1"))).encode(options.get("encoding", "utf-8"))
    return SourceFile(FOLDERS[path.partition("/")[0]], path, Path(path).stem, content, options.get("unreadable", ""))
