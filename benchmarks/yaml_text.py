"""Content files as YAML text, in the style of our own: block lists of entries, cells and short lists on one line.

Written by hand because a YAML library takes minutes for a thousand plans.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

# What may stand without quotes: begins with a letter, holds nothing that YAML gives a meaning to, ends in no space.
_PLAIN = re.compile(r"[^\W\d_](?:[\w (),./%“”–-]*[\w).%”])?")
_WORDS_OF_YAML = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_ON_ONE_LINE = {"by_year", "period", "issued", "signer", "source", "roles"}


def yaml_text(data: Mapping[str, Any]) -> str:
    """A file's text.

    >>> print(yaml_text({"id": "a", "period": {"from": 2025, "to": 2026}, "lead": ["Ban KT"]}), end="")
    id: a
    period: {from: 2025, to: 2026}
    lead: [Ban KT]
    """
    return "".join(f"{line}\n" for line in _fields(data))


def _fields(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{key}:"
            for entry in value:
                first = "  - "
                for line in _fields(entry):
                    yield first + line
                    first = "    "
        elif isinstance(value, dict) and key not in _ON_ONE_LINE:
            yield f"{key}:"
            yield from (f"  {line}" for line in _fields(value))
        else:
            yield f"{_scalar(key)}: {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(part) for part in value) + "]"
    return _scalar(value, flow=True)


def _scalar(value: Any, *, flow: bool = False) -> str:
    text = str(value)
    if isinstance(value, int):
        return text
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML and not (flow and "," in text)
    return text if plain else json.dumps(text, ensure_ascii=False)
