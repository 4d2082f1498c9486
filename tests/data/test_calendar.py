"""The calendars are read by another program, and what they say is what the plans say."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.data.calendar import fold_line
from generator.data.data_files import Content
from generator.model.corpus import Corpus
from generator.pages.downloads import activities_of_unit


def entries_of(content: Content) -> list[Any]:
    """The entries of a calendar that a reader library finds nothing wrong with."""
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.errors == []
    assert calendar["VERSION"] == "2.0"
    events: list[Any] = list(calendar.walk("VEVENT"))
    assert events, "a calendar holds at least one entry (RFC 5545, 3.6)"
    assert all(event.errors == [] for event in events)
    return events


def years_of(event: Any) -> list[int]:
    """The years of an entry, which begins on 1 January and returns each year as often as it says."""
    first = event["DTSTART"].dt
    count = event["RRULE"]["COUNT"][0] if "RRULE" in event else 1
    return [first.year + number for number in range(count)]


@pytest.fixture(scope="module")
def calendars(files: dict[str, Content]) -> dict[str, str]:
    return {path: bytes(content).decode() for path, content in files.items() if path.endswith(".ics")}


def test_lines_are_as_the_standard_wants_them(calendars: dict[str, str]) -> None:
    """RFC 5545, 3.1: CRLF, at most 75 octets, no letter cut in two, no control character."""
    assert len(calendars) > 30
    for path, content in calendars.items():
        assert content.endswith("END:VCALENDAR\r\n")
        assert content.count("\n") == content.count("\r\n") == content.count("\r")
        lines = content.encode().split(b"\r\n")[:-1]
        assert max(map(len, lines)) <= 75, path
        for line in lines:
            line.decode()
            assert re.match(rb"[ A-Z]", line)
            assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)


def test_every_year_of_every_activity_is_an_entry(calendars: dict[str, str], corpus: Corpus) -> None:
    """All day from 1 January to 31 December, leaving the time free."""
    due = {f"du-lieu/ke-hoach/{plan.id}.ics": plan.activities for plan in corpus.plans.values()}
    for unit in corpus.units.values():
        due[f"du-lieu/don-vi/{unit.id}.ics"] = tuple(one for one, _ in activities_of_unit(corpus, unit).values())
    assert calendars.keys() == {path for path, found in due.items() if any(one.years for one in found)}
    for path, content in calendars.items():
        found: Counter[tuple[str, int]] = Counter()
        for event in entries_of(content):
            start, end = event["DTSTART"].dt, event["DTEND"].dt
            assert type(start) is date and (start.month, start.day) == (1, 1)
            assert end - timedelta(days=1) == date(start.year, 12, 31)
            assert event["TRANSP"] == "TRANSPARENT"
            plan, activity, first = event["UID"].partition("@")[0].split(".")
            assert int(first) == start.year
            found.update((f"{plan}/{activity}", year) for year in years_of(event))
            one = corpus.activities[f"{plan}/{activity}"]
            cell = one.by_year.get(start.year, "x")
            assert str(event["SUMMARY"]) == one.full_title + (f": {cell}" if cell.lower() != "x" else "")
            assert all(one.by_year.get(year) == one.by_year.get(start.year) for year in years_of(event))
            for row in one.rows:
                for year in years_of(event):
                    if year in row.years or not row.years:
                        assert row.title in event["DESCRIPTION"]
        assert found == Counter((one.key, year) for one in due[path] for year in one.years), path


def test_names_and_stamps_are_stable(calendars: dict[str, str], addressed: dict[str, Content], corpus: Corpus) -> None:
    """An entry is the same in every calendar; its stamp is the plan's day; the site's address changes only URL."""
    stamps: dict[str, str] = {}
    for path, content in calendars.items():
        uids = [str(event["UID"]) for event in entries_of(content)]
        assert len(set(uids)) == len(uids), path
        for event in entries_of(content):
            plan = corpus.plans[event["UID"].partition(".")[0]]
            assert event["DTSTAMP"].dt.date() == plan.changed_on
            text = event.to_ical().decode()
            assert stamps.setdefault(str(event["UID"]), text) == text
        with_address = bytes(addressed[path]).decode()
        assert re.sub(r"URL:.*\r\n(?: .*\r\n)*", "", with_address) == content
        for event in entries_of(with_address):
            assert str(event["URL"]).startswith("https://hoi.example/so-ke-hoach/ke-hoach/")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300))
@example("X" * 75)
@example("X" * 76)
@example("ệ" * 100)
@example("\U0001f469" * 60)
def test_folding_loses_nothing(line: str) -> None:
    parts = fold_line(line).decode().split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") and len(part) > 1 for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
