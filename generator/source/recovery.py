"""Recovery after a fault of YAML: find its cause, mend the line, and read the rest of the file.

So a contributor who mistyped in three places sees all three faults at once, each at its place, and also a wrong name in
a fourth. If no mend is proven, the entry with the fault is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.problem import Problem
from generator.source.mends import certain_mends, mends_of
from generator.source.tree import Tree, read_tree
from generator.source.yaml_lines import Mend, is_stray, text_lines

MOST_FAULTS = 20
"""The most faults of YAML that are reported for one file; after these the rest of the file says little."""
_FARTHEST = 60
"""Lines above a parser's complaint in which its cause is searched: the next quote may close an open one."""
_BEHIND = 40
"""Lines after it in which a mend must cause no new fault."""
_MOST_TRIED = 600
"""The most mends that are tried in one file, to limit the time."""
_MOST_READ = 5_000_000
"""The most characters that are read again to prove mends: some seconds of time, even for very long lines."""

# Faults that affect only their own entry.
_LOCAL = {
    *("yaml-indent", "yaml-tab", "yaml-colon", "yaml-no-colon", "yaml-quote", "yaml-stray", "yaml-bracket"),
    *("yaml-character", "yaml-escape", "yaml-alias", "yaml-tag", "yaml-key", "yaml-syntax"),
    "control-character",
}
_RUNNING_ON = {"yaml-indent", "yaml-colon", "yaml-no-colon", "yaml-quote", "yaml-stray"}
# Spaces that YAML does not accept before or after a field's name; `special-space` reports them.
_SPACE = "[\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_NAME = r"[^\s:\"'#\[\]{},-][^:\"'#\[\]{},]*"
_QUOTED = r'"(?:[^"\\]|\\.)*+"' + r"|(?<=[ \[{])'(?:[^']|'')*+'"
_SPECIAL_SPACE = re.compile(
    rf"(?P<quoted>{_QUOTED})|^[ -]*+(?:{_SPACE}[^\S\n]*+)?+(?:{_NAME}:{_SPACE}+)?|(?<=[{{,])[ ]*+{_NAME}:{_SPACE}+"
)
_TOP = re.compile(r"[^\s#-]")
_ITEM = re.compile(r"( *)- ")


def read_with_recovery(path: str, text: str, fields: Collection[str]) -> tuple[Tree, list[Problem]]:
    """Return a tree of what could be read, and all faults; `fields` are the names of all fields."""
    lines = text.split("\n")
    problems: list[Problem] = []
    mended: set[int] = set()
    blank: set[int] = set()
    proof = _Proof(path)
    lines = _with_usual_spaces(lines)
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
        entries = _Entries(lines)
        proven = _proven_mend(proof, lines, entries, line, fields)
        if proven:
            problems.append(Problem(proven.rule, path, proven.span, proven.values))
            mended.update(proven.lines)
            changed = proven.lines
        else:
            if _is_independent(faults[-1], blank):
                problems.append(faults[-1])
            first, end = entries.around(line)
            blank.update(range(first, end))
            changed = dict.fromkeys(range(first, end), "")
        lines = [changed.get(index, line) for index, line in enumerate(lines)]
    if not mended and not blank and tree.text == text:
        return tree, faults
    problems += [fault for fault in faults if _is_independent(fault, blank) and fault.span.line - 1 not in mended]
    parsed = "\n".join(lines) if tree.data is not None else None
    lost = bool(blank) or tree.data is None
    return Tree(path, text, tree.data, parsed, lost, frozenset(index + 1 for index in mended)), problems


def _with_usual_spaces(lines: Sequence[str]) -> list[str]:
    """Return the lines with ordinary spaces where YAML needs them."""

    def usual(match: re.Match[str]) -> str:
        return match["quoted"] or re.sub(r"\s", " ", match[0])

    texts = text_lines(lines)
    return [
        line if line.isascii() or index in texts else _SPECIAL_SPACE.sub(usual, line)
        for index, line in enumerate(lines)
    ]


class _Entries:
    """The entries of a file by line, found once for all lines in which a fault's cause may be."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._tops = [index for index in range(len(lines)) if _is_top(lines, index)]
        self._starts: dict[int, list[int]] = {}

    def around(self, line: int) -> tuple[int, int]:
        """Return the first line (from 0) of the entry or top field around a line, and the line after its last."""
        place = bisect_right(self._tops, line)
        top = self._tops[place - 1] if place else 0
        behind = self._tops[place] if place < len(self._tops) else len(self._lines)
        if place not in self._starts:
            self._starts[place] = self._starts_between(top + 1, behind)
        starts = self._starts[place]
        number = bisect_right(starts, line)
        if not number or line == top:
            return top, behind
        return starts[number - 1], starts[number] if number < len(starts) else behind

    def window(self, first: int, end: int) -> Sequence[int]:
        """Return the lines of some entries, with the line of the field whose list they are in."""
        place = bisect_right(self._tops, first)
        top = self._tops[place - 1] if place else first
        return [*([top] if top < first else []), *range(first, end)]

    def _starts_between(self, first: int, end: int) -> list[int]:
        """Return the lines in which a list's items begin."""
        items = [(index, len(match[1])) for index in range(first, end) if (match := _ITEM.match(self._lines[index]))]
        return [index for index, indent in items if indent == items[0][1]]


@dataclass
class _Proof:
    """Reads parts of one file again with mended lines, within the limits of number and size."""

    path: str
    tries: int = _MOST_TRIED
    left: int = _MOST_READ

    @property
    def is_spent(self) -> bool:
        """Whether a limit is reached, so that no further mend is tried."""
        return self.tries <= 0 or self.left <= 0

    def fault_line(self, lines: Sequence[str], window: Sequence[int], mended: Mapping[int, str]) -> int | None:
        """Return the line of the first fault in some lines; None if there is none."""
        text = "\n".join(mended.get(index, lines[index]) for index in window)
        self.left -= len(text)
        _, faults = read_tree(self.path, text)
        faults = [fault for fault in faults if fault.rule != "empty-file"]
        return window[min(faults[0].span.line - 1, len(window) - 1)] if faults else None


def _proven_mend(
    proof: _Proof, lines: Sequence[str], entries: _Entries, line: int, fields: Collection[str]
) -> Mend | None:
    """Return the nearest mend to a complaint that leaves no fault around it, else the one whose next fault is last."""
    partly: Mend | None = None
    farthest = line
    end = min(entries.around(min(line + 1, len(lines) - 1))[1], line + _BEHIND)
    end = max(end, min(line + 2, len(lines)))
    windows: dict[int, Sequence[int]] = {}
    for index in _nearest_lines(lines, line):
        first, _ = entries.around(index)
        if first not in windows:
            window = entries.window(first, end)
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
    """Yield the lines in which the cause of a complaint may be, nearest first."""
    above = range(line, max(-1, line - _FARTHEST), -1)
    stray = next((index for index in above if is_stray(lines, index)), None)
    if stray is not None:
        yield stray
    yield from above
    yield from range(line + 1, min(line + 3, len(lines)))


def _is_independent(fault: Problem, blank: set[int]) -> bool:
    """Return whether a fault cannot come from one above it, as a quote that ends in the next entry would."""
    return fault.rule != "empty-file" and not (fault.rule in _RUNNING_ON and fault.span.line - 2 in blank)


def _is_top(lines: Sequence[str], index: int) -> bool:
    """Return whether a field of the file itself begins in a line, not one that slipped out of its entry."""
    return _TOP.match(lines[index]) is not None and not is_stray(lines, index)
