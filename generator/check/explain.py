"""What the rules mean, for the command line and for the guide: words, one passing and one failing example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import fill, indent

from generator.check.examples import Part, check_example, examples_of
from generator.check.report import told
from generator.check.rules import RULES
from generator.check.rules.rule import Group, Rule
from generator.language.catalogue import Catalogue
from generator.problem import Level

_WIDTH = 100
# What would not show, or would move the cursor of a terminal.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u0300-\u036f\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff]"
)


@dataclass(frozen=True)
class Shown:
    """A file of an example as it is shown: unseen characters by their codes, what a text cannot hold in words."""

    path: str
    text: str
    remarks: Sequence[str]


@dataclass(frozen=True)
class Explanation:
    """A rule for people. `told` is what the real check says of the failing example; empty where there is none."""

    id: str
    level: Level
    title: str
    why: str
    passing: Sequence[Shown]
    failing: Sequence[Shown]
    told: Sequence[str]


def explain(rule: Rule, words: Catalogue) -> Explanation:
    """A rule explained, its failing example checked."""
    examples = examples_of(rule.id)
    result = check_example(examples.failing)
    return Explanation(
        id=rule.id,
        level=rule.level,
        title=title_of(rule, words),
        why=words.text(f"problems.{rule.id}.why"),
        passing=[_shown(part, words) for part in examples.passing],
        failing=[_shown(part, words) for part in examples.failing],
        told=[_seen(text) for text in told(result, words)],
    )


def explained(rule: Rule, words: Catalogue) -> str:
    """A rule explained as text for a terminal."""
    one = explain(rule, words)
    parts = [f"{one.id} ({words.text(f'check.{one.level}')}): {one.title}", fill(one.why, _WIDTH)]
    for name, files in (("pass", one.passing), ("fail", one.failing)):
        if files:
            shown = "\n".join(indent("\n".join([file.path, indent(_body(file), "  ")]), "  ") for file in files)
            parts.append(f"{words.text(f'explain.{name}')}\n{shown}")
    if one.told:
        parts.append(f"{words.text('explain.told')}\n{indent((chr(10) * 2).join(one.told), '  ')}")
    return "\n\n".join(parts)


def listed(words: Catalogue) -> str:
    """All rules in one line each, by groups."""
    parts = []
    for group, rules in by_group():
        lines = [f"  {rule.id:30}{words.text(f'check.{rule.level}'):9}{title_of(rule, words)}" for rule in rules]
        parts.append("\n".join([words.text(f"rules.{group}"), *lines]))
    return "\n\n".join([*parts, words.text("explain.more")])


def by_group() -> Iterator[tuple[Group, list[Rule]]]:
    """All rules by what they are about, in their order."""
    for group, rules in groupby(RULES.values(), lambda rule: rule.group):
        yield group, list(rules)


def title_of(rule: Rule, words: Catalogue) -> str:
    """A rule in a few words."""
    return words.text(f"problems.{rule.id}.title")


def _body(file: Shown) -> str:
    return "\n".join([*([file.text.rstrip("\n")] if file.text else []), *file.remarks])


def _shown(part: Part, words: Catalogue) -> Shown:
    remarks = []
    if part.times > 1:
        remarks.append(words.text("explain.times", n=part.times))
    if encoding := part.options.get("encoding"):
        remarks.append(words.text("explain.encoding", encoding=encoding.upper()))
    if reason := part.options.get("unreadable"):
        remarks.append(words.text("explain.unreadable", reason=words.text(f"reasons.{reason}")))
    return Shown(part.path, _seen(part.text), remarks)


def _seen(text: str) -> str:
    """The text with the codes of what cannot be seen."""
    return _UNSEEN.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text.replace("\t", "‹Tab›"))
