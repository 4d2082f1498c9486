"""Changes of a plan's YAML text in place: lines of fields are replaced, all other lines and comments stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from generator.language.catalogue import LOADER
from generator.reading.draft_yaml import entry_lines, field_lines, plain_value
from generator.source.tree import Path, Tree


@dataclass
class TextSplices:
    """Collects changes of one text and makes them at once; lines count from 0."""

    tree: Tree
    changes: list[tuple[int, int, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = self.tree.text.split("\n")
        self.keys = self.tree.spans[0]
        self.values = self.tree.spans[1]
        self._added: dict[int, list[tuple[int, str]]] = {}

    def can_change(self, path: Path) -> bool:
        """Return whether the fields of an entry stand in lines of their own, so that one can be replaced alone."""
        lines = [span.line for key, span in self.keys.items() if key[:-1] == path]
        return len(lines) == len(set(lines))

    def set_field(self, path: Path, name: str, value: Any) -> None:
        """Set a field of the entry at `path`, or of the plan where `path` is empty; None takes it away.

        An entry in braces (`{id: a, name: b}`) can only be given a field that it has not.
        """
        key = (*path, name)
        if self._braces(path):
            self._add_in_braces(path, name, value)
            return
        indent = self._indent(path)
        new = [] if value is None else [f"{indent}{line}" if line else "" for line in field_lines(name, value)]
        if key in self.keys:
            start = self.keys[key].line - 1
            self.changes.append((start, self._end(start, len(indent)), new))
        elif new:
            end = self._entry_end(path)
            self.changes.append((end, end, new))

    def add_entry(self, name: str, entry: Mapping[str, Any], after: int | None) -> None:
        """Add an entry to a list of the plan, behind its entry number `after` (None: at its end)."""
        items = [key for key in self.values if len(key) == 2 and key[0] == name]
        if not items:
            end = len(self.lines) - (1 if self.lines and not self.lines[-1] else 0)
            has_head = any(change[0] == end and f"{name}:" in change[2] for change in self.changes)
            head = [] if has_head else ["", f"{name}:"]
            self.changes.append((end, end, [*head, *entry_lines(entry)]))
            return
        path: Path = (name, after if after is not None else len(items) - 1)
        indent = self._indent(path)[:-2]
        end = self._entry_end(path)
        self.changes.append((end, end, entry_lines(entry, indent)))

    def text(self) -> str:
        """Return the changed text."""
        lines = list(self.lines)
        ordered = sorted(enumerate(self.changes), key=lambda change: (change[1][0], change[0]), reverse=True)
        for _, (start, end, new) in ordered:
            lines[start:end] = new
        return "\n".join(lines)

    def _add_in_braces(self, path: Path, name: str, value: Any) -> None:
        """Add a field before the closing brace. The columns before it stay, so that several can be added to a line."""
        line, column = self._braces(path) or (0, 0)
        added = sum(len(text) for at, text in self._added.get(line, []) if at < column)
        text = f", {name}: {plain_value(value)}"
        before = self.lines[line]
        self.lines[line] = f"{before[: column + added]}{text}{before[column + added :]}"
        self._added.setdefault(line, []).append((column, text))

    def _braces(self, path: Path) -> tuple[int, int] | None:
        """Return the place of the closing brace of an entry in braces."""
        node = self._root
        for step in path:
            if isinstance(node, yaml.MappingNode):
                node = next((value for key, value in node.value if key.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            else:
                return None
        if not isinstance(node, yaml.MappingNode) or not node.flow_style:
            return None
        return node.end_mark.line, node.end_mark.column - 1

    @cached_property
    def _root(self) -> yaml.Node | None:
        root: yaml.Node | None = yaml.compose(self.tree.text, Loader=LOADER)
        return root

    def _indent(self, path: Path) -> str:
        columns = [span.column for key, span in self.keys.items() if key[:-1] == path]
        return " " * (min(columns) - 1) if columns else ""

    def _entry_end(self, path: Path) -> int:
        starts = [span.line - 1 for key, span in self.keys.items() if key[:-1] == path]
        if not starts:
            return self._end(self.values[path].line - 1, 0) if path in self.values else len(self.lines)
        return self._end(max(starts), len(self._indent(path)))

    def _end(self, start: int, indent: int) -> int:
        """Return the line after a field: what is indented more belongs to it, blank lines and comments after do not."""
        end = start + 1
        last = end
        while end < len(self.lines):
            line = self.lines[end]
            depth = len(line) - len(line.lstrip())
            is_item = line.lstrip().startswith("- ") and depth == indent and indent == 0
            if line.strip() and depth <= indent and not is_item:
                break
            end += 1
            if line.strip() and not line.lstrip().startswith("#"):
                last = end
        return last
