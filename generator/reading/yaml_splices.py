"""Changes of a plan's YAML text in place: lines of fields are replaced, all other lines and comments stay."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

import yaml

from generator.language.catalogue import LOADER
from generator.reading.draft_yaml import entry_lines, field_lines, plain_value
from generator.source.tree import Path, Tree
from generator.source.yaml_lines import depth_of


class _Change(NamedTuple):
    """Lines in the place of those from `start` up to `end`; `depth` is the column of what they belong to."""

    start: int
    end: int
    depth: int
    lines: list[str]


class TextSplices:
    """Collects changes of one text and makes them at once; lines and columns count from 0."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.lines = tree.text.split("\n")
        self._changes: list[_Change] = []
        self._inserted: list[tuple[int, int, str]] = []

    def can_change(self, path: Path) -> bool:
        """Return whether the fields of an entry stand in lines of their own, so that one can be replaced alone."""
        node = self._node(path)
        return isinstance(node, yaml.MappingNode) and not node.flow_style

    def set_field(self, path: Path, name: str, value: Any) -> None:
        """Set a field of the entry at `path`, or of the plan where `path` is empty; None takes it away.

        An entry in braces (`{id: a, name: b}`) can only be given a field that it has not.
        """
        entry = self._node(path)
        assert isinstance(entry, yaml.MappingNode)  # a path of the tree's own data
        if entry.flow_style:
            self._insert(entry, entry.value[-1][1] if entry.value else None, f"{name}: {plain_value(value)}")
            return
        depth = entry.start_mark.column
        key, old = next(((key, old) for key, old in entry.value if key.value == name), (None, None))
        end = self._end(old or entry)
        below = self._end_of_deep_comments(end, depth)
        if value is None:
            end, lines = below, []
        elif isinstance(value, str) and below > end:  # a text in lines of its own would take them in
            lines = [f"{' ' * depth}{name}: {plain_value(value)}"]
        else:
            lines = [f"{' ' * depth}{line}" if line else "" for line in field_lines(name, value)]
        if key is None:
            self._add(end, depth, lines)
            return
        start = key.start_mark.line
        dash = self.lines[start][:depth]  # of the entry, where its first field stands behind it
        if dash.strip():
            lines = [dash + lines[0][depth:], *lines[1:]] if lines else [dash.rstrip()]
        self._changes.append(_Change(start, end, depth, lines))

    def add_entry(self, name: str, entry: Mapping[str, Any], after: int | None) -> None:
        """Add an entry to a list of the plan, behind its entry number `after` (None: at its end)."""
        items = self._node((name,))
        if isinstance(items, yaml.SequenceNode):
            within = after if after is not None and after < len(items.value) else -1
            last = items.value[within] if items.value else None
            column = items.start_mark.column
            if items.flow_style:
                self._insert(items, last, plain_value(entry))
            else:  # one deeper, because a list may stand in the column of its own key
                self._add(self._end(last or items), column + 1, entry_lines(entry, " " * column))
        elif items:
            self._add(self._end(items), 1, entry_lines(entry))
        else:
            head = ["", f"{name}:"]
            begun = next((change for change in self._changes if change.lines[:2] == head), None)
            if begun:
                begun.lines.extend(entry_lines(entry))
            else:
                self._add(self._end(self._root) if self._root else 0, 0, [*head, *entry_lines(entry)])

    def text(self) -> str:
        """Return the changed text."""
        lines = list(self.lines)
        insertions = sorted(self._inserted, key=lambda each: each[:2])
        for at, column, text in reversed(insertions):
            lines[at] = f"{lines[at][:column]}{text}{lines[at][column:]}"
        # What ends in one line is closed from within: a measure's field comes before one of its target.
        changes = sorted(self._changes, key=lambda each: (each.start, each.end, -each.depth))
        for start, end, _, new in reversed(changes):
            lines[start:end] = new
        return "\n".join(lines)

    def _add(self, at: int, depth: int, lines: list[str]) -> None:
        self._changes.append(_Change(at, at, depth, lines))

    def _insert(self, node: yaml.CollectionNode, last: yaml.Node | None, text: str) -> None:
        """Insert text in braces or brackets, behind an item: a comma, a comment, the bracket may stand behind it."""
        mark = last.end_mark if last else node.start_mark
        place = (mark.line, mark.column if last else mark.column + 1)
        comma = ", " if last or any(place == inserted[:2] for inserted in self._inserted) else ""
        self._inserted.append((*place, f"{comma}{text}"))

    def _node(self, path: Path) -> yaml.Node | None:
        """Return what stands at a path; None where it is read otherwise, such as an entry whose dash was forgotten."""
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
        """Return the line after a value: blank lines and comments behind it do not belong to it."""
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
        """Return the line after comments below a field that stand deeper than its name."""
        end = start
        for number, line in enumerate(self.lines[start:], start + 1):
            if line.strip() and depth_of(line) <= depth:
                break
            end = number if line.strip() else end
        return end
