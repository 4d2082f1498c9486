"""Plain YAML -> data, ten times as fast as `tree` and without positions: what a file without faults needs.

rapidyaml reads the text and writes it as JSON, Python's JSON reader keeps every number as it was typed. The result is
the data of `tree.read_tree` or nothing: whatever is rare in YAML (anchors, tags, tabs, several documents), refused by
rapidyaml or said twice is left to `tree`, the reference, which also says what is wrong and where. Two plain scalars are
read otherwise (`true` as a truth, `Null` as nothing); no field of the schemas takes either, so data counts only once it
is valid. `tests/source/test_plain.py` holds all of this.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ryml

# Anchors, aliases, tags, directives, complex and merged keys, a tilde for nothing; numbers that JSON writes otherwise.
_SIGN = r"[&*!%@`~]|\? |<<|[-+]?\.\d|[-+]?\d+\. *(?:$|[,\]}#])"
# Each where a scalar may begin. Apart they are five times as fast as in one expression: each begins with one sign.
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


def read_plain(text: str) -> Any:
    """The data of a text in NFC, every scalar text; None where `tree.read_tree` must look."""
    lines = f"\n{text}"
    if any(rare.search(lines) for rare in _RARE):
        return None
    try:
        with _quiet():
            content = ryml.emit_json(ryml.parse_in_arena(text.encode()))
        return json.loads(
            content, parse_int=str, parse_float=str, parse_constant=_refuse, object_pairs_hook=_without_repetition
        )
    except (RuntimeError, ryml.ExceptionBasic, TypeError, ValueError):
        return None


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError("a key stands twice")
    return data


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


@contextmanager
def _quiet() -> Iterator[None]:
    """rapidyaml tells faults on the standard error of the process, which no setting of its Python side turns off."""
    error = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(error, 2)
        os.close(error)
