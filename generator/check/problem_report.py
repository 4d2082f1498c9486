"""Reports of a check: text for people, JSON for programs, and annotations for GitHub and GitLab."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from generator.check import CheckResult
from generator.check.entries import ENTRY_LISTS
from generator.language.catalogue import Catalogue
from generator.problem import Problem
from generator.source.source_files import typed_path

MOST_SHOWN = 100
"""Problems that a text report shows one by one; more are only counted, so that it stays readable."""
_MOST_FILES = 20
_MOST_LINES = 200
_LONGEST_VALUE = 300
_WIDEST = 110

# Values that are keys of the catalogue, with the catalogue section of their words.
_KEYS = {"kind": "kinds", "found_kind": "kinds", "read_as": "read_as", "reason": "reasons", "unread": "unread"}
_VARIANTS = ("why", "unread")
"""Values that select a variant of a rule's message or hint."""
_EXAMPLE = {"example", "column"}
"""Values of problems whose cause is certain, so that the report shows the corrected line."""
_WHOLE = {"allowed", "example"}
"""Values from the schema, which are never shortened."""
_COMBINED = {"unknown-name"}
"""Rules whose problems in one file, if without suggestion, are reported together, by `found`."""
_VARYING_VALUES = {"first", "first_line", "example", "allowed"}
"""Values that may differ between problems that count as equal."""
_ENTRIES = set(ENTRY_LISTS.values())
_TYPE_VALUES = {"expected_type", "found_type"}


@dataclass(frozen=True)
class ProblemGroup:
    """Equal problems of one file: they have one cause and are reported once, with all places."""

    problems: Sequence[Problem]

    @property
    def first(self) -> Problem:
        """The problem that is reported in full; of the others only the places."""
        return self.problems[0]

    @property
    def is_combined(self) -> bool:
        """Whether the problems differ in `found` and are reported together."""
        return len({problem.values.get("found") for problem in self.problems}) > 1


def group_problems(problems: Sequence[Problem]) -> list[ProblemGroup]:
    """Return groups of equal problems, in the order of the first of each."""
    groups: dict[object, list[Problem]] = {}
    for problem in problems:
        values = {name: value for name, value in problem.values.items() if name not in _VARYING_VALUES}
        if problem.rule in _COMBINED and not problem.suggestion:
            values = {name: values.get(name, "") for name in ("kind", "cause", "why")}
        key = (problem.path, problem.rule, problem.level, problem.suggestion, tuple(sorted(values.items())))
        groups.setdefault(key, []).append(problem)
    return [ProblemGroup(group) for group in groups.values()]


def format_message(problem: Problem, words: Catalogue) -> str:
    """Return the message in one line, with the entry that has the problem."""
    key = _key(problem, "message", words)
    values = _values(problem, words)
    message = words.text(key, **values)
    named = "{subject}" in words.texts[key] or not problem.subject or problem.subject[0] not in _ENTRIES
    return message if named else f"{values['subject']}: {message}"


def format_line(problem: Problem, words: Catalogue) -> str:
    """Return place and message: `file:line:column: level[rule]: message`."""
    return f"{_head(problem, words)}: {format_message(problem, words)}"


def _head(problem: Problem, words: Catalogue) -> str:
    location = f"{problem.path}:{problem.span.line}:{problem.span.column}"
    return f"{location}: {words.text(f'check.{problem.level}')}[{problem.rule}]"


def format_hint(problem: Problem, words: Catalogue) -> str:
    """Return how to correct the problem, with the suggestion if there is one. An example may have further lines."""
    if not problem.suggestion:
        hint = words.text(_key(problem, "hint", words), **_values(problem, words))
        return hint.replace("\n", " ") if hint.count("\n") == 1 else hint
    hint = words.text("check.did_you_mean", word=problem.suggestion)
    if meaning := problem.values.get("meaning"):
        hint = words.text("check.did_you_mean_meaning", word=problem.suggestion, meaning=meaning)
    key = f"problems.{problem.rule}.near"
    return f"{hint} {words.text(key, **_values(problem, words))}" if key in words.texts else hint


def _key(problem: Problem, part: str, words: Catalogue) -> str:
    """Return the key of a message or hint: that of the problem's variant, if the rule has several."""
    variants = [problem.values[name] for name in _VARIANTS if name in problem.values]
    variants += ["example"] if _EXAMPLE & problem.values.keys() else []
    keys = (f"problems.{problem.rule}.{part}-{variant}" for variant in variants)
    return next((key for key in keys if key in words.texts), f"problems.{problem.rule}.{part}")


def format_summary(result: CheckResult, words: Catalogue) -> str:
    """Return the end of a report: what was checked, counts by level, whether a strict build fails."""
    counts = result.counts
    count = words.text("check.count", plans=counts["plan"], units=counts["unit"], programmes=counts["programme"])
    notes = words.text("check.notes", n=len(result.notes)) if result.notes else ""
    if len(result.notes) == len(result.problems):
        return words.text("check.clean", count=count) + notes
    files = len({problem.path for problem in result.problems if problem.level != "note"})
    errors, warnings = len(result.errors), len(result.warnings)
    summary = words.text("check.found", count=count, errors=errors, warnings=warnings, files=files) + notes
    return summary if errors else f"{summary}\n{words.text('check.strict_refuses', n=warnings)}"


def text_report(result: CheckResult, words: Catalogue) -> str:
    """Return each problem with its line, a caret and a hint, then a summary."""
    return "\n\n".join([*format_problems(result, words), format_summary(result, words)])


def format_problems(result: CheckResult, words: Catalogue) -> list[str]:
    """Return the parts of a text report before its summary."""
    texts = result.texts
    groups = group_problems(result.problems)
    parts = []
    shown, path = 0, ""
    lines: Sequence[str] = []
    for group in groups[:MOST_SHOWN]:
        if group.first.path != path:
            path, lines = group.first.path, texts.get(group.first.path, "").split("\n")
        parts.append(_format_group(group, lines, words))
        shown += len(group.problems)
    rest = [problem for group in groups[MOST_SHOWN:] for problem in group.problems]
    return [*parts, *_rest(rest, words)]


def format_locations(group: ProblemGroup, words: Catalogue) -> list[str]:
    """Return the lines that list all further places of a problem."""
    if group.is_combined:
        by_name: dict[str, list[Problem]] = {}
        for problem in group.problems:
            by_name.setdefault(problem.values["found"], []).append(problem)
        return [f'"{_shortened(name)}": {_lines(problems, words)}' for name, problems in by_name.items()]
    if len(group.problems) == 1:
        return []
    rest = group.problems[1:]
    return [words.text("check.same_at", n=len(rest), lines=_lines(rest, words))]


def _lines(problems: Sequence[Problem], words: Catalogue) -> str:
    numbers = list(dict.fromkeys(str(problem.span.line) for problem in problems))
    more = f" … (+{len(numbers) - _MOST_LINES})" if len(numbers) > _MOST_LINES else ""
    return words.text("check.lines", lines=", ".join(numbers[:_MOST_LINES]) + more)


def _rest(rest: Sequence[Problem], words: Catalogue) -> list[str]:
    """Return how many problems were not shown one by one, and in which files."""
    if not rest:
        return []
    by_path = Counter(problem.path for problem in rest)
    shown = [words.text("check.more_in", path=path, n=n) for path, n in by_path.most_common(_MOST_FILES)]
    if more := len(by_path) - len(shown):
        shown.append(words.text("check.more_files", n=more))
    return ["\n".join([words.text("check.more", n=len(rest)), *shown])]


def json_report(result: CheckResult, words: Catalogue) -> str:
    """Return the problems as JSON: `{"summary", "counts", "problems": [...]}`."""
    problems = [
        {
            "path": problem.path,
            "line": problem.span.line,
            "column": problem.span.column,
            "length": problem.span.length,
            "level": problem.level,
            "rule": problem.rule,
            "message": format_message(problem, words),
            "hint": format_hint(problem, words),
            "suggestion": problem.suggestion,
        }
        for problem in result.problems
    ]
    content = {"summary": format_summary(result, words), "counts": dict(result.counts), "problems": problems}
    return json.dumps(content, ensure_ascii=False, indent=2)


def github_report(result: CheckResult, words: Catalogue) -> str:
    """Return workflow commands, which GitHub shows at the lines of a pull request."""
    lines = []
    for group in group_problems(result.problems):
        problem = group.first
        location = f"file={_escaped_property(problem.path)},line={problem.span.line},col={problem.span.column}"
        others = "".join(f"\n{line}" for line in format_locations(group, words))
        text = f"{format_message(problem, words)}\n{words.text('check.hint')}: {format_hint(problem, words)}{others}"
        level = "notice" if problem.level == "note" else problem.level
        lines.append(f"::{level} {location},title={problem.rule}::{_escaped(text)}")
    return "\n".join([*lines, format_summary(result, words)])


def gitlab_report(result: CheckResult, words: Catalogue) -> str:
    """Return GitLab's Code Quality report, for the lines of a merge request.

    A fingerprint tells GitLab which problems are new. It is made from the place in the data, because lines move.
    """
    severities = {"error": "major", "warning": "minor", "note": "info"}
    occurrences: Counter[tuple[str, ...]] = Counter()
    entries = []
    for problem in result.problems:
        message = format_message(problem, words)
        occurrences[key := (problem.path, problem.rule, message)] += 1
        entries.append(
            {
                "description": f"{message}. {words.text('check.hint')}: {format_hint(problem, words)}",
                "check_name": problem.rule,
                "fingerprint": sha256("\n".join((*key, str(occurrences[key]))).encode()).hexdigest(),
                "severity": severities[problem.level],
                "location": {"path": problem.path, "lines": {"begin": problem.span.line}},
            }
        )
    return json.dumps(entries, ensure_ascii=False, indent=2)


REPORTERS: Mapping[str, Callable[[CheckResult, Catalogue], str]] = {
    "text": text_report,
    "json": json_report,
    "github": github_report,
    "gitlab": gitlab_report,
}


def _values(problem: Problem, words: Catalogue) -> dict[str, str]:
    values = {name: value if name in _WHOLE else _shortened(value) for name, value in problem.values.items()}
    if "unread" in values:
        values["typed"] = typed_path(problem.path)
    for name in _KEYS.keys() & values.keys():
        values[name] = words.text(f"{_KEYS[name]}.{values[name]}")
    for name in _TYPE_VALUES & values.keys():
        values[name] = " / ".join(words.text(f"types.{part}") for part in values[name].split("/"))
    if (field := values.get("field")) is not None:
        title = values.get("title")
        values["named"] = f'"{field}" ({title})' if title and title != field else f'"{field}"'
    if problem.subject:
        kind, id_ = problem.subject
        values["subject"] = words.text(f"subjects.{kind}", id=id_)
    return values


def _shortened(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"


def _format_group(group: ProblemGroup, lines: Sequence[str], words: Catalogue) -> str:
    problem, span = group.first, group.first.span
    locations = format_locations(group, words)
    if group.is_combined:
        names = {each.values["found"] for each in group.problems}
        values = {**_values(problem, words), "count": str(len(names)), "typed": typed_path(problem.path)}
        head = f"{_head(problem, words)}: {words.text(f'problems.{problem.rule}.many', **values)}"
        hint = words.text(_key(problem, "many_hint", words), **values)
    else:
        head, hint = format_line(problem, words), format_hint(problem, words)
    is_shown = any(lines) and span.line <= len(lines)
    gutter = " " * len(str(span.line)) if is_shown else "  "
    below = [*(f"{gutter} = {line}" for line in locations)]
    if "\n" in hint:
        hint, *more = hint.split("\n")
        below = [*(f"{gutter}   {line}" for line in more), *below]
    below = [f"{gutter} = {words.text('check.hint')}: {hint}", *below]
    if not is_shown:
        return "\n".join([head, *below])
    shown, before, length = _clipped(lines[span.line - 1], span.column - 1, span.length)
    caret = " " * _width(before) + "^" * max(1, length)
    return "\n".join([head, f"{span.line} | {shown}", f"{gutter} | {caret}", *below])


def _clipped(line: str, column: int, length: int) -> tuple[str, str, int]:
    """Return the part of a long line around the fault, the text before the fault in it, and how much to underline."""
    line = line.replace("\t", " ")
    start = max(0, min(column - 30, len(line) - _WIDEST)) if len(line) > _WIDEST else 0
    end = start + _WIDEST
    shown = ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
    before = ("…" if start else "") + line[start:column]
    return shown, before, min(length, max(1, end - column), max(1, len(line) - column))


def _width(text: str) -> int:
    """Return the width of a text in a terminal: wide letters take two columns, combining marks none."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(1 for letter in text if unicodedata.combining(letter))


def _escaped_property(text: str) -> str:
    """Return a text escaped for a property of a workflow command: a comma would end it, a colon the command."""
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _escaped(text: str) -> str:
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(sign, code)
    return text
