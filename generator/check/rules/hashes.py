"""The sign `#`: after a space it begins a comment, and the rest of the line is not read.

A comment has a space after its sign (`# thêm sau`). A sign directly before a letter or digit, after a text without
quotes, is meant as a hashtag or number, and the rest of the text would be lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from generator.check.rules.rule import Fault, File
from generator.language.catalogue import LOADER
from generator.problem import Span
from generator.source.yaml_writer import quoted

_HASH = re.compile(r"(?<![ ])[ ]++#(?:(?=\w)| ?\d+[ ]*(?=[,;.)]|$)).*$", re.MULTILINE)
_FIELD = re.compile(r"^[ ]*(?:- +)*(?:[^\s:]+: *)?")


def hash_in_text(file: File) -> Iterator[Fault]:
    """Find `hash-in-text`."""
    text = file.tree.text if file.tree.parsed is None else file.tree.parsed
    lines = text.split("\n")
    with_hash = [(index, line) for index, line in enumerate(lines) if "#" in line]
    hash_lines = {index for index, line in with_hash if _HASH.search(line) and not line.lstrip().startswith("#")}
    if not hash_lines:
        return
    reported_lines: set[int] = set()
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if not isinstance(event, yaml.ScalarEvent) or event.style in {"|", ">", '"', "'"}:
                continue
            end = event.end_mark
            assert end is not None  # the parser sets it for every event
            index, column = end.line, end.column
            # The value is only a comment.
            if event.value == "" and index not in hash_lines and index - 1 in hash_lines:
                index, column = index - 1, len(_FIELD.match(lines[index - 1])[0].rstrip())  # type: ignore[index]
            match = _HASH.match(lines[index], column) if index in hash_lines and index not in reported_lines else None
            if match:
                reported_lines.add(index)
                head = _FIELD.match(lines[index])
                start = min(head.end() if head else 0, column)
                whole = lines[index][start:].strip()
                begin = match.start() + len(match[0]) - len(match[0].lstrip())
                values = {"found": match[0].strip(), "example": f"{lines[index][:start].strip()} {quoted(whole)}"}
                yield Fault(Span(index + 1, begin + 1, len(match[0].strip())), values)
    except yaml.YAMLError:
        return  # the YAML rules report it
