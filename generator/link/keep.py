"""What several pages and files need in the same form: made once, and kept from one job, or one build, to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")


class Parts(Protocol):
    """Many parts of a value, as bytes, that may lie where they take no room."""

    def at(self, places: Sequence[int]) -> Iterable[bytes]:
        """Those at some places, ascending."""

    def __iter__(self) -> Iterator[bytes]: ...


class Held(list[bytes]):
    """Parts as they are made."""

    def at(self, places: Sequence[int]) -> Iterable[bytes]:
        """Those at some places."""
        return [self[place] for place in places]


Put = Callable[[Parts], Parts]
"""Puts parts where they take no room."""


@dataclass(frozen=True)
class KeptKind(Generic[T]):
    """A kind of values that are made once and kept; if `lasting`, for later builds too.

    `cut` gives the parts of one that can be used alone, one for each place, and the rest; `stow` gives it with its
    large parts put away, of a kind that does not last.
    """

    name: str
    lasting: bool = True
    cut: Callable[[T], tuple[Sequence[Any], Any]] | None = None
    stow: Callable[[T, Put], T] | None = None

    def key(self, name: str) -> str:
        """What tells a value from all others."""
        return f"{self.name} {name}"


class Keep(Protocol):
    """Gives what `make` makes, made once and kept under its kind and name. Whoever uses only the parts at some `places`
    says so."""

    def __call__(
        self, kind: KeptKind[T], name: str, make: Callable[[], T], places: Sequence[int] | None = None
    ) -> T: ...


class IsAsBefore(Protocol):
    """Whether a value that is kept, or its parts at some places, is that of the last build; who asks, uses it."""

    def __call__(self, kind: KeptKind[Any], name: str, places: Sequence[int] | None = None) -> bool: ...


def keep_in(kept: dict[str, Any]) -> Keep:
    """Keeps in a table, for as long as there is the table."""

    def keep(kind: KeptKind[T], name: str, make: Callable[[], T], places: Sequence[int] | None = None) -> T:
        if (key := kind.key(name)) not in kept:
            kept[key] = make()
        made: T = kept[key]
        return made

    return keep
