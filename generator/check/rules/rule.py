"""What a rule is, and what a rule is given to look at.

A rule is a row of the table in `generator.check.rules`: an id, a level, a group, and the function that finds its
faults, where another stage does not (reading a file, the YAML parser, the JSON Schema). Its words stand in the language
catalogues (`problems.<id>`), its passing and failing examples in `generator/check/examples/<id>.txt`.
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
"""What a rule is about, in the order in which rules are listed."""


@dataclass(frozen=True, eq=False)
class File:
    """One file as the rules see it. `register` knows the other files by their ids and names only."""

    kind: Kind
    stem: str
    tree: Tree
    register: Register

    @cached_property
    def data(self) -> dict[str, Any]:
        """The file's fields; none where the file could not be parsed."""
        return self.tree.data or {}

    @cached_property
    def id(self) -> str:
        """The id that the file gives itself, else its name: what it points at by it is there."""
        return self.data.get("id") or self.stem

    @cached_property
    def outline(self) -> EntryIndex:
        """The entries by the lines of the text."""
        return EntryIndex(self.tree.text)

    @cached_property
    def issuer(self) -> str | None:
        """The id of the plan's issuer, if it is known."""
        issuer = self.data.get("issuer")
        return self.register.unit(issuer, None, self.days).id if issuer else None

    @cached_property
    def days(self) -> Days | None:
        """The days of the plan: of two units of one name it means the one that was there."""
        return plan_days(self.data) if self.kind == "plan" else None

    @cached_property
    def pointers(self) -> Sequence[Pointer]:
        """Everything in this plan that points at an entry, of this plan or of another."""
        return tuple(pointers(self.id, self.data)) if self.kind == "plan" else ()

    @cached_property
    def named(self) -> Sequence[tuple[Naming, tuple[str, ...]]]:
        """Everything in this plan that names a unit or a programme, with the ids that it may mean."""
        # Without its issuer, a name may be anybody's.
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
    """One place that breaks a rule: a path into the data (`key`: the field's name there), or a span of the text.

    `values` fill the rule's message. `suggest` is a near word that would be right, or finds it; finding takes time, and
    is done for the first faults of a file only. `level` is given by rules whose level depends on the plan (`varies`).
    """

    at: Path | Span
    values: Mapping[str, str] = field(default_factory=dict)
    suggest: str | Callable[[], str | None] | None = None
    key: bool = False
    level: Level | None = None


@dataclass(frozen=True)
class Summary:
    """What rules over the whole tree need to know of one file: small, and the same whatever else is in the tree.

    `names` are the units and programmes that a plan names, as it writes them, `levels` its printed cells of levels;
    `issuer` as written; `days` are the plan's; `agencies` the ids of those that a unit lists, `formerly` the file's own
    earlier ids, each with its place; `links` the ids of other files, by field; `answers` the measures
    (`<plan>/<entry>/<measure>`) that answer others, with these and their places; `read` says that all of it could be
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
"""Gives the path of the file in which a fault is, and the fault."""


@dataclass(frozen=True)
class Rule:
    """A rule; see the module's docstring.

    `text` looks at a file's text alone and works where the YAML is broken; `file` looks at one file's data and the
    register, `plan` at a plan's; `whole` looks at the summaries of all files. `printed`: an entry whose `as_printed`
    names the rule is as the document has it, and the rule is content. `partial`: it can also be told of a file of which
    only a part could be read. `varies`: each fault has a level of its own.
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
