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


def message_of(problem: Problem, words: Catalogue) -> str:
    """What is wrong, in one line. Names the entry even where the rule's words do not."""
    key = f"problems.{problem.rule}.message"
    values = _values(problem, words)
    message = words.text(key, **values)
    named = "{subject}" in words.texts[key] or not problem.subject or problem.subject[0] not in _ENTRIES
    return message if named else f"{values['subject']}: {message}"


def line_of(problem: Problem, words: Catalogue) -> str:
    """Where and what, in one line: `file:line:column: level[rule]: message`."""
    place = f"{problem.path}:{problem.span.line}:{problem.span.column}"
    return f"{place}: {words.text(f'check.{problem.level}')}[{problem.rule}]: {message_of(problem, words)}"


def hint_of(problem: Problem, words: Catalogue) -> str:
    """How to mend it, in one line: the near word where there is one."""
    if not problem.suggestion:
        return words.text(f"problems.{problem.rule}.hint", **_values(problem, words))
    hint = words.text("check.did_you_mean", word=problem.suggestion)
    near = f"problems.{problem.rule}.near"
    return f"{hint} {words.text(near, **_values(problem, words))}" if near in words.texts else hint


def summary_of(result: CheckResult, words: Catalogue) -> str:
    """The last line of a report: what was checked and what was found, errors and warnings apart."""
    counts = result.counts
    count = words.text("check.count", plans=counts["plan"], units=counts["unit"], programmes=counts["programme"])
    if not result.problems:
        return words.text("check.clean", count=count)
    files = len({problem.path for problem in result.problems})
    return words.text("check.found", count=count, errors=len(result.errors), warnings=len(result.warnings), files=files)


def text_report(result: CheckResult, words: Catalogue) -> str:
    """`file:line:column: level[rule]: message`, the line, a caret, a hint; a summary at the end.

    The same fault over and over in one file is told a few times and counted, and so is what is left of a long report.
    """
    return "\n\n".join([*told(result, words), summary_of(result, words)])


def told(result: CheckResult, words: Catalogue) -> list[str]:
    """The parts of a text report before its summary."""
    faulty = {problem.path for problem in result.problems}
    lines = {path: text.split("\n") for path, text in result.texts.items() if path in faulty}
    parts: list[str] = []
    left: list[Problem] = []
    for path, problems in groupby(result.problems, lambda problem: problem.path):
        alike: Counter[tuple[str, str]] = Counter()
        for problem in problems:
            alike[problem.level, problem.rule] += 1
            if alike[problem.level, problem.rule] > MOST_ALIKE:
                continue
            if len(parts) < MOST_SHOWN:
                parts.append(_text_of(problem, lines.get(path, []), words))
            else:
                left.append(problem)
        parts += [
            words.text("check.more_here", path=path, n=n - MOST_ALIKE, level=words.text(f"check.{level}"), rule=rule)
            for (level, rule), n in alike.items()
            if n > MOST_ALIKE and len(parts) < MOST_SHOWN
        ]
    return parts + _left_off(left, words)


def _left_off(left: Sequence[Problem], words: Catalogue) -> list[str]:
    if not left:
        return []
    files = Counter(problem.path for problem in left)
    shown = [words.text("check.more_in", path=path, n=n) for path, n in list(files.items())[:_MOST_FILES]]
    if (more := len(files) - _MOST_FILES) > 0:
        shown.append(words.text("check.more_files", n=more))
    return ["\n".join([words.text("check.more", n=len(left)), *shown])]


def json_report(result: CheckResult, words: Catalogue) -> str:
    """The same objects as JSON: `{"summary", "counts", "problems": [...]}`."""
    problems = [
        {
            "path": problem.path,
            "line": problem.span.line,
            "column": problem.span.column,
            "length": problem.span.length,
            "level": problem.level,
            "rule": problem.rule,
            "message": message_of(problem, words),
            "hint": hint_of(problem, words),
            "suggestion": problem.suggestion,
        }
        for problem in result.problems
    ]
    content = {"summary": summary_of(result, words), "counts": dict(result.counts), "problems": problems}
    return json.dumps(content, ensure_ascii=False, indent=2)


def github_report(result: CheckResult, words: Catalogue) -> str:
    """Workflow commands, which GitHub shows as annotations on the lines of a pull request."""
    lines = []
    for problem in result.problems:
        place = f"file={_escaped(problem.path)},line={problem.span.line},col={problem.span.column}"
        text = f"{message_of(problem, words)}\n{words.text('check.hint')}: {hint_of(problem, words)}"
        lines.append(f"::{problem.level} {place},title={problem.rule}::{_escaped(text)}")
    return "\n".join([*lines, summary_of(result, words)])


def gitlab_report(result: CheckResult, words: Catalogue) -> str:
    """GitLab's Code Quality report, which GitLab shows on the lines of a merge request.

    A fingerprint tells GitLab which problems are new: the place in the content makes it, not the line, which moves.
    """
    severities = {"error": "major", "warning": "minor"}
    told: Counter[tuple[str, ...]] = Counter()
    entries = []
    for problem in result.problems:
        message = message_of(problem, words)
        told[key := (problem.path, problem.rule, message)] += 1
        entries.append(
            {
                "description": f"{message}. {words.text('check.hint')}: {hint_of(problem, words)}",
                "check_name": problem.rule,
                "fingerprint": sha256("\n".join((*key, str(told[key]))).encode()).hexdigest(),
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


def _text_of(problem: Problem, lines: Sequence[str], words: Catalogue) -> str:
    span = problem.span
    head = line_of(problem, words)
    hint = f"= {words.text('check.hint')}: {hint_of(problem, words)}"
    if not any(lines) or span.line > len(lines):
        return f"{head}\n   {hint}"
    shown, before, length = _clipped(lines[span.line - 1], span.column - 1, span.length)
    gutter = " " * len(str(span.line))
    caret = " " * _width(before) + "^" * max(1, length)
    return f"{head}\n{span.line} | {shown}\n{gutter} | {caret}\n{gutter} {hint}"


def _clipped(line: str, column: int, length: int, most: int = 110) -> tuple[str, str, int]:
    """The part of a long line around the fault, what stands before the fault in it, and how far to underline."""
    line = line.replace("\t", " ")
    start = max(0, min(column - 30, len(line) - most)) if len(line) > most else 0
    end = start + most
    shown = ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
    before = ("…" if start else "") + line[start:column]
    return shown, before, min(length, max(1, end - column), max(1, len(line) - column))


def _width(text: str) -> int:
    """Columns that a terminal gives a text: wide letters two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(1 for letter in text if unicodedata.combining(letter))


def _escaped(text: str) -> str:
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(sign, code)
    return text
