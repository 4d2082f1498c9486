"""Reads on after a fault of YAML: the entry that the fault is in is set aside, and the rest of the file is read.

So that somebody who mistyped in three places learns of three faults, and of a wrong name in a fourth place, at once.
"""

from __future__ import annotations

import re

from generator.problem import Problem
from generator.source.tree import Tree, read_tree

MOST_FAULTS = 8
"""Faults of YAML that are told of one file; after so many the rest says little."""

# Faults that spoil the entry that they are in, and no more.
_LOCAL = {
    *("yaml-indent", "yaml-tab", "yaml-colon", "yaml-no-colon", "yaml-quote", "yaml-stray", "yaml-bracket"),
    *("yaml-character", "yaml-escape", "yaml-alias", "yaml-tag", "yaml-key", "yaml-syntax"),
    "control-character",
}
_RUNNING_ON = {"yaml-indent", "yaml-colon", "yaml-no-colon", "yaml-quote", "yaml-stray"}
_TOP = re.compile(r"[^\s#-]")
_ITEM = re.compile(r"( *)- ")


def read_on(path: str, text: str) -> tuple[Tree, list[Problem]]:
    """As `read_tree`; where a fault spoils one entry only, the tree holds the others (and `parsed` says which)."""
    tree, found = read_tree(path, text)
    lines, parsed = text.split("\n"), text
    problems = list(found)
    spoilt: set[int] = set()
    for _ in range(MOST_FAULTS):
        if tree.data is not None or not found or found[-1].rule not in _LOCAL:
            break
        first, end = _entry(lines, found[-1].span.line - 1)
        spoilt.update(range(first, end))
        parsed = "\n".join("" if index in spoilt else line for index, line in enumerate(lines))
        tree, found = read_tree(path, parsed)
        problems += [fault for fault in found if _is_another(fault, spoilt) and fault not in problems]
    if not spoilt:
        return tree, problems
    return Tree(path, text, tree.data, parsed if tree.data is not None else None), problems


def _is_another(fault: Problem, spoilt: set[int]) -> bool:
    """Whether a fault stands for itself. Right below one it may be the same: a quote that ends in the next entry."""
    return fault.rule != "empty-file" and not (fault.rule in _RUNNING_ON and fault.span.line - 2 in spoilt)


def _entry(lines: list[str], line: int) -> tuple[int, int]:
    """The lines, from the first to behind the last, of the entry or the field of the file that a line stands in."""
    top = next((index for index in range(line, -1, -1) if _TOP.match(lines[index])), 0)
    behind = next((index for index in range(max(line, top) + 1, len(lines)) if _TOP.match(lines[index])), len(lines))
    items = [(index, len(found[1])) for index in range(top + 1, behind) if (found := _ITEM.match(lines[index]))]
    if not items or line == top:
        return top, behind
    starts = [index for index, indent in items if indent == items[0][1]]
    first = max((index for index in starts if index <= line), default=None)
    if first is None:
        return top, behind
    return first, min((index for index in starts if index > first), default=behind)
