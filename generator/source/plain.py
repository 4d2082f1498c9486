"""The fast reader of clean YAML: data without positions.

It is ten times as fast as `generator.source.tree`.

rapidyaml parses the text and writes it as JSON; Python's JSON reader keeps every number as it was typed. The result is
the same data as that of `read_tree`, or None. The module leaves to `read_tree`, which is the reference and knows
positions: what is rare in YAML (anchors, tags, tabs, several documents), what rapidyaml refuses, and repeated keys.

Two plain scalars come out differently (`true` as a boolean, `Null` as None). No field of the schemas accepts either, so
the data counts only after it was found valid. `tests/source/test_plain.py` compares both readers.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import ryml

# Anchors, aliases, tags, directives, complex and merged keys, a tilde for nothing; numbers that JSON writes otherwise
# (`.5`, `.NaN`, `-.Inf`, `nan`, `5.`).
_SIGN = r"[&*!%@`~]|\? |<<|[-+]?\.[\diInN]|-?(?:nan|inf(?:inity)?)\b|[-+]?\d+\. *(?:$|[,\]}#])"
# One expression for each place where a scalar may begin. Each begins with a fixed sign, which makes them five times as
# fast as one joint expression.
_RARE = tuple(
    re.compile(expression, re.M)
    for expression in (
        rf"\n[ -]*+(?:{_SIGN}|[\]}}]|\.\.\.)|\n---",
        rf": ++(?:{_SIGN}|[\]}}])",
        rf"\[ *(?:{_SIGN})",
        rf"\{{ *(?:{_SIGN})",
        rf", *(?:{_SIGN})",
        "\t",
        r"\\[0abefvNLPxuU]",  # escapes, of what must not be in a text among others
    )
)
# A note behind a value. Inside of brackets rapidyaml takes the sign for a part of the value, as YAML does not.
_NOTE = re.compile(r" #(?:(?<=\S #)|(?<=\S  #))")


def read_plain(text: str) -> Any:
    """Return the data, every scalar as text, or None where `read_tree` must read it."""
    lines = f"\n{text}"
    if any(rare.search(lines) for rare in _RARE) or _has_note_in_brackets(lines):
        return None
    try:
        # Standard error is the whole process's: other threads must not lose it, so beside them rapidyaml may write.
        with _silent_stderr() if threading.active_count() == 1 else nullcontext():
            content = ryml.emit_json(ryml.parse_in_arena(text.encode()))
        return json.loads(
            content, parse_int=str, parse_float=str, parse_constant=_refuse, object_pairs_hook=_build_mapping
        )
    except (RuntimeError, ryml.ExceptionBasic, TypeError, ValueError):
        return None


def _has_note_in_brackets(text: str) -> bool:
    """Return whether there may be a note inside of brackets: other signs of brackets are on its line."""
    for match in _NOTE.finditer(text):
        end = text.find("\n", match.end())
        line = text[text.rfind("\n", 0, match.start()) : end if end >= 0 else len(text)]
        if not {*"[]{},"}.isdisjoint(line):
            return True
    return False


def _build_mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build a mapping. Raises `ValueError` where a key stands twice."""
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError("a key stands twice")
    return data


def _refuse(constant: str) -> Any:
    """Raise `ValueError` for `NaN` and infinities, which JSON writes and no content has."""
    raise ValueError(constant)


@contextmanager
def _silent_stderr() -> Iterator[None]:
    """Silence standard error: rapidyaml writes faults there, and its Python side cannot turn that off."""
    stderr = os.dup(2)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.close(null)
    try:
        yield
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)
