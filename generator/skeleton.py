"""Skeletons: new files, valid as they are, that explain each field.

Explanations and examples are those of the schemas.

A field without a value is a comment with the schema's example; the contributor uncomments it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from generator.check.entries import ENTRY_LISTS
from generator.check.schema import field_schema
from generator.language.catalogue import Catalogue
from generator.language.folding import folded
from generator.language.yaml_example import as_yaml
from generator.source.source_files import Kind
from generator.source.tree import Path

_WIDTH = 100
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 80

# The fields of an entry of a plan that a beginner needs; the guide's page of fields has all.
_OF_ENTRY: Mapping[str, Sequence[str]] = {
    "outline": ("id", "kind", "label", "title", "parent"),
    "targets": ("id", "label", "section", "title", "statement", "lead", "measures", "note"),
    "activities": (
        *("id", "label", "section", "target", "title", "when", "years", "by_year", "roles", "levels_text"),
        *("lead", "partners", "funding", "costs", "products", "remark", "more", "programmes", "note"),
    ),
}
# Fields of an activity that only plans of these layouts have: a layout decides how a table says when.
_ONLY_IN = {
    "by_year": {"years"},
    "roles": {"roles"},
    "levels_text": {"years", "outline"},
    **{field: {"roles", "annual", "outline"} for field in ("when", "years")},
    **{field: {"annual"} for field in ("costs", "products", "remark", "more")},
}

_NOT_TYPED = {"review"}
"""Fields that only the program writes."""


def is_id(text: str) -> bool:
    """Return whether a text is an id: small letters without accents, digits, hyphens."""
    return len(text) <= _LONGEST_ID and _ID.fullmatch(text) is not None


def suggest_id(text: str) -> str:
    """Return an id that resembles a text, or an empty text.

    >>> suggest_id("Thái Nguyên 2021–2026")
    'thai-nguyen-2021-2026'
    """
    return "-".join(re.findall("[a-z0-9]+", folded(text)))[:_LONGEST_ID].strip("-")


def plan_fields(id_: str, given: Mapping[str, str], words: Catalogue) -> dict[str, Any]:
    """Return a new plan's fields; `given` has issuer, layout, kind, from, to, maybe title."""
    first, layout = given["from"], given["layout"]
    activity: dict[str, Any] = {"id": "ct1-1", "label": "1", "section": "nv1", "target": "ct1"}
    activity["title"] = words.text("new.activity")
    if layout == "years":
        activity["by_year"] = {first: "x"}
    else:
        activity |= {"when": words.text("new.when", year=first), "years": int(first)}
    title = given.get("title") or words.text("new.plan")
    return {
        "id": id_,
        "title": title,
        "kind": given["kind"],
        "status": "draft",
        "issuer": given["issuer"],
        "period": {"from": int(first), "to": int(given["to"])},
        "layout": layout,
        "source": {"document": title},
        "outline": [
            {"id": "nv1", "kind": "task", "label": words.text("new.task_label"), "title": words.text("new.task")}
        ],
        "targets": [
            {
                "id": "ct1",
                "label": words.text("new.target_label"),
                "section": "nv1",
                "title": words.text("new.target"),
                "statement": words.text("new.statement"),
            }
        ],
        "activities": [activity],
    }


def skeleton(kind: Kind, fields: Mapping[str, Any], schema: str, path: str, words: Catalogue) -> str:
    """Return the text of a new file at `path`; `schema` is the address of its schema."""
    head = [f"# yaml-language-server: $schema={schema}", *_comment(words.text("new.head", path=path))]
    names = field_schema(kind, ())["properties"]
    return "\n".join([*head, *_fields(kind, (), fields, names, str(fields.get("layout")))]) + "\n"


def _fields(kind: Kind, path: Path, given: Mapping[str, Any], names: Sequence[str], layout: str) -> Iterator[str]:
    """Yield the lines of all fields, each below its explanation."""
    for name in names:
        if name in _NOT_TYPED or layout not in _ONLY_IN.get(name, {layout}):
            continue
        schema = field_schema(kind, (*path, name))
        if not path:
            yield ""
        yield from _comment(f"{schema['title']}. {schema['description']}")
        if name not in given:
            yield from (f"#{line}" for line in as_yaml(name, schema["examples"][0]).split("\n"))
        elif kind == "plan" and name in ENTRY_LISTS:
            yield f"{name}:"
            for entry in given[name]:
                yield from _entry(list(_fields(kind, (name, 0), entry, _OF_ENTRY[name], layout)))
        else:
            yield as_yaml(name, given[name])


def _entry(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of an entry of a list, the dash before the first field, below its explanation."""
    first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    for index, line in enumerate(lines):
        yield f"{'  - ' if index == first else '  ' if index < first else '    '}{line}"


def _comment(text: str) -> list[str]:
    """Return the lines of a comment."""
    return [f"# {line}" for line in wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)]
