"""Golden cases: text files of the form `=== <name>` followed by that part's content."""

from __future__ import annotations

from pathlib import Path

from generator.source.files import FOLDERS, SourceFile

BASE = Path(__file__).parent / "check" / "base.txt"


def parts_of(path: Path) -> dict[str, str]:
    """The parts of a case by name."""
    parts: dict[str, str] = {}
    for part in ("\n" + path.read_text(encoding="utf-8")).split("\n=== ")[1:]:
        name, _, content = part.partition("\n")
        parts[name.strip()] = content
    return parts


def write_parts(path: Path, parts: dict[str, str]) -> None:
    """Write a case back, one empty line end after each part."""
    path.write_text("".join(f"=== {name}\n{content.rstrip()}\n" for name, content in parts.items()), encoding="utf-8")


def sources_of(parts: dict[str, str]) -> list[SourceFile]:
    """The content files among the parts (those named `<folder>/<id>.yml`), with the files of `base.txt`."""
    files = {name: content for name, content in {**parts_of(BASE), **parts}.items() if name.endswith(".yml")}
    return [
        SourceFile(FOLDERS[name.partition("/")[0]], name, Path(name).stem, content.encode())
        for name, content in sorted(files.items())
    ]
