"""YAML as a contributor would type it, for the guide and for new files."""

from __future__ import annotations

import json
from typing import Any

import yaml

from generator.language.catalogue import LOADER


def as_yaml(name: str, value: Any) -> str:
    """Return a field with its value.

    A list of entries has several lines, a short list or mapping has one.

    >>> as_yaml("value", "2.500")
    'value: "2.500"'
    """
    if isinstance(value, str) and "\n" in value:
        return "\n".join([f"{name}: |-", *(f"  {line}" for line in value.split("\n"))])
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "\n".join([f"{name}:", *(line for item in value for line in _entry(item))])
    return f"{name}: {_plain(value, inside='')}"


def _entry(fields: dict[str, Any]) -> list[str]:
    """Return the lines of an entry of a list: a dash, and the fields below each other."""
    lines = [line for name, value in fields.items() for line in as_yaml(name, value).split("\n")]
    return [f"{'  - ' if index == 0 else '    '}{line}" for index, line in enumerate(lines)]


def _plain(value: Any, inside: str = "[]") -> str:
    """Return a value in one line; a text is quoted if YAML would read it as something else, such as a number."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_plain(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_plain, value))}]"
    if not isinstance(value, str):
        return str(value)
    try:  # YAML 1.1, as PyYAML reads it, takes most texts for something else
        read = yaml.load(f"[{value}]" if inside else f"a: {value}", Loader=LOADER)
    except (yaml.YAMLError, ValueError):
        read = None
    return value if read == ([value] if inside else {"a": value}) else json.dumps(value, ensure_ascii=False)
