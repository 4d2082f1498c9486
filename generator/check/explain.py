"""Explains the rules on the command line and in the guide: in words, with a passing and a failing example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import fill, indent

from generator.check.examples import ExamplePart, check_example, examples_of
from generator.check.problem_report import format_problems
from generator.check.rules import RULES
from generator.check.rules.rule import Group, Rule
from generator.language.catalogue import Catalogue
from generator.problem import Level

_WIDTH = 100
# Characters that are invisible, or that move the cursor of a terminal.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u0300-\u036f\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff]"
)


@dataclass(frozen=True)
class ExampleFile:
    """A file of an example as shown: invisible characters as codes, options in words."""

    path: str
    text: str
    remarks: Sequence[str]


@dataclass(frozen=True)
class Explanation:
    """A rule for people. `problems` are the check's result for the failing example; empty if there is no example."""

    id: str
    level: Level
    title: str
    why: str
    passing: Sequence[ExampleFile]
    failing: Sequence[ExampleFile]
    problems: Sequence[str]


def explain(rule: Rule, words: Catalogue) -> Explanation:
    """Explain a rule, and check its failing example."""
    examples = examples_of(rule.id)
    result = check_example(examples.failing)
    return Explanation(
        id=rule.id,
        level=rule.level,
        title=title_of(rule, words),
        why=words.text(f"problems.{rule.id}.why"),
        passing=[_example_file(part, words) for part in examples.passing],
        failing=[_example_file(part, words) for part in examples.failing],
        problems=[_with_codes(text) for text in format_problems(result, words)],
    )


def format_explanation(rule: Rule, words: Catalogue) -> str:
    """Return the explanation of a rule as text for a terminal."""
    explanation = explain(rule, words)
    parts = [
        f"{explanation.id} ({words.text(f'check.{explanation.level}')}): {explanation.title}",
        fill(explanation.why, _WIDTH),
    ]
    for name, files in (("pass", explanation.passing), ("fail", explanation.failing)):
        if files:
            shown = "\n".join(indent("\n".join([file.path, indent(_body(file), "  ")]), "  ") for file in files)
            parts.append(f"{words.text(f'explain.{name}')}\n{shown}")
    if explanation.problems:
        parts.append(f"{words.text('explain.told')}\n{indent((chr(10) * 2).join(explanation.problems), '  ')}")
    return "\n\n".join(parts)


def format_rule_list(words: Catalogue) -> str:
    """Return all rules as text, one line each, by group."""
    parts = []
    for group, rules in by_group():
        lines = [f"  {rule.id:30}{words.text(f'check.{rule.level}'):9}{title_of(rule, words)}" for rule in rules]
        parts.append("\n".join([words.text(f"rules.{group}"), *lines]))
    return "\n\n".join([*parts, words.text("explain.more")])


def by_group() -> Iterator[tuple[Group, list[Rule]]]:
    """Yield all rules by group, in order."""
    for group, rules in groupby(RULES.values(), lambda rule: rule.group):
        yield group, list(rules)


def title_of(rule: Rule, words: Catalogue) -> str:
    """Return the title of a rule."""
    return words.text(f"problems.{rule.id}.title")


def _body(file: ExampleFile) -> str:
    return "\n".join([*([file.text.rstrip("\n")] if file.text else []), *file.remarks])


def _example_file(part: ExamplePart, words: Catalogue) -> ExampleFile:
    remarks = []
    if part.times > 1:
        remarks.append(words.text("explain.times", n=part.times))
    if encoding := part.options.get("encoding"):
        remarks.append(words.text("explain.encoding", encoding=encoding.upper()))
    if reason := part.options.get("unreadable"):
        remarks.append(words.text("explain.unreadable", reason=words.text(f"reasons.{reason}")))
    return ExampleFile(part.path, _with_codes(part.text), remarks)


def _with_codes(text: str) -> str:
    """Replace invisible characters by their codes."""
    return _UNSEEN.sub(lambda match: f"‹U+{ord(match[0]):04X}›", text.replace("\t", "‹Tab›"))
