"""The guide's generated pages: every field, from the schemas, and every rule of the check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from generator.check.schema import field_schema
from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.pages.links import FIELDS, RULES
from generator.pages.page import Options, Page, index_page
from generator.source.source_files import FOLDERS, Kind
from generator.source.tree import Path
from generator.source.yaml_writer import TYPED

if TYPE_CHECKING:
    from generator.check.explain import Explanation

ENTRIES: Mapping[str, Path] = {
    "heading": ("outline", 0),
    "target": ("targets", 0),
    "measure": ("targets", 0, "measures", 0),
    "contribution": ("targets", 0, "measures", 0, "contributes_to", 0),
    "activity": ("activities", 0),
    "row": ("activities", 0, "rows", 0),
    "cost": ("activities", 0, "costs", 0),
    "extraCell": ("activities", 0, "more", 0),
}
"""Entries that have a part of the page of their own, by their names in the schema, with the path to each."""


@dataclass(frozen=True)
class Field:
    """One field: its name in files and for people, and how it is typed."""

    name: str
    title: str
    description: str
    required: bool
    types: Sequence[str]
    """The type in JSON Schema (`string`, `array` …), or `choice`."""
    values: Sequence[tuple[str, str]]
    """The values to choose from, with their meanings."""
    example: str
    """An example of the field as it is typed."""
    entry: str = ""
    """The part of the page that explains its entries."""
    fields: Sequence[Field] = ()
    """The fields inside it, if no other part explains them."""


@dataclass(frozen=True)
class Part:
    """A part of the page: a file, or an entry of a list."""

    anchor: str
    title: str
    description: str
    fields: Sequence[Field]
    folder: str = ""
    """The folder of the files, if the part is a file."""
    alternatives: Sequence[str] = ()
    """Fields of which at least one is required."""


def field_page(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Yield `/dong-gop/truong/`. It does not depend on the corpus."""
    yield index_page(FIELDS, "fields", options, parts=parts(), titles={part.anchor: part.title for part in parts()})


def rules_page(corpus: Corpus, options: Options) -> Iterator[Page]:
    """Yield `/dong-gop/quy-tac/`. It does not depend on the corpus."""
    yield index_page(RULES, "rules", options, groups=rule_groups(options.language))


@cache
def rule_groups(language: str) -> Sequence[tuple[str, str, Sequence[Explanation]]]:
    """Return the explained rules by group, with each group's anchor and title."""
    from generator.check.explain import by_group, explain

    words = catalogue(language)
    return tuple(
        (f"nhom-{group}", words.text(f"rules.{group}"), tuple(explain(rule, words) for rule in rules))
        for group, rules in by_group()
    )


@cache
def parts() -> Sequence[Part]:
    """Return all parts of the page, in the order in which a plan is typed."""
    return (_part("plan"), *(_part("plan", anchor) for anchor in ENTRIES), _part("unit"), _part("programme"))


def _part(kind: Kind, entry: str = "") -> Part:
    path = ENTRIES.get(entry, ())
    schema = field_schema(kind, path)
    return Part(
        anchor=entry or kind,
        title=schema["title"],
        description=schema["description"],
        fields=_fields(kind, path),
        folder="" if entry else next(folder for folder, of_kind in FOLDERS.items() if of_kind == kind),
        alternatives=[names["required"][0] for names in schema.get("anyOf", ())],
    )


def _fields(kind: Kind, path: Path) -> list[Field]:
    schema = field_schema(kind, path)
    required = schema.get("required", ())
    return [_field(kind, (*path, name), name in required) for name in schema.get("properties", ())]


def _field(kind: Kind, path: Path, required: bool) -> Field:
    name = str(path[-1])
    schema, item = field_schema(kind, path), field_schema(kind, (*path, 0))
    choice = schema if "enum" in schema else item
    forms = (schema, *schema.get("oneOf", ()))
    lists = (form["items"].get("$ref", "") for form in forms if "items" in form)
    entry = str(next(lists, "")).removeprefix("#/$defs/")
    return Field(
        name=name,
        title=schema["title"],
        description=schema["description"],
        required=required,
        types=_types(schema),
        values=list(zip(choice.get("enum", ()), choice.get("enumDescriptions", ()), strict=True)),
        example=TYPED.text({name: schema["examples"][0]}),
        entry=entry if entry in ENTRIES else "",
        fields=[] if entry in ENTRIES else _fields(kind, (*path, 0) if "properties" in item else path),
    )


def _types(schema: Mapping[str, Any]) -> Sequence[str]:
    """Return JSON Schema's types, once each; printed numbers count as text."""
    if "enum" in schema:
        return ("choice",)
    types = [choice.get("type", ()) for choice in (schema, *schema.get("oneOf", ()))]
    names = [name for type_ in types for name in ([type_] if isinstance(type_, str) else type_)]
    return list(dict.fromkeys("string" if name in {"number", "integer"} else name for name in names))
