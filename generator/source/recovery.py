"""Recovery after a fault of YAML: the rest of the file is read.

The entry with the fault is left out.

A contributor who mistyped in three places then sees all three faults at once, and a wrong name in a fourth place, too.
"""

from __future__ import annotations

import re

from generator.problem import Problem
from generator.source.tree import Tree, read_tree

MOST_FAULTS = 8
"""Faults of YAML that are reported for one file; after so many the rest of the file says little."""

# Faults that spoil only the entry in which they stand.
_LOCAL = {
    *("yaml-indent", "yaml-tab", "yaml-colon", "yaml-no-colon", "yaml-quote", "yaml-stray", "yaml-bracket"),
    *("yaml-character", "yaml-escape", "yaml-alias", "yaml-tag", "yaml-key", "yaml-syntax"),
    "control-character",
}
_RUNNING_ON = {"yaml-indent", "yaml-colon", "yaml-no-colon", "yaml-quote", "yaml-stray"}
_TOP = re.compile(r"[^\s#-]")
_ITEM = re.compile(r"( *)- ")


def read_with_recovery(path: str, text: str) -> tuple[Tree, list[Problem]]:
    """Return a tree of what could be read of a YAML document, and all faults."""
    tree, faults = read_tree(path, text)
    lines, parsed = text.split("\n"), text
    problems = list(faults)
    blank: set[int] = set()
    for _ in range(MOST_FAULTS):
        if tree.data is not None or not faults or faults[-1].rule not in _LOCAL:
            break
        first, end = _entry_around(lines, faults[-1].span.line - 1)
        blank.update(range(first, end))
        parsed = "\n".join("" if index in blank else line for index, line in enumerate(lines))
        tree, faults = read_tree(path, parsed)
        problems += [fault for fault in faults if _is_independent(fault, blank) and fault not in problems]
    if not blank:
        return tree, problems
    return Tree(path, text, tree.data, parsed if tree.data is not None else None), problems


def _is_independent(fault: Problem, blank: set[int]) -> bool:
    """Return whether a fault cannot be the same as one above it: a quote that ends in the next entry."""
    return fault.rule != "empty-file" and not (fault.rule in _RUNNING_ON and fault.span.line - 2 in blank)


def _entry_around(lines: list[str], line: int) -> tuple[int, int]:
    """Return the first line (from 0) of the entry or top field around a line, and the line behind its last."""
    top = next((index for index in range(line, -1, -1) if _TOP.match(lines[index])), 0)
    behind = next((index for index in range(max(line, top) + 1, len(lines)) if _TOP.match(lines[index])), len(lines))
    items = [(index, len(match[1])) for index in range(top + 1, behind) if (match := _ITEM.match(lines[index]))]
    if not items or line == top:
        return top, behind
    starts = [index for index, indent in items if indent == items[0][1]]
    first = max((index for index in starts if index <= line), default=None)
    if first is None:
        return top, behind
    return first, min((index for index in starts if index > first), default=behind)
