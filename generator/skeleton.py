"""A new plan, unit or programme to be filled in: valid as it is, every field explained in the schemas' own words.

Fields that have a value stand as they are; the others stand behind a `#`, with the schema's example, to be uncommented.
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
from generator.source.files import Kind
from generator.source.tree import Path

_WIDTH = 100
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 80

# What a beginner needs of an entry of a plan; the guide's page of fields has the rest.
_OF_ENTRY: Mapping[str, Sequence[str]] = {
    "outline": ("id", "kind", "label", "title", "parent"),
    "targets": ("id", "label", "section", "title", "statement", "lead", "measures", "note"),
    "activities": (
        *("id", "label", "section", "target", "title", "when", "years", "by_year", "roles", "levels_text"),
        *("lead", "partners", "funding", "programmes", "note"),
    ),
}
# How the table of a plan says when: only these fields of an activity are shown for its layout.
_ONLY_IN = {"by_year": {"years"}, "roles": {"roles"}, "when": {"roles", "outline"}, "years": {"roles", "outline"}}

_NOT_TYPED = {"review"}
"""Fields that only the program writes."""


def is_id(text: str) -> bool:
    """Whether a text can be an id: small letters without accents, digits and hyphens."""
    return len(text) <= _LONGEST_ID and _ID.fullmatch(text) is not None


def near_id(text: str) -> str:
    """The id that is nearest to a text; empty where none is.

    >>> near_id("Thái Nguyên 2021–2026")
    'thai-nguyen-2021-2026'
    """
    return "-".join(re.findall("[a-z0-9]+", folded(text)))[:_LONGEST_ID].strip("-")


def plan_fields(id_: str, given: Mapping[str, str], words: Catalogue) -> dict[str, Any]:
    """The fields of a new plan. `given` has `issuer`, `layout`, `kind`, `from`, `to`, and a `title` if there is one."""
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
    """The text of a new file. `schema` is the address of the JSON Schema for the editor, `path` that of the file."""
    head = [f"# yaml-language-server: $schema={schema}", *_comment(words.text("new.head", path=path))]
    names = field_schema(kind, ())["properties"]
    return "\n".join([*head, *_fields(kind, (), fields, names, str(fields.get("layout")))]) + "\n"


def _fields(kind: Kind, path: Path, given: Mapping[str, Any], names: Sequence[str], layout: str) -> Iterator[str]:
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
    """The lines of one entry of a list: its dash stands before its first field, after what explains it."""
    first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    for index, line in enumerate(lines):
        yield f"{'  - ' if index == first else '  ' if index < first else '    '}{line}"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)]
