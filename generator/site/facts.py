"""Numbers for facts, so that a state says in little room what each job has read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from generator.link.record import Fact


class Facts:
    """Numbers for facts: a job has read hundreds, and most have read the same.

    `tables` gives the number of each that is known by its table and its key there; it is taken over, not copied.
    """

    def __init__(self, tables: dict[str, dict[str, int]] | None = None) -> None:
        self.tables = tables or {}
        self._known = sum(map(len, self.tables.values()))
        self._new: list[Fact] = []

    def __len__(self) -> int:
        return self._known + len(self._new)

    def numbers(self, facts: Iterable[Fact]) -> tuple[int, ...]:
        """The numbers of facts, be they new or known."""
        return tuple([self._number(fact) for fact in facts])

    def among(self, facts: Set[Fact]) -> set[int]:
        """The numbers of those facts that are known."""
        found = (self.tables.get(table, {}).get(key) for table, key in facts)
        return {number for number in found if number is not None}

    def since(self, number: int) -> Sequence[Fact]:
        """The facts from a number on, none of which was known at the beginning."""
        return self._new[number - self._known :]

    def _number(self, fact: Fact) -> int:
        keys = self.tables.setdefault(fact[0], {})
        number = keys.get(fact[1])
        if number is None:
            number = keys[fact[1]] = len(self)
            self._new.append(fact)
        return number
