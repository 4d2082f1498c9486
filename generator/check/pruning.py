"""Removes from data what the schema refuses, so that rules need not ask for the types of values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generator.check.schema import forms_of, load_schema, type_of
from generator.source.source_files import Kind
from generator.source.tree import Tree


def pruned(kind: Kind, tree: Tree) -> Tree:
    """Return a tree with only the schema's fields, and None for each value of a wrong type.

    So items of lists keep their indexes, and a field with a wrong value does not count as missing. Texts of a wrong
    form stay: a reference to an entry is judged by the id as written. A text in place of a list becomes its only item,
    so that its names are checked.
    """
    if tree.data is None:
        return tree
    schema = load_schema(kind)
    data = _pruned_value(schema, schema, tree.data) or {}
    return tree if data == tree.data else replace(tree, data=data, pruned=True)


def _pruned_value(schema: Mapping[str, Any], node: Mapping[str, Any], value: Any) -> Any:
    shape = type_of(value)
    forms = forms_of(schema, node)
    form = next((form for form in forms if shape in _types_of(form)), None)
    if form is None:
        is_item = shape == "string" and any("items" in form for form in forms)
        return _pruned_value(schema, node, [value]) if is_item else None
    if isinstance(value, dict):
        fields = ((name, _field_of(form, name), inner) for name, inner in value.items())
        return {name: _pruned_value(schema, field, inner) for name, field, inner in fields if field is not None}
    if isinstance(value, list):
        return [_pruned_value(schema, form.get("items", {}), item) for item in value]
    return value


def _types_of(form: Mapping[str, Any]) -> list[str]:
    """Return the types that a value may have; an enumeration has texts."""
    types = form.get("type", "string" if "enum" in form else [])
    return [types] if isinstance(types, str) else types


def _field_of(form: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """Return the schema of a field by its name; None if there is no such field."""
    patterns = form.get("patternProperties", {}).items()
    by_pattern = (field for pattern, field in patterns if re.search(pattern, name))
    return form.get("properties", {}).get(name) or next(by_pattern, None)
