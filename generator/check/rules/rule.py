"""The types of rules and of what they examine.

A rule is a row of the table in `generator.check.rules`: id, group, level, and the function that finds its faults,
unless another stage does (reading files, the YAML parser, the JSON Schema). Its words are in the catalogues
(`problems.<id>`), its examples in `generator/check/examples/<id>.txt`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from generator.check.days import Days, plan_days
from generator.check.names import Register
from generator.check.pointers import Naming, Pointer, namings, pointers
from generator.problem import Level, Span
from generator.source.entry_index import EntryIndex
from generator.source.source_files import Kind
from generator.source.tree import Path, Tree

Group = Literal["file", "yaml", "schema", "reference", "year", "document", "letter"]
"""The subjects of rules, in the order in which rules are listed."""


@dataclass(frozen=True, eq=False)
class File:
    """One file for the rules. `register` has only the ids and names of the other files."""

    kind: Kind
    stem: str
    tree: Tree
    register: Register

    @cached_property
    def data(self) -> dict[str, Any]:
        """The file's fields; empty if the file could not be parsed."""
        return self.tree.data or {}

    @cached_property
    def id(self) -> str:
        """The id in the file, else its name: references by this id mean the file itself."""
        return self.data.get("id") or self.stem

    @cached_property
    def outline(self) -> EntryIndex:
        """The entries by line of the text."""
        return EntryIndex(self.tree.text)

    @cached_property
    def issuer(self) -> str | None:
        """The id of the plan's issuer, if it is known."""
        issuer = self.data.get("issuer")
        return self.register.unit(issuer, None, self.days).id if issuer else None

    @cached_property
    def days(self) -> Days | None:
        """The days of the plan: they decide between units of one name."""
        return plan_days(self.data) if self.kind == "plan" else None

    @cached_property
    def pointers(self) -> Sequence[Pointer]:
        """All references of this plan to entries, its own or another plan's."""
        return tuple(pointers(self.id, self.data)) if self.kind == "plan" else ()

    @cached_property
    def named(self) -> Sequence[tuple[Naming, tuple[str, ...]]]:
        """All names of units and programmes in this plan, with the ids that each may mean."""
        # Without a known issuer, a name cannot be resolved.
        if self.kind != "plan" or not (self.issuer or self.tree.is_whole):
            return ()
        return tuple((naming, self._ids(naming)) for naming in namings(self.data))

    def _ids(self, naming: Naming) -> tuple[str, ...]:
        if naming.kind == "programme":
            return self.register.programme(naming.name).ids
        issuer = None if naming.at == ("issuer",) else self.issuer
        return self.register.unit(naming.name, issuer, self.days).ids


@dataclass(frozen=True)
class Fault:
    """One place that breaks a rule: a path into the data (with `key`, the field's name there), or a span of the text.

    `values` fill the rule's message. `suggest` is a similar valid word, or a function that finds it; finding takes time
    and is done only for the first faults of a file. `level` is set by rules whose level depends on the plan (`varies`).
    """

    at: Path | Span
    values: Mapping[str, str] = field(default_factory=dict)
    suggest: str | Callable[[], str | None] | None = None
    key: bool = False
    level: Level | None = None


@dataclass(frozen=True)
class Summary:
    """What the rules over the whole tree need to know of one file; it does not depend on other files.

    `names` are the units and programmes that a plan names, as written; `levels` its printed cells of levels; `issuer`
    is as written; `days` are the plan's; `agencies` the ids of those that a unit lists; `formerly` the file's own
    former ids with their places; `links` the ids of other files, by field; `answers` the measures
    (`<plan>/<entry>/<measure>`) that answer others, with these and their places; `read` says that the whole file was
    understood.
    """

    kind: Kind
    path: str
    id: str
    read: bool
    issuer: str | None
    days: Days | None
    names: frozenset[tuple[Kind, str]]
    levels: frozenset[str]
    agencies: tuple[tuple[Path, str], ...]
    formerly: tuple[tuple[Path, str], ...]
    links: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, tuple[tuple[Path, str], ...]]

    def issuer_in(self, register: Register) -> str | None:
        """Return the id of the plan's issuer, if it is known."""
        return register.unit(self.issuer, None, self.days).id if self.issuer else None


Check = Callable[[File], Iterator[Fault]]
WholeCheck = Callable[[Sequence[Summary], Register], Iterator[tuple[str, Fault]]]
"""Faults, each with the path of its file."""


@dataclass(frozen=True)
class Rule:
    """A rule; see the module's docstring.

    `text` checks a file's text and works even if its YAML has faults. `file` checks one file's data against the
    register, `plan` a plan's; `whole` checks the summaries of all files. `printed`: an entry may silence the rule in
    `as_printed`. `partial`: the rule also applies to a file that could be read only in part. `varies`: each fault has
    its own level.
    """

    id: str
    group: Group
    level: Level = "error"
    text: Check | None = None
    file: Check | None = None
    plan: Check | None = None
    whole: WholeCheck | None = None
    printed: bool = False
    partial: bool = False
    varies: bool = False
