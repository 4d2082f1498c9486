"""The reference reader of YAML: every scalar as text, with its position.

The tree is built from PyYAML's events, not by its constructor, for three reasons. Values such as `2.500`, `01`, `no`
and `9/11` stay as typed. A fault has its exact line and column. Hostile input (deep nesting, exploding aliases) is
harmless, because no function recurses and aliases are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from generator.language.catalogue import LOADER
from generator.problem import Problem, Span
from generator.source.source_files import CONTROL
from generator.source.yaml_writer import quoted

Path = tuple[str | int, ...]

DEEPEST = 20
"""The deepest nesting that is read; the schema needs five levels."""

MOST_VALUES = 30_000
"""The most values that are read in one file. The largest real plan has 4,300; more would take too long."""

# The beginnings of libyaml's messages, with the rule for each.
_SYNTAX = {
    "found character that cannot start any token": "yaml-character",
    "found a tab character": "yaml-tab",
    "mapping values are not allowed": "yaml-colon",
    "did not find expected key": "yaml-indent",
    "did not find expected '-' indicator": "yaml-indent",
    "block sequence entries are not allowed": "yaml-indent",
    "did not find expected <document start>": "yaml-document",
    "found unknown escape character": "yaml-escape",
    "did not find expected hexdecimal number": "yaml-escape",
}
# Faults that libyaml notices late: the report shows the beginning of the value, quote or bracket.
_SYNTAX_FROM_ITS_BEGINNING = {
    "could not find expected ':'": "yaml-no-colon",
    "found unexpected end of stream": "yaml-quote",
    "did not find expected ',' or": "yaml-bracket",
    "did not find expected node content": "yaml-bracket",
    "did not find expected comment or line break": "yaml-character",  # >80%
    "could not find expected directive name": "yaml-character",  # % at the start of a line
    "did not find expected alphabetic or numeric character": "yaml-alias",
    "did not find expected whitespace or line break": "yaml-tag",
    "did not find expected tag URI": "yaml-tag",
    "did not find the expected '>'": "yaml-tag",
}
# After these faults the data can still be used.
_READ_ON = {"duplicate-key", "yaml-dash", "yaml-comma", "yaml-no-colon"}

Spans = Mapping[Path, Span]


@dataclass(frozen=True)
class Tree:
    """The data (`dict`, `list`, `str`, `None`) of a file, and its text for reports.

    Spans are computed on first use, because the fast reader gives none. `parsed` is the text that was parsed if faulty
    lines were mended or blanked, else None. `lost` says that entries were left out. `mended` are the lines (from 1)
    that differ from what was typed: faults found in them are not the contributor's. `pruned`: the data is without what
    the schema refuses.
    """

    path: str
    text: str
    data: Any
    parsed: str | None = None
    lost: bool = False
    mended: frozenset[int] = frozenset()
    pruned: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the data holds the whole file."""
        return self.data is not None and not self.lost

    @cached_property
    def lines(self) -> list[str]:
        """The lines to which spans refer: those of the parsed text."""
        return (self.text if self.parsed is None else self.parsed).split("\n")

    @cached_property
    def spans(self) -> tuple[Spans, Spans]:
        """The spans of keys and of values by path, such as `("activities", 3, "years")`; list items have no key."""
        composer = _Composer(self.path)
        composer.compose(self.text if self.parsed is None else self.parsed)
        return composer.keys, composer.values

    def at(self, path: Path, *, key: bool = False) -> Span:
        """Return the span of a value or its key, else of the nearest part above that has a span."""
        keys, values = self.spans
        for end in range(len(path), -1, -1):
            for spans in (keys, values) if key else (values, keys):
                if path[:end] in spans:
                    return spans[path[:end]]
        return Span()


@dataclass
class _Frame:
    """A mapping or list that is being filled."""

    data: dict[str, Any] | list[Any]
    path: Path
    flow: bool = False
    key: str | None = None
    comma: Problem | None = None


class _Composer:
    """Builds data and spans from events, up to the first fault after which further reports would mislead."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.keys: dict[Path, Span] = {}
        self.values: dict[Path, Span] = {}
        self.doubled: set[Path] = set()
        self.root: Any = None
        self.stack: list[_Frame] = []
        self.documents = 0
        self.nodes = 0
        self.text = ""

    def compose(self, text: str) -> yaml.YAMLError | None:
        """Process all events of a text; return the parser's error, if any."""
        self.text = text
        try:
            for event in yaml.parse(text, Loader=LOADER):
                if not self.process(event):
                    break
        except yaml.YAMLError as error:
            return error
        return None

    def process(self, event: yaml.Event) -> bool:
        """Process one event; return False if composing must stop."""
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                return self._stop("yaml-document", event)
        elif isinstance(event, yaml.AliasEvent):
            return self._stop("yaml-alias", event)
        elif isinstance(event, yaml.NodeEvent):
            return self._process_node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        return True

    def _process_node(self, event: yaml.NodeEvent) -> bool:
        """Process a scalar, or the beginning of a mapping or list; refuse anchors, tags and too many values."""
        tag = getattr(event, "tag", None)
        if event.anchor is not None:
            return self._stop("yaml-alias", event)
        if tag is not None and tag != "!":
            return self._stop("yaml-tag", event, tag=str(tag).replace("tag:yaml.org,2002:", "!!"))
        self.nodes += 1
        if self.nodes > MOST_VALUES:
            return self._stop("too-many-values", event, limit=f"{MOST_VALUES:,}".replace(",", "."))
        if not isinstance(event, yaml.ScalarEvent):
            return self._begin(event)
        if control := CONTROL.search(event.value):  # it was written as an escape; others are refused earlier
            return self._stop("control-character", event, code=f"U+{ord(control.group()):04X}")
        return self._process_scalar(event)

    def _begin(self, event: yaml.NodeEvent) -> bool:
        if len(self.stack) >= DEEPEST:
            return self._stop("too-deep", event, limit=str(DEEPEST))
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.data, dict) and frame.key is None:
            return self._stop("yaml-key", event)
        data: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        # A repeated list field continues the list: its entries are read, only the field is reported.
        if isinstance(data, list) and frame and isinstance(frame.data, dict) and frame.key is not None:
            earlier = frame.data.get(frame.key)
            data = earlier if isinstance(earlier, list) else data
        self.stack.append(_Frame(data, self._insert(data, event), bool(getattr(event, "flow_style", False))))
        return True

    def _process_scalar(self, event: yaml.ScalarEvent) -> bool:
        """Process a scalar as the next key of the current mapping, else as a value."""
        frame = self.stack[-1] if self.stack else None
        if not (frame and isinstance(frame.data, dict) and frame.key is None):
            plain_nothing = event.implicit[0] and event.value in {"", "~", "null"}
            if plain_nothing and frame and frame.flow and frame.key is not None and self._is_cut(frame, event):
                return True
            self._insert(None if plain_nothing else event.value, event)
            return True
        if not frame.flow and self._begins_entry(frame, event):
            frame = self.stack[-1]
        path = (*frame.path, event.value)
        if path in self.keys:
            self._tell_duplicate(path, frame, event)
        else:
            self.keys[path] = span_of(event)
        frame.key = event.value
        return True

    def _tell_duplicate(self, path: Path, frame: _Frame, event: yaml.ScalarEvent) -> None:
        """Record a repeated field, but none inside another repeated field."""
        self.doubled.add(path)
        if any(path[:end] in self.doubled for end in range(1, len(path))):
            return
        assert isinstance(frame.data, dict)
        values = {"field": event.value, "first_line": str(self.keys[path].line)}
        if isinstance(frame.data.get(event.value), list):
            values["why"] = "list"
        self.problems.append(Problem("duplicate-key", self.path, span_of(event), values))

    def _begins_entry(self, frame: _Frame, event: yaml.ScalarEvent) -> bool:
        """Begin the next entry of a list if the first field of an entry repeats: its dash was forgotten."""
        above = self.stack[-2] if len(self.stack) > 1 else None
        assert isinstance(frame.data, dict)
        if not above or not isinstance(above.data, list) or next(iter(frame.data), None) != event.value:
            return False
        assert event.start_mark is not None
        start, end = event.start_mark.index, self.text.find("\n", event.start_mark.index)
        line = self.text[start : end if end >= 0 else None].strip()
        values = {"why": "missing", "example": f"- {line}"}
        self.problems.append(Problem("yaml-dash", self.path, span_of(event), values))
        data: dict[str, Any] = {}
        self.stack.pop()
        self.stack.append(_Frame(data, self._insert(data, event)))
        return True

    def _is_cut(self, frame: _Frame, event: yaml.ScalarEvent) -> bool:
        """Join a value in braces that a comma has cut: the part after the comma looks like a field without a value."""
        key = frame.key
        assert key is not None and isinstance(frame.data, dict)
        assert event.start_mark is not None
        span, end = self.keys[(*frame.path, key)], event.start_mark.index
        if self.text[end - 1 : end] == ":" or self.text[end : end + 1] == ":":
            return False
        name, _, rest = key.partition(":")
        if rest and name:
            values = {"why": "glued", "example": f"{name}: {rest}"}
            self.problems.append(Problem("yaml-no-colon", self.path, span, values))
            frame.data.setdefault(name, rest)
            self.keys.setdefault((*frame.path, name), span)
            self.values.setdefault((*frame.path, name), span)
        elif (last := next(reversed(frame.data), None)) is not None and isinstance(frame.data[last], str):
            first = self.values[(*frame.path, last)]
            frame.data[last] = self._between(first, event)
            values = {"field": last, "example": f"{last}: {quoted(frame.data[last])}"}
            if frame.comma in self.problems:
                self.problems.remove(frame.comma)
            frame.comma = Problem("yaml-comma", self.path, first, values)
            self.problems.append(frame.comma)
        else:
            return False
        del self.keys[(*frame.path, key)]
        frame.key = None
        return True

    def _between(self, first: Span, event: yaml.Event) -> str:
        """Return the text from the beginning of a value to that of an event, in one line."""
        end = event.start_mark
        assert end is not None  # the parser sets it for every event
        start = end.index - end.column
        for _ in range(first.line, end.line + 1):
            start = self.text.rfind("\n", 0, start - 1) + 1
        return " ".join(self.text[start + first.column - 1 : end.index].strip("\"'").split())

    def _insert(self, value: Any, event: yaml.Event) -> Path:
        """Put a value into its collection, record its span, and return its path."""
        if not self.stack:
            self.root = value
            path: Path = ()
        else:
            frame = self.stack[-1]
            if isinstance(frame.data, dict):
                assert frame.key is not None
                path = (*frame.path, frame.key)
                if frame.data.get(frame.key) is None:  # of two equal keys the first counts, unless it is empty
                    frame.data[frame.key] = value
                frame.key = None
            else:
                path = (*frame.path, len(frame.data))
                frame.data.append(value)
        self.values.setdefault(path, span_of(event))
        return path

    def _stop(self, rule: str, event: yaml.Event, **values: str) -> bool:
        """Record a problem and return False."""
        self.problems.append(Problem(rule, self.path, span_of(event), values))
        return False


def read_tree(path: str, text: str) -> tuple[Tree, list[Problem]]:
    """Parse one YAML document; after a problem that makes the data useless, the tree's `data` is None."""
    composer = _Composer(path)
    error = composer.compose(text)
    problems = composer.problems
    if error:
        problems = [*problems, _syntax_problem(path, text, error)]
    elif composer.root is None and not problems:
        problems = [Problem("empty-file", path, Span())]
    usable = not problems or (not error and all(problem.rule in _READ_ON for problem in problems))
    return Tree(path, text, composer.root if usable else None), problems


def span_of(event: yaml.Event) -> Span:
    """Return the span of a parser's event."""
    start, end = event.start_mark, event.end_mark
    assert start is not None and end is not None  # the parser sets them for every event
    length = end.column - start.column if end.line == start.line else 1
    return Span(start.line + 1, start.column + 1, max(1, length))


def _syntax_problem(path: str, text: str, error: yaml.YAMLError) -> Problem:
    """Return the problem for a parser's error, at the place where the contributor must look."""
    message = getattr(error, "problem", None) or str(error).split("\n")[0]
    early = next((rule for words, rule in _SYNTAX_FROM_ITS_BEGINNING.items() if message.startswith(words)), None)
    rule = early or next((rule for words, rule in _SYNTAX.items() if message.startswith(words)), "yaml-syntax")
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    mark = next((mark for mark in (marks[::-1] if early else marks) if mark), None)
    lines = text.split("\n")
    line = min(mark.line, len(lines) - 1) if mark else 0
    column = min(mark.column, len(lines[line])) if mark else 0
    if rule == "yaml-character" and lines[line][column : column + 1] == "\t":
        rule = "yaml-tab"
    if rule == "yaml-indent" and lines[line][:column].strip(" -"):
        # Either a printed dash in a cell, or a rest after a quote.
        rule = "yaml-character" if message.startswith("block sequence") else "yaml-stray"
    return Problem(rule, path, Span(line + 1, column + 1), {"said": message, "tag": "!"})
