"""Numbers of one plan that check each other: a total and a norm imply a number of units (rule 11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.cascade.promises import CEILINGS, FLOORS, Figure, Promise, Slot, figures_of, totals_of, unit_key
from generator.language.folding import folded
from generator.language.vietnamese import are_same_units, name_same_level


@dataclass(frozen=True)
class ImpliedNumber:
    """The number of units that a total and a norm imply, with its comparator.

    `norm_key` and `total_key` name their measures; they are equal if the cells of the norm itself hold the total.
    """

    per: str
    norm_key: str
    norm: Figure
    total_key: str
    total: Figure
    least: Fraction | None
    most: Fraction | None

    @property
    def exact(self) -> Fraction | None:
        """The number, if it is neither a lower nor an upper bound."""
        return self.least if self.least == self.most else None


@dataclass(frozen=True)
class Disagreement:
    """Numbers of one plan's units that cannot all be true: two that differ, or one that is no whole number."""

    first: ImpliedNumber
    second: ImpliedNumber | None = None


@dataclass(frozen=True)
class Product:
    """A norm times the number of units that the same plan implies; shown as computed (rule 3)."""

    norm_key: str
    norm: Figure
    per: str
    units: int
    value: int | float
    total_key: str
    total: Figure

    @property
    def falls_short(self) -> bool:
        """Whether the product is less than the total that the plan promises."""
        return self.value < self.total.value and self.total.comparator not in CEILINGS


def implied_numbers(promises: Iterable[Promise]) -> list[ImpliedNumber]:
    """Return the numbers of units that the measures of one plan imply, in the order of the measures.

    A norm goes with the total in its own cells, else with the one total of the same target that counts the same thing
    in the same period. If there are several, none is used.
    """
    given = list(promises)
    numbers = []
    for promise in given:
        if not promise.per or promise.is_percentage or promise.aggregate == "average":
            continue
        norm = _norm_of(promise)
        pair = _own_total(promise) or _total_beside(promise, given)
        if norm and norm.value and pair:
            numbers.append(_implied(promise, norm, *pair))
    return numbers


def counted_unit(norm: Promise) -> str:
    """Return what a norm counts, without the words for each of what it is: "hộ" of "hộ/cơ sở Hội".

    A stroke may stand between two things that are counted: "công trình/phần việc".
    """
    counted, _, each = (norm.unit or "").rpartition("/")
    per = norm.per or ""
    is_said = are_same_units(each, per) or "-".join(folded(each).split()) == per
    return counted if counted and is_said else norm.unit or ""


def disagreements(numbers: Sequence[ImpliedNumber]) -> list[Disagreement]:
    """Return contradictions: pairs of numbers for the same unit, and totals that are no multiple of their norm."""
    conflicts = [
        Disagreement(number) for number in numbers if number.exact is not None and number.exact.denominator != 1
    ]
    for index, first in enumerate(numbers):
        conflicts += [Disagreement(first, second) for second in numbers[index + 1 :] if _contradict(first, second)]
    return conflicts


def products_of(numbers: Sequence[ImpliedNumber]) -> list[Product]:
    """Return norms times the number of units, where the plan implies exactly one number and nothing disagrees.

    Norms whose own total implies that number are left out.
    """
    products = []
    for number in numbers:
        exact = {
            other.exact for other in numbers if other.exact is not None and unit_key(other.per) == unit_key(number.per)
        }
        if number.exact is None and len(exact) == 1 and (units := exact.pop()).denominator == 1:
            products.append(
                Product(
                    number.norm_key,
                    number.norm,
                    number.per,
                    int(units),
                    _plain(units * Fraction(str(number.norm.value))),
                    number.total_key,
                    number.total,
                )
            )
    return products


def _norm_of(promise: Promise) -> Figure | None:
    values: Mapping[Slot, Figure] = figures_of(promise)
    return next(iter(values.values())) if len({figure.value for figure in values.values()}) == 1 else None


def _own_total(promise: Promise) -> tuple[str, Figure] | None:
    total = totals_of(promise)
    return (promise.key, total) if total else None


def _total_beside(norm: Promise, promises: Sequence[Promise]) -> tuple[str, Figure] | None:
    counted = unit_key(counted_unit(norm))
    totals = [
        (other.key, figure)
        for other in promises
        if other.target == norm.target and other.is_summed and other.period == norm.period
        if unit_key(other.unit) == counted
        if (figure := _norm_of(other))
    ]
    return totals[0] if len(totals) == 1 else None


def _implied(promise: Promise, norm: Figure, total_key: str, total: Figure) -> ImpliedNumber:
    number = Fraction(str(total.value)) / Fraction(str(norm.value))
    if norm.comparator == total.comparator == "=" or total_key == promise.key:
        least: Fraction | None = number
        most: Fraction | None = number
    else:
        # "At least 500, 3 from each" is true with 167 units or more; "342, at least 2 from each" with 171 or fewer.
        # "At least 500, at least 3 from each" is true with any number of units.
        open_up = total.comparator in FLOORS or norm.comparator in CEILINGS
        open_down = total.comparator in CEILINGS or norm.comparator in FLOORS
        least = number if open_up and not open_down else None
        most = number if open_down and not open_up else None
    return ImpliedNumber(promise.per or "", promise.key, norm, total_key, total, least, most)


def _are_for_same(per: str, other: str) -> bool:
    """Return whether two norms are for the same units: spelt alike, or of one level, and no list of several kinds."""
    is_list = "," in f"{per}{other}"
    return unit_key(per) == unit_key(other) or (name_same_level(per, other) and not is_list)


def _contradict(first: ImpliedNumber, second: ImpliedNumber) -> bool:
    if not _are_for_same(first.per, second.per):
        return False
    least = max((bound for bound in (first.least, second.least) if bound is not None), default=None)
    most = min((bound for bound in (first.most, second.most) if bound is not None), default=None)
    return least is not None and most is not None and least > most


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)
