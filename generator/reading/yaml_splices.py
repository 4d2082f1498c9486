"""Changes a plan's YAML text in place: lines of fields are replaced, all other lines and comments stay."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import cached_property
from typing import Any, NamedTuple

import yaml

from generator.language.catalogue import LOADER
from generator.problem import Span
from generator.reading.import_base import ENTRY_NAMES
from generator.source.tree import Path, Tree, read_tree
from generator.source.yaml_lines import depth_of
from generator.source.yaml_writer import DRAFTED

_LAST = (*ENTRY_NAMES, "review")
"""The lists at the end of a plan, in order: its other fields stand before them."""


class _Change(NamedTuple):
    """Lines that replace those from `start` up to `end`; `depth` is the column of what they belong to."""

    start: int
    end: int
    depth: int
    lines: list[str]


class TextSplices:
    """Collects changes of one text and makes them at once; lines and columns count from 0.

    The data is changed too, so that the changed text can be compared with it.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.lines = tree.text.split("\n")
        self._changes: list[_Change] = []
        self._inserted: list[tuple[int, int, str]] = []
        self._meant: dict[str, Any] = deepcopy(tree.data or {})
        self._added: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}

    def can_change(self, path: Path) -> bool:
        """Return whether each field of an entry is in a line of its own, so that one can be replaced alone."""
        node = self._node(path)
        return isinstance(node, yaml.MappingNode) and not node.flow_style

    def set_field(self, path: Path, name: str, value: Any) -> None:
        """Set a field of the entry at `path`, or of the plan if `path` is empty; None removes it.

        A new field of the plan comes before its lists of entries. In an entry in braces (`{id: a, name: b}`) a field
        can only be added.
        """
        entry = self._node(path)
        assert isinstance(entry, yaml.MappingNode)  # the path comes from the tree's own data
        self._mean(path, name, value)
        if entry.flow_style:
            self._insert(entry, entry.value[-1][1] if entry.value else None, DRAFTED.pair(name, value))
            return
        depth = entry.start_mark.column
        key, old = next(((key, old) for key, old in entry.value if key.value == name), (None, None))
        end = self._end(old or entry) if old or path else self._place(name)
        below = self._end_of_deep_comments(end, depth)
        if value is None:
            end, lines = below, []
        elif isinstance(value, str) and below > end:  # a text in several lines would include the comments
            lines = [f"{' ' * depth}{DRAFTED.pair(name, value)}"]
        else:
            lines = [f"{' ' * depth}{line}" if line else "" for line in DRAFTED.lines({name: value})]
        if key is None:
            self._add(end, depth, lines)
            return
        start = key.start_mark.line
        dash = self.lines[start][:depth]  # the entry's dash, if its first field is in the same line
        if dash.strip():
            lines = [dash + lines[0][depth:], *lines[1:]] if lines else [dash.rstrip()]
        self._changes.append(_Change(start, end, depth, lines))

    def add_entry(self, name: str, entry: Mapping[str, Any], at: int | None) -> None:
        """Add an entry to a list of the plan, before its present entry number `at` (None: at the end)."""
        listed = self.tree.data.get(name) or ()
        at = len(listed) if at is None else at
        self._added.setdefault(name, []).append((at, entry))
        items = self._node((name,))
        if isinstance(items, yaml.SequenceNode):
            self._add_item(items, entry, at)
        elif items:
            self._add(self._end(items), 1, DRAFTED.entry_lines(entry))
        else:
            head = ["", f"{name}:"]
            begun = next((change for change in self._changes if change.lines[:2] == head), None)
            if begun:
                begun.lines.extend(DRAFTED.entry_lines(entry))
            else:
                self._add(self._place(name), 0, [*head, *DRAFTED.entry_lines(entry)])

    def wrong_place(self) -> Span | None:
        """Return the first place that the changed text gives differently from what is meant, or None."""
        meant = dict(self._meant)
        for name, added in self._added.items():
            items = list(meant.get(name) or ())
            ordered = sorted(added, key=lambda each: each[0])
            for at, entry in reversed(ordered):  # of several at one place, the first must be inserted last
                items.insert(at, entry)
            meant[name] = items
        tree, problems = read_tree(self.tree.path, self.text())
        if tree.data is None:
            return Span(self._line_before(problems[0].span.line - 1) + 1)
        path = _first_difference(tree.data, meant)
        return self.tree.at(path) if path is not None else None

    def text(self) -> str:
        """Return the changed text."""
        lines = list(self.lines)
        insertions = sorted(self._inserted, key=lambda each: each[:2])
        for at, column, text in reversed(insertions):
            lines[at] = f"{lines[at][:column]}{text}{lines[at][column:]}"
        for start, end, _, new in reversed(self._ordered()):
            lines[start:end] = new
        return "\n".join(lines)

    def _ordered(self) -> list[_Change]:
        """Return the changes in the order of the text.

        Of changes that end in one line the inner comes first: a measure's field before its target's. Lines added where
        a field and its comments are removed come after them.
        """

        def key(change: _Change) -> tuple[int, int, int]:
            return change.start, change.end, -change.depth

        changes: list[_Change] = []
        taken = 0
        for change in sorted(self._changes, key=key):
            is_within = change.start == change.end < taken
            changes.append(change._replace(start=taken, end=taken) if is_within else change)
            taken = max(taken, change.end)
        return sorted(changes, key=key)

    def _line_before(self, line: int) -> int:
        """Return the original line for a line of the changed text."""
        shift = 0
        for start, end, _, new in self._ordered():
            if line < start + shift:
                break
            if line < start + shift + len(new):
                return max(0, min(start, end - 1))
            shift += len(new) - (end - start)
        return line - shift

    def _mean(self, path: Path, name: str, value: Any) -> None:
        data: Any = self._meant
        for step in path:
            data = data[step]
        if value is None:
            data.pop(name, None)
        else:
            data[name] = value

    def _add_item(self, items: yaml.SequenceNode, entry: Mapping[str, Any], at: int) -> None:
        """Add an entry to an existing list, after the item before it, or before the first one."""
        before = items.value[at - 1] if at and items.value else None
        column = items.start_mark.column
        if items.flow_style:
            self._insert(items, before, DRAFTED.in_one_line(entry))
            return
        lines = DRAFTED.entry_lines(entry, " " * column)
        if before:  # one deeper, because a list may stand in the column of its own key
            self._add(self._end(before), column + 1, lines)
            return
        first = items.start_mark.line
        while self.lines[first - 1].lstrip().startswith("#") and depth_of(self.lines[first - 1]) == column:
            first -= 1  # comments on the first item stay with it
        self._add(first, column + 1, lines)

    def _place(self, name: str) -> int:
        """Return the line for a new field of the plan: before the lists at its end."""
        if not isinstance(self._root, yaml.MappingNode):
            return 0
        fields = self._root.value
        later = _LAST[_LAST.index(name) + 1 :] if name in _LAST else _LAST
        place = next((index for index, (key, _) in enumerate(fields) if key.value in later), 0) or len(fields)
        return self._end(fields[place - 1][1])

    def _add(self, at: int, depth: int, lines: list[str]) -> None:
        self._changes.append(_Change(at, at, depth, lines))

    def _insert(self, node: yaml.CollectionNode, last: yaml.Node | None, text: str) -> None:
        """Insert text in braces or brackets after an item; a comma, a comment or the bracket may follow the item.

        Without an item it comes first.
        """
        mark = last.end_mark if last else node.start_mark
        place = (mark.line, mark.column if last else mark.column + 1)
        if last:
            text = f", {text}"
        elif node.value:
            text = f"{text}, "
        elif any(place == inserted[:2] for inserted in self._inserted):
            text = f", {text}"
        self._inserted.append((*place, text))

    def _node(self, path: Path) -> yaml.Node | None:
        """Return the node at a path; None if the YAML is read differently, such as an entry without its dash."""
        node = self._root
        for step in path:
            if isinstance(node, yaml.MappingNode):
                node = next((value for key, value in node.value if key.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                return None
        span = self.tree.spans[1].get(path)
        place = (node.start_mark.line + 1, node.start_mark.column + 1) if node else None
        return node if span and place == (span.line, span.column) else None

    @cached_property
    def _root(self) -> yaml.Node | None:
        root: yaml.Node | None = yaml.compose(self.tree.text, Loader=LOADER)
        return root

    def _end(self, node: yaml.Node) -> int:
        """Return the line after a value, without blank lines and comments after it."""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1]
            node = last[1] if isinstance(node, yaml.MappingNode) else last
        line, column = node.end_mark.line, node.end_mark.column
        if column or getattr(node, "style", None) not in {"|", ">"}:
            return line + 1
        is_kept = node.value[-2:] in {"\n", "\n\n"}  # by `|+`
        while not is_kept and not self.lines[line - 1]:
            line -= 1
        return line

    def _end_of_deep_comments(self, start: int, depth: int) -> int:
        """Return the line after comments below a field that are indented more than its name."""
        end = start
        for number, line in enumerate(self.lines[start:], start + 1):
            if line.strip() and depth_of(line) <= depth:
                break
            end = number if line.strip() else end
        return end


def _first_difference(found: Any, meant: Any, path: Path = ()) -> Path | None:
    """Return the path of the first value that is not as meant, or None."""
    if found == meant:
        return None
    if isinstance(found, dict) and isinstance(meant, Mapping):
        keys: list[Any] = list({**meant, **found})
        found, meant = ([values.get(key, ...) for key in keys] for values in (found, meant))
    elif isinstance(found, list) and isinstance(meant, list):
        keys = list(range(max(len(found), len(meant))))
        found, meant = ([*values, *[...] * (len(keys) - len(values))] for values in (found, meant))
    else:
        return path
    pairs = zip(keys, found, meant, strict=True)
    return next(_first_difference(one, other, (*path, key)) for key, one, other in pairs if one != other)
