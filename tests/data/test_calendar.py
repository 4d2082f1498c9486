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

from generator.data.calendar import MOST_LISTED, fold_line
from generator.data.data_files import Content
from generator.model.corpus import Corpus
from generator.model.entities import Activity
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


def test_each_year_has_a_digest_of_what_is_due(calendars: dict[str, str], corpus: Corpus) -> None:
    """All day on 2 January, leaving the time free; it counts all, and lists the first of them."""
    due = {f"du-lieu/ke-hoach/{plan.id}.ics": plan.activities for plan in corpus.plans.values()}
    for unit in corpus.units.values():
        due[f"du-lieu/don-vi/{unit.id}.ics"] = tuple(one for one, _ in activities_of_unit(corpus, unit).values())
    assert calendars.keys() == {path for path, found in due.items() if any(one.years for one in found)}
    for path, content in calendars.items():
        counts = Counter(year for one in due[path] for year in one.years)
        events = entries_of(content)
        assert [event["DTSTART"].dt.year for event in events] == sorted(counts)
        for event in events:
            day, year = event["DTSTART"].dt, event["DTSTART"].dt.year
            assert type(day) is date and (day.month, day.day) == (1, 2)
            assert event["DTEND"].dt - day == timedelta(days=1)
            assert event["TRANSP"] == "TRANSPARENT" and "RRULE" not in event
            assert re.findall(r"\d+", str(event["SUMMARY"])) == [str(year), str(counts[year])]
            lines = str(event["DESCRIPTION"]).split("\n")
            listed = min(counts[year], MOST_LISTED)
            assert len(lines) == listed + (counts[year] > MOST_LISTED)
            if counts[year] > MOST_LISTED:
                assert re.findall(r"\d+", lines[-1]) == [str(counts[year] - MOST_LISTED)]
            said = Counter(re.sub(r" \([^()]*(?:\([^()]*\))?\)$", "", line) for line in lines[:listed])
            expected = Counter(f"- {one.full_title}{figure(one, year)}" for one in due[path] if year in one.years)
            assert said <= expected, path


def figure(activity: Activity, year: int) -> str:
    cell = activity.by_year.get(year, "x")
    return "" if cell.lower() == "x" else f": {cell}"


def test_names_and_stamps_are_stable(calendars: dict[str, str], addressed: dict[str, Content], corpus: Corpus) -> None:
    """A stamp is the last day of a plan in it; the site's address changes only URL."""
    days = {plan.changed_on for plan in corpus.plans.values()}
    uids: list[str] = []
    for path, content in calendars.items():
        for event in entries_of(content):
            uids.append(str(event["UID"]))
            assert event["DTSTAMP"].dt.date() in days
        with_address = bytes(addressed[path]).decode()
        assert re.sub(r"URL:.*\r\n(?: .*\r\n)*", "", with_address) == content
        for event in entries_of(with_address):
            assert str(event["URL"]).startswith("https://hoi.example/so-ke-hoach/")
    assert len(set(uids)) == len(uids)


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
