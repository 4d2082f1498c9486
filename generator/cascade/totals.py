"""Sums of figures with their comparators, and the comparison of two figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.cascade.promises import CEILINGS, FLOORS, Figure
from generator.language.quantities import Comparator

Bound = Literal["exact", "at_least", "at_most", "about", "at_least_about"]
"""How a sum is meant: exact, a lower bound, an upper bound, or about."""
Verdict = Literal["met", "stricter", "looser", "not_stated"]
"""How a figure below compares with the upper one."""


@dataclass(frozen=True)
class Total:
    """A sum with its comparator."""

    value: int | float
    bound: Bound


def add_figures(figures: Iterable[Figure]) -> Total | None:
    """Return the sum of figures in any order; None without figures, or if both floors and ceilings are among them.

    A floor among them makes the sum a lower bound (rule 5).
    """
    terms: Sequence[Figure] = list(figures)
    if not terms:
        return None
    bound = _bound_of({term.comparator for term in terms})
    return Total(sum_exactly(term.value for term in terms), bound) if bound else None


def sum_exactly(values: Iterable[int | float]) -> int | float:
    """Return an exact sum: computed in decimals, so the order of the terms does not change it."""
    total = sum((Decimal(str(value)) for value in values), Decimal())
    return int(total) if total == total.to_integral_value() else float(total)


def compare_figures(figure: Figure, upper: Figure) -> Verdict:
    """Return how a figure compares with the upper one: `not_stated` if one is a floor and the other a ceiling."""
    ceiling = upper.comparator in CEILINGS
    if figure.comparator in (FLOORS if ceiling else CEILINGS):
        return "not_stated"
    if figure.value != upper.value:
        return "stricter" if (figure.value < upper.value) == ceiling else "looser"
    strict: Comparator = "<" if ceiling else ">"
    if (figure.comparator == strict) == (upper.comparator == strict):
        return "met"
    return "stricter" if figure.comparator == strict else "looser"


def _bound_of(comparators: set[Comparator]) -> Bound | None:
    floor, ceiling, about = bool(comparators & FLOORS), bool(comparators & CEILINGS), "about" in comparators
    if ceiling and (floor or about):
        return None
    if floor:
        return "at_least_about" if about else "at_least"
    return "at_most" if ceiling else "about" if about else "exact"
