"""Checks a tree against its JSON Schema, and words each fault in the terms of the content.

`jsonschema` is the reference: it decides what is wrong; this module only finds place and words. For valid data
`jsonschema-rs` says so sixty times as fast (`tests/check/test_schema.py` checks that both agree).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from generator.check.broken_text import BrokenText
from generator.check.entries import ENTRY_LISTS
from generator.check.meanings import closest_entry, meant_field, meant_format, meant_value, value_meanings
from generator.check.pointers import list_pointed_at
from generator.installation import ROOT
from generator.problem import Problem
from generator.source.source_files import FOLDERS, Kind
from generator.source.tree import Path, Tree
from generator.source.yaml_writer import TYPED

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

SCHEMAS = ROOT / "schema"


@cache
def load_schema(kind: Kind) -> dict[str, Any]:
    """Load the JSON Schema of a kind, `schema/<kind>.schema.json`."""
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return schema


@cache
def _validator(kind: Kind) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # imported late: a build of valid content does not need it

    return Draft202012Validator(load_schema(kind))


@cache
def _fast_validator(kind: Kind) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(load_schema(kind))


def is_valid(kind: Kind, data: Any) -> bool:
    """Return whether data is valid by the schema of its kind."""
    return _fast_validator(kind).is_valid(data)


def check_schema(kind: Kind, tree: Tree) -> Iterator[Problem]:
    """Yield all faults of one file, lazily: a hostile file has a million of them."""
    if is_valid(kind, tree.data):
        return
    incomplete: set[Path] = set()
    for error in _validator(kind).iter_errors(tree.data):
        if error.validator == "required":
            # The validator reports each missing field; one problem names all of them.
            path = tuple(error.absolute_path)
            if path in incomplete:
                continue
            incomplete.add(path)
        yield from _ErrorTranslator(kind, tree, error).problems()


@cache
def field_names() -> frozenset[str]:
    """Return the names of all fields of all kinds."""
    names: set[str] = set()
    for kind in FOLDERS.values():
        pending: list[Any] = [load_schema(kind)]
        while pending:
            node = pending.pop()
            if isinstance(node, dict):
                names.update(node.get("properties", ()))
                pending += node.values()
            elif isinstance(node, list):
                pending += node
    return frozenset(names)


def field_title(kind: Kind, path: Path) -> str:
    """Return the Vietnamese title of the field that a path leads to or into; else an empty text."""
    end = next((index for index in range(len(path), 0, -1) if isinstance(path[index - 1], str)), 0)
    return str(field_schema(kind, path[:end]).get("title", "")) if end else ""


def subject_of(kind: Kind, data: Any, path: Path) -> tuple[str, str]:
    """Return kind and id of the activity, target or heading that a path leads into, else of the file."""
    if len(path) > 1 and path[0] in ENTRY_LISTS and isinstance(path[1], int):
        entry = data[path[0]][path[1]]
        label = entry.get("id") or entry.get("label") if isinstance(entry, dict) else None
        return ENTRY_LISTS[str(path[0])], label if isinstance(label, str) else f"#{path[1] + 1}"
    id_ = data.get("id") if isinstance(data, dict) else None
    return kind, id_ if isinstance(id_, str) else "?"


def field_schema(kind: Kind, path: Path) -> dict[str, Any]:
    """Return the schema of a field; its own title and examples override its type's."""
    root = load_schema(kind)
    node = root
    for step in path:
        forms = forms_of(root, node)
        if isinstance(step, int):
            node = next((form["items"] for form in forms if "items" in form), {})
        else:
            named = (form["properties"][step] for form in forms if step in form.get("properties", {}))
            node = next(named, {}) or next(iter(node.get("patternProperties", {}).values()), {})
        node = _resolved(root, node)
    return node


def forms_of(root: Mapping[str, Any], node: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the schema of a value, and those of its alternative forms."""
    whole = _resolved(root, node)
    return [whole, *(_resolved(root, form) for form in whole.get("oneOf", []))]


def _resolved(root: Mapping[str, Any], node: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return dict(node)
    target = root["$defs"][node["$ref"].removeprefix("#/$defs/")]
    return {**_resolved(root, target), **node}


class _ErrorTranslator:
    """Turns one `ValidationError` into words."""

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
            yield self._empty_value()
        elif rule == "additionalProperties":
            yield from self._unknown_fields()
        elif rule == "required":
            yield from self._missing_fields()
        elif rule == "oneOf" and (errors := self._errors_of_meant_form()):
            for inner in errors:
                yield from _ErrorTranslator(self.kind, self.tree, inner).problems()
        elif rule == "anyOf":
            yield self._problem("missing-place")
        elif rule == "type" or (rule == "oneOf" and isinstance(error.instance, dict)):
            yield self._wrong_type()
        elif rule == "enum":
            instance, texts = str(error.instance), value_meanings(self.schema)
            allowed = ", ".join(f"{value} ({text})" if text else value for value, text in texts.items())
            meant = meant_value(instance, texts)
            meaning = texts.get(meant or "", "")
            yield self._problem("wrong-value", suggestion=meant, found=instance, allowed=allowed, meaning=meaning)
        elif rule in {"minLength", "minItems", "minProperties"}:
            yield self._empty_value()
        elif rule == "maxLength":
            yield self._problem("too-long", found=len(error.instance), limit=error.validator_value)
        elif rule == "uniqueItems":
            yield self._problem("duplicate-item")
        else:  # a pattern, or another keyword that a schema may use later
            yield self._problem("wrong-format", suggestion=self._meant(), found=_shortened(error.instance))

    def _meant(self) -> str | None:
        """Return what a value of a wrong form means: the file's own name, an existing entry, a day."""
        if own := self._own_id():
            return own
        if list_pointed_at(self.path):
            return closest_entry(self.tree.data, self.path, str(self.error.instance))
        return meant_format(str(self.schema.get("pattern", "")), str(self.error.instance))

    def _own_id(self) -> str:
        """Return the id that the file's name gives it, if the fault is in the id field and the name is an id."""
        stem = PurePosixPath(self.tree.path).stem
        return stem if self.path == ("id",) and re.search(self.schema["pattern"], stem) else ""

    def _errors_of_meant_form(self) -> list[ValidationError]:
        """Return the errors of the alternative form that a value was meant to have: the one of its type."""
        forms: dict[int, list[ValidationError]] = {}
        for inner in self.error.context:
            forms.setdefault(inner.schema_path[0], []).append(inner)
        of_type = (errors for errors in forms.values() if not any(_has_other_type(inner) for inner in errors))
        return next(of_type, [])

    def _problem(self, rule: str, *, key: bool = False, suggestion: str | None = None, **values: object) -> Problem:
        texts = {
            "field": self.named,
            "title": field_title(self.kind, self.path),
            "example": self._example(),
            **{name: str(value) for name, value in values.items()},
        }
        span = self.tree.at(self.path, key=key)
        subject = subject_of(self.kind, self.tree.data, self.path)
        return Problem(rule, self.tree.path, span, texts, subject, suggestion)

    def _empty_value(self) -> Problem:
        """Return the problem of an empty field; a required one cannot be left out."""
        above = field_schema(self.kind, self.path[:-1])
        others = [form["required"] for form in above.get("anyOf", ()) if self.named not in form["required"]]
        entry: Any = self.tree.data
        for step in self.path[:-1]:
            entry = entry[step]
        is_one_of = len(others) < len(above.get("anyOf", ())) and not any(set(names) <= set(entry) for names in others)
        needed = self.path[-1:] == (self.named,) and (self.named in above.get("required", ()) or is_one_of)
        return self._problem("empty-value", key=True, **({"why": "required"} if needed else {}))

    def _wrong_type(self) -> Problem:
        """Return the problem of a value of a wrong type: a colon turns a text into a field, brackets into a list."""
        instance = self.error.instance
        values: dict[str, Any] = {"expected_type": self._expected(), "found_type": type_of(instance)}
        if self._is_text() and isinstance(instance, dict | list):
            text = BrokenText(self.tree, self.path, instance)
            if text.has_colon:
                problem = self._problem("yaml-colon", example=text.quoted_as(self.named))
                return replace(problem, span=text.colon)
            if text.words and isinstance(self.path[-1], str):
                values["example"] = TYPED.text({self.named: ", ".join(text.words)})
        if isinstance(instance, str) and values["expected_type"] == "array" and self._has_text_items():
            values["example"] = f"{self.named}: [{instance.strip('[] ')}]"
        return self._problem("wrong-type", **values)

    def _has_text_items(self) -> bool:
        return "properties" not in field_schema(self.kind, (*self.path, 0))

    def _is_text(self) -> bool:
        return bool(self.path) and "string" in self._expected().split("/")

    def _unknown_fields(self) -> Iterator[Problem]:
        fields = self.schema.get("properties", {})
        patterns = list(self.schema.get("patternProperties", {}))
        subject = subject_of(self.kind, self.tree.data, self.path)
        titles = {name: field_title(self.kind, (*self.path, name)) for name in fields}
        for name in self.error.instance:
            if name in fields or any(re.search(pattern, name) for pattern in patterns):
                continue
            path = (*self.path, name)
            span = self.tree.at(path, key=True)
            if entry := self._item_above(name) if self.path else self._entry_above(name):
                values = {"field": name, "column": str(entry[1] + 1), "found": str(span.column)}
                yield Problem("yaml-indent", self.tree.path, span, values, entry[0])
                continue
            free = [f"{field} ({titles[field]})" for field in fields if field not in self.error.instance]
            meant = meant_field(name, titles)
            allowed, meaning = ", ".join(free) or self._example(), titles.get(meant or "", "")
            values = {"field": name, "allowed": allowed, "meaning": meaning}
            values |= {"why": "year"} if any("(19|20)" in pattern for pattern in patterns) else {}
            yield Problem("unknown-field", self.tree.path, span, values, subject, meant)

    def _entry_above(self, name: str) -> tuple[tuple[str, str], int] | None:
        """Return the entry to which a field in the first column belongs, and the column of its fields."""
        line = self.tree.at((name,), key=True).line
        lists = [field for field in ENTRY_LISTS if isinstance(self.tree.data.get(field), list)]
        paths: list[Path] = [(field, n) for field in lists for n in range(len(self.tree.data[field]))]
        path = max((p for p in paths if self.tree.at(p).line < line), key=lambda p: self.tree.at(p).line, default=())
        if not path or name not in field_schema(self.kind, path).get("properties", {}):
            return None
        span = self.tree.at(path)
        between = self.tree.lines[span.line : line - 1]
        if any(text[:1] not in {"", " ", "#", "-"} for text in between):
            return None
        return subject_of(self.kind, self.tree.data, path), span.column - 1

    def _item_above(self, name: str) -> tuple[tuple[str, str], int] | None:
        """Return the entry in whose list a field belongs, and the column of fields in the list's last item."""
        values = self.error.instance.items()
        lists = [field for field, value in values if isinstance(value, list) and value and isinstance(value[-1], dict)]
        line = self.tree.at((*self.path, name), key=True).line
        paths: list[Path] = [(*self.path, field, len(self.error.instance[field]) - 1) for field in lists]
        path = max((p for p in paths if self.tree.at(p).line < line), key=lambda p: self.tree.at(p).line, default=())
        if not path or name not in field_schema(self.kind, path).get("properties", {}):
            return None
        span, item = self.tree.at(path), self.error.instance[path[-2]][-1]
        in_braces = self.tree.lines[span.line - 1][span.column - 1 :].startswith("{")
        return None if in_braces or name in item else (subject_of(self.kind, self.tree.data, path), span.column - 1)

    def _missing_fields(self) -> Iterator[Problem]:
        path = self.path
        for name in self.error.validator_value:
            if name not in self.error.instance:
                self.path = (*path, name)
                self.schema = field_schema(self.kind, self.path)
                self.named = name
                yield self._problem("missing-field")

    def _expected(self) -> str:
        types = self.schema.get("type") or ["string", "array"]
        return "/".join([types] if isinstance(types, str) else types)

    def _example(self) -> str:
        """Return the first example of a field, as typed in YAML."""
        path = self.path
        while path and isinstance(path[-1], int):
            path = path[:-1]
        if own := self._own_id():
            return TYPED.text({"id": own})
        examples = field_schema(self.kind, path).get("examples") or self.schema.get("examples") or ["…"]
        is_entry = not self.named and isinstance(examples[0], dict)
        return TYPED.text(examples[0] if is_entry else {self.named: examples[0]})


def _has_other_type(inner: ValidationError) -> bool:
    return inner.validator == "type" and not inner.relative_path


def type_of(value: object) -> str:
    """Return the type of a value in JSON Schema's terms."""
    if isinstance(value, dict):
        return "object"
    return "array" if isinstance(value, list) else "string" if isinstance(value, str) else "null"


def _shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
