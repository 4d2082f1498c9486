"""Calendars (iCalendar, RFC 5545): the activities of a plan or a unit as all-day entries from 1 January to 31 December.

Documents say the year and no day, so an entry fills its year and leaves the time free (TRANSPARENT). Years in a row
that say the same are one entry that returns each year. An entry's UID is made of ids that never change, and its stamp
of the plan's own dates, never of the clock: a calendar that is fetched again changes nothing that was not changed.

Written here and not by the icalendar library, which the tests read it back with: it needs 0.65 ms for an entry, and
there are two entries for each activity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from generator.data.about import day_of
from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan
from generator.pages.links import Links
from generator.pages.page import Options

LINE = 75
"""Octets of the longest line, without its end (RFC 5545, 3.1)."""

_STATUS = {"draft": "TENTATIVE", "published": "CONFIRMED", "superseded": "CANCELLED"}


@dataclass(frozen=True)
class YearRun:
    """Years in a row for which an activity says the same: its cell, and the title and cell of each sub-row due."""

    first: int
    count: int
    cell: str | None
    rows: tuple[tuple[str, str | None], ...]


def calendar_envelope(title: str) -> tuple[bytes, bytes]:
    """Return what stands before and behind the entries of a calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//So ke hoach//Sokehoach//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        _text_line("NAME", title),
        _text_line("X-WR-CALNAME", title),
    ]
    return _join_lines(map(fold_line, lines)), b"END:VCALENDAR\r\n"


def year_runs(activity: Activity) -> Iterator[YearRun]:
    """Yield the years of an activity, those in a row that say the same together."""
    run: YearRun | None = None
    for year in activity.years:
        due = (row for row in activity.rows if not row.years or year in row.years)
        next_run = YearRun(
            year, 1, activity.by_year.get(year), tuple((row.title, row.by_year.get(year)) for row in due)
        )
        if run and year == run.first + run.count and (next_run.cell, next_run.rows) == (run.cell, run.rows):
            run = replace(run, count=run.count + 1)
            continue
        if run:
            yield run
        run = next_run
    if run:
        yield run


class CalendarWriter:
    """Writes entries; holds what they look up."""

    def __init__(self, corpus: Corpus, options: Options) -> None:
        """Take what entries look up."""
        self.corpus = corpus
        self.options = options
        self.words = catalogue(options.language)
        # What many entries say is put into words once.
        self._lines, self._units = cache(self._lines_of), cache(self._units_of)

    def entries(self, activity: Activity) -> bytes:
        """Return the entries of one activity; none where it has no year."""
        return _join_lines(line for run in year_runs(activity) for line in self._entry(activity, run))

    def _entry(self, activity: Activity, run: YearRun) -> Iterator[bytes]:
        plan = self.corpus.plans[activity.plan]
        stamp, categories, end = self._lines(plan.id)
        yield b"BEGIN:VEVENT"
        yield fold_line(f"UID:{plan.id}.{activity.id}.{run.first}@{plan.issuer}")
        yield (  # lines that are short for certain
            f"{stamp}\r\nDTSTART;VALUE=DATE:{run.first:04}0101\r\nDTEND;VALUE=DATE:{run.first + 1:04}0101"
        ).encode()
        if run.count > 1:
            yield f"RRULE:FREQ=YEARLY;COUNT={run.count}".encode()
        yield fold_line(_text_line("SUMMARY", activity.full_title + _figure(run.cell)))
        yield fold_line(_text_line("DESCRIPTION", "\n".join(self._description(activity, plan, run))))
        yield categories
        if self.options.site_url:
            yield fold_line(f"URL:{self.options.absolute(Links().activity(activity))}")
        yield end

    def _lines_of(self, id_: str) -> tuple[str, bytes, bytes]:
        """Return the lines that all entries of a plan have.

        They state its day, its name and its status; the last ends the entry.
        """
        plan = self.corpus.plans[id_]
        stamp = f"DTSTAMP:{day_of(plan):%Y%m%d}T000000Z\r\nSEQUENCE:{len(plan.amended)}"
        end = f"STATUS:{_STATUS[plan.status]}\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT"
        return stamp, fold_line(_text_line("CATEGORIES", plan.short_title)), end.encode()

    def _description(self, activity: Activity, plan: Plan, run: YearRun) -> Iterator[str]:
        yield plan.title
        if activity.when:
            yield f"{self._text('column.when')}: {activity.when}"
        for name, ids in (("lead", activity.lead), ("partners", activity.partners)):
            if ids:
                yield self._units(name, ids)
        if activity.target:
            yield self.corpus.targets[f"{plan.id}/{activity.target}"].full_title
        if activity.task:
            yield self.corpus.headings[f"{plan.id}/{activity.task}"].full_title
        for title, cell in run.rows:
            yield f"- {title}{_figure(cell)}"
        if activity.text:
            yield activity.text
        yield f"{self._text('about.document')}: {plan.document}"

    def _units_of(self, name: str, ids: Sequence[str]) -> str:
        return f"{self._text(name)}: {', '.join(self.corpus.units[id_].short_name for id_ in ids)}"

    def _text(self, key: str) -> str:
        return self.words.text(f"site.{key}")


def _figure(cell: str | None) -> str:
    """Return a cell behind a title, where it says more than that something is due."""
    return f": {cell}" if cell and cell.casefold() != "x" else ""


def _join_lines(lines: Iterable[bytes]) -> bytes:
    return b"".join([line + b"\r\n" for line in lines])


def _text_line(name: str, text: str) -> str:
    """Return a property whose value is TEXT (RFC 5545, 3.3.11)."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "")
    return f"{name}:{escaped}".replace("\n", "\\n")


def fold_line(line: str) -> bytes:
    """Fold a line into parts of at most 75 octets.

    No letter is cut in two, and each further part begins with a blank.
    """
    octets = line.encode()
    if len(octets) <= LINE:
        return octets
    parts: list[bytes] = []
    start, room = 0, LINE
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # inside a letter
            end -= 1
        parts.append(octets[start:end])
        start, room = end, LINE - 1
    return b"\r\n ".join([*parts, octets[start:]])
