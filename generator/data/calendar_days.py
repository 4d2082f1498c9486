"""Chooses the entries of a year's calendar and their days: few enough to show beside one's own calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from generator.language.time_spans import Order, order_in_year
from generator.language.time_words import SpanKind, TimeSpan

MOST_A_YEAR, MOST_A_DAY = 12, 3
"""The most entries of one calendar in a year."""
MOST_LISTED, MOST_REPEATED = 30, 10
"""The most activities that an entry lists; and of those without a day, the most that later digests repeat."""
LONGEST_BAR = 3
"""The most days that an entry fills; longer work is on its first day, with the end in words."""

WHOLE_YEAR = "nam"
DIGESTS: Mapping[str, tuple[int, int]] = {
    WHOLE_YEAR: (1, 2),
    "q2": (4, 1),
    "giua-nam": (6, 15),
    "q3": (7, 1),
    "q4": (10, 1),
    "cuoi-nam": (11, 15),
}
"""Digests by their names, with month and day. The first quarter begins with the digest of the year."""
LAST_DAY = "ket-thuc"
"""The entry on a unit's last day, with the work that its plans have after it."""
ALWAYS = (date.min, date.max)
_LAST_MONTHS = {"q2": 6, "q3": 9, "q4": 12}
_REMINDERS = ("cuoi-nam", "giua-nam", "q3", "q2", "q4")
"""The order in which digests are added to remind of undated work, as long as there is room."""
_RANKS: Mapping[SpanKind, int] = {"deadline": 0, "day": 0, "month": 1, "quarter": 2, "half": 3}


class WorkTime(NamedTuple):
    """A dated time of an activity: its days, the printed words, and its sub-row, if it belongs to one."""

    span: TimeSpan
    when: str
    row: str


class CalendarWork(NamedTuple):
    """An activity in one year: title, the year's cell if it says more than a cross, times with those of sub-rows."""

    plan: str
    id: str
    title: str
    cell: str
    times: Sequence[WorkTime]

    def order(self, year: int) -> Order:
        """Return a key that puts works in the order of time within a year."""
        return order_in_year((time.span for time in self.times), year)

    def is_due(self, first: date, last: date) -> bool:
        """Return whether one of its times has a day in this span."""
        return any(time.span.begin <= last and first <= time.span.last for time in self.times)


@dataclass(frozen=True)
class CalendarEntry:
    """An entry: the name for its UID, its days, and its activities.

    `digest` is a key of `DIGESTS`, or `LAST_DAY`. An entry for one activity has its time; an entry with neither is for
    all that begins or ends on one day. It lists the first works, up to `limit`.
    """

    name: str
    first: date
    last: date
    works: Sequence[CalendarWork]
    time: WorkTime | None = None
    digest: str | None = None
    limit: int = MOST_LISTED

    @property
    def rank(self) -> int:
        """The sort key by exactness: what is known to the day comes before what is known to the month."""
        return _RANKS[self.time.span.kind] if self.time else 0


def entries_of_year(
    year: int,
    works: Sequence[CalendarWork],
    plans_in_force: Iterable[str],
    lifetime: tuple[date, date] = ALWAYS,
    later: Sequence[CalendarWork] = (),
) -> list[CalendarEntry]:
    """Return the entries of a year, sorted by day, within the first and last day of a unit.

    Only works of plans in force have entries of their own; the year's digest has all works. Dated entries fill the room
    beside the digests that hold works without an entry; further digests then remind of undated work. `later` are works
    of the years after the last day, if that day is in this year.
    """
    in_force = frozenset(plans_in_force)
    whole = _digest(WHOLE_YEAR, year, sorted(works, key=lambda work: work.order(year)))
    whole = replace(whole, first=(day := min(max(whole.first, lifetime[0]), lifetime[1])), last=day)
    fixed = [*([whole] if works or not later else []), *([_last_entry(lifetime[1], later)] if later else [])]
    dated = [work for work in works if work.plan in in_force and work.times]
    undated = [work for work in works if work.plan not in in_force or not work.times]
    # A year's digest that is delayed to a first day in July also serves as that quarter's.
    names = [name for name in _REMINDERS if whole.first < date(year, *DIGESTS[name]) <= lifetime[1]]
    shown, hidden, needed = _with_room(dated, year, names, fixed, lifetime)
    room = MOST_A_YEAR - len(shown) - len(fixed) - len(needed)
    further = [name for name in names if name not in needed and undated][:room]
    entries = [*shown, *fixed]
    for name in (*needed, *further):
        due = _in_quarter(name, year, hidden)
        limit = min(MOST_LISTED, len(due) + MOST_REPEATED)
        entries.append(_digest(name, year, [*due, *undated], limit))
    return sorted(entries, key=lambda entry: (entry.first, entry.digest is None, entry.name))


def _with_room(
    dated: Sequence[CalendarWork],
    year: int,
    names: Iterable[str],
    fixed: Sequence[CalendarEntry],
    lifetime: tuple[date, date],
) -> tuple[list[CalendarEntry], list[CalendarWork], Sequence[str]]:
    """Return the entries that a year has room for, the works without an entry, and the digests that hold these works.

    Each of these digests and each `fixed` entry takes the room of one entry.
    """
    taken = [*(date(year, *DIGESTS[name]) for name in names), *(entry.first for entry in fixed)]
    single = (entry for work in dated for entry in _single_entries(work, year))
    ranked = _ranked((entry for entry in single if lifetime[0] <= entry.first <= lifetime[1]), taken)
    number = min(len(ranked), MOST_A_YEAR - len(fixed))
    while True:
        shown = {(work.plan, work.id) for entry in ranked[:number] for work in entry.works}
        hidden = [work for work in dated if (work.plan, work.id) not in shown]
        needed = [name for name in _LAST_MONTHS if name in names and _in_quarter(name, year, hidden)]
        if number + len(fixed) + len(needed) <= MOST_A_YEAR:
            return ranked[:number], hidden, needed
        number -= 1


def _single_entries(work: CalendarWork, year: int) -> Iterator[CalendarEntry]:
    number = 0
    for time in work.times:
        day = time.span.last if time.span.kind == "deadline" else time.span.begin
        if day.year != year:
            continue  # its entry is in the year in which it begins
        number += 1
        last = time.span.last if time.span.last - day < timedelta(days=LONGEST_BAR) else day
        yield CalendarEntry(f"{work.plan}.{work.id}.{year}.{number}", day, last, [work], time)


def _ranked(entries: Iterable[CalendarEntry], taken: Sequence[date]) -> list[CalendarEntry]:
    """Return entries, sorted by exactness; the entries of a day with too many become one.

    `taken` are the days of other entries.
    """
    by_day: dict[date, list[CalendarEntry]] = {}
    for entry in entries:
        by_day.setdefault(entry.first, []).append(entry)
    ranked: list[CalendarEntry] = []
    for day, members in by_day.items():
        room = MOST_A_DAY - taken.count(day)
        works = list({(work.plan, work.id): work for entry in members for work in entry.works}.values())
        ranked += members if len(members) <= room else [CalendarEntry(f"{day:%Y%m%d}", day, day, works)]
    return sorted(ranked, key=lambda entry: (entry.rank, entry.first, entry.name))


def _in_quarter(digest: str, year: int, works: Iterable[CalendarWork]) -> list[CalendarWork]:
    """Return works that are due in the quarter of a digest, in the order of time."""
    if digest not in _LAST_MONTHS:
        return []
    month, last = DIGESTS[digest][0], _LAST_MONTHS[digest]
    due = [work for work in works if work.is_due(date(year, month, 1), date(year, last, monthrange(year, last)[1]))]
    return sorted(due, key=lambda work: work.order(year))


def _last_entry(day: date, works: Sequence[CalendarWork]) -> CalendarEntry:
    return CalendarEntry(f"{day.year}.{LAST_DAY}", day, day, works, None, LAST_DAY)


def _digest(name: str, year: int, works: Sequence[CalendarWork], limit: int = MOST_LISTED) -> CalendarEntry:
    day = date(year, *DIGESTS[name])
    return CalendarEntry(str(year) if name == WHOLE_YEAR else f"{year}.{name}", day, day, works, None, name, limit)
