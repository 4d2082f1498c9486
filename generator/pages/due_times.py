"""When something is due, in words: first as printed, then the days read from it if they say more."""

from __future__ import annotations

from collections.abc import Sequence

from generator.language.catalogue import Catalogue
from generator.language.time_spans import dated, days_text, due_attribute
from generator.language.time_words import TimeSpan, named_years
from generator.pages.prose import html_text, unbroken

_MOST = 3  # spans that are written out; with more of them the printed words are shorter


def when_html(
    printed: str | None,
    spans: Sequence[TimeSpan],
    words: Catalogue,
    year: int | None = None,
    *,
    is_due: bool = True,
    is_read: bool = True,
) -> str:
    """Return when something is due; in a list of one year, with the days in that year. Empty without a time.

    The element carries the days (`data-due`), so that the browser can mark what is due now or overdue; it carries none
    when nothing is due any more (`is_due`). Days are written beside the printed words if `is_read` is set.
    """
    shown = dated(spans, year)
    reading = reading_of(printed, shown, words)
    if not printed and not reading:
        return ""
    beside = f' <span class="sk-when__days">({html_text(reading)})</span>' if printed and reading and is_read else ""
    days = f' data-due="{due_attribute(shown)}"' if shown and is_due else ""
    lines = "<br>".join(map(unbroken, (printed or reading).split("\n")))
    return f'<span class="sk-when"{days}>{lines}{beside}</span>'


def reading_of(printed: str | None, spans: Sequence[TimeSpan], words: Catalogue) -> str:
    """Return the days of spans if they say more than the printed words, such as the year or the last day."""
    shown = [span for span in dated(spans) if _says_more(printed or "", span)]
    if not 0 < len(shown) <= _MOST:
        return ""
    return "; ".join(
        words.text("site.until", day=days_text(span)) if span.kind == "deadline" else days_text(span) for span in shown
    )


def is_said_by_year(printed: str | None, spans: Sequence[TimeSpan]) -> bool:
    """Return whether the words only name years, so that a list of one year need not repeat them."""
    return not printed or (bool(spans) and all(span.kind == "year" or span.rule in _OF_YEARS for span in spans))


_OF_YEARS = frozenset({"every-year", "whole-plan"})


def _says_more(printed: str, span: TimeSpan) -> bool:
    if span.rule in {"due", "deadline"} or not named_years(printed):
        return True
    return span.rule.startswith("from-") or (span.kind == "deadline" and not span.rule.endswith("-day"))
