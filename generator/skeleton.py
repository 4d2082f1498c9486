"""Skeletons: new files that are valid and explain each field.

Explanations and examples come from the schemas.

A field without a value is a comment with the schema's example; the contributor uncomments it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.check.entries import ENTRY_LISTS
from generator.check.meanings import value_meanings
from generator.check.schema import field_schema
from generator.language.catalogue import Catalogue
from generator.model.entities import Measure, Plan
from generator.source.source_files import Kind
from generator.source.tree import Path
from generator.source.yaml_writer import ALL_QUOTED, TYPED, comment_lines, head_lines, item_lines
from generator.work_fields import TEXT_FIELDS

# The fields of an entry that a beginner needs; the guide's page of fields has all.
_OF_ENTRY: Mapping[str, Sequence[str]] = {
    "outline": ("id", "kind", "label", "title"),
    "targets": ("id", "label", "section", "title", "statement", "lead", "measures", "note"),
    "activities": (
        *("id", "label", "section", "target", "title", "when", "years", "by_year", "roles", "levels_text"),
        *("lead", "partners", "funding", "costs", *TEXT_FIELDS, "more", "programmes", "note"),
    ),
}
# Fields of an activity that only plans of these layouts have, because a layout decides how a table states time.
_ONLY_IN = {
    "by_year": {"years"},
    "roles": {"roles"},
    "levels_text": {"years", "outline"},
    **{field: {"roles", "annual", "outline"} for field in ("when", "years")},
    **{field: {"annual"} for field in ("costs", *TEXT_FIELDS, "more")},
}

_NOT_TYPED = {"review"}
"""Fields that only the program writes."""


def plan_fields(
    id_: str, given: Mapping[str, str], words: Catalogue, upper: Plan | None = None, *, is_summed: bool = True
) -> dict[str, Any]:
    """Return a new plan's fields; `given` has issuer, layout, kind, from, to, maybe title.

    With an upper plan, the new plan implements it and begins with its tasks and targets. Without one it has one of
    each, except the ordinary annual table, which has no targets and several similar rows. Values of the upper plan's
    measures are left out, because the new plan's promises are not known yet. Its measures answer the upper ones only if
    the upper plan adds up its figures (`is_summed`).
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
    """Return a further row of an annual plan, typed like all rows after the first."""
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
    """Return the tasks of an upper plan, the headings above its targets, and its targets."""
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
    """Return the text of a new file; `schema` is the address of its schema, `command` the command to check it."""
    head = head_lines(schema, words.text("new.head", command=command))
    names = field_schema(kind, ())["properties"]
    return "\n".join([*head, *_fields(kind, (), fields, names, str(fields.get("layout")), words=words)]) + "\n"


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
        yield from comment_lines(f"{schema['title']}. {schema['description']}")
        for value, meaning in value_meanings(schema).items():
            yield f"# · {value}: {meaning}"
        if name not in given:
            yield from (f"#{line}" for line in TYPED.lines({name: schema["examples"][0]}))
        elif kind == "plan" and name in ENTRY_LISTS:
            yield f"{name}:"
            # Only the first entry has explanations.
            first, *others = given[name]
            names_of_entry = [*_OF_ENTRY[name], *(field for field in first if field not in _OF_ENTRY[name])]
            yield from item_lines([*_fields(kind, (name, 0), first, names_of_entry, layout, words=words)])
            for entry in others:
                if layout == "annual" and name == "activities":
                    yield from (f"  {line}" for line in comment_lines(words.text("new.compact")))
                    yield from ALL_QUOTED.braced_lines(entry)
                else:
                    yield from TYPED.entry_lines(entry)
        else:
            yield from TYPED.lines({name: given[name]})
