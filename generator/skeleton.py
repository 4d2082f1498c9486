"""Skeletons: new files, valid as they are, that explain each field.

Explanations and examples are those of the schemas.

A field without a value is a comment with the schema's example; the contributor uncomments it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from generator.check.entries import ENTRY_LISTS
from generator.check.meanings import value_meanings
from generator.check.schema import field_schema
from generator.language.catalogue import Catalogue
from generator.language.folding import folded
from generator.language.yaml_example import as_yaml
from generator.model.entities import Measure, Plan
from generator.source.source_files import Kind
from generator.source.tree import Path
from generator.work_fields import TEXT_FIELDS

_WIDTH = 100
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 80

# The fields of an entry of a plan that a beginner needs; the guide's page of fields has all.
_OF_ENTRY: Mapping[str, Sequence[str]] = {
    "outline": ("id", "kind", "label", "title"),
    "targets": ("id", "label", "section", "title", "statement", "lead", "measures", "note"),
    "activities": (
        *("id", "label", "section", "target", "title", "when", "years", "by_year", "roles", "levels_text"),
        *("lead", "partners", "funding", "costs", *TEXT_FIELDS, "more", "programmes", "note"),
    ),
}
# Fields of an activity that only plans of these layouts have: a layout decides how a table says when.
_ONLY_IN = {
    "by_year": {"years"},
    "roles": {"roles"},
    "levels_text": {"years", "outline"},
    **{field: {"roles", "annual", "outline"} for field in ("when", "years")},
    **{field: {"annual"} for field in ("costs", *TEXT_FIELDS, "more")},
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


def plan_fields(
    id_: str, given: Mapping[str, str], words: Catalogue, upper: Plan | None = None, *, is_summed: bool = True
) -> dict[str, Any]:
    """Return a new plan's fields; `given` has issuer, layout, kind, from, to, maybe title.

    With an upper plan it implements that one and begins with its tasks and targets; without, with one of each, but for
    the ordinary annual table, which has no targets and many rows alike. Values of the upper plan's measures are left
    out: what the new plan promises, nobody knows yet. Unless the upper plan adds up its figures (`is_summed`), its
    measures answer none.
    """
    first, layout = given["from"], given["layout"]
    outline, targets = _start_of(upper, is_summed) if upper and upper.targets else _first_entries(words)
    is_annual = layout == "annual" and not upper
    section, target = targets[0]["section"], targets[0]["id"]
    activity: dict[str, Any] = {"id": f"{section if is_annual else target}-1", "label": "1", "section": section}
    activity |= {} if is_annual else {"target": target}
    activity["title"] = words.text("new.activity")
    if layout == "years":
        activity["by_year"] = {first: "x"}
    else:
        activity["when"] = words.text("new.when", year=first)
        activity |= {} if first == given["to"] else {"years": int(first)}
    title = given.get("title") or words.text("new.plan")
    return {
        "id": id_,
        "title": title,
        "kind": given["kind"],
        "status": "draft",
        "issuer": given["issuer"],
        "period": {"from": int(first), "to": int(given["to"])},
        "layout": layout,
        **({"implements": [upper.id]} if upper else {}),
        "source": {"document": title},
        "outline": outline,
        **({} if is_annual else {"targets": targets}),
        "activities": [activity, _annual_row(activity, given["issuer"], words)] if is_annual else [activity],
    }


def _annual_row(first: Mapping[str, Any], issuer: str, words: Catalogue) -> dict[str, Any]:
    """Return the row of an annual plan behind its first one, typed as all that follow."""
    section = first["section"]
    examples = {field: field_schema("plan", ("activities", 0, field))["examples"][0] for field in ("costs", "products")}
    row = {"id": f"{section}-2", "section": section, "label": "2", "when": first["when"]}
    years = {"years": first["years"]} if "years" in first else {}
    return {**row, **years, "title": words.text("new.next_activity"), "lead": [issuer], **examples}


def _first_entries(words: Catalogue) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return an outline with one task, and one target."""
    task = {"id": "nv1", "kind": "task", "label": words.text("new.task_label"), "title": words.text("new.task")}
    target = {"id": "ct1", "label": words.text("new.target_label"), "section": "nv1"}
    target |= {"title": words.text("new.target"), "statement": words.text("new.statement")}
    return [task], [target]


def _start_of(upper: Plan, is_summed: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the tasks of an upper plan with the headings that its targets stand under, and its targets."""
    sections = {target.section for target in upper.targets}
    heading_ids = {heading.id for heading in upper.headings if heading.kind == "task" or heading.id in sections}
    outline = [
        _filled(
            id=heading.id,
            kind=heading.kind,
            label=heading.label,
            title=heading.title,
            parent=heading.parent if heading.parent in heading_ids else None,
            counterparts=[heading.key] if heading.kind == "task" else None,
        )
        for heading in upper.headings
        if heading.id in heading_ids
    ]
    targets = [
        _filled(
            id=target.id,
            label=target.label,
            section=target.section,
            task=target.task if target.task != target.section else None,
            title=target.title,
            statement=target.statement,
            measures=[_start_of_measure(measure, target.key if is_summed else None) for measure in target.measures]
            or None,
            counterparts=[target.key],
        )
        for target in upper.targets
    ]
    return outline, targets


def _start_of_measure(measure: Measure, target: str | None) -> dict[str, Any]:
    names = ("id", "name", "unit", "comparator", "period", "aggregate", "per")
    fields = {name: getattr(measure, name) for name in names}
    return _filled(**fields, contributes_to=f"{target}/{measure.id}" if target else None)


def _filled(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def skeleton(kind: Kind, fields: Mapping[str, Any], schema: str, command: str, words: Catalogue) -> str:
    """Return the text of a new file; `schema` is the address of its schema, `command` checks it."""
    head = [f"# yaml-language-server: $schema={schema}", *_comment(words.text("new.head", command=command))]
    names = field_schema(kind, ())["properties"]
    return "\n".join([*head, *_fields(kind, (), fields, names, str(fields.get("layout")), words=words)]) + "\n"


def short_text(fields: Mapping[str, Any], schema: str) -> str:
    """Return the text of a new file with these fields and nothing else."""
    return (
        "\n".join([f"# yaml-language-server: $schema={schema}", *(as_yaml(*field) for field in fields.items())]) + "\n"
    )


def _fields(
    kind: Kind, path: Path, given: Mapping[str, Any], names: Sequence[str], layout: str, *, words: Catalogue
) -> Iterator[str]:
    """Yield the lines of all fields, each below its explanation."""
    for name in names:
        if name in _NOT_TYPED or layout not in _ONLY_IN.get(name, {layout}):
            continue
        schema = field_schema(kind, (*path, name))
        if not path:
            yield ""
        yield from _comment(f"{schema['title']}. {schema['description']}")
        for value, meaning in value_meanings(schema).items():
            yield f"# · {value}: {meaning}"
        if name not in given:
            yield from (f"#{line}" for line in as_yaml(name, schema["examples"][0]).split("\n"))
        elif kind == "plan" and name in ENTRY_LISTS:
            yield f"{name}:"
            for number, entry in enumerate(given[name]):
                names_of_entry = [*_OF_ENTRY[name], *(field for field in entry if field not in _OF_ENTRY[name])]
                # The first entry explains; the others would only say it again.
                field_lines = _fields(kind, (name, 0), entry, names_of_entry, layout, words=words)
                if number and layout == "annual" and name == "activities":
                    yield from _compact_lines(entry, words)
                else:
                    yield from _entry([*field_lines] if number == 0 else _plain_lines(entry))
        else:
            yield from as_yaml(name, given[name]).split("\n")


def _plain_lines(entry: Mapping[str, Any]) -> list[str]:
    return [line for name, value in entry.items() for line in as_yaml(name, value).split("\n")]


def _compact_lines(entry: Mapping[str, Any], words: Catalogue) -> Iterator[str]:
    """Yield an entry in braces: short fields in the first line, then a line for each of the others."""
    yield from (f"  {line}" for line in _comment(words.text("new.compact")))
    fields = [f"{name}: {_flow(value)}" for name, value in entry.items()]
    lines = [", ".join(fields[:4]), *fields[4:]]
    yield f"  - {{{lines[0]},"
    yield from (f"     {line}," for line in lines[1:-1])
    yield f"     {lines[-1]}}}"


def _flow(value: Any) -> str:
    """Return a value in one line, every text but an id in quotes."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_flow(inner)}' for name, inner in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    plain = str(value)
    return (
        plain
        if is_id(plain) and (isinstance(value, int) or not plain.isdecimal())
        else json.dumps(value, ensure_ascii=False)
    )


def _entry(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of an entry of a list, the dash before the first field, below its explanation."""
    first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    for index, line in enumerate(lines):
        yield f"{'  - ' if index == first else '  ' if index < first else '    '}{line}"


def _comment(text: str) -> list[str]:
    """Return the lines of a comment."""
    return [f"# {line}" for line in wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)]
