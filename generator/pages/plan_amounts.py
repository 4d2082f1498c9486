"""What a plan's amounts count: all that its issuer stands for, so that no unit below has the amount alone.

Pieces that pages of many units share have `OF_ALL` before such an amount; each page replaces it by words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from generator.language.catalogue import Catalogue
from generator.language.vietnamese import parse_number
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Measure, Plan, Target, Unit
from generator.pages.cell_texts import is_said_by_unit, measure_text
from generator.pages.unit_work import carriers_of

OF_ALL = "\x1e"
"""A character that no document can contain: the store and YAML refuse it."""

_COUNT, _SHARE_OR_DAY = re.compile(r"[≥>≤<~]*\s*\d"), re.compile(r"%|\d/\d")


class PlanAmounts:
    """Tells amounts of one plan from norms, percentages and words."""

    def __init__(self, corpus: Corpus, plan: Plan) -> None:
        """Collect the norms of the plan's rows."""
        self._corpus, self._plan = corpus, plan
        self._norms: dict[str, list[Measure]] = {}
        entries: list[Target | Activity] = [*plan.targets, *plan.activities]
        for entry in entries:
            for measure in entry.measures:
                if measure.per:
                    self._norms.setdefault(measure.row or entry.id, []).append(measure)

    def sign(self, activity: Activity, cell: str) -> str:
        """Return the sign before a printed cell of an activity or its sub-row; empty if the cell has no amount.

        A cell that repeats its row's norm is what each unit must do, and what only the issuer carries out is no sum.
        """
        if activity.levels_units == (self._plan.issuer,):
            return ""
        norms, number = self._norms.get(activity.id, ()), parse_number(cell)
        repeats = number is not None and any(parse_number(norm.value or "") == number for norm in norms)
        return "" if repeats or any(is_said_by_unit(self._corpus, norm) for norm in norms) else _sign(cell)

    def area(self, activity: Activity, cells: Iterable[str], reader: Unit, words: Catalogue) -> str | None:
        """Return the words for what amounts in some cells count; None without amounts or for the reader's own."""
        has_amounts = any(self.sign(activity, cell) for cell in cells)
        return (area_text(self._corpus, self._plan, reader, words) or None) if has_amounts else None


def sign_of_measure(measure: Measure) -> str:
    """Return the sign before the value of a measure; empty before a norm."""
    return "" if measure.per else _sign(measure.value or "")


def _sign(cell: str) -> str:
    # A percentage holds for the whole and each part, a day for everybody.
    return OF_ALL if _COUNT.match(cell) and not _SHARE_OR_DAY.search(cell) else ""


def area_text(corpus: Corpus, plan: Plan, reader: Unit, words: Catalogue) -> str:
    """Return the words for what a plan's amounts count, for a unit below: `cả kế hoạch`.

    A plan does not say whether an amount is that of a whole province or of its office alone. Empty for units whose own
    amounts they are (the issuer, its successors, their departments, a group of these) and for partners, which have no
    share in them.
    """
    issuers = {plan.issuer, *carriers_of(corpus, plan.issuer, date.max.year)}
    readers = corpus.members.get(reader.id) or [reader]
    of_issuer = all(unit.kind == "department" and unit.parent in issuers for unit in readers)
    if reader.kind == "partner" or reader.id in issuers or of_issuer:
        return ""
    return words.text("site.whole_plan")


def measures_text(
    corpus: Corpus, plan: Plan, measures: Sequence[Measure], reader: Unit | None, words: Catalogue
) -> str:
    """Return measures, one on each line; for a unit below, with what their amounts count."""
    area = area_text(corpus, plan, reader, words) if reader and any(map(sign_of_measure, measures)) else ""
    return "\n".join(
        measure_text(corpus, measure, words, area if sign_of_measure(measure) else "") for measure in measures
    )


def with_area(text: str, area: str) -> str:
    """Return a text with `area` before each marked amount; with an empty `area`, the marks are removed."""
    return text.replace(OF_ALL, f"{area} " if area else "")
