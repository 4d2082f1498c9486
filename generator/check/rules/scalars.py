"""Values without quotes that a spreadsheet or another YAML tool reads differently from what was typed.

We keep every value as typed. A spreadsheet, a short script or an editor's formatter does not: it reads `2.500` as 2.5,
`01` as 1, `no` as false, `2021-12-31` as a day. Quotes make all readers agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from yaml.resolver import Resolver

from generator.check.rules.rule import Fault, File
from generator.language.catalogue import LOADER
from generator.source.tree import Path, span_of

# Where such a value can stand and end. The words may also be inside a text, so the parser must decide which are values;
# numbers within sentences (`mục 6.1, 6.2,`) are left out first, because the parser takes time.
# One expression for each fixed first sign is ten times as fast as a joint one. Possessive spaces, and testing the first
# sign before the three kinds of values, make them another five times as fast.
_NUMBER = r"[-+]?[0-9][0-9_]*[.:xXoObB_eE][0-9a-fA-F.:_eE+-]*|[-+]?\.[0-9][0-9eE+-]*|[-+]?0[0-9]+|\+[0-9]+"
_OTHER = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)"
_WORD = "yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF"
_VALUE = rf"(?=[-+.0-9yYnNtTfFoO])(?:{_NUMBER}|{_OTHER}|{_WORD})[ ]*"
_CANDIDATES = tuple(
    re.compile(expression)
    for expression in (
        rf":[ ]++{_VALUE}(?:\n|$|,|\}}|\]|[ ]#)",
        rf"\n[ ]*+-[ ]++{_VALUE}(?:\n|$|[ ]#)",
        rf"\[[ ]*+{_VALUE}[,\]]",
        rf"\[[^\n\[]*?,[ ]*+{_VALUE}[,\]]",
        rf"\n[ ]++{_VALUE}[,\]\}}]",
    )
)
_PREFIX = "tag:yaml.org,2002:"
_RESOLVER = Resolver()
_LONGEST = 40


def unquoted_value(file: File) -> Iterator[Fault]:
    """Find `unquoted-value`."""
    text = file.tree.text if file.tree.parsed is None else file.tree.parsed
    if not any(candidate.search(text) for candidate in _CANDIDATES):
        return
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.ScalarEvent) and event.implicit[0] and (kind := _read_as(event.value)):
                values = {"found": event.value, "read_as": kind, "value": _value(event.value)}
                yield Fault(span_of(event), values)
    except yaml.YAMLError:
        return  # the YAML rules report it


# Fields of codes, numbers and labels, whose whole value is never printed in quotes.
_BARE = {"value", "label", "unit", "id", "number", "section", "target", "task", "parent", "issuer", "when"}
_CURLY = {"“": "”", "‘": "’", "„": "”", "«": "»", "”": "”", "’": "’"}
_QUOTES = frozenset({*_CURLY, '"'})


def quote_marks(file: File) -> Iterator[Fault]:
    """Find `quote-marks`: curly quotes meant as YAML's quotes, and a single straight one."""
    pending: list[tuple[Path, object]] = [((), file.data)]
    while pending:
        path, value = pending.pop()
        if isinstance(value, dict):
            # Questions of a draft quote the document: its quotes are the document's own.
            pending += [((*path, name), inner) for name, inner in value.items() if (*path, name) != ("review",)]
        elif isinstance(value, list):
            pending += [((*path, index), inner) for index, inner in enumerate(value)]
        elif isinstance(value, str) and path:
            text = value.strip()
            if not _QUOTES.isdisjoint((text[:1], text[-1:])) and (fault := _odd_quotes(path, text)):
                yield fault


def _odd_quotes(path: Path, value: str) -> Fault | None:
    field = next((step for step in reversed(path) if isinstance(step, str)), "")
    inside = value[1:-1]
    if len(value) > 2 and _CURLY.get(value[0]) == value[-1] and not set(inside) & _CURLY.keys():
        is_bare = field in _BARE or field.isdecimal() or "by_year" in path
        values = {"found": value, "example": f'"{inside}"'}
        return Fault(path, values, level="error" if is_bare else "note")
    if (
        value.count('"') % 2
        and (value.endswith('"') or value.startswith('"'))
        and value.strip('"')
        and not value[:-1].endswith(tuple("0123456789"))
    ):
        # Only a warning: the document itself may lack a quote.
        return Fault(path, {"found": value, "example": f'"{value.strip(chr(34))}"'}, level="warning")
    return None


def _read_as(typed: str) -> str | None:
    """Return the type as which YAML 1.1 reads a plain value; None if it keeps the text as typed."""
    tag = str(_RESOLVER.resolve(yaml.ScalarNode, typed, (True, False))).removeprefix(_PREFIX)  # type: ignore[no-untyped-call]
    if tag in {"bool", "timestamp"}:
        return tag
    if tag == "int":
        return None if re.fullmatch("0|-?[1-9][0-9]*", typed) else tag
    if tag == "float":
        return None if re.fullmatch(r"-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]", typed) else tag
    # YAML 1.2 and Excel read these as numbers too.
    if re.fullmatch(r"[-+]?[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+", typed):
        return "float"
    return "int" if re.fullmatch(r"0[0-9]+", typed) else None


def _value(typed: str) -> str:
    if len(typed) > _LONGEST:
        return "…"
    try:
        return str(yaml.safe_load(typed)).lower()
    except (ValueError, yaml.YAMLError):  # 2021-13-45 has the form of a day
        return typed
