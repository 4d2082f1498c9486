"""Calendars (iCalendar, RFC 5545) of a plan and of a unit, which people show beside their own.

A plan in force that states a day, month, quarter or deadline has an entry: on the deadline, else on the first day, with
the end in words. Everything else is in a few digests a year: on 2 January all of the year; on the first day of the
later quarters, on 15 June and on 15 November what has no entry of its own. `calendar_days` chooses them. A unit's
calendar has nothing before its first day and nothing after its last.

A calendar depends on no clock and no state. A UID consists of ids and the year; DTSTAMP is the last day on which a plan
of the entry changed; SEQUENCE is the number of these plans' amendments. So an entry changes only with its plans. There
is no RRULE: each year has its own entries, so leap years cause no errors. All entries leave the time free.

Written without the icalendar library, which takes 0.65 ms for an entry; the tests use it to read calendars back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import cast

from generator.data.about import day_of, unit_title
from generator.data.calendar_days import LAST_DAY, WHOLE_YEAR, CalendarEntry, CalendarWork, WorkTime, entries_of_year
from generator.incremental import Build, PartsKind
from generator.language.catalogue import catalogue
from generator.language.time_spans import dated
from generator.language.time_words import SpanKind, TimeSpan
from generator.language.vietnamese import format_date
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Row, Unit
from generator.pages.cell_texts import cells_by_year
from generator.pages.links import Links, year_anchor
from generator.pages.page import Options
from generator.pages.plan_amounts import PlanAmounts, area_text, with_area
from generator.pages.unit_work import parts_of_work

LINE = 75
"""Octets of the longest line, without its end (RFC 5545, 3.1)."""
AgendaItem = tuple[str, str, dict[int, str], list[tuple[str, str, str, str, str, str]]]
"""An activity in calendars: id, title, the cells of years that say more than a cross, with the signs of `plan_amounts`,
and its dated times (first day or empty, last day, kind, rule, printed words, sub-row)."""
AGENDA = PartsKind[AgendaItem]("agenda")

Due = Sequence[tuple[str, Sequence[int]]]
"""What is due: a plan's id, and the indexes of its activities."""


def plan_ics(corpus: Corpus, plan: Plan, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/ke-hoach/<plan>.ics`."""
    years: dict[int, list[int]] = {}
    for index, activity in enumerate(plan.activities):
        for year in activity.years:
            years.setdefault(year, []).append(index)
    writer = CalendarWriter(corpus, options, build, f"{plan.id}.", plan.issuer)
    page = Links().plan(plan)
    return writer.calendar(plan.title, ((year, [(plan.id, years[year])], page) for year in sorted(years)))


def unit_ics(corpus: Corpus, unit: Unit, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/don-vi/<unit>.ics`: what the unit leads, takes part in or has taken over, each activity once."""
    parts = [work for _, work in parts_of_work(corpus, unit)]

    def due(year: int) -> Due:
        indexes_by_plan: dict[str, dict[int, None]] = {}
        for part in parts:
            for plan, indexes in part.in_year(year).indexes:
                indexes_by_plan.setdefault(plan, {}).update(dict.fromkeys(indexes))
        return [(plan, list(indexes)) for plan, indexes in indexes_by_plan.items()]

    page = Links().unit(unit)
    years = sorted({year for part in parts for year in part.years})
    writer = CalendarWriter(corpus, options, build, "", unit.id, reader=unit)
    title = unit_title(corpus, unit, options)
    return writer.calendar(title, [(year, due(year), f"{page}#{year_anchor(year)}") for year in years])


class CalendarWriter:
    """Writes one calendar; its UIDs begin with `prefix` and end with `@domain`."""

    def __init__(
        self,
        corpus: Corpus,
        options: Options,
        build: Build,
        prefix: str,
        domain: str,
        *,
        reader: Unit | None = None,
    ) -> None:
        """Keep what entries look up; `reader` is the calendar's unit, if it has one; work of its groups is left out."""
        self.corpus, self.options, self.build = corpus, options, build
        self.prefix, self.domain, self.reader = prefix, domain, reader
        self.words = catalogue(options.language)

    def calendar(self, title: str, years: Iterable[tuple[int, Due, str]]) -> bytes:
        """Return a calendar of years: what is due in each, and the address of its page.

        A unit's calendar begins with its first day. It ends with its last, whose entry lists what its plans have later.
        """
        head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//So ke hoach//Sokehoach//VI", "CALSCALE:GREGORIAN"]
        names = ["METHOD:PUBLISH", _text_line("NAME", title), _text_line("X-WR-CALNAME", title)]
        entries = (line for entry, year, page in self._entries(list(years)) for line in self._entry(entry, year, page))
        return b"".join(fold_line(line) + b"\r\n" for line in [*head, *names, *entries, "END:VCALENDAR"])

    def _entries(self, years: Sequence[tuple[int, Due, str]]) -> Iterator[tuple[CalendarEntry, int, str]]:
        """Yield entries, each with its year and page."""
        first, last = (
            (self.reader and self.reader.valid_from) or date.min,
            (self.reader and self.reader.valid_to) or date.max,
        )
        later = {
            (work.plan, work.id): work for year, due, _ in years if year > last.year for work in self._works(year, due)
        }
        within = [one for one in years if first.year <= one[0] <= last.year]
        if later and last.year not in [year for year, *_ in within]:
            within.append((last.year, (), years[0][2].partition("#")[0]))
        if not within:  # a calendar without an entry is invalid (RFC 5545, 3.6)
            within, first = list(years), date.min
        for year, due, page in within:
            in_force = [id_ for id_, _ in due if self.corpus.plans[id_].in_force]
            works, behind = list(self._works(year, due)), list(later.values()) if year == last.year else []
            yield from ((entry, year, page) for entry in entries_of_year(year, works, in_force, (first, last), behind))

    def _works(self, year: int, due: Due) -> Iterator[CalendarWork]:
        for plan, indexes in due:
            area = area_text(self.corpus, self.corpus.plans[plan], self.reader, self.words) if self.reader else ""
            for id_, title, cells, times in plan_agenda(self.corpus, plan, self.build, indexes):
                yield CalendarWork(plan, id_, title, with_area(cells.get(year, ""), area), list(map(_unpacked, times)))

    def _entry(self, entry: CalendarEntry, year: int, page: str) -> Iterator[str]:
        """Yield the lines of an entry; `page` is the address of the page that lists the whole year."""
        plans = [self.corpus.plans[id_] for id_ in dict.fromkeys(work.plan for work in entry.works)]
        if entry.time:
            page = Links().plan(plans[0], entry.works[0].id)
        address = self.options.absolute(page) if self.options.site_url else ""
        yield "BEGIN:VEVENT"
        yield f"UID:{self.prefix}{entry.name}@{self.domain}"
        yield f"DTSTAMP:{max(map(day_of, plans)):%Y%m%d}T000000Z"
        yield f"SEQUENCE:{sum(len(plan.amended) for plan in plans)}"
        yield f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{entry.last + timedelta(days=1):%Y%m%d}"
        yield _text_line("SUMMARY", self._summary(entry, year))
        # Not every calendar program shows the URL property.
        yield _text_line("DESCRIPTION", "\n".join([*self._description(entry, plans), *([address] if address else [])]))
        if address:
            yield f"URL:{address}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"

    def _summary(self, entry: CalendarEntry, year: int) -> str:
        if not entry.time:
            key, day = f"digest.{entry.digest}" if entry.digest else "day", format_date(entry.first)
            if self.reader and self.reader.member_of and entry.digest == WHOLE_YEAR:
                key += "_without_groups"
            return self.words.text(f"site.calendar.{key}", year=year, n=len(entry.works), day=day)
        span, _, row = entry.time
        title = f"{entry.works[0].title}{f': {row}' if row else ''}"
        if span.kind == "deadline":
            return self.words.text("site.calendar.deadline", title=title)
        if entry.last < span.last:
            return self.words.text("site.calendar.until", title=title, day=format_date(span.last))
        return title

    def _description(self, entry: CalendarEntry, plans: Sequence[Plan]) -> Iterator[str]:
        if entry.time:
            (work,) = entry.works
            yield from (line for line in (work.cell, entry.time.when, self._plan(work.plan)) if line)
            return
        if entry.digest == LAST_DAY and self.reader and self.reader.successors:
            successors = ", ".join(self.corpus.unit_title(self.corpus.units[id_]) for id_ in self.reader.successors)
            yield f"{self.words.text('site.unit.successors')}: {successors}"
        if len(plans) == 1:
            yield self._plan(plans[0].id)
        for work in islice(entry.works, entry.limit):
            words = dict.fromkeys(time.when for time in work.times if not time.row)
            about = "; ".join([*filter(None, words), *([self._plan(work.plan)] if len(plans) > 1 else [])])
            yield f"- {work.title}{f': {work.cell}' if work.cell else ''}{f' ({about})' if about else ''}"
        if len(entry.works) > entry.limit:
            yield self.words.text("site.calendar.more", n=len(entry.works) - entry.limit)

    def _plan(self, id_: str) -> str:
        plan = self.corpus.plans[id_]
        status = "" if plan.status == "published" else f" ({self.words.text(f'site.status.{plan.status}')})"
        return f"{plan.short_title}{status}"


def plan_agenda(corpus: Corpus, plan: str, build: Build, indexes: Sequence[int] = ()) -> list[AgendaItem]:
    """Return the agenda items of a plan's activities by their indexes."""

    def compute() -> Iterator[AgendaItem]:
        amounts = PlanAmounts(corpus, corpus.plans[plan])
        return (_agenda_item(activity, amounts) for activity in corpus.plans[plan].activities)

    return build.parts(AGENDA, (plan,), compute, indexes)


def _agenda_item(activity: Activity, amounts: PlanAmounts) -> AgendaItem:
    times: list[tuple[str, str, str, str, str, str]] = [
        (str(span.first or ""), str(span.last), span.kind, span.rule, entry.timing or "", row)
        for entry, row in _with_rows(activity)
        for span in dated(entry.spans)
    ]
    cells = cells_by_year(activity, lambda cell: amounts.sign(activity, cell) + cell)
    return activity.id, activity.full_title, cells, times


def _with_rows(activity: Activity) -> Iterator[tuple[Activity | Row, str]]:
    yield activity, ""
    yield from ((row, row.title) for row in activity.rows)


def _unpacked(time: tuple[str, str, str, str, str, str]) -> WorkTime:
    first, last, kind, rule, when, row = time
    begin = date.fromisoformat(first) if first else None
    return WorkTime(TimeSpan(begin, date.fromisoformat(last), cast(SpanKind, kind), rule), when, row)


def _text_line(name: str, text: str) -> str:
    """Return a property whose value is TEXT (RFC 5545, 3.3.11)."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "")
    return f"{name}:{escaped}".replace("\n", "\\n")


def fold_line(line: str) -> bytes:
    """Fold a line into parts of at most 75 octets.

    No letter is cut in two, and each further part begins with a space.
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
