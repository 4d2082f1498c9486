"""Numbers of one plan that check each other, in words: implied numbers of units, and norms times such a number."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from generator.cascade.promises import CEILINGS, FLOORS, Figure
from generator.cascade.proof import ImpliedNumber, Product, counted_unit, implied_numbers, products_of
from generator.language.quantities import with_unit
from generator.language.vietnamese import format_number
from generator.model.answers import promises_of
from generator.model.entities import Plan, Target
from generator.pages.cascade_view import CascadeViewer


class ProofViewer:
    """Writes for the targets of one plan which numbers follow from their norms and totals."""

    def __init__(self, plan: Plan, viewer: CascadeViewer) -> None:
        """Keep the words of cascades, and compute the plan's numbers from its body."""
        self._viewer = viewer
        self._promises = {promise.key: promise for promise in promises_of(plan, plan.load())}
        self._numbers = implied_numbers(self._promises.values())
        self._products = products_of(self._numbers)

    def lines(self, target: Target) -> Sequence[str]:
        """Return a line for each number of units that a target's norms imply, and for each product."""
        numbers = [self.number_text(number) for number in self._numbers if self._is_of(number.norm_key, target)]
        return numbers + [
            self.product_text(product) for product in self._products if self._is_of(product.norm_key, target)
        ]

    def number_text(self, number: ImpliedNumber) -> str:
        """Return the sentence that derives a number of units."""
        if number.exact is not None:
            return self._text("exactly", number, units=format_number(_plain(number.exact)))
        if number.least is not None:
            return self._text("at_least", number, units=format_number(ceil(number.least)))
        if number.most is not None:
            return self._text("at_most", number, units=format_number(floor(number.most)))
        return self._text("nothing", number)

    def product_text(self, product: Product) -> str:
        """Return the sentence for a norm times the number of units, beside the total that the plan promises."""
        value = f"{self._word(product.norm)} {format_number(product.value)}".strip()
        return self._text("product", product, units=format_number(product.units), value=value)

    def _text(self, key: str, number: ImpliedNumber | Product, **values: str) -> str:
        norm = self._promises[number.norm_key]
        unit = counted_unit(norm)
        # An exact number shows the cells as printed; a bound says which figures are bounds.
        bound = key != "exactly"
        return self._viewer.text(
            f"proof.{key}",
            total=self._cell(number.total, bound, unit),
            norm=self._cell(number.norm, bound),
            unit=unit,
            per=self._viewer.per_text(norm),
            **values,
        )

    def _cell(self, figure: Figure, says_bound: bool, unit: str = "") -> str:
        """Return a figure as printed; with `says_bound`, the word for its comparator if the cell has no sign for it."""
        cell = with_unit(figure.cell, unit)
        return f"{self._word(figure)} {cell}".strip() if says_bound and figure.cell[:1].isdigit() else cell

    def _word(self, figure: Figure) -> str:
        if figure.comparator in FLOORS:
            return self._viewer.text("bound.at_least")
        if figure.comparator in CEILINGS:
            return self._viewer.text("bound.at_most")
        return self._viewer.comparator_text(figure)

    def _is_of(self, key: str, target: Target) -> bool:
        return self._promises[key].target == target.key


def _plain(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else round(float(number), 1)
