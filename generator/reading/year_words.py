"""Words for a time -> the field `years`, from the spans that they mean. Other words are asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.language.time_words import TimeSpan, is_school_year, named_years, read_spans, says_every_year
from generator.language.vietnamese import format_years


@dataclass(frozen=True)
class YearsReading:
    """The years that words mean, in the form of the field `years`; `rule` names how they were read.

    `is_sure` is false if a person must check; `years` is then only a proposal.
    """

    years: str | None
    rule: str
    is_sure: bool = True


def read_years(printed: str, first: int, last: int) -> YearsReading:
    """Return the years that a printed time means in a plan for the years `first` to `last`.

    >>> [read_years(words, 2022, 2027).years for words in ("2022 - 2025", "Quý I/2023", "Hàng năm", "2023, 2025")]
    ['2022-2025', '2023', '2022-2027', '2023, 2025']
    """
    named, period = named_years(printed), (first, last)
    if is_school_year(printed):
        return YearsReading(None, "school-year", is_sure=False)
    if first == last and set(named) <= {first}:
        return YearsReading(None, "one-year-plan")
    if spans := read_spans(printed, (), period):
        years = {year for span in spans for year in _years_of(span, first)}
        return YearsReading(
            years_field(years), spans[0].rule, is_sure=all(first <= year <= last for year in {*years, *named})
        )
    # Words that state only a frequency mean the whole plan, if a person agrees.
    repeated = [span for span in read_spans(printed, range(first, last + 1), period) if span.kind == "recurrence"]
    if repeated:
        return YearsReading(years_field(range(first, last + 1)), repeated[0].rule, is_sure=False)
    if not named and says_every_year(printed):
        named = tuple(range(first, last + 1))
    return YearsReading(years_field(named), "unread", is_sure=False)


def _years_of(span: TimeSpan, first: int) -> range:
    begin = first if span.rule == "until-year" else span.begin.year
    return range(begin, span.last.year + 1)


def years_field(years: Iterable[int]) -> str | None:
    """Return years in the form of the field `years`."""
    return format_years(set(years)).replace("–", "-") or None
