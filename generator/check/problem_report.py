"""Tells a check's result to people (text), to programs (JSON), and to GitHub and GitLab, on the lines."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from itertools import groupby

from generator.check import CheckResult
from generator.check.entries import ENTRY_LISTS
from generator.language.catalogue import Catalogue
from generator.problem import Problem

MOST_SHOWN = 100
"""Problems that a text report tells one by one; the rest are counted, so that a report stays readable."""
MOST_ALIKE = 5
"""Problems of one rule in one file that a text report tells one by one."""
_MOST_FILES = 20
_LONGEST_VALUE = 300

# Values that are keys of the catalogue, and the part of the catalogue that has their words.
_KEYS = {"kind": "kinds", "found_kind": "kinds", "read_as": "read_as", "reason": "reasons"}
_ENTRIES = set(ENTRY_LISTS.values())
_TYPE_VALUES = {"expected_type", "found_type"}


def format_message(problem: Problem, words: Catalogue) -> str:
    """Return what is wrong, in one line, with the entry in which it is."""
    key = f"problems.{problem.rule}.message"
    values = _values(problem, words)
    message = words.text(key, **values)
    named = "{subject}" in words.texts[key] or not problem.subject or problem.subject[0] not in _ENTRIES
    return message if named else f"{values['subject']}: {message}"


def format_line(problem: Problem, words: Catalogue) -> str:
    """Return place and message: `file:line:column: level[rule]: message`."""
    location = f"{problem.path}:{problem.span.line}:{problem.span.column}"
    return f"{location}: {words.text(f'check.{problem.level}')}[{problem.rule}]: {format_message(problem, words)}"


def format_hint(problem: Problem, words: Catalogue) -> str:
    """Return how to mend it, in one line: the suggestion where there is one."""
    if not problem.suggestion:
        return words.text(f"problems.{problem.rule}.hint", **_values(problem, words))
    hint = words.text("check.did_you_mean", word=problem.suggestion)
    near = f"problems.{problem.rule}.near"
    return f"{hint} {words.text(near, **_values(problem, words))}" if near in words.texts else hint


def format_summary(result: CheckResult, words: Catalogue) -> str:
    """Return the last line of a report: what was checked, and counts by level."""
    counts = result.counts
    count = words.text("check.count", plans=counts["plan"], units=counts["unit"], programmes=counts["programme"])
    if not result.problems:
        return words.text("check.clean", count=count)
    files = len({problem.path for problem in result.problems})
    return words.text("check.found", count=count, errors=len(result.errors), warnings=len(result.warnings), files=files)


def text_report(result: CheckResult, words: Catalogue) -> str:
    """Return each problem with its line, a caret and a hint, then a summary."""
    return "\n\n".join([*format_problems(result, words), format_summary(result, words)])


def format_problems(result: CheckResult, words: Catalogue) -> list[str]:
    """Return the parts of a text report before its summary."""
    faulty = {problem.path for problem in result.problems}
    lines = {path: text.split("\n") for path, text in result.texts.items() if path in faulty}
    parts: list[str] = []
    rest: list[Problem] = []
    for path, problems in groupby(result.problems, lambda problem: problem.path):
        same_rule: Counter[tuple[str, str]] = Counter()
        for problem in problems:
            same_rule[problem.level, problem.rule] += 1
            if same_rule[problem.level, problem.rule] > MOST_ALIKE:
                continue
            if len(parts) < MOST_SHOWN:
                parts.append(_format_problem(problem, lines.get(path, []), words))
            else:
                rest.append(problem)
        parts += [
            words.text("check.more_here", path=path, n=n - MOST_ALIKE, level=words.text(f"check.{level}"), rule=rule)
            for (level, rule), n in same_rule.items()
            if n > MOST_ALIKE and len(parts) < MOST_SHOWN
        ]
    return parts + _format_rest(rest, words)


def _format_rest(rest: Sequence[Problem], words: Catalogue) -> list[str]:
    if not rest:
        return []
    files = Counter(problem.path for problem in rest)
    shown = [words.text("check.more_in", path=path, n=n) for path, n in list(files.items())[:_MOST_FILES]]
    if (more := len(files) - _MOST_FILES) > 0:
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
    """Return workflow commands, which GitHub shows on the lines of a pull request."""
    lines = []
    for problem in result.problems:
        location = f"file={_escaped(problem.path)},line={problem.span.line},col={problem.span.column}"
        text = f"{format_message(problem, words)}\n{words.text('check.hint')}: {format_hint(problem, words)}"
        lines.append(f"::{problem.level} {location},title={problem.rule}::{_escaped(text)}")
    return "\n".join([*lines, format_summary(result, words)])


def gitlab_report(result: CheckResult, words: Catalogue) -> str:
    """Return GitLab's Code Quality report, for the lines of a merge request.

    A fingerprint tells GitLab which problems are new: the place in the content makes it, not the line, which moves.
    """
    severities = {"error": "major", "warning": "minor"}
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
    values = {name: _shortened(value) for name, value in problem.values.items()}
    for name in _KEYS.keys() & values.keys():
        values[name] = words.text(f"{_KEYS[name]}.{values[name]}")
    for name in _TYPE_VALUES & values.keys():
        values[name] = " / ".join(words.text(f"types.{part}") for part in values[name].split("/"))
    if problem.subject:
        kind, id_ = problem.subject
        values["subject"] = words.text(f"subjects.{kind}", id=id_)
    return values


def _shortened(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"


def _format_problem(problem: Problem, lines: Sequence[str], words: Catalogue) -> str:
    span = problem.span
    head = format_line(problem, words)
    hint = f"= {words.text('check.hint')}: {format_hint(problem, words)}"
    if not any(lines) or span.line > len(lines):
        return f"{head}\n   {hint}"
    shown, before, length = _clipped(lines[span.line - 1], span.column - 1, span.length)
    gutter = " " * len(str(span.line))
    caret = " " * _width(before) + "^" * max(1, length)
    return f"{head}\n{span.line} | {shown}\n{gutter} | {caret}\n{gutter} {hint}"


def _clipped(line: str, column: int, length: int, most: int = 110) -> tuple[str, str, int]:
    """Return the part of a long line around the fault, what stands before the fault in it, how far to underline."""
    line = line.replace("\t", " ")
    start = max(0, min(column - 30, len(line) - most)) if len(line) > most else 0
    end = start + most
    shown = ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
    before = ("…" if start else "") + line[start:column]
    return shown, before, min(length, max(1, end - column), max(1, len(line) - column))


def _width(text: str) -> int:
    """Return the columns that a terminal gives a text: wide letters take two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(1 for letter in text if unicodedata.combining(letter))


def _escaped(text: str) -> str:
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(sign, code)
    return text
