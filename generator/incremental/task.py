"""Tasks, and what is known of one that has run."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Task(Generic[T]):
    """A piece of work: a name that tells it from all others, and a function that yields its outputs."""

    name: str
    run: Callable[[], Iterable[T]]


@dataclass(frozen=True)
class SharedTask:
    """A piece of work that computes a memo, given by its number, ahead of the tasks that use it."""

    memo: int
    compute: Callable[[], object]


class TaskTrace(NamedTuple):
    """What a task has read and written.

    `dependencies` are the numbers of what it read (`dependency_id`), `uses` gives by the number of a memo the mask of
    the parts that it used, `outputs` are the paths of what it wrote.
    """

    dependencies: array[int]
    uses: Mapping[int, int]
    outputs: tuple[str, ...]


class Written(NamedTuple):
    """What became of one output: its path, if the task owns a file there, and what is still to be done for it."""

    path: str | None
    pending: Any = None
