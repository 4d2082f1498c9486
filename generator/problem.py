"""A problem in somebody's content, as a value.

Stages collect problems and go on; nothing here raises or prints. The words come from the language catalogue when
a report is written (`generator.check.problem_report`), so that one problem can be told in any language and any format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Span:
    """Where something stands in a file: line and column count from 1, `length` in characters."""

    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True)
class Place:
    """A span in a named file, for problems that concern two places."""

    path: str
    span: Span

    def __str__(self) -> str:
        return f"{self.path}:{self.span.line}"


@dataclass(frozen=True)
class Problem:
    """One fault: which rule, where, about what.

    `rule` names an entry of the catalogue's `problems`; `values` fill its placeholders. `subject` is the kind and
    id of the entry the fault is in (`("activity", "ct5-1")`), `suggestion` a near word that would be right.
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
        """Order of a report: file, line, column, then rule and values so that equal places keep one order."""
        return self.path, self.span.line, self.span.column, self.rule, str(sorted(self.values.items()))
