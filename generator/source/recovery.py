"""Recovery after a fault of YAML: its cause is looked for, the line is mended, and the rest of the file is read.

A contributor who mistyped in three places then sees all three faults at once, each where it was made, and a wrong name
in a fourth place, too. Where no mend is proven, the entry with the fault is left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.problem import Problem
from generator.source.mends import certain_mends, mends_of
from generator.source.tree import Tree, read_tree
from generator.source.yaml_lines import Mend, is_stray

MOST_FAULTS = 20
"""Faults of YAML that are reported for one file; after so many the rest of the file says little."""
_FARTHEST = 60
"""Lines above a parser's complaint in which its cause is looked for: a quote may be closed by the next one."""
_BEHIND = 40
"""Lines behind it that a mend must not spoil."""
_MOST_TRIED = 600
"""Mends that are tried in one file; what nobody would wait for is not looked for."""
_MOST_READ = 5_000_000
"""Characters that are read again to prove them: some seconds, where a line is as long as a book."""

# Faults that spoil only the entry in which they stand.
_LOCAL = {
    *("yaml-indent", "yaml-tab", "yaml-colon", "yaml-no-colon", "yaml-quote", "yaml-stray", "yaml-bracket"),
    *("yaml-character", "yaml-escape", "yaml-alias", "yaml-tag", "yaml-key", "yaml-syntax"),
    "control-character",
}
_RUNNING_ON = {"yaml-indent", "yaml-colon", "yaml-no-colon", "yaml-quote", "yaml-stray"}
# A space that is none for YAML where it needs one; `special-space` tells it.
_SPECIAL_SPACE = re.compile(
    "(?<=:)[\u00a0\u2000-\u200a\u202f\u205f\u3000]+|^[ -]*[\u00a0\u2000-\u200a\u202f\u205f\u3000][^\\S\\n]*"
)
_TOP = re.compile(r"[^\s#-]")
_ITEM = re.compile(r"( *)- ")


def read_with_recovery(path: str, text: str, fields: Collection[str] = ()) -> tuple[Tree, list[Problem]]:
    """Return a tree of what could be read of a YAML document, and all faults; `fields` are the names of all fields."""
    lines = text.split("\n")
    problems: list[Problem] = []
    mended: set[int] = set()
    blank: set[int] = set()
    proof = _Proof(path)
    lines = [_SPECIAL_SPACE.sub(lambda match: re.sub(r"\s", " ", match[0]), line) for line in lines]
    certain: dict[int, str] = {}
    for mend in certain_mends(lines, fields):
        problems.append(Problem(mend.rule, path, mend.span, mend.values))
        certain.update(mend.lines)
    mended.update(certain)
    lines = [certain.get(index, line) for index, line in enumerate(lines)]
    for _ in range(MOST_FAULTS):
        tree, faults = read_tree(path, "\n".join(lines))
        if tree.data is not None or not faults or faults[-1].rule not in _LOCAL:
            break
        line = faults[-1].span.line - 1
        proven = _proven_mend(proof, lines, line, fields)
        if proven:
            problems.append(Problem(proven.rule, path, proven.span, proven.values))
            mended.update(proven.lines)
            changed = proven.lines
        else:
            if _is_independent(faults[-1], blank):
                problems.append(faults[-1])
            first, end = _entry_around(lines, line)
            blank.update(range(first, end))
            changed = dict.fromkeys(range(first, end), "")
        lines = [changed.get(index, line) for index, line in enumerate(lines)]
    if not mended and not blank and tree.text == text:
        return tree, faults
    problems += [fault for fault in faults if _is_independent(fault, blank) and fault.span.line - 1 not in mended]
    parsed = "\n".join(lines) if tree.data is not None else None
    lost = bool(blank) or tree.data is None
    return Tree(path, text, tree.data, parsed, lost, frozenset(index + 1 for index in mended)), problems


@dataclass
class _Proof:
    """Reads parts of one file again with lines mended, as often and as much as it is worth while."""

    path: str
    tries: int = _MOST_TRIED
    left: int = _MOST_READ

    @property
    def is_spent(self) -> bool:
        """Whether no further mend is to be tried."""
        return self.tries <= 0 or self.left <= 0

    def fault_line(self, lines: Sequence[str], window: Sequence[int], mended: Mapping[int, str]) -> int | None:
        """Return the line of the first fault in some lines, None where there is none."""
        text = "\n".join(mended.get(index, lines[index]) for index in window)
        self.left -= len(text)
        _, faults = read_tree(self.path, text)
        faults = [fault for fault in faults if fault.rule != "empty-file"]
        return window[min(faults[0].span.line - 1, len(window) - 1)] if faults else None


def _proven_mend(proof: _Proof, lines: Sequence[str], line: int, fields: Collection[str]) -> Mend | None:
    """Return the mend nearest to a complaint that leaves no fault around it, else one that moves it on the farthest."""
    partly: Mend | None = None
    farthest = line
    end = min(_entry_around(lines, min(line + 1, len(lines) - 1))[1], line + _BEHIND)
    end = max(end, min(line + 2, len(lines)))
    windows: dict[int, Sequence[int]] = {}
    for index in _nearest_lines(lines, line):
        first, _ = _entry_around(lines, index)
        if first not in windows:
            window = _window(lines, first, end)
            failing = proof.fault_line(lines, window, {}) is not None
            windows[first] = window if failing else ()
        window = windows[first]
        if not window:
            continue
        before = proof.fault_line(lines, window, {})
        for mend in mends_of(lines, index, fields):
            if proof.is_spent:
                return partly
            proof.tries -= 1
            after = proof.fault_line(lines, window, mend.lines)
            if after is None:
                return mend
            if before is not None and after > max(before, farthest) and index >= line - 1:
                partly, farthest = mend, after
    return partly


def _nearest_lines(lines: Sequence[str], line: int) -> Iterator[int]:
    """Yield the lines in which the cause of a complaint may stand, the nearest first."""
    above = range(line, max(-1, line - _FARTHEST), -1)
    stray = next((index for index in above if is_stray(lines, index)), None)
    if stray is not None:
        yield stray
    yield from above
    yield from range(line + 1, min(line + 3, len(lines)))


def _window(lines: Sequence[str], first: int, end: int) -> Sequence[int]:
    """Return the lines from an entry on, below the field whose list it is in."""
    top = next((index for index in range(first, -1, -1) if _is_top(lines, index)), first)
    return [*([top] if top < first else []), *range(first, end)]


def _is_independent(fault: Problem, blank: set[int]) -> bool:
    """Return whether a fault cannot be the same as one above it: a quote that ends in the next entry."""
    return fault.rule != "empty-file" and not (fault.rule in _RUNNING_ON and fault.span.line - 2 in blank)


def _is_top(lines: Sequence[str], index: int) -> bool:
    """Return whether a field of the file begins in a line, and not one that slipped out of its entry."""
    return _TOP.match(lines[index]) is not None and not is_stray(lines, index)


def _entry_around(lines: Sequence[str], line: int) -> tuple[int, int]:
    """Return the first line (from 0) of the entry or top field around a line, and the line behind its last."""
    top = next((index for index in range(line, -1, -1) if _is_top(lines, index)), 0)
    behind = next((index for index in range(max(line, top) + 1, len(lines)) if _is_top(lines, index)), len(lines))
    items = [(index, len(match[1])) for index in range(top + 1, behind) if (match := _ITEM.match(lines[index]))]
    if not items or line == top:
        return top, behind
    starts = [index for index, indent in items if indent == items[0][1]]
    first = max((index for index in starts if index <= line), default=None)
    if first is None:
        return top, behind
    return first, min((index for index in starts if index > first), default=behind)
