"""From spans of days to years, quarters and months: for lists sorted by time, filters and calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from generator.language.time_words import TimeSpan
from generator.language.vietnamese import format_date

QUARTERS = ("q1", "q2", "q3", "q4")
MONTHS = tuple(str(month) for month in range(1, 13))
PERIODS = (*QUARTERS, *MONTHS)
"""Names of quarters and months in addresses and columns, in the order in which they are shown."""

_EVERY_MONTH = frozenset({"every-day", "every-week", "every-month"})

Order = tuple[str, str]
NO_DAY: Order = ("~", "~")
"""The sort key of work without a day: after every day."""


def dated(spans: Iterable[TimeSpan], year: int | None = None) -> tuple[TimeSpan, ...]:
    """Return the spans that are more exact than years; with a year, those that touch it."""
    return tuple(
        span
        for span in spans
        if span.kind not in {"year", "recurrence"} and (year is None or span.begin.year <= year <= span.last.year)
    )


def order_in_year(spans: Iterable[TimeSpan], year: int) -> Order:
    """Return a key that sorts work by time within a year; work without a day comes last."""
    days = [(max(span.begin, date(year, 1, 1)).isoformat(), span.last.isoformat()) for span in dated(spans, year)]
    return min(days, default=NO_DAY)


def periods_of(spans: Iterable[TimeSpan]) -> list[tuple[int, str]]:
    """Return the months and quarters in which work is due, as (year, name), in order of time.

    Work of a quarter is due in each of its months too; a deadline in the month of its day. Monthly work is due in every
    month, quarterly work in every quarter; other repeated times have no month.
    """
    return sorted(
        {period for span in spans for period in _periods(span)},
        key=lambda period: (period[0], PERIODS.index(period[1])),
    )


def _periods(span: TimeSpan) -> Iterator[tuple[int, str]]:
    only_quarters = span.rule == "every-quarter"
    if not dated([span]) and span.rule not in _EVERY_MONTH and not only_quarters:
        return
    first, last = span.begin.year * 12 + span.begin.month - 1, span.last.year * 12 + span.last.month - 1
    for number in range(first, last + 1):
        year, month = divmod(number, 12)
        yield year, QUARTERS[month // 3]
        if not only_quarters:
            yield year, MONTHS[month]


def days_text(span: TimeSpan) -> str:
    """Return the days of a span in words, with the year once.

    >>> days_text(TimeSpan(date(2026, 1, 1), date(2026, 3, 31), "quarter", "quarter"))
    '01/01–31/3/2026'
    """
    first, last = span.begin, format_date(span.last)
    if first == span.last:
        return last
    return f"{format_date(first).removesuffix(f'/{span.last.year}')}–{last}"


def due_attribute(spans: Iterable[TimeSpan]) -> str:
    """Return spans for the browser, which knows today: `2026-01-01/2026-03-31`; a deadline as `/2026-06-30`."""
    return " ".join(f"{span.first or ''}/{span.last}" for span in spans)
