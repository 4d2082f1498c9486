"""The table of all open data files, with the functions that make them.

Each maker is pure and needs the corpus and one subject, so a build can make single files again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.bookmarks import OUTLINE_STAMP, STAMP, sheet_key
from generator.data.about import About, activities_about, plan_about, unit_title
from generator.data.calendar import plan_ics, unit_ics
from generator.data.cascade_table import ExtraSheet, cascade_sheet
from generator.data.feed import FEED, atom_feed
from generator.data.outline_sheet import outline_sheet, stamp_of
from generator.data.package import PACKAGE, data_package
from generator.data.plan_table import with_own_columns
from generator.data.segment_files import corpus_csv, corpus_json, plan_csv, plan_json, plan_script
from generator.data.table_columns import ActivityTable, lines_of, sheet_table, table_of
from generator.incremental import Build
from generator.incremental.segments import SegmentedFile
from generator.language.catalogue import catalogue
from generator.model.corpus import Corpus
from generator.model.entities import Activity, Plan, Unit
from generator.pages.downloads import (
    DownloadKind,
    activities_of_unit,
    corpus_downloads,
    plan_downloads,
    unit_downloads,
    unit_year_downloads,
    year_downloads,
)
from generator.pages.links import DATA, Links
from generator.pages.page import Options
from generator.pages.sheet_rows import LAST, first_days
from generator.pages.unit_work import work_of_unit

Content = str | bytes | SegmentedFile[Any]
"""Values may be files whose segments are not yet joined (`whole`)."""


def plan_workbook(corpus: Corpus, plan: Plan, options: Options) -> bytes:
    """Return the workbook of a plan, with the ids of its rows and without the columns that tell plans apart."""
    table = with_own_columns(table_of(corpus, lines_of(plan.activities), options), plan)
    without_plan = ActivityTable([column for column in table.columns if column.group != "plan"], table.lines)
    outline = outline_sheet(corpus, plan, options)
    stamp = stamp_of(without_plan, outline)
    keys = [STAMP + stamp, *(sheet_key(line.activity.id, line.number) for line in table.lines)]
    keyed = outline._replace(keys=[OUTLINE_STAMP + stamp, *outline.keys])
    cascades = cascade_sheet(corpus, plan, options)
    extras = [keyed, *([cascades] if cascades else [])]
    return _workbook(without_plan, plan_about(corpus, plan, options), extras, keys)


def plan_xlsx(corpus: Corpus, plan: Plan, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/ke-hoach/<plan>.xlsx`."""
    return plan_workbook(corpus, plan, options)


def unit_xlsx(corpus: Corpus, unit: Unit, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/don-vi/<unit>.xlsx`."""
    parts = activities_of_unit(corpus, unit).values()
    lines = [replace(line, reader=unit) for activity, part in parts for line in lines_of([activity], part=part)]
    title, activities = unit_title(corpus, unit, options), [activity for activity, _ in parts]
    about = activities_about(corpus, title, Links().unit(unit), activities, options, unit=unit)
    return _workbook(table_of(corpus, lines, options), about)


def unit_year_xlsx(corpus: Corpus, unit: Unit, year: int, options: Options) -> bytes:
    """Make `/du-lieu/don-vi/<unit>/<year>.xlsx`: the sheet of a unit's year, with an empty column for results."""
    work = work_of_unit(corpus, unit).in_year(year)

    def first_day(activity: Activity) -> int:
        return first_days(activity).get(year, LAST)

    ordered = ((share, sorted(activities, key=first_day)) for share, activities in work.items())
    lines = [replace(line, reader=unit) for share, part in ordered for line in lines_of(part, year, share)]
    activities = [line.activity for line in lines]
    title = catalogue(options.language).text("site.sheet.title", unit=corpus.unit_title(unit), year=year)
    about = activities_about(corpus, title, Links().sheet(unit, year), activities, options, unit=unit)
    return _workbook(sheet_table(corpus, lines, options, year), about)


def year_xlsx(corpus: Corpus, year: int, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/nam/<year>.xlsx`, with cells of that year only."""
    due = corpus.of_year.of(year)
    title = catalogue(options.language).text("site.about.year", year=year)
    about = activities_about(corpus, title, Links().year(year), due, options)
    return _workbook(table_of(corpus, lines_of(due, year), options, year), about)


def corpus_xlsx(corpus: Corpus, options: Options, build: Build) -> bytes:
    """Make `/du-lieu/hoat-dong.xlsx`."""
    activities = corpus.activities.values()
    title = catalogue(options.language).text("site.about.all")
    about = activities_about(corpus, title, Links().page(), activities, options)
    return _workbook(table_of(corpus, lines_of(activities), options), about)


PLAN_MAKERS: Mapping[DownloadKind, Callable[[Corpus, Plan, Options, Build], Content]] = {
    "json": plan_json,
    "csv": plan_csv,
    "excel": plan_xlsx,
    "calendar": plan_ics,
}
UNIT_MAKERS: Mapping[DownloadKind, Callable[[Corpus, Unit, Options, Build], Content]] = {
    "excel": unit_xlsx,
    "calendar": unit_ics,
}
YEAR_MAKERS: Mapping[DownloadKind, Callable[[Corpus, int, Options, Build], Content]] = {"excel": year_xlsx}
CORPUS_MAKERS: Mapping[DownloadKind, Callable[[Corpus, Options, Build], Content]] = {
    "json": corpus_json,
    "csv": corpus_csv,
    "excel": corpus_xlsx,
}
CORPUS_FILES: Mapping[str, Callable[[Corpus, Options, Build], Content]] = {
    FEED: lambda corpus, options, build: atom_feed(corpus, options),
    PACKAGE: data_package,
}
"""Files about all content that are not a format of the table."""


def plan_files(corpus: Corpus, plan: Plan, options: Options, build: Build) -> dict[str, Content]:
    """Make the data files of one plan, by path."""
    files = [file for file in plan_downloads(plan, options) if file.kind in PLAN_MAKERS]
    contents = {file.path: PLAN_MAKERS[file.kind](corpus, plan, options, build) for file in files}
    if options.index:  # for the page of plans side by side: from disk it may load a script, but no JSON
        contents[f"{DATA}/ke-hoach/{plan.id}.js"] = plan_script(corpus, plan, options, build)
    return contents


def unit_files(corpus: Corpus, unit: Unit, options: Options, build: Build) -> dict[str, Content]:
    """Make the files of one unit, by path."""
    files = {
        file.path: UNIT_MAKERS[file.kind](corpus, unit, options, build)
        for file in unit_downloads(corpus, unit, options)
    }
    for year in work_of_unit(corpus, unit).years if options.office else ():
        for file in unit_year_downloads(unit, year, options):
            files[file.path] = unit_year_xlsx(corpus, unit, year, options)
    return files


def year_files(corpus: Corpus, year: int, options: Options, build: Build) -> dict[str, Content]:
    """Make the files of one year, by path."""
    files = year_downloads(corpus, year, options)
    return {file.path: YEAR_MAKERS[file.kind](corpus, year, options, build) for file in files}


def corpus_tables(corpus: Corpus, options: Options, build: Build) -> dict[str, Content]:
    """Make the table of all activities in each format, by path."""
    files = corpus_downloads(corpus, options)
    return {file.path: CORPUS_MAKERS[file.kind](corpus, options, build) for file in files}


def corpus_files(corpus: Corpus, options: Options, build: Build) -> dict[str, Content]:
    """Make the other files about all content, by path."""
    return {path: make(corpus, options, build) for path, make in CORPUS_FILES.items()}


def _workbook(table: ActivityTable, about: About, extras: Sequence[ExtraSheet] = (), keys: Sequence[str] = ()) -> bytes:
    # imported late: builds after small edits often make no workbook
    from generator.data.workbook import workbook_of

    return workbook_of(table, about, extras, keys)
