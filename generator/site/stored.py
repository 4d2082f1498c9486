"""Records, the register, and what is known of files, as they are stored: in little room, and much of it read only when
somebody asks for it."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from typing import Any, Generic, TypeVar, overload

from generator.check.names import Register
from generator.check.rules.rule import Summary
from generator.link.model import Plan
from generator.link.record import Fact, Record

T = TypeVar("T")
V = TypeVar("V")


class Late(Sequence[T], Generic[T]):
    """A sequence that is read from its bytes when somebody asks for what it holds."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def _values(self) -> Sequence[T]:
        values: Sequence[T] = marshal.loads(self._data)
        return values

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._values[index]

    def __len__(self) -> int:
        return len(self._values)


class LateMap(Mapping[str, V], Generic[V]):
    """A mapping whose values are read from their bytes when somebody asks for one."""

    def __init__(self, data: Mapping[str, bytes]) -> None:
        self._data = data

    def __getitem__(self, key: str) -> V:
        value: V = marshal.loads(self._data[key])
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


def packed_register(register: Register) -> bytes:
    """A register in little room; what the entries of each plan are, for itself."""
    columns = {field.name: vars(register)[field.name] for field in fields(Register)}
    columns["inner"] = {plan: marshal.dumps(dict(entries)) for plan, entries in register.inner.items()}
    return marshal.dumps(columns)


def register_from(data: bytes) -> Register:
    """The register that was packed."""
    columns = marshal.loads(data)
    return Register(**{**columns, "inner": LateMap(columns["inner"])})


def record_from(plan: Plan, columns: tuple[Any, ...]) -> Record:
    """The record of which `astuple_of` has the columns."""
    years, lead, levels, activities, targets, counterparts, contributions = columns
    return Record(plan, Late(years), Late(lead), levels, activities, targets, counterparts, contributions)


def astuple_of(record: Record) -> tuple[Any, ...]:
    """A record's columns as plain data, without its plan."""
    return (
        marshal.dumps([*record.years]),
        marshal.dumps([*record.lead]),
        dict(record.levels),
        record.activities,
        record.targets,
        record.counterparts,
        record.contributions,
    )


def packed_known(summary: Summary, facts: bytes) -> bytes:
    """What must be known of a file when it has changed: its summary, and its facts (packed)."""
    return pickle.dumps((summary, facts), protocol=5)


def known_from(data: bytes) -> tuple[Summary | None, bytes]:
    """The same again; of nothing nothing."""
    return pickle.loads(data) if data else (None, b"")


def packed_facts(facts: Mapping[Fact, str]) -> bytes:
    """Facts and their digests in little room. Alike when they are alike: version 2 does not mark what is repeated."""
    return marshal.dumps(dict(facts), 2)


def facts_from(data: bytes) -> Mapping[Fact, str]:
    """The facts that were packed; of nothing none."""
    facts: Mapping[Fact, str] = marshal.loads(data) if data else {}
    return facts
