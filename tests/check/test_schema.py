"""The schemas themselves: every field is documented in Vietnamese, and its examples are valid."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.work_fields import WORK_FIELDS

SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in Path("schema").glob("*.json")}


def fields(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of every object in a schema."""
    if isinstance(node, dict):
        for group in ("properties", "patternProperties"):
            for name, field in node.get(group, {}).items():
                if isinstance(field, dict):
                    yield f"{path}/{name}", field
        for name, part in node.items():
            if name in {"if", "then", "else"}:
                continue  # conditions on fields that are described elsewhere
            yield from fields(part, f"{path}/{name}")
    elif isinstance(node, list):
        for index, part in enumerate(node):
            yield from fields(part, f"{path}/{index}")


FIELDS = [(name, path, field) for name, schema in SCHEMAS.items() for path, field in fields(schema)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_valid_2020_12(name: str) -> None:
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize(("name", "path", "field"), FIELDS, ids=lambda value: value if isinstance(value, str) else "")
def test_field_is_documented_and_its_examples_are_valid(name: str, path: str, field: dict[str, Any]) -> None:
    assert field.get("title"), path
    assert field.get("description"), path
    assert field.get("examples"), path
    validator = Draft202012Validator({**field, "$defs": SCHEMAS[name].get("$defs", {})})
    for example in field["examples"]:
        partial = [error for error in validator.iter_errors(example) if error.validator not in {"required", "anyOf"}]
        assert not partial, (path, example, partial)


def test_every_object_refuses_unknown_fields() -> None:
    def objects(node: Any) -> Iterator[dict[str, Any]]:
        if isinstance(node, dict):
            if node.get("type") == "object":
                yield node
            for part in node.values():
                yield from objects(part)
        elif isinstance(node, list):
            for part in node:
                yield from objects(part)

    for schema in SCHEMAS.values():
        found = list(objects(schema))
        assert found
        assert all(one.get("additionalProperties") is False for one in found)


def test_sub_rows_have_the_fields_that_the_program_fills_in_them() -> None:
    rows = SCHEMAS["plan.schema.json"]["$defs"]["row"]["properties"]
    assert {name for name, field in WORK_FIELDS.items() if field.of_rows} == WORK_FIELDS.keys() & rows.keys()


def test_every_field_of_a_plan_is_used_by_the_content_or_known_to_be_rare() -> None:
    """A field that no plan uses is a guess; the few that wait for their first plan are named here."""
    used = "".join(path.read_text("utf-8") for path in Path("content").rglob("*.yml"))
    names = {path.rsplit("/", 1)[-1] for _, path, _ in FIELDS if not path.rsplit("/", 1)[-1].startswith("^")}
    waiting = {
        "amended",
        "superseded_by",
        "url",
        "valid_from",
        "successors",
        "district",
        "commune",
        "branch",
        "province",
        "task",
        *("as_printed", "formerly", "scope", "periods", "by_period", "serves", "ground", "grade", "basis", "measure"),
        *("lead_text", "partners_text", "levels_units", "due", "deadline", "products", "costs", "amount", "remark"),
        *("more", "heading", "baseline", "per"),
        "removed",  # of plans whose published entries were taken out
        "agencies",  # of units whose plans name local bodies without files
        *("review", "at", "field", "from", "printed", "why", "proposal"),  # of drafts only
    }
    unused = {name for name in names if f"{name}:" not in used}
    assert unused <= waiting
