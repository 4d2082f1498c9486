"""The files to download for a plan, a unit, a year and all content, with their paths.

Pages offer these files; the stages `data`, `paper` and `site` make them. All ask here, so no link leads to a missing
file. The answer needs only counts and no plan's body, except for a plan's own files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Unit
from generator.model.queries import Activities
from generator.pages.links import ACTIVITIES, DATA, PLANS, UNITS, YEARS
from generator.pages.page import Options
from generator.pages.unit_work import InheritedWork, Part, parts_of_work

DownloadKind = Literal["pdf", "word", "excel", "calendar", "csv", "json"]

ENDINGS: Mapping[DownloadKind, str] = {
    "pdf": "pdf",
    "word": "docx",
    "excel": "xlsx",
    "calendar": "ics",
    "csv": "csv",
    "json": "json",
}

MOST_ACTIVITIES = 20_000
"""The most activities in an Excel table, and in a file of a unit.

An old office PC opens this many in a few seconds. Beyond that there are the CSV of all activities and the search,
which exports what it finds as CSV. So the files of units and years stay in proportion to the content.
"""


@dataclass(frozen=True)
class Download:
    """A file of the site: its kind and path."""

    kind: DownloadKind
    path: str


def plan_file(plan: Plan, ending: str) -> str:
    """Return the path of the document beside a plan's page."""
    return f"{PLANS}/{plan.id}/{plan.id}.{ending}"


def plan_downloads(plan: Plan, options: Options) -> Sequence[Download]:
    """Return the files of one plan. Its Excel table has no limit of length; its calendar needs a dated activity."""
    kinds: list[DownloadKind] = ["pdf"] if options.pdf else []
    kinds += ["word"] if options.office else []
    document = [Download(kind, plan_file(plan, ENDINGS[kind])) for kind in kinds]
    return [*document, *_data(f"{DATA}/{PLANS}/{plan.id}", options, calendar=plan.size.dated > 0, csv=True, json=True)]


def unit_downloads(corpus: Corpus, unit: Unit, options: Options) -> Sequence[Download]:
    """Return the files of one unit; none if it has no activities."""
    parts = parts_of_unit(corpus, unit)
    if not 0 < sum(len(activities) for _, activities in parts) <= MOST_ACTIVITIES:
        return ()
    dated = any(activities.years for _, activities in parts)
    return _data(f"{DATA}/{UNITS}/{unit.id}", options, calendar=dated)


def unit_year_downloads(unit: Unit, year: int, options: Options) -> Sequence[Download]:
    """Return the file of the sheet of one unit's year."""
    return _data(f"{DATA}/{UNITS}/{unit.id}/{year}", options)


def year_downloads(corpus: Corpus, year: int, options: Options) -> Sequence[Download]:
    """Return the files of one year's activities; none if no Excel files are made."""
    if not 0 < len(corpus.of_year.of(year)) <= MOST_ACTIVITIES:
        return ()
    return _data(f"{DATA}/{YEARS}/{year}", options)


def corpus_downloads(corpus: Corpus, options: Options) -> Sequence[Download]:
    """Return the files of all activities."""
    few = sum(plan.size.activities for plan in corpus.plans.values()) <= MOST_ACTIVITIES
    return _data(f"{DATA}/{ACTIVITIES}", options, excel=few, csv=True, json=True)


def parts_of_unit(corpus: Corpus, unit: Unit) -> Sequence[tuple[Part, Activities]]:
    """Return a unit's activities by its part in them; of inherited work only what is still due.

    An activity may be in several parts.
    """
    return [(part, work.due if isinstance(work, InheritedWork) else work) for part, work in parts_of_work(corpus, unit)]


def activities_of_unit(corpus: Corpus, unit: Unit) -> Mapping[str, tuple[Activity, Part]]:
    """Return a unit's activities by `<plan>/<activity>`, each once, with the first of its parts."""
    work: dict[str, tuple[Activity, Part]] = {}
    for part, activities in parts_of_unit(corpus, unit):
        for activity in activities:
            work.setdefault(activity.key, (activity, part))
    return work


def calendar_ways(files: Sequence[Download], options: Options) -> Sequence[tuple[str, str]]:
    """Return the ways to use a calendar, as (name, address); subscribing needs the site's own address."""
    path = next((file.path for file in files if file.kind == "calendar"), None)
    if not path:
        return ()
    if not options.site_url:
        return [("file", path)]
    webcal = re.sub(r"^https?:", "webcal:", options.absolute(path))
    google = f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}"
    return [("google", google), ("webcal", webcal), ("file", path)]


def _data(
    stem: str, options: Options, *, excel: bool = True, calendar: bool = False, csv: bool = False, json: bool = False
) -> Sequence[Download]:
    """Return the data files of one subject. A calendar without a dated activity is invalid (RFC 5545, 3.6)."""
    there: dict[DownloadKind, bool] = {
        "excel": excel and options.office,
        "calendar": calendar,
        "csv": csv,
        "json": json,
    }
    return [Download(kind, f"{stem}.{ENDINGS[kind]}") for kind, is_there in there.items() if is_there]
