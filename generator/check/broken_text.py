"""A text that YAML reads as fields or a list, because it contains a colon, braces or brackets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.problem import Span
from generator.source.tree import Path, Tree
from generator.source.yaml_writer import quoted


@dataclass(frozen=True)
class BrokenText:
    """The mapping or list that was read instead of a text, and its place."""

    tree: Tree
    path: Path
    read: dict[str, Any] | list[Any]

    @cached_property
    def words(self) -> list[str]:
        """The texts in the brackets; empty if there is a colon or another bracket among them."""
        values = list(self.read.values()) if isinstance(self.read, dict) else []
        words = list(self.read)
        return words if all(isinstance(word, str) for word in words) and not any(values) and not self.has_colon else []

    @cached_property
    def has_colon(self) -> bool:
        """Whether it is one text with a colon in it."""
        if not isinstance(self.read, dict) or len(self.read) != 1:
            return False
        value = next(iter(self.read.values()))
        return isinstance(value, str) or (value is None and self._after.lstrip("\"' ").startswith(":"))

    @property
    def colon(self) -> Span:
        """The place of the colon."""
        span = self._key
        return Span(span.line, span.column + span.length + len(self._after) - len(self._after.lstrip()))

    def quoted_as(self, field: str) -> str:
        """Return the quoted text as it must be written: in a list's brackets, after a dash, or after a field's name."""
        name, value = next(iter(self.read.items())) if isinstance(self.read, dict) else ("", None)
        text = f"{name}: {value}" if value else f"{name}:"
        if not isinstance(self.path[-1], int):
            return f"{field}: {quoted(text)}"
        before, after = self._line[: self._key.column - 1], self._line[self._key.column - 1 :]
        if not before.rstrip().endswith(("[", ",")):
            return f"- {quoted(text)}"
        return (before + quoted(text) + after[len(text) :]).strip() if after.startswith(text) else quoted(text)

    @cached_property
    def _key(self) -> Span:
        return self.tree.at((*self.path, next(iter(self.read))), key=True)

    @property
    def _line(self) -> str:
        return self.tree.lines[self._key.line - 1]

    @cached_property
    def _after(self) -> str:
        """The text after the first key."""
        return self._line[self._key.column + self._key.length - 1 :]
