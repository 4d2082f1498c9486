"""The fast reader of clean YAML: data without positions.

It is ten times as fast as `generator.source.tree`.

rapidyaml parses the text and writes it as JSON; Python's JSON reader keeps numbers as typed. The result equals that of
`read_tree`, or is None: then `read_tree`, the reference, which knows positions, must read the text. That is so for rare
YAML (anchors, tags, tabs, several documents), for what rapidyaml refuses, and for repeated keys.

Two plain scalars differ (`true` is a boolean, `Null` is None). No field of the schemas accepts either, so the data
counts only if it is valid. `tests/source/test_plain.py` compares both readers.
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

# Anchors, aliases, tags, directives, complex and merged keys, `~` for null; numbers that are no JSON (`.5`, `.NaN`,
# `-.Inf`, `nan`, `5.`).
_SIGN = r"[&*!%@`~]|\? |<<|[-+]?\.[\diInN]|-?(?:nan|inf(?:inity)?)\b|[-+]?\d+\. *(?:$|[,\]}#])"
# One expression for each place where a scalar may begin: a fixed first sign makes it five times as fast as one for all.
_RARE = tuple(
    re.compile(expression, re.M)
    for expression in (
        rf"\n[ -]*+(?:{_SIGN}|[\]}}]|\.\.\.)|\n---",
        rf": ++(?:{_SIGN}|[\]}}])",
        rf"\[ *(?:{_SIGN})",
        rf"\{{ *(?:{_SIGN})",
        rf", *(?:{_SIGN})",
        "\t",
        r"\\[0abefvNLPxuU]",  # escapes, also of characters that a text must not contain
    )
)
# A comment after a value. Inside brackets rapidyaml, unlike YAML, takes the sign for a part of the value.
_NOTE = re.compile(r" #(?:(?<=\S #)|(?<=\S  #))")


def read_plain(text: str) -> Any:
    """Return the data with every scalar as text; None if `read_tree` must read it."""
    lines = f"\n{text}"
    if any(rare.search(lines) for rare in _RARE) or _has_note_in_brackets(lines):
        return None
    try:
        # Standard error belongs to the whole process: with other threads it stays open, and rapidyaml may write to it.
        with _silent_stderr() if threading.active_count() == 1 else nullcontext():
            content = ryml.emit_json(ryml.parse_in_arena(text.encode()))
        return json.loads(
            content, parse_int=str, parse_float=str, parse_constant=_refuse, object_pairs_hook=_build_mapping
        )
    except (RuntimeError, ryml.ExceptionBasic, TypeError, ValueError):
        return None


def _has_note_in_brackets(text: str) -> bool:
    """Return whether there may be a comment inside brackets: other signs of brackets are on its line."""
    for match in _NOTE.finditer(text):
        end = text.find("\n", match.end())
        line = text[text.rfind("\n", 0, match.start()) : end if end >= 0 else len(text)]
        if not {*"[]{},"}.isdisjoint(line):
            return True
    return False


def _build_mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build a mapping. Raises `ValueError` for a repeated key."""
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError("a key stands twice")
    return data


def _refuse(constant: str) -> Any:
    """Raise `ValueError` for `NaN` and infinities, which no content has."""
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
