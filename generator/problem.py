"""Problems of content, as values.

Stages collect problems and go on; they neither raise nor print. A problem has no words: reports take them from the
catalogue (`generator.check.problem_report`), so a problem can be shown in any language and format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning", "note"]
"""An error stops a build, a warning a strict build, a note none."""


@dataclass(frozen=True)
class Span:
    """A place in a file: line and column from 1, `length` in characters."""

    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True)
class Problem:
    """One fault of the content: its rule, its place, and the values for its message.

    `rule` is a key of the catalogue's `problems`, whose placeholders `values` fill. `subject` is the kind and id of the
    entry with the fault, such as `("activity", "ct5-1")`. `suggestion` is a similar valid word.
    """

    rule: str
    path: str
    span: Span
    values: Mapping[str, str] = field(default_factory=dict)
    subject: tuple[str, str] | None = None
    suggestion: str | None = None
    level: Level = "error"

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """The sort key of reports: file, line, column, then rule and values."""
        return self.path, self.span.line, self.span.column, self.rule, str(sorted(self.values.items()))
