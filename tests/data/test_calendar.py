"""Another program reads the calendars, and they say what the plans say."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from golden import corpus_of
from hypothesis import example, given
from hypothesis import strategies as st

from generator.data.calendar import fold_line, unit_ics
from generator.data.calendar_days import MOST_LISTED, MOST_REPEATED, CalendarWork, WorkTime, entries_of_year
from generator.data.data_files import Content
from generator.incremental import Build
from generator.language.time_words import TimeSpan
from generator.model.corpus import Corpus
from generator.model.entities import Activity
from generator.pages.downloads import activities_of_unit
from generator.pages.page import Options

ANNUAL = Path(__file__).parents[1] / "annual_plan.txt"


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
def calendars(files: dict[str, bytes]) -> dict[str, str]:
    return {path: content.decode() for path, content in files.items() if path.endswith(".ics")}


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


def test_a_unit_below_is_told_whose_amounts_are_those_of_the_plan(calendars: dict[str, str]) -> None:
    def told(name: str) -> str:
        return "".join(str(event["DESCRIPTION"]) for event in entries_of(calendars[f"du-lieu/don-vi/{name}.ics"]))

    assert "tham gia giám sát ít nhất 01 chính sách: cả kế hoạch 178" in told("thai-nguyen-hoi-lhpn-cap-xa")
    assert "cả kế hoạch" not in told("thai-nguyen-ban-tg-cslp")


def test_a_calendar_can_be_kept(calendars: dict[str, str], corpus: Corpus) -> None:
    """At most 12 entries a year and 3 a day, none longer than 3 days, none that repeats or fills the time."""
    due = {f"du-lieu/ke-hoach/{plan.id}.ics": plan.activities for plan in corpus.plans.values()}
    for unit in corpus.units.values():
        due[f"du-lieu/don-vi/{unit.id}.ics"] = tuple(one for one, _ in activities_of_unit(corpus, unit).values())
    assert calendars.keys() == {path for path, found in due.items() if any(one.years for one in found)}
    titles = {plan.short_title for plan in corpus.plans.values()}
    for path, content in calendars.items():
        events = entries_of(content)
        assert_kept(events)
        unit = corpus.units.get(path.removeprefix("du-lieu/don-vi/").removesuffix(".ics"))
        last = (unit and unit.valid_to) or date.max
        counts = Counter(year for one in due[path] for year in one.years if year <= last.year)
        assert max(event["DTSTART"].dt for event in events) <= last
        digests = {
            event["DTSTART"].dt.year: event for event in events if event["DTSTART"].dt.strftime("%d%m") == "0201"
        }
        assert digests.keys() == counts.keys()
        for year, event in digests.items():
            assert re.findall(r"\d+", str(event["SUMMARY"])) == [str(year), str(counts[year])]
            # Members of groups are told that the work of these is not counted.
            assert ("giao chung" in event["SUMMARY"]) == bool(unit and unit.member_of)
            lines = str(event["DESCRIPTION"]).split("\n")
            if lines[0] in titles:  # all is of one plan: its name stands once, above
                del lines[0]
            listed = min(counts[year], MOST_LISTED)
            assert len(lines) == listed + (counts[year] > MOST_LISTED)
            if counts[year] > MOST_LISTED:
                assert re.findall(r"\d+", lines[-1]) == [str(counts[year] - MOST_LISTED)]
            for line in lines[:listed]:
                printed = re.sub(r": cả kế hoạch ", ": ", line)
                assert any(
                    printed.startswith(f"- {one.full_title}{figure(one, year)}")
                    for one in due[path]
                    if year in one.years
                ), line


def assert_kept(events: list[Any]) -> None:
    assert max(Counter(event["DTSTART"].dt.year for event in events).values()) <= 12
    assert max(Counter(event["DTSTART"].dt for event in events).values()) <= 3
    for event in events:
        day = event["DTSTART"].dt
        assert type(day) is date
        assert timedelta(days=1) <= event["DTEND"].dt - day <= timedelta(days=3)
        assert event["TRANSP"] == "TRANSPARENT" and "RRULE" not in event


def figure(activity: Activity, year: int) -> str:
    cell = activity.by_year.get(year, "x")
    return "" if cell.lower() == "x" else f": {cell}"


def test_names_and_stamps_are_stable(calendars: dict[str, str], addressed: dict[str, Content], corpus: Corpus) -> None:
    """A stamp is the last day of a plan in it; the site's address changes only URL and the end of the text."""
    days = {plan.changed_on for plan in corpus.plans.values()}
    uids: list[str] = []
    for path, content in calendars.items():
        without, with_address = entries_of(content), entries_of(addressed[path])
        uids += [str(event["UID"]) for event in without]
        for before, after in zip(without, with_address, strict=True):
            assert before["DTSTAMP"].dt.date() in days
            url = str(after["URL"])
            assert url.startswith("https://hoi.example/so-ke-hoach/")
            assert str(after["DESCRIPTION"]) == f"{before['DESCRIPTION']}\n{url}"
            for name in ("UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY"):
                assert before[name] == after[name]
    assert len(set(uids)) == len(uids)


@pytest.fixture(scope="module")
def annual() -> Corpus:
    """Two plans of a year, one with a few days, months and deadlines, the other with more than fit."""
    return corpus_of(ANNUAL)


def entries_in(corpus: Corpus, unit: str, year: int) -> dict[str, Any]:
    content = unit_ics(corpus, corpus.units[unit], Options(site_url="https://hoi.example/"), Build())
    # A second library, which knows nothing of the first, reads the same.
    events = [event for event in entries_of(content) if event["DTSTART"].dt.year == year]
    assert_kept(events)
    other = [event for event in vobject.readOne(content.decode()).vevent_list if event.dtstart.value.year == year]
    assert [(one.uid.value, one.dtstart.value, one.dtend.value, one.summary.value, one.url.value) for one in other] == [
        (str(one["UID"]), one["DTSTART"].dt, one["DTEND"].dt, str(one["SUMMARY"]), str(one["URL"])) for one in events
    ]
    return {str(event["UID"]).partition("@")[0]: event for event in events}


def test_dated_work_has_entries_of_its_own(annual: Corpus) -> None:
    """On the deadline, else on the first day saying until when; days before months where there is no room for all."""
    events = entries_in(annual, "ban-tg", 2026)
    assert {(name, str(event["DTSTART"].dt), str(event["SUMMARY"])) for name, event in events.items()} >= {
        ("nam-2026.v6.2026.1", "2026-06-15", "Hạn: 6. Báo cáo sáu tháng"),
        ("nam-2026.v7.2026.1", "2026-09-30", "Hạn: 7. Rà soát hộ nghèo"),
        ("nam-2026.v4.2026.1", "2026-03-01", "4. Tuần lễ áo dài (đến 08/3/2026)"),
        ("nam-2026.v21.2026.1", "2026-03-08", "21. Đại hội cơ sở"),
        ("nam-2026.v21.2026.2", "2026-08-19", "21. Đại hội cơ sở"),
    }
    assert str(events["nam-2026.v7.2026.1"]["URL"]) == "https://hoi.example/ke-hoach/nam-2026/#v7"
    assert "Chậm nhất 30/9/2026" in str(events["nam-2026.v7.2026.1"]["DESCRIPTION"])
    # What has no entry stands in the digest of its quarter, and what has no date there too.
    second = str(events["2026.q2"]["DESCRIPTION"])
    assert second.startswith("Kế hoạch 2026\n")
    assert "10. Tập huấn khởi nghiệp (Quý II)\n" in second and "19. Giám sát chuyên đề" in second
    assert "6. Báo cáo sáu tháng" not in second
    # The plan was amended once: readers take the new entries for the old ones.
    assert {int(event["SEQUENCE"]) for event in events.values()} == {1}


def test_what_does_not_fit_is_gathered(annual: Corpus) -> None:
    events = entries_in(annual, "hoi", 2027)
    assert len(events) == 12
    assert str(events["20270105"]["DESCRIPTION"]).count("\n- Việc ") == 4
    gathered = "\n".join(str(event["DESCRIPTION"]) for event in events.values())
    assert all(
        activity.title in gathered or activity.title in str(events.values())
        for activity in annual.plans["nhieu-viec"].activities
    )


def test_a_year_without_days_has_digests_only(annual: Corpus) -> None:
    days = [event["DTSTART"].dt.strftime("%d/%m") for event in entries_in(annual, "ban-tg", 2022).values()]
    assert days == ["02/01", "01/04", "15/06", "01/07", "01/10", "15/11"]


def test_a_later_digest_repeats_few_and_lists_all_that_has_a_day() -> None:
    """What has a day but no entry of its own stands first in the digest of its quarter, and whole."""
    undated = [CalendarWork("p", f"u{number}", "Việc cả năm", "", []) for number in range(40)]
    days = [date(2026, 4, 1) + timedelta(number) for number in range(25)]
    dated = [
        CalendarWork("p", f"d{day:%d}", "Việc", "", [WorkTime(TimeSpan(day, day, "day", ""), "", "")]) for day in days
    ]
    entries = [entry for entry in entries_of_year(2026, [*undated, *dated], ["p"]) if entry.digest != "nam"]
    shown = [work.id for entry in entries for work in entry.works[: entry.limit]]
    assert {work.id for work in dated} <= {*shown}
    first, *reminders = entries_of_year(2026, undated, ["p"])
    assert first.limit == MOST_LISTED
    assert [(len(entry.works), entry.limit) for entry in reminders] == [(len(undated), MOST_REPEATED)] * 5


SPANS = st.builds(
    lambda first, days, kind: TimeSpan(None if kind == "deadline" else first, first + timedelta(days), kind, kind),
    st.dates(date(2025, 10, 1), date(2027, 3, 1)) | st.sampled_from([date(2026, 1, 1), date(2026, 4, 1)]),
    st.integers(0, 200),
    st.sampled_from(["day", "month", "quarter", "half", "deadline"]),
)


LIFETIMES = st.sampled_from([(date.min, date.max), (date(2026, 7, 1), date.max), (date.min, date(2026, 6, 15))])


@given(st.lists(st.lists(SPANS, max_size=3), max_size=40), LIFETIMES)
def test_any_year_fits(times: list[list[TimeSpan]], lifetime: tuple[date, date]) -> None:
    """Whatever is due, in all of a year or while a unit is there: few entries, each name once, nothing lost."""
    works = [
        CalendarWork("p", f"a{number}", "", "", [WorkTime(span, "", "") for span in spans])
        for number, spans in enumerate(times)
    ]
    entries = entries_of_year(2026, works, ["p"], lifetime, works if lifetime[1] < date.max else [])
    assert len(entries) <= 12
    assert all(lifetime[0] <= entry.first <= lifetime[1] for entry in entries)
    assert max(Counter(entry.first for entry in entries).values()) <= 3
    assert len({entry.name for entry in entries}) == len(entries)
    assert all(entry.first.year == 2026 and entry.last - entry.first < timedelta(days=3) for entry in entries)
    (whole,) = (entry for entry in entries if entry.digest == "nam")
    assert sorted(work.id for work in whole.works) == sorted(work.id for work in works)


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
