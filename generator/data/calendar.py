"""Calendars (iCalendar, RFC 5545) of a plan and of a unit: a digest on 2 January of what is due in the year.

Documents say the year and rarely a day. A year-long bar for each activity would cover every day of a calendar, so each
year has one all-day entry that lists what is due and leaves the time free (TRANSPARENT). Its UID is made of ids and the
year, its stamp of the plans' own dates, never of the clock: it changes only where a plan has changed.

Written here and not by the icalendar library, which the tests read it back with: it needs 0.65 ms for an entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from generator.data.about import day_of, unit_title
from generator.incremental import Build, MemoKind
from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Plan, Unit
from generator.pages.downloads import parts_of_unit
from generator.pages.links import Links, year_anchor
from generator.pages.page import Options

LINE = 75
"""Octets of the longest line, without its end (RFC 5545, 3.1)."""
MOST_LISTED = 30
"""Activities that a digest lists; the page that it leads to has all."""

Agenda = list[tuple[str, dict[int, str]]]
"""Of each activity of a plan the title, and the cells of years that say more than that something is due."""
AGENDA = MemoKind[Agenda]("agenda", split=lambda agenda: (agenda, None))

Due = Sequence[tuple[str, Sequence[int]]]
"""What is due: a plan's id, and the places of its activities."""


def plan_ics(corpus: Corpus, plan: Plan, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/ke-hoach/<plan>.ics`."""
    years: dict[int, list[int]] = {}
    for place, activity in enumerate(plan.activities):
        for year in activity.years:
            years.setdefault(year, []).append(place)
    digests = DigestWriter(corpus, options, build)
    return digests.calendar(
        plan.title,
        (
            digests.entry(f"{plan.id}.{year}@{plan.issuer}", year, [(plan.id, years[year])], Links().plan(plan))
            for year in sorted(years)
        ),
    )


def unit_ics(corpus: Corpus, unit: Unit, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/don-vi/<unit>.ics`: what the unit leads or takes part in, each activity once."""
    parts = [activities for _, activities in parts_of_unit(corpus, unit)]
    digests = DigestWriter(corpus, options, build)

    def due(year: int) -> Due:
        places: dict[str, dict[int, None]] = {}
        for activities in parts:
            for plan, members in activities.in_year(year).places:
                places.setdefault(plan, {}).update(dict.fromkeys(members))
        return [(plan, list(members)) for plan, members in places.items()]

    page = Links().unit(unit)
    return digests.calendar(
        unit_title(corpus, unit, options),
        (
            digests.entry(f"{year}@{unit.id}", year, due(year), f"{page}#{year_anchor(year)}")
            for year in sorted({year for activities in parts for year in activities.years})
        ),
    )


class DigestWriter:
    """Writes the digests of a calendar."""

    def __init__(self, corpus: Corpus, options: Options, build: Build) -> None:
        """Take what digests look up."""
        self.corpus, self.options, self.build = corpus, options, build
        self.words = catalogue(options.language)

    def calendar(self, title: str, entries: Iterable[Iterable[str]]) -> bytes:
        """Return a calendar."""
        head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//So ke hoach//Sokehoach//VI", "CALSCALE:GREGORIAN"]
        names = ["METHOD:PUBLISH", _text_line("NAME", title), _text_line("X-WR-CALNAME", title)]
        lines = [*head, *names, *(line for entry in entries for line in entry), "END:VCALENDAR"]
        return b"".join(fold_line(line) + b"\r\n" for line in lines)

    def entry(self, uid: str, year: int, due: Due, page: str) -> Iterator[str]:
        """Yield the lines of the digest of a year; `page` is the address of the page that lists all."""
        plans = [self.corpus.plans[id_] for id_, _ in due]
        count = sum(len(places) for _, places in due)
        listed = list(islice(self._lines(due, year), MOST_LISTED))
        if count > MOST_LISTED:
            listed.append(self.words.text("site.calendar.more", n=count - MOST_LISTED))
        yield "BEGIN:VEVENT"
        yield f"UID:{uid}"
        yield f"DTSTAMP:{max(map(day_of, plans)):%Y%m%d}T000000Z"
        yield f"SEQUENCE:{sum(len(plan.amended) for plan in plans)}"
        yield f"DTSTART;VALUE=DATE:{year:04}0102"
        yield f"DTEND;VALUE=DATE:{year:04}0103"
        yield _text_line("SUMMARY", self.words.text("site.calendar.digest", year=year, n=count))
        yield _text_line("DESCRIPTION", "\n".join(listed))
        if self.options.site_url:
            yield f"URL:{self.options.absolute(page)}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"

    def _lines(self, due: Due, year: int) -> Iterator[str]:
        for id_, places in due:
            plan = self.corpus.plans[id_]
            status = "" if plan.status == "published" else f" ({self.words.text(f'site.status.{plan.status}')})"
            agenda = plan_agenda(self.corpus, id_, self.build, places)
            for place in places:
                title, cells = agenda[place]
                figure = f": {cells[year]}" if year in cells else ""
                yield f"- {title}{figure} ({plan.short_title}{status})"


def plan_agenda(corpus: Corpus, plan: str, build: Build, places: Sequence[int] | None = None) -> Agenda:
    """Return what digests say of a plan's activities; only those at the given places may be used."""

    def compute() -> Agenda:
        return [
            (activity.full_title, {year: cell for year, cell in activity.by_year.items() if cell.casefold() != "x"})
            for activity in corpus.plans[plan].activities
        ]

    return build.memo(AGENDA, (plan,), compute, places)


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
