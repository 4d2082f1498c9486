"""A draft plan -> YAML text in the way of the house: entries in lines, short lists and years' cells in one.

Fast, because a plan may have thousands of rows: what is plainly text stays plain, all else is quoted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_LISTS = ("outline", "targets", "activities", "review", "footnotes")
_PLAIN = re.compile(r"[^\W\d_][^\n\"#:\[\]{},&*!|>'%@`\\]*")
_READ_OTHERWISE = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"}


def draft_text(plan: Mapping[str, Any], schema: str, comment: str) -> str:
    """Return the text of a plan's file. `schema` is the address of its JSON Schema, `comment` its first line."""
    lines = [f"# yaml-language-server: $schema={schema}", f"# {comment}"]
    for name, value in plan.items():
        if name in _LISTS:
            lines += ["", f"{name}:"]
            for entry in value:
                lines += entry_lines(entry)
        else:
            lines += field_lines(name, value)
    return "\n".join(lines) + "\n"


def entry_lines(entry: Mapping[str, Any], indent: str = "  ") -> list[str]:
    """Return the lines of an entry of a list: a dash before its first field, the others below."""
    lines = [line for name, value in entry.items() for line in field_lines(name, value)]
    return [f"{indent}{'- ' if index == 0 else '  '}{line}" for index, line in enumerate(lines)]


def field_lines(name: str, value: Any) -> list[str]:
    """Return the lines of a field."""
    if isinstance(value, str) and "\n" in value:
        return [f"{name}: |-", *(f"  {line}" if line else "" for line in value.split("\n"))]
    if isinstance(value, list) and value and (isinstance(value[0], Mapping) or name in {"basis", "recipients"}):
        return [f"{name}:", *_item_lines(value)]
    return [f"{name}: {plain_value(value)}"]


def plain_value(value: Any) -> str:
    """Return a value in one line, quoted where YAML would read it as something else.

    >>> plain_value({"2022": "2.500", "2023": "x"})
    '{2022: "2.500", 2023: x}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {plain_value(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(plain_value, value))}]"
    text = str(value)
    if isinstance(value, int):
        return text
    is_plain = _PLAIN.fullmatch(text) and text.strip() == text and text.casefold() not in _READ_OTHERWISE
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _item_lines(values: list[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            yield from entry_lines(value)
        else:
            yield f"  - {plain_value(value)}"
