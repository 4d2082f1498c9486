"""Lines of YAML as contributors type them, examined one by one where no parser can read them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.problem import Span

# The name ends in a letter or is a single one, and a comment begins at the first of its spaces: otherwise a line of
# spaces would take quadratic time.
FIELD = re.compile(r"^( *)((?:- +)*)([^\s:#'\"\[\]{}&*!|>%@`,-](?:[^:#'\"\[\]{},]*[^:#'\"\[\]{}, ])?) *:(?: +|$)(.*)$")
_NOTE = re.compile(r"(?<!\s)\s++#(?: |$)")
ITEM = re.compile(r"^( *)- +(.*)$")
BULLET = re.compile(r"^( *)([-*+–—•●◦▪·]|\uf0b7|\uf0a7)( *)(?=\S)(.*)$")
BLOCK_START = re.compile(r"^[|>][-+]?\d?$")
_TEXT_START = re.compile(r"^( *)((?:- +)*+)(\S.*: +)?[|>][-+\d]{0,2} *(?:(?<= )#.*)?$")
MOST_RUN = 40


@dataclass(frozen=True)
class Mend:
    """A guess: the broken rule, its place, values for its message, and the lines (from 0) as they should be."""

    rule: str
    span: Span
    lines: Mapping[int, str]
    values: Mapping[str, str] = field(default_factory=dict)


def text_lines(lines: Sequence[str]) -> set[int]:
    """Return the lines of texts after `|` or `>`: nothing in them is a sign of YAML."""
    found: set[int] = set()
    above: int | None = None
    for index, line in enumerate(lines):
        if above is not None and (not line.strip() or len(line) - len(line.lstrip(" ")) > above):
            found.add(index)
        elif match := _TEXT_START.match(line):
            above = len(match[1] + match[2]) if match[3] else len((match[1] + match[2]).rstrip()) - 1
        else:
            above = None
    return found


def is_stray(lines: Sequence[str], index: int) -> bool:
    """Return whether a line in the first column belongs to an entry: a field with a value has nothing below it."""
    match = FIELD.match(lines[index])
    if not match or match[1] or match[2] or not (value := without_note(match[4])) or BLOCK_START.match(value):
        return False
    run = range(index + 1, min(index + MOST_RUN, len(lines)))
    below = next((lines[number] for number in run if lines[number].strip()), "")
    if not below.startswith(" ") or value[0] in "[{\"'":
        return below.startswith(" ") and value[0] in "[{\"'" and value[-1] in "]}\"'"
    return bool(FIELD.match(below) or ITEM.match(below))


def depth_of(line: str) -> int:
    """Return the column (from 0) in which a line begins."""
    return len(line) - len(line.lstrip())


def columns_of(lines: Sequence[str], index: int) -> list[int]:
    """Return the columns in which such a line may begin, those of the nearest lines first."""
    columns: list[int] = []
    is_item = bool(ITEM.match(lines[index]) or BULLET.match(lines[index]))
    for line_index in range(index - 1, max(-1, index - MOST_RUN), -1):
        if item := ITEM.match(lines[line_index]):
            columns.append(len(item[1]) if is_item else len(lines[line_index]) - len(item[2]))
        elif (match := FIELD.match(lines[line_index])) and not is_item:
            columns.append(len(match[1]))
        elif match and not match[4]:
            columns.append(len(match[1]) + 2)
    return list(dict.fromkeys(columns))


def value_of(line: str) -> tuple[str, str]:
    """Return a line in two parts: the text before its value, with spaces, and the value."""
    match = FIELD.match(line) or ITEM.match(line)
    value = match[match.lastindex or 0] if match else line.lstrip()
    return line[: len(line) - len(value)], value.rstrip()


def without_note(value: str) -> str:
    """Return a value without the comment after it (` # …`)."""
    return _NOTE.split(value, maxsplit=1)[0].rstrip()


def has_value(lines: Sequence[str], index: int) -> bool:
    """Return whether a line is a field or a list item, or is inside brackets."""
    return bool(FIELD.match(lines[index]) or ITEM.match(lines[index])) or is_inside_brackets(lines, index)


def is_inside_brackets(lines: Sequence[str], index: int) -> bool:
    """Return whether a line may be inside brackets that a line above has opened."""
    above = "".join(lines[max(0, index - 8) : index])
    return above.count("{") > above.count("}") or above.count("[") > above.count("]")
