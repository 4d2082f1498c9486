"""Golden cases: text files of the form `=== <name>` followed by that part's content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from generator.check import check_files
from generator.check.examples import SAMPLE, parts_of
from generator.model.builder import link
from generator.model.corpus import Corpus
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


def corpus_of(path: Path) -> Corpus:
    """The corpus of a content in one file, which has no errors."""
    result = check_files(sources_of(parts_of(path)))
    assert result.errors == []
    return link(result)


def words_in(markup: str) -> str:
    """The text of a page's Markdown or HTML, with single blanks."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, which is made, by their paths there."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def source_of(name: str, text: str) -> SourceFile:
    """One file; after its path, as in the examples, what a text cannot hold: `encoding=`, `times=`, `unreadable=`."""
    path, *words = name.split()
    options = dict(word.split("=", 1) for word in words)
    content = (text * int(options.get("times", "1"))).encode(options.get("encoding", "utf-8"))
    return SourceFile(FOLDERS[path.partition("/")[0]], path, Path(path).stem, content, options.get("unreadable", ""))
