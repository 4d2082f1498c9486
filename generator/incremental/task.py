"""Tasks and their traces."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Task(Generic[T]):
    """A piece of work: a unique name, and a function that yields its outputs."""

    name: str
    run: Callable[[], Iterable[T]]


@dataclass(frozen=True)
class SharedTask:
    """A piece of work that computes the memo with this number, before the tasks that use it."""

    memo: int
    compute: Callable[[], object]


class TaskTrace(NamedTuple):
    """What a task has read and written.

    `dependencies` are the numbers of what it read (`dependency_id`). `uses` maps the number of each memo to the mask of
    the parts that the task used. `outputs` are the paths of the files that it wrote.
    """

    dependencies: array[int]
    uses: Mapping[int, int]
    outputs: tuple[str, ...]


class Written(NamedTuple):
    """The result of writing one output: its path, if the task owns the file, and what is still to be done for it."""

    path: str | None
    pending: Any = None
