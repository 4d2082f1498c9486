"""Checks a tree against its JSON Schema, and tells each fault in the terms of the content.

`jsonschema` is the reference: it decides what is wrong; this module only finds the place and the words. Where nothing
is wrong, `jsonschema-rs` says so sixty times as fast (`tests/check/test_schema.py` holds that both agree).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from generator.check.entries import ENTRY_LISTS
from generator.check.suggestions import closest_word
from generator.problem import Problem
from generator.source.source_files import Kind
from generator.source.tree import Path, Tree

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

SCHEMAS = FilePath(__file__).parents[2] / "schema"


@cache
def load_schema(kind: Kind) -> dict[str, Any]:
    """Load the JSON Schema of a kind, `schema/<kind>.schema.json`."""
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return schema


@cache
def _validator(kind: Kind) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # loaded late: a build of content without faults needs it not

    return Draft202012Validator(load_schema(kind))


@cache
def _fast_validator(kind: Kind) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(load_schema(kind))


def is_valid(kind: Kind, data: Any) -> bool:
    """Return whether data is as the schema of its kind says."""
    return _fast_validator(kind).is_valid(data)


def check_schema(kind: Kind, tree: Tree) -> Iterator[Problem]:
    """Yield all faults of one file, one by one: a hostile file has a million of them."""
    if is_valid(kind, tree.data):
        return
    incomplete: set[Path] = set()
    for error in _validator(kind).iter_errors(tree.data):
        if error.validator == "required":
            # The validator complains once for each missing field, the teller names all of them at once.
            path = tuple(error.absolute_path)
            if path in incomplete:
                continue
            incomplete.add(path)
        yield from _ErrorTranslator(kind, tree, error).problems()


def subject_of(kind: Kind, data: Any, path: Path) -> tuple[str, str]:
    """Return the activity, target or heading that a path leads into, else the file: (kind, id)."""
    if len(path) > 1 and path[0] in ENTRY_LISTS and isinstance(path[1], int):
        entry = data[path[0]][path[1]]
        label = entry.get("id") or entry.get("label") if isinstance(entry, dict) else None
        return ENTRY_LISTS[str(path[0])], label if isinstance(label, str) else f"#{path[1] + 1}"
    id_ = data.get("id") if isinstance(data, dict) else None
    return kind, id_ if isinstance(id_, str) else "?"


def field_schema(kind: Kind, path: Path) -> dict[str, Any]:
    """Return the schema of a field; its own title and examples stand over its type's."""
    root = load_schema(kind)
    node = _resolved(root, root)
    for step in path:
        forms = [node, *(_resolved(root, form) for form in node.get("oneOf", []))]
        if isinstance(step, int):
            node = next((form["items"] for form in forms if "items" in form), {})
        else:
            named = (form["properties"][step] for form in forms if step in form.get("properties", {}))
            node = next(named, {}) or next(iter(node.get("patternProperties", {}).values()), {})
        node = _resolved(root, node)
    return node


def _resolved(root: Mapping[str, Any], node: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return dict(node)
    target = root["$defs"][node["$ref"].removeprefix("#/$defs/")]
    return {**_resolved(root, target), **node}


class _ErrorTranslator:
    """Words one `ValidationError`."""

    def __init__(self, kind: Kind, tree: Tree, error: ValidationError) -> None:
        self.kind = kind
        self.tree = tree
        self.error: Any = error
        self.path: Path = tuple(error.absolute_path)
        self.schema = field_schema(kind, self.path)
        self.named = next((str(step) for step in reversed(self.path) if isinstance(step, str)), "")

    def problems(self) -> Iterator[Problem]:
        error, rule = self.error, str(self.error.validator)
        if error.instance is None and self.path:
            yield self._problem("empty-value", key=True)
        elif rule == "additionalProperties":
            yield from self._unknown_fields()
        elif rule == "required":
            yield from self._missing_fields()
        elif rule == "oneOf" and (meant := self._errors_of_meant_form()):
            for inner in meant:
                yield from _ErrorTranslator(self.kind, self.tree, inner).problems()
        elif rule == "anyOf":
            yield self._problem("missing-place")
        elif rule == "type" or (rule == "oneOf" and isinstance(error.instance, dict)):
            yield self._problem("wrong-type", expected_type=self._expected(), found_type=_type_of(error.instance))
        elif rule == "enum":
            allowed = [str(value) for value in error.validator_value]
            near = closest_word(str(error.instance), allowed)
            yield self._problem("wrong-value", suggestion=near, found=error.instance, allowed=", ".join(allowed))
        elif rule in {"minLength", "minItems", "minProperties"}:
            yield self._problem("empty-value", key=True)
        elif rule == "maxLength":
            yield self._problem("too-long", found=len(error.instance), limit=error.validator_value)
        elif rule == "uniqueItems":
            yield self._problem("duplicate-item")
        else:  # a pattern, or whatever else a schema may come to ask for
            yield self._problem("wrong-format", found=_shortened(error.instance))

    def _errors_of_meant_form(self) -> list[ValidationError]:
        """Return the errors of the form that a value of several forms is meant to have: the one of its type."""
        forms: dict[int, list[ValidationError]] = {}
        for inner in self.error.context:
            forms.setdefault(inner.schema_path[0], []).append(inner)
        of_type = (errors for errors in forms.values() if not any(_has_other_type(inner) for inner in errors))
        return next(of_type, [])

    def _problem(self, rule: str, *, key: bool = False, suggestion: str | None = None, **values: object) -> Problem:
        texts = {
            "field": self.named,
            "title": str(self.schema.get("title", self.named)),
            "example": _example(self.schema),
            **{name: str(value) for name, value in values.items()},
        }
        span = self.tree.at(self.path, key=key)
        subject = subject_of(self.kind, self.tree.data, self.path)
        return Problem(rule, self.tree.path, span, texts, subject, suggestion)

    def _unknown_fields(self) -> Iterator[Problem]:
        fields = list(self.schema.get("properties", {}))
        patterns = list(self.schema.get("patternProperties", {}))
        subject = subject_of(self.kind, self.tree.data, self.path)
        for name in self.error.instance:
            if name in fields or any(re.search(pattern, name) for pattern in patterns):
                continue
            span = self.tree.at((*self.path, name), key=True)
            values = {"field": name, "allowed": ", ".join(fields) or _example(self.schema)}
            yield Problem("unknown-field", self.tree.path, span, values, subject, closest_word(name, fields))

    def _missing_fields(self) -> Iterator[Problem]:
        for name in self.error.validator_value:
            if name not in self.error.instance:
                self.schema = field_schema(self.kind, (*self.path, name))
                self.named = name
                yield self._problem("missing-field")

    def _expected(self) -> str:
        types = self.schema.get("type") or ["string", "array"]
        return "/".join([types] if isinstance(types, str) else types)


def _has_other_type(inner: ValidationError) -> bool:
    return inner.validator == "type" and not inner.relative_path


def _type_of(value: object) -> str:
    if isinstance(value, dict):
        return "object"
    return "array" if isinstance(value, list) else "string" if isinstance(value, str) else "null"


def _shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _example(schema: Mapping[str, Any]) -> str:
    """Return the first example of a field as it would be typed in YAML."""
    example = next(iter(schema.get("examples", [])), "…")
    if isinstance(example, str):
        return example
    return json.dumps(example, ensure_ascii=False)
